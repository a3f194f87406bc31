//! On a grid, no point is tried twice without need.

use std::collections::{BTreeMap, BTreeSet};

use hyperopt::prelude::*;
use hyperopt::{AnnealSampler, Draw, History, Point, Sampler, Space};

fn points(ho: &impl AsRef<hyperopt::Sweep>) -> Vec<Point> {
    ho.as_ref().history().trials().iter().map(|trial| trial.point().clone()).collect()
}

/// How often each of the first `trials` points comes.
fn counts(ho: &impl AsRef<hyperopt::Sweep>, trials: usize) -> Vec<usize> {
    let mut counts = BTreeMap::new();
    for point in points(ho).iter().take(trials) {
        *counts.entry(format!("{point:?}")).or_insert(0) += 1;
    }
    counts.into_values().collect()
}

macro_rules! grid {
    ($macro:ident $(($executor:expr))?, $sampler:expr, $pattern:pat in $head:expr $(, $setting:ident = $value:expr)*) => {
        $macro!(
            $($executor,)?
            $($setting = $value,)*
            sampler = $sampler,
            a = 0..=4,
            b = ["x", "y", "z"],
            c = ordinal([1, 2]),
            for $pattern in $head {
                f64::from((a - 2) * (a - 2) + c) + if b == "y" { 0.0 } else { 1.0 }
            }
        )
    };
}

/// Proposes the same point over and over, as a sampler that has converged does.
#[derive(Debug)]
struct Stuck;

impl Sampler for Stuck {
    fn suggest(&mut self, space: &Space, _: &History, _: &Draw) -> Option<Point> {
        Some(space.axes().iter().map(|_| 0.5).collect())
    }
}

#[test]
fn points_do_not_come_twice_without_need() {
    for seed in 0..5 {
        let ho = grid!(hyperopt, RandomSampler::new(), _ in 0..75, seed = seed);
        assert!(counts(&ho, 20).iter().all(|&count| count == 1));
        assert!(counts(&ho, 30).len() >= 28);
        assert_eq!(counts(&ho, 75).len(), 30);
        let ho = grid!(hyperopt, BohbSampler::new(), _ in 0..20, seed = seed);
        assert!(counts(&ho, 20).len() >= 12);
        // Its own law has no other point, so this one stands.
        assert_eq!(counts(&grid!(hyperopt, Stuck, _ in 0..5, seed = seed), 5), [5]);
    }
}

/// The control: with repeats, some of twenty draws of thirty points coincide nearly always.
#[test]
fn repeats_can_be_asked_for() {
    let repeated = (0..40).filter(|&seed| {
        let ho = grid!(hyperopt, RandomSampler::new(), _ in 0..20, seed = seed, repeats = true);
        counts(&ho, 20).len() < 20
    });
    assert!(repeated.count() > 35);
}

/// What comes in place of a repeat is even too: of 30 points, each is among the last three of 20 with probability 1 / 10.
#[test]
fn what_comes_instead_is_even() {
    let mut last = BTreeMap::new();
    for seed in 0..600 {
        let ho = grid!(hyperopt, RandomSampler::new(), _ in 0..20, seed = seed);
        for point in &points(&ho)[17..] {
            *last.entry(format!("{point:?}")).or_insert(0_u32) += 1;
        }
    }
    // χ² with 29 degrees of freedom stays below its 99.9 % point.
    let squares: f64 = last.values().map(|&count| (f64::from(count) - 60.0).powi(2) / 60.0).sum();
    assert!(last.len() == 30 && squares < 58.3, "{squares}");
}

#[test]
fn any_number_of_threads_and_two_halves_are_the_same() {
    macro_rules! check {
        ($sampler:expr) => {
            let whole = grid!(phyperopt(workers(1)), $sampler, _ in 0..48, seed = 3);
            for threads in [2, 5] {
                let other = grid!(phyperopt(workers(threads)), $sampler, _ in 0..48, seed = 3);
                assert_eq!(points(&whole), points(&other));
            }
            let whole = grid!(hyperopt, $sampler, _ in 0..48, seed = 3);
            let half = grid!(hyperopt, $sampler, _ in 0..20, seed = 3);
            assert_eq!(points(&whole), points(&grid!(hyperopt, $sampler, _ in 0..28, ho = half)));
        };
    }
    check!(RandomSampler::new());
    check!(BohbSampler::new());
    check!(TpeSampler::new());
    check!(AnnealSampler::new());
    check!(Stuck);
}

/// Points to try first count as tried, and are tried once.
#[test]
fn what_is_tried_first_does_not_come_again() {
    macro_rules! check {
        ($sampler:expr) => {
            for seed in 0..10 {
                let ho = grid!(hyperopt, $sampler, _ in 0..15, seed = seed, try_first = [(a = 2, b = "y", c = 1), (a = 3)]);
                assert_eq!(counts(&ho, 15), [1; 15]);
            }
        };
    }
    check!(RandomSampler::new());
    check!(TpeSampler::new().startup(20));
}

#[test]
fn the_configurations_of_hyperband_differ() {
    let ho = grid!(hyperopt, Hyperband::new(3.0), (_, _) in 1.0..=9.0, seed = 1);
    let mut starts = BTreeMap::new();
    for trial in ho.history().trials() {
        starts.entry(trial.configuration()).or_insert_with(|| format!("{:?}", trial.point()));
    }
    let distinct: BTreeSet<_> = starts.values().collect();
    assert_eq!(distinct.len(), starts.len());
}

macro_rules! conditional {
    ($macro:ident $(($executor:expr))?, $sampler:expr, $n:expr) => {
        $macro!(
            $($executor,)?
            sampler = $sampler,
            seed = 8,
            kernel = ["rbf", "linear", "poly"],
            gamma = if kernel == "rbf" { 1..=4 },
            degree = if kernel == "poly" { 2..=3 },
            shift = if degree == Some(3) { 0..=2 },
            for _ in 0..$n {
                f64::from(gamma.unwrap_or(1) + degree.unwrap_or(2) + shift.unwrap_or(0))
            }
        )
    };
}

/// 4 points with rbf, 1 with linear, 1 + 3 with poly: what is inactive makes no difference.
#[test]
fn what_is_inactive_does_not_count() {
    let all = conditional!(hyperopt, RandomSampler::new(), 12);
    assert_eq!(counts(&all, 6), [1; 6]);
    assert_eq!(counts(&all, 12).len(), 9);
    assert_eq!(all.sweep().notes(), ["all 9 points of the space have been tried; 3 trials repeat an earlier one"]);
    macro_rules! check {
        ($sampler:expr) => {
            let one = conditional!(phyperopt(workers(1)), $sampler, 24);
            for threads in [2, 5] {
                assert_eq!(points(&one), points(&conditional!(phyperopt(workers(threads)), $sampler, 24)));
            }
        };
    }
    assert!(counts(&conditional!(hyperopt, TpeSampler::new(), 9), 9).len() >= 8);
    check!(RandomSampler::new());
    check!(BohbSampler::new());
    check!(TpeSampler::new());
    check!(Stuck);
}

#[test]
fn plans_and_continuous_spaces_are_left_alone() {
    let lhs = grid!(hyperopt, LhsSampler::new().swaps(0), _ in 0..30, seed = 1);
    let same = grid!(hyperopt, LhsSampler::new().swaps(0), _ in 0..30, seed = 1, repeats = true);
    assert_eq!(points(&lhs), points(&same));
    macro_rules! continuous {
        ($repeats:expr) => {
            hyperopt!(
                seed = 1,
                repeats = $repeats,
                a = 0..=1,
                b = 0.0..=1.0,
                for _ in 0..50 {
                    f64::from(a) + b
                }
            )
        };
    }
    assert_eq!(points(&continuous!(false)), points(&continuous!(true)));
}

/// More points than can be counted, and one.
#[test]
fn very_large_and_very_small_grids() {
    let large = hyperopt!(
        seed = 1,
        a = 0..=(1_i64 << 52),
        b = 0..=(1_i64 << 52),
        for _ in 0..20 {
            a - b
        }
    );
    assert_eq!(counts(&large, 20), [1; 20]);
    let stuck = hyperopt!(
        sampler = AnnealSampler::new(),
        seed = 1,
        a = 0..=(1_i64 << 52),
        b = log(1..=1000),
        for _ in 0..200 {
            a - b
        }
    );
    assert_eq!(counts(&stuck, 200), [1; 200]);
    let one = hyperopt!(
        seed = 1,
        a = [7],
        for _ in 0..5 {
            a
        }
    );
    assert_eq!(counts(&one, 5), [5]);
}
