//! Headers with types, with alternatives that have no candidates, and with earlier sweeps in every form; and what is said
//! where a sweep cannot be continued.

use std::time::Duration;

use crate::memory::Memory;
use hyperopt::prelude::*;
use hyperopt::{Error, StopReason, Sweep};

#[test]
fn a_type_stands_beside_the_name() {
    let ho = hyperopt!(
        seed = 1,
        depth: i32 = 1..=8,
        momentum: f32 = [0.5, 0.9],
        wide = [true, false],
        dropout: Option<f64> = if wide { 0.0..=0.5 },
        width: u16 = if wide { [256, 512] } else { [16, 32] },
        seen: u128 = [1, 2],
        for _ in 0..20 {
            assert_eq!(dropout.is_some(), wide);
            f64::from(depth.pow(2)) + f64::from(momentum.powi(2)) + f64::from(width) + f64::from(seen.count_ones())
        }
    );
    let best = ho.best().unwrap().params;
    let (_, _, _): (i32, f32, u16) = (best.depth, best.momentum, best.width);
    assert_eq!(ho.len(), 20);

    let ho = phyperopt!(workers(2), seed = 1, depth: i32 = 1..=8, for _ in 0..8 { depth.pow(2) });
    assert_eq!(ho.len(), 8);
    let space = space!(depth: i64 = 1..=8, rate: f64 = hp::uniform("rate", 0, 1));
    let ho = Search::new(space).seed(1).run(0..8, |_, p| p.depth.pow(2) as f64 + p.rate.powi(2));
    assert_eq!(ho.len(), 8);
    let mut ho = hyperopt!(seed = 1, depth: i32 = 1..=8);
    assert!(ho.ask().unwrap().1.depth.pow(2) >= 1);
}

/// Where a match or an `if` has no candidates, the hyperparameter has no value, in the trial, on further rungs and in the result.
#[test]
fn an_alternative_may_have_no_candidates() {
    macro_rules! check {
        ($run:ident, $sampler:expr, $pattern:pat in $head:expr) => {
            let ho = $run!(
                seed = 3,
                sampler = $sampler,
                kernel = ["linear", "rbf", "poly"],
                gamma = match kernel {
                    "linear" => None,
                    "rbf" => 1..=4,
                    _ => {}
                },
                degree = match kernel {
                    "poly" => [2, 3],
                    _ => None,
                },
                shrink = if kernel == "rbf" { None } else { [10, 20] },
                deep = [true, false],
                nested = if deep {
                    if kernel == "rbf" {
                        [1, 2]
                    }
                } else {
                    [3, 4]
                },
                for $pattern in $head {
                    assert_eq!(gamma.is_some(), kernel == "rbf");
                    assert_eq!(degree.is_some(), kernel == "poly");
                    assert_eq!(shrink.is_some(), kernel != "rbf");
                    assert_eq!(nested.is_some(), !deep || kernel == "rbf");
                    assert_eq!(nested.is_some_and(|nested| nested > 2), !deep);
                    gamma.unwrap_or(9) + degree.unwrap_or(7)
                }
            );
            let mut seen = [0, 0];
            for (_, p) in ho.trials() {
                assert_eq!(p.gamma.is_some(), p.kernel == "rbf");
                assert_eq!(p.degree.is_some(), p.kernel == "poly");
                assert_eq!(p.shrink.is_some(), p.kernel != "rbf");
                assert_eq!(p.nested.is_some(), !p.deep || p.kernel == "rbf");
                assert_eq!(p.nested.is_some_and(|nested| nested > 2), !p.deep);
                seen[usize::from(p.nested.is_some())] += 1;
            }
            assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
        };
    }
    check!(hyperopt, RandomSampler::new(), _ in 0..40);
    check!(thyperopt, TpeSampler::new(), _ in 0..40);
    check!(hyperopt, Hyperband::new(3.0), (_, _) in 1..=9);
    check!(thyperopt, Hyperband::new(3.0), (_, _) in 1..=9);
}

#[test]
fn a_space_may_have_alternatives_without_candidates() {
    let space = space!(
        kernel = ["linear", "rbf"],
        gamma = match kernel {
            "rbf" => hp::uniform("gamma", 0, 1),
            _ => None,
        }
    );
    let ho = Search::new(space).seed(1).run(0..20, |_, p| {
        assert_eq!(p.gamma.is_some(), p.kernel == "rbf");
        p.gamma.unwrap_or(2.0)
    });
    assert!(ho.trials().all(|(_, p)| p.gamma.is_some() == (p.kernel == "rbf")));
}

#[test]
fn an_earlier_sweep_needs_no_types() {
    let earlier = hyperopt!(
        seed = 2,
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    let sweep: &Sweep = earlier.sweep();
    let by_reference = hyperopt!(
        ho = sweep,
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    let transferred = hyperopt!(
        transfer = sweep,
        seed = 2,
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    let by_value = hyperopt!(
        ho = earlier.into_sweep(),
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    assert_eq!((by_reference.len(), by_value.len(), transferred.len()), (10, 10, 5));

    let open = hyperopt!(seed = 2, x = 0.0..=1.0);
    let ended = hyperopt!(
        ho = open.finish(),
        timeout = Duration::from_mins(1),
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    assert_eq!(ended.len(), 5);
}

/// `main` shows an error that it returns by `Debug`.
#[test]
fn errors_read_the_same_by_debug() {
    let ho = hyperopt!(
        x = linrange(1.0, 0.0, 3),
        for _ in 0..5 {
            x
        }
    );
    let error = ho.best().unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(format!("{error:#?}"), error.to_string());
    let error: Box<dyn std::error::Error> = Error::NoTrials.into();
    assert_eq!(format!("{error:?}"), "no trial has finished, so there is no best one");
}

#[test]
fn numbers_of_things_are_singular_where_there_is_one() {
    let faulty = hyperopt!(
        k = categorical(["a", "b"]).labels(["a"]),
        for _ in 0..2 {
            k.len()
        }
    );
    assert_eq!(faulty.best().unwrap_err().to_string(), "hyperparameter `k`: 1 label for 2 values; give one for each");
    let failed = hyperopt!(
        x = [1],
        for _ in 0..1 {
            if x > 0 { Err("no") } else { Ok(x) }
        }
    );
    let error = failed.best().unwrap_err().to_string();
    assert_eq!(error, "the only trial does not have a finite objective; trial 0: no");
}

/// `AutoScheduler` chooses by the kind of loop, so a study that another kind began cannot go on, and the error says which.
#[test]
fn a_study_of_another_scheduler_is_refused() {
    let memory = Memory::default();
    macro_rules! swept {
        ($sampler:expr) => {
            hyperopt!(
                study = memory.handle(),
                seed = 5,
                sampler = $sampler,
                x = 0.0..=1.0,
                for (_r, _) in 1..=9 {
                    x
                }
            )
            .into_sweep()
        };
    }
    assert!(swept!(Hyperband::new(3.0)).error().is_none());
    memory.grow_old();
    for other in [
        swept!(Asha::new(3.0)),
        swept!(Asha::new(3.0).stopping()),
        swept!(Pasha::new(3.0)),
        swept!(Asha::new(3.0).batch(4)),
    ] {
        let error = other.error().unwrap().to_string();
        assert!(error.contains("does not follow from the sampler, the budgets"), "{error}");
    }
}

/// With two rungs, `AutoScheduler` waits in parallel loops and does not in others; with more it is the same in both.
#[test]
fn a_study_of_another_kind_of_loop_is_named() {
    let one_by_one = |study, most: u32| {
        hyperopt!(
            study = study,
            seed = 5,
            sampler = AutoScheduler::new(),
            a = 0.0..=1.0,
            for (r, _) in 1..=most {
                a / f64::from(r)
            }
        )
    };
    let parallel = |study, most: u32| {
        phyperopt!(
            workers(2),
            study = study,
            seed = 5,
            sampler = AutoScheduler::new(),
            a = 0.0..=1.0,
            for (r, _) in 1..=most {
                a / f64::from(r)
            }
        )
    };
    let memory = Memory::default();
    assert!(one_by_one(memory.dying(9), 3).len() > 5);
    let error = parallel(memory.handle(), 3).error().unwrap().to_string();
    assert!(error.contains("a study that `hyperopt!` began is continued by `hyperopt!`"), "{error}");
    assert_eq!(one_by_one(memory.handle(), 3).error(), None);
    for dying in [5, 9, 30] {
        let memory = Memory::default();
        assert!(one_by_one(memory.dying(dying), 27).error().is_some());
        assert_eq!(parallel(memory.handle(), 27).error(), None);
        let memory = Memory::default();
        assert!(parallel(memory.dying(dying), 27).error().is_some());
        let whole = one_by_one(memory.handle(), 27);
        assert_eq!((whole.error(), whole.end()), (None, StopReason::Planned));
    }
}

/// Functions of one's own have any name, wherever they are.
#[test]
fn a_function_of_ones_own_may_have_the_name_of_another_library() {
    fn uniform(low: f64, high: f64) -> std::ops::RangeInclusive<f64> {
        low..=high
    }
    let choice = |count: i32| (1..=count).collect::<Vec<_>>();
    let ho = hyperopt!(
        seed = 1,
        x = (uniform)(0.0, 1.0),
        n = (choice)(3),
        for _ in 0..5 {
            x * f64::from(n)
        }
    );
    assert_eq!(ho.error(), None);
}
