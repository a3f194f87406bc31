//! From the unit interval to values and back, for every kind of candidates.

// Ranges that run backwards and references that are not needed are what is tested.
#![allow(clippy::needless_borrows_for_generic_args, clippy::reversed_empty_ranges)]

use std::fmt::Debug;

use hyperopt_core::{
    Axis, Candidates, CandidatesError, Confidence, Floats, Ints, Kind, Scale, Value, WithPrior, bilog, categorical,
    exp_linrange, hp, linrange, log, logit, ordinal,
};
use proptest::prelude::*;

fn axis<C: Candidates>(candidates: C) -> Axis {
    candidates.dimension().axis("a", "a", &[]).expect("sound candidates")
}

fn fault<C: Candidates>(candidates: C) -> CandidatesError {
    candidates.dimension().axis("a", "a", &[]).expect_err("faulty candidates")
}

/// Whatever the unit, its value encodes to the middle of the unit's cell, and that decodes to the value.
fn goes_round<C: Candidates>(candidates: C, unit: f64)
where
    C::Value: PartialEq + Debug,
{
    let dimension = candidates.dimension();
    let axis = dimension.axis("a", "a", &[]).expect("sound candidates");
    let value = dimension.decode(unit);
    let back = dimension.encode(&value).expect("a value of the candidates");
    assert!((0.0..=1.0).contains(&back));
    assert_eq!(axis.level(back), axis.level(unit));
    match axis.kind() {
        Kind::Continuous => assert!((back - unit).abs() < 1e-9, "{back} for {unit}"),
        _ => assert_eq!(dimension.decode(back), value),
    }
}

proptest! {
    #[test]
    fn every_kind_goes_round(unit in 0.0..=1.0, lo in -1e6..1e6, width in 1e-3..1e6, n in 1usize..2000, k in 1i64..5000) {
        goes_round(linrange(lo, lo + width, n), unit);
        goes_round(exp_linrange(lo / 1e5, lo / 1e5 + width / 1e5, n), unit);
        goes_round(lo..=lo + width, unit);
        goes_round(log(width..=width * 10.0), unit);
        goes_round(-k..=k, unit);
        goes_round(-k..k, unit);
        goes_round(log(k..=3 * k), unit);
        goes_round((0..n).collect::<Vec<_>>(), unit);
        goes_round(ordinal(0..n), unit);
    }

    #[test]
    fn values_stay_inside(unit in 0.0..=1.0, lo in -1e300f64..1e300, width in 0.0..1e300) {
        let value = (lo..=lo + width).dimension().decode(unit);
        prop_assert!((lo..=lo + width).contains(&value));
        prop_assume!(width > lo.abs() * 1e-10 && width > 0.0);
        let value = (lo..lo + width).dimension().decode(unit);
        prop_assert!((lo..lo + width).contains(&value));
    }

    #[test]
    fn levels_are_the_numbers_that_are_written(n in 2usize..500, lo in -50i32..50, step in 1i32..20) {
        // Whole numbers stay whole, whatever the count.
        let hi = lo + step * (n as i32 - 1);
        let dimension = linrange(lo.into(), hi.into(), n).dimension();
        let axis = dimension.axis("a", "a", &[]).unwrap();
        for level in 0..n {
            let value = dimension.decode(axis.unit_of(level as u64).unwrap());
            prop_assert_eq!(value, f64::from(lo + step * level as i32));
        }
    }
}

#[test]
fn ends_are_members() {
    for (unit, value) in [(0.0, 1.0), (1.0, 5.0)] {
        assert_eq!(linrange(1.0, 5.0, 1000).dimension().decode(unit), value);
        assert_eq!((1.0..=5.0).dimension().decode(unit), value);
        assert_eq!(log(1.0..=5.0).dimension().decode(unit), value);
        assert_eq!((1..=5).dimension().decode(unit), value as i32);
        assert_eq!(log(1..=5).dimension().decode(unit), value as i32);
    }
    assert_eq!(exp_linrange(-1.0, 3.0, 1000).dimension().decode(0.0), 0.1);
    assert_eq!(exp_linrange(-1.0, 3.0, 1000).dimension().decode(1.0), 1000.0);
    assert_eq!((1..5).dimension().decode(1.0), 4);
    assert!((1.0..5.0).dimension().decode(1.0) < 5.0);
    assert_eq!((f64::MIN..=f64::MAX).dimension().decode(0.5), 0.0);
    assert_eq!((u64::MAX - 3..=u64::MAX).dimension().decode(1.0), u64::MAX);
    assert_eq!((i8::MIN..=i8::MAX).dimension().decode(0.0), i8::MIN);
}

#[test]
fn integers_on_a_log_scale_weigh_ratios_alike() {
    let dimension = log(1..=1000).dimension();
    let (mut below_ten, mut below_hundred) = (0, 0);
    for step in 0..10_000 {
        let value: i32 = dimension.decode(f64::from(step) / 10_000.0);
        below_ten += i32::from(value < 10);
        below_hundred += i32::from((10..100).contains(&value));
    }
    // ln(9.5 / 0.5) and ln(99.5 / 9.5) of ln(1000.5 / 0.5).
    assert!((below_ten - 3874).abs() <= 2, "{below_ten}");
    assert!((below_hundred - 3090).abs() <= 2, "{below_hundred}");
}

#[test]
fn kinds_come_from_the_candidates() {
    assert_eq!(axis(linrange(0.0, 1.0, 7)).kind(), Kind::Ordered(7));
    assert_eq!(axis(0.0..1.0).kind(), Kind::Continuous);
    assert_eq!(axis(1u8..=64).kind(), Kind::Ordered(64));
    assert_eq!(axis(log(1..=64)).scale(), Scale::Log10);
    assert_eq!(axis(exp_linrange(-2.0, 2.0, 5)).bounds(), Some((0.01, 100.0)));
    assert_eq!(axis([true, false]).kind(), Kind::Categorical(2));
    assert_eq!(axis(vec!["x"]).kind(), Kind::Categorical(1));
    assert_eq!(axis(&[1, 2][..]).kind(), Kind::Categorical(2));
    assert_eq!(axis(ordinal([16, 32, 64])).kind(), Kind::Ordered(3));
    assert_eq!(axis(&vec![1, 2]).kind(), axis([1, 2]).kind());
}

#[test]
fn labels_name_values_of_any_type() {
    #[derive(Clone)]
    struct Opaque;
    let axis = axis(categorical([Opaque, Opaque]).labels(["first", "second"]));
    assert_eq!(axis.value(0.2), Value::from("first"));
    assert_eq!(axis.value(0.8), Value::from("second"));
    assert_eq!(
        fault(categorical([Opaque, Opaque]).labels(["alone"])),
        CandidatesError::Labels { labels: 1, values: 2 }
    );
    assert_eq!(fault(ordinal([1, 2]).labels(["x", "x"])), CandidatesError::Repeated("x".into()));
}

#[test]
fn faults_say_what_to_write() {
    let messages = [
        (fault(linrange(0.0, 1.0, 0)), "there are no candidates; give at least one value"),
        (fault(Vec::<i32>::new()), "there are no candidates; give at least one value"),
        (fault(1.0..1.0), "there are no candidates; give at least one value"),
        (fault(5..5), "there are no candidates; give at least one value"),
        (fault(5.0..=1.0), "`5.0..=1.0` runs backwards; write `1.0..=5.0`"),
        (fault(64..=1), "`64..=1` runs backwards; write `1..=64`"),
        (fault(64..1), "`64..1` runs backwards; write `1..64`"),
        (fault(linrange(2.0, 1.0, 9)), "`linrange(2.0, 1.0, 9)` runs backwards; write `linrange(1.0, 2.0, 9)`"),
        (fault(0.0..=f64::INFINITY), "`0.0..=inf` has a bound that is not a finite number"),
        (fault(linrange(f64::NAN, 1.0, 9)), "`linrange(NaN, 1.0, 9)` has a bound that is not a finite number"),
        (fault(log(0.0..=1.0)), "`0.0..=1.0` has no logarithm at its lower end; start above 0"),
        (fault(log(0..=8)), "`0..=8` has no logarithm at its lower end; start above 0"),
        (
            fault(exp_linrange(1e-5, 1e5, 9)),
            "10^100000 is not a finite positive `f64`; `exp_linrange` takes exponents: `exp_linrange(-3.0, 2.0, n)` is 0.001 … 100",
        ),
        (
            fault(0..=u64::MAX),
            "more than 2^53 integers cannot be told apart; use a range of `f64` and round in the body",
        ),
        (
            fault(i64::MIN..=i64::MAX),
            "more than 2^53 integers cannot be told apart; use a range of `f64` and round in the body",
        ),
    ];
    for (fault, message) in messages {
        assert_eq!(fault.to_string(), message);
    }
}

fn floats(floats: impl Into<Floats>) -> Axis {
    Axis::float("a", floats).expect("sound floats")
}

fn ints(ints: impl Into<Ints>) -> Axis {
    Axis::int("a", ints).expect("sound integers")
}

#[test]
fn axes_are_made_without_candidates() {
    let unit = Floats::from(0.0..=1.0);
    let tenths = Floats::from(0.1..=0.9);
    let pairs = [
        (floats(0.0..=1.0), axis(0.0..=1.0)),
        (floats(0.0..1.0), axis(0.0..1.0)),
        (floats(tenths.scale(Scale::Log10)), axis(log(0.1..=0.9))),
        (floats(Floats::from(0.1..0.9).scale(Scale::Log10)), axis(log(0.1..0.9))),
        (floats(tenths.scale(Scale::Logit)), axis(logit(0.1..=0.9))),
        (floats(tenths.scale(Scale::Bilog)), axis(bilog(0.1..=0.9))),
        (floats(unit.count(5)), axis(linrange(0.0, 1.0, 5))),
        (floats(tenths.scale(Scale::Log10).count(5)), axis(log(linrange(0.1, 0.9, 5)))),
        (floats(tenths.scale(Scale::Logit).count(5)), axis(logit(linrange(0.1, 0.9, 5)))),
        (floats(tenths.scale(Scale::Bilog).count(5)), axis(bilog(linrange(0.1, 0.9, 5)))),
        (floats(Floats::powers_of_ten(-2.0, 1.0, 4)), axis(exp_linrange(-2.0, 1.0, 4))),
        (ints(1..=8), axis(1..=8)),
        (ints(1_u8..9), axis(1_u8..9)),
        (ints(0..u64::MAX >> 12), axis(0..u64::MAX >> 12)),
        (ints(Ints::from(1..=64).scale(Scale::Log10)), axis(log(1..=64))),
        (ints(Ints::from(1..65).scale(Scale::Log10)), axis(log(1..65))),
        (ints(Ints::from(-8..=8).scale(Scale::Bilog)), axis(bilog(-8..=8))),
        (Axis::ordinal("a", [16, 32]).unwrap(), axis(ordinal([16, 32]).labels([16, 32]))),
        (Axis::categorical("a", ["x", "y"]).unwrap(), axis(categorical([1, 2]).labels(["x", "y"]))),
        (ints(5..10), axis(hp::randint("a", 5..10))),
        (ints(Ints::from(1..=4).rounded()), axis(hp::uniformint("a", 1, 4))),
        (floats(0.0..=1.0), axis(hp::uniform("a", 0, 1))),
        (floats(unit.step(0.25)), axis(hp::quniform("a", 0, 1, 0.25))),
        (floats(Floats::from(1.0..=1_f64.exp()).scale(Scale::Log10)), axis(hp::loguniform("a", 0, 1))),
        (floats(Floats::from(1.0..=1_f64.exp()).scale(Scale::Log10).step(0.5)), axis(hp::qloguniform("a", 0, 1, 0.5))),
        (floats(Floats::normal(5.0, 2.0)), axis(hp::normal("a", 5, 2))),
        (floats(Floats::normal(5.0, 2.0).step(0.5)), axis(hp::qnormal("a", 5, 2, 0.5))),
        (floats(Floats::log_normal(0.0, 1.0)), axis(hp::lognormal("a", 0, 1))),
        (floats(Floats::log_normal(0.0, 1.0).step(1.0)), axis(hp::qlognormal("a", 0, 1, 1))),
        (Axis::categorical("a", ["x", "y"]).unwrap(), axis(hp::choice("a", ["x", "y"]))),
        (
            Axis::weighted("a", [(0.25, "x"), (0.0, "y"), (0.75, "z")]).unwrap(),
            axis(hp::pchoice("a", [(0.25, "x"), (0.0, "y"), (0.75, "z")])),
        ),
        (
            floats(tenths.scale(Scale::Log10)).with_prior(&Value::from(0.3), Confidence::High).unwrap(),
            axis(log(0.1..=0.9).prior(0.3).confidence(Confidence::High)),
        ),
    ];
    for (made, of_candidates) in pairs {
        assert_eq!(made, of_candidates);
    }
    let alternative = floats(0.0..=1.0).with_parameter("b").with_parents(&[0, 2]);
    assert_eq!(alternative, (0.0..=1.0).dimension().axis("a", "b", &[0, 2]).unwrap());
}

#[test]
fn half_open_ranges_have_every_scale() {
    assert_eq!(axis(bilog(-8..9)), axis(bilog(-8..=8)));
    assert!(logit(0.1..0.9).dimension().decode(1.0) < 0.9);
    assert_eq!(fault(logit(1..=8)).to_string(), "`1..=8` has no odds at its ends; start above 0 and end below 1");
}

#[test]
fn faults_of_axes_say_what_to_write() {
    let messages = [
        (Axis::float("a", 1.0..=0.0), "`1.0..=0.0` runs backwards; write `0.0..=1.0`"),
        (Axis::float("a", 1.0..1.0), "there are no candidates; give at least one value"),
        (Axis::float("a", 0.0..=f64::NAN), "`0.0..=NaN` has a bound that is not a finite number"),
        (
            Axis::float("a", Floats::from(0.0..=1.0).scale(Scale::Normal)),
            "`0.0..=1.0` cannot lie on the scale Normal; choose another scale",
        ),
        (
            Axis::float("a", Floats::from(0.0..=1.0).step(f64::NAN)),
            "`0..=1` rounds to multiples of NaN; write a step above 0",
        ),
        (
            Axis::float("a", Floats::from(0.0..=1.0).step(1e-300)),
            "more than 2^53 integers cannot be told apart; use a range of `f64` and round in the body",
        ),
        (
            Axis::float("a", Floats::normal(0.0, 1.0).count(5)),
            "`5 numbers of normal(0.0, 1.0)` cannot lie on the scale Normal; choose another scale",
        ),
        (Axis::float("a", Floats::normal(0.0, -1.0)), "`normal(0.0, -1.0)` has the deviation -1; write one above 0"),
        (Axis::int("a", 64..1), "`64..1` runs backwards; write `1..64`"),
        (
            Axis::int("a", Ints::from(0..=8).scale(Scale::Log10)),
            "`0..=8` has no logarithm at its lower end; start above 0",
        ),
        (
            Axis::int("a", Ints::from(0..=8).scale(Scale::LogNormal)),
            "`0..=8` cannot lie on the scale LogNormal; choose another scale",
        ),
        (Axis::ordinal("a", Vec::<i32>::new()), "there are no candidates; give at least one value"),
        (
            Axis::categorical("a", ["x", "x"]),
            "two candidates are labelled `x`; drop one, or name them: `categorical(..).labels([..])`",
        ),
        (
            Axis::weighted("a", [(0.5, "x"), (0.6, "y")]),
            "the probabilities [0.5, 0.6] sum to 1.1; write probabilities that are not negative and sum to 1",
        ),
        (
            floats(0.0..=1.0).with_prior(&Value::from(2), Confidence::Low),
            "the prior 2 is not among the candidates 0..=1",
        ),
    ];
    for (made, message) in messages {
        assert_eq!(made.unwrap_err().to_string(), message);
    }
}
