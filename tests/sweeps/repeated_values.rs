//! Lists with repeated values, and values that do not equal themselves.

use std::error::Error;

use hyperopt::fmin::fmin;
use hyperopt::prelude::*;
use hyperopt::{InitialPoints, Kind, Search, Sweep, Value, hp};
use hyperopt_store::{Study, read_journal, write_journal};

use crate::memory::Memory;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Relu,
    Tanh,
}

fn labels(sweep: &Sweep, axis: usize) -> Vec<String> {
    sweep.space().axes()[axis].labels().unwrap().iter().map(ToString::to_string).collect()
}

/// The example of Hyperopt.jl, which repeats a list to the length of its plan.
#[test]
fn a_plan_takes_a_list_that_is_repeated() {
    let ho = hyperopt!(
        sampler = LhsSampler::new(),
        seed = 1,
        a = linrange(1.0, 5.0, 100),
        b = [true, false].repeat(50),
        c = exp_linrange(-1.0, 3.0, 100),
        for _ in 0..100 {
            a + c + f64::from(b)
        }
    );
    assert_eq!(ho.len(), 100, "{ho}");
    assert_eq!(ho.space().axes()[1].kind(), Kind::Categorical(2));
    assert_eq!(ho.trials().filter(|(_, params)| params.b).count(), 50);
}

/// One value of four has a quarter of the trials, whoever draws them.
#[test]
fn equal_values_have_their_share() {
    macro_rules! shares {
        ($($sampler:expr),+) => {$(
            let ho = hyperopt!(
                sampler = $sampler,
                seed = 3,
                a = [1, 1, 2, 1],
                b = ordinal(vec!["x", "y", "y", "y"]),
                c = [Act::Tanh, Act::Tanh, Act::Relu, Act::Tanh],
                d = categorical([7, 7, 7, 8]).labels(["p", "p", "p", "q"]),
                e = 0.0..=1.0,
                for _ in 0..400 {
                    let _ = (a, b, c, d);
                    e
                }
            );
            assert!(ho.error().is_none(), "{ho}");
            assert_eq!(labels(ho.sweep(), 0), ["1", "2"]);
            assert_eq!(labels(ho.sweep(), 1), ["x", "y"]);
            assert_eq!(labels(ho.sweep(), 2), ["Act::Tanh", "Act::Relu"]);
            assert_eq!(labels(ho.sweep(), 3), ["p", "q"]);
            let count = |is: &dyn Fn(&(i32, &str, Act, i32)) -> bool| {
                ho.trials().filter(|(_, p)| is(&(p.a, p.b, p.c, p.d))).count()
            };
            let counts =
                [count(&|p| p.0 == 2), count(&|p| p.1 == "x"), count(&|p| p.2 == Act::Relu), count(&|p| p.3 == 8)];
            assert!(counts.iter().all(|count| (70..=130).contains(count)), "{}: {counts:?}", stringify!($sampler));
        )+};
    }
    shares!(RandomSampler::new(), LhsSampler::new().swaps(100), ClhSampler::new().swaps(100), QmcSampler::new());
}

#[test]
fn every_sampler_takes_weighted_levels() {
    macro_rules! runs {
        ($($sampler:expr),+) => {$(
            let ho = hyperopt!(
                sampler = $sampler,
                seed = 3,
                a = [1, 1, 2, 1],
                b = ordinal(vec!["x", "y", "y", "y"]),
                e = 0.0..=1.0,
                for _ in 0..40 {
                    f64::from(a) + e + f64::from(u8::from(b == "y"))
                }
            );
            assert_eq!((ho.len(), ho.error()), (40, None), "{ho}");
            let best = ho.best().unwrap();
            assert_eq!((best.params.a, ho.trials().any(|(_, p)| p.a == 2)), (1, true), "{}", stringify!($sampler));
        )+};
    }
    runs!(
        RandomSampler::new(),
        TpeSampler::new(),
        BohbSampler::new(),
        ClhSampler::new().swaps(100),
        QmcSampler::new(),
        Nsga2Sampler::new()
    );
    let grid = hyperopt!(
        sampler = GridSampler::new(),
        a = [1, 1, 2, 1],
        b = [true, false, true],
        for _ in .. {
            f64::from(a) + f64::from(b)
        }
    );
    assert_eq!(grid.len(), 4);
}

#[test]
fn repeated_values_are_found_again() -> Result<(), Box<dyn Error>> {
    let directory = std::env::temp_dir().join(format!("hyperopt-repeated-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let url = format!("sqlite:{}", directory.join("study.db").display());
    macro_rules! sweep {
        ($n:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!(
                $($setting = $value,)*
                act = [Act::Relu, Act::Tanh, Act::Relu],
                n = [3, 3, 4].prior(4),
                for _ in 0..$n {
                    f64::from(n) + f64::from(act as u8)
                }
            )
        };
    }
    let _ = sweep!(3, seed = 1, repeats = true, study = Study::open(&url)?);
    let ho = sweep!(9, repeats = true, study = Study::open(&url)?);
    assert_eq!((ho.len(), ho.error()), (9, None), "{ho}");
    assert_eq!(sweep!(2, repeats = true, ho = &ho).len(), 11);
    let first = sweep!(1, try_first = [(act = Act::Tanh, n = 4)]);
    assert_eq!(first.trials().next().map(|(_, p)| (p.act, p.n)), Some((Act::Tanh, 4)));
    let axis = &first.space().axes()[1];
    assert_eq!(axis.value(axis.prior().unwrap().unit()), Value::from(4));
    // What another list makes of a weight is another space.
    let other = hyperopt!(
        ho = &ho,
        act = [Act::Relu, Act::Tanh],
        n = [3, 4],
        for _ in 0..1 {
            let _ = act;
            n
        }
    );
    let message = other.error().unwrap().to_string();
    assert!(
        message.contains(
            "had the candidates [Act::Relu (66.6667%), Act::Tanh (33.3333%)], and now has [Act::Relu, Act::Tanh]"
        ),
        "{message}"
    );
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

#[test]
fn one_label_of_two_values_is_still_an_error() {
    let ho = hyperopt!(
        a = categorical([1, 2, 1]).labels(["x", "x", "y"]),
        for _ in 0..3 {
            a
        }
    );
    assert!(ho.error().unwrap().to_string().contains("two candidates are labelled `x`"), "{ho}");
    // Floats that a table shows alike are different values all the same.
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        a = [0.123_456_71, 0.123_456_72],
        for _ in .. {
            a
        }
    );
    assert_eq!(ho.results().collect::<Vec<_>>(), [Some(0.123_456_71), Some(0.123_456_72)]);
}

#[test]
fn options_of_a_choice_may_be_repeated() {
    let shares = |ho: &Sweep| {
        let axis = &ho.space().axes()[0];
        let is_first = |trial: &&hyperopt::Trial| axis.level(trial.point().get(0).unwrap()) == Some(0);
        (axis.levels(), ho.history().trials().iter().filter(is_first).count())
    };
    let ho =
        Search::new(hp::choice("b", vec![true, true, false])).repeats(true).seed(1).run(0..300, |_, b| f64::from(b));
    let (levels, count) = shares(ho.sweep());
    assert!(levels == Some(2) && (175..=225).contains(&count), "{count}");
    let options = [(0.25, "a"), (0.5, "b"), (0.25, "a")];
    let ho = Search::new(hp::pchoice("b", options)).repeats(true).seed(1).run(0..300, |_, b| b.len());
    let (levels, count) = shares(ho.sweep());
    assert!(levels == Some(2) && (125..=175).contains(&count), "{count}");
    let ho = Search::new(hp::choice("b", [Act::Relu, Act::Relu, Act::Tanh])).seed(1).run(0..2, |_, _| 0.0);
    assert_eq!(ho.space().axes()[0].levels(), Some(2));
}

/// NaN stands for a missing value in other libraries.
#[test]
fn nan_is_a_candidate_like_others() -> Result<(), Box<dyn Error>> {
    let directory = std::env::temp_dir().join(format!("hyperopt-nan-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let url = format!("sqlite:{}", directory.join("study.db").display());
    let memory = Memory::default();
    macro_rules! sweep {
        ($n:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!(
                $($setting = $value,)*
                missing = [f64::NAN, 0.0, -1.0, f64::NAN],
                rate = log(1e-3..=1.0),
                for _ in 0..$n {
                    let _ = missing;
                    rate
                }
            )
        };
    }
    let check = |ho: &Sweep, len: usize| assert_eq!((ho.history().len(), ho.error()), (len, None), "{ho}");
    let earlier = sweep!(6, seed = 1);
    check(earlier.sweep(), 6);
    check(sweep!(6, ho = &earlier).sweep(), 12);
    check(sweep!(6, transfer = &earlier).sweep(), 6);
    let first = sweep!(3, try_first = [(missing = f64::NAN, rate = 0.5), (missing = -1.0)]);
    check(first.sweep(), 3);
    let params: Vec<_> = first.trials().map(|(_, p)| p.missing).collect();
    assert!(params[0].is_nan() && params[1] == -1.0);
    let best = sweep!(6, try_first = earlier.best_points(6));
    for ((trial, _), (_, new)) in earlier.history().ranked(Minimize).iter().zip(best.trials()) {
        let old = earlier.trials().nth(trial.number()).unwrap().1;
        assert_eq!((old.missing.is_nan(), old.rate), (new.missing.is_nan(), new.rate));
    }
    macro_rules! resumed {
        ($study:expr) => {{
            check(sweep!(6, seed = 1, study = $study).sweep(), 6);
            let resumed = sweep!(12, study = $study);
            check(resumed.sweep(), 12);
            let seen: Vec<_> = resumed.trials().take(6).map(|(_, p)| (p.missing.is_nan(), p.rate)).collect();
            assert_eq!(seen, earlier.trials().map(|(_, p)| (p.missing.is_nan(), p.rate)).collect::<Vec<_>>());
        }};
    }
    resumed!(memory.handle());
    resumed!(Study::open(&url)?);
    let mut journal = Vec::new();
    write_journal(earlier.sweep(), "nan", &mut journal)?;
    let back = read_journal(&journal[..], "nan")?;
    assert_eq!((back.space(), back.history().len()), (earlier.space(), 6));

    let file = directory.join("trials.json");
    let space = || (hp::choice("missing", [f64::NAN, 0.0]), hp::uniform("r", 0, 1));
    let known = || InitialPoints::named([[("missing", f64::NAN), ("r", 0.25)]]);
    let run = |n| {
        let call = fmin(|(_, r): (f64, f64)| r, space()).max_evals(n).points_to_evaluate(known());
        call.trials_save_file(&file).rstate(1).evaluate()
    };
    let (half, whole) = (run(4)?, run(9)?);
    assert_eq!((half.len(), whole.len()), (5, 10));
    let first = whole.trials().next().unwrap().1;
    assert!(first.0.is_nan() && first.1 == 0.25);
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}
