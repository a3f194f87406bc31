//! Rungs, budgets, and state from rung to rung.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hyperopt::prelude::*;
use hyperopt::{State, StopReason, Sweep};

use crate::common::model::Model;

/// Returns the trials of each rung: bracket by bracket, in the order of evaluation.
fn rungs(sweep: &impl AsRef<Sweep>) -> Vec<(f64, usize)> {
    let mut rungs: Vec<(f64, usize)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut started = false;
    for trial in sweep.as_ref().history().trials() {
        let resources = trial.resources().unwrap();
        let starts = seen.insert(trial.configuration());
        match rungs.last_mut() {
            Some((last, count)) if *last == resources && starts == started => *count += 1,
            _ => rungs.push((resources, 1)),
        }
        started = starts;
    }
    rungs
}

#[test]
fn rungs_follow_algorithm_1() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=81.0 {
            a
        }
    );
    let brackets = [
        &[(1.0, 81), (3.0, 27), (9.0, 9), (27.0, 3), (81.0, 1)][..],
        &[(3.0, 34), (9.0, 11), (27.0, 3), (81.0, 1)],
        &[(9.0, 15), (27.0, 5), (81.0, 1)],
        &[(27.0, 8), (81.0, 2)],
        &[(81.0, 5)],
    ];
    assert_eq!(rungs(&ho), brackets.concat());
    assert_eq!((ho.len(), ho.history().configurations(), ho.end()), (206, 143, StopReason::Planned));
}

#[test]
fn lengths_are_those_of_the_original() {
    fn lengths(eta: f64, max: f64) -> (usize, usize) {
        macro_rules! sweep {
            ($($setting:ident = $value:expr),*) => {
                hyperopt!(
                    $($setting = $value,)*
                    sampler = Hyperband::new(eta),
                    a = linrange(1.0, 5.0, 1800),
                    for (resources, _) in 1.0..=max {
                        a / resources
                    }
                )
            };
        }
        let ho = sweep!();
        (ho.len(), sweep!(ho = ho).len())
    }
    assert_eq!(lengths(3.0, 50.0), (69, 138));
    assert_eq!(lengths(10.0, 30.0), (13, 26));
    // 3^5 is a power of 3: six brackets, where a quotient of logarithms finds five.
    assert_eq!(lengths(3.0, 243.0).0, 611);
}

#[test]
fn state_goes_with_its_configuration_and_no_further() {
    let alive = Rc::new(Cell::new(0));
    let mut most = 0;
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (resources, state) in 1.0..=27.0 {
            let mut model = state.unwrap_or_else(|| Model::new(a, &alive));
            assert_eq!(model.a, a);
            assert!(model.trained < resources);
            model.trained = resources;
            most = most.max(alive.get());
            (a + 1.0 / resources, model)
        }
    );
    // All of the first rung, and no more: what is not promoted is dropped before the next rung runs.
    assert_eq!(most, 27);
    assert_eq!(alive.get(), 0);
    let mut trained: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (trial, p) in ho.trials() {
        let first = ho.trials().find(|(other, _)| other.configuration() == trial.configuration()).unwrap();
        assert_eq!(first.1.a, p.a);
        trained.entry(trial.configuration()).or_default().push(trial.resources().unwrap());
    }
    assert!(trained.values().all(|budgets| budgets.is_sorted_by(|a, b| a * 2.9 < *b)));
}

#[test]
fn the_best_of_each_rung_go_on() {
    for goal in [Minimize, Maximize] {
        let ho = hyperopt!(
            sampler = Hyperband::new(3.0),
            seed = 0,
            goal = goal,
            a = 0.0..=1.0,
            for (_resources, _) in 1.0..=9.0 {
                a
            }
        );
        let values = |resources: f64, from: usize, to: usize| {
            let trials = ho.history().trials()[from..to].iter();
            let mut values: Vec<_> =
                trials.filter(|t| t.resources() == Some(resources)).map(|t| t.objective().unwrap()).collect();
            values.sort_by(|a, b| goal.compare(*a, *b));
            values
        };
        assert_eq!(values(3.0, 0, 13), values(1.0, 0, 13)[..3]);
        assert_eq!(values(9.0, 0, 13), values(1.0, 0, 13)[..1]);
    }
}

#[test]
fn objectives_are_compared_at_equal_resources() {
    // Small budgets flatter.
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (resources, _) in 1.0..=9.0 {
            a + resources
        }
    );
    let best = ho.best().unwrap();
    assert_eq!(ho.history().trials()[best.number].resources(), Some(9.0));
    assert!(best.value > 9.0);
    assert!(ho.minimum().unwrap() > 9.0);
    let table = ho.to_string();
    let row: Vec<_> = table.lines().nth(4).unwrap().split_whitespace().collect();
    assert_eq!(row[1], "9", "{table}");
}

#[test]
fn failures_are_not_promoted() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, state) in 1.0..=27.0 {
            assert!(state.is_none_or(|earlier: f64| earlier == a));
            if a < 0.5 {
                Err("diverged")
            } else if a < 0.6 {
                continue;
            } else {
                Ok((a, a))
            }
        }
    );
    let promoted = ho.trials().filter(|(trial, _)| trial.resources() > Some(1.0) && trial.number() < 40);
    assert!(promoted.clone().count() > 5);
    assert!(promoted.clone().all(|(trial, p)| p.a >= 0.6 && trial.state() == State::Complete));
    assert!(ho.history().count(State::Failed) > 10 && ho.history().count(State::Pruned) > 0);

    let none = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=27.0 {
            if a >= 0.0 { Err("diverged") } else { Ok(a) }
        }
    );
    // The first rung of each bracket, and nothing else.
    assert_eq!((none.len(), none.end()), (27 + 12 + 6 + 4, StopReason::Planned));
    assert!(none.best().unwrap_err().to_string().contains("trial 0: diverged"));
}

#[test]
fn budgets_may_be_integers_or_odd() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = 0.0..=1.0,
        for (epochs, _) in 1_u32..=50 {
            assert!([2, 6, 17, 50].contains(&epochs));
            a / f64::from(epochs)
        }
    );
    assert_eq!(ho.len(), 69);
    let odd = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = 0.0..=1.0,
        for (seconds, _) in 0.01..=0.5 {
            a / seconds
        }
    );
    assert_eq!(odd.len(), 69);
    assert!((odd.history().trials()[0].resources().unwrap() - 0.5 / 27.0).abs() < 1e-12);
    let one = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = 0.0..=1.0,
        for (_resources, _) in 5.0..=5.0 {
            a
        }
    );
    assert_eq!(one.len(), 1);
}

#[test]
fn an_early_break_keeps_what_is_done() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = 0.0..=1.0,
        for (resources, _) in 1.0..=27.0 {
            if resources > 3.0 {
                break;
            }
            a
        }
    );
    assert_eq!((ho.len(), ho.end()), (27 + 9 + 1, StopReason::Break));
    assert_eq!(ho.history().trials()[36].state(), State::Cancelled);
    assert_eq!(ho.history().trials()[ho.best().unwrap().number].resources(), Some(3.0));
}

#[test]
fn bad_budgets_are_named() {
    macro_rules! message {
        ($eta:expr, $head:expr) => {{
            let ho = hyperopt!(
                sampler = Hyperband::new($eta),
                a = 0.0..=1.0,
                for (_resources, _) in $head {
                    a
                }
            );
            assert!(ho.is_empty());
            ho.best().unwrap_err().to_string()
        }};
    }
    assert_eq!(message!(1.0, 1.0..=9.0), "Hyperband: η = 1 must be above 1; write `Hyperband::new(3.0)`");
    assert_eq!(message!(f64::NAN, 1.0..=9.0), "Hyperband: η = NaN must be above 1; write `Hyperband::new(3.0)`");
    let zero = "Hyperband: budgets from 0.0 to 9.0; write finite ones above 0, such as `1.0..=81.0`";
    assert_eq!(message!(3.0, 0.0..=9.0), zero);
    assert_eq!(message!(3.0, 0..=9), zero);
    assert_eq!(message!(3.0, 9.0..=1.0), "Hyperband: budgets from 9.0 to 1.0 run backwards; write `1.0..=9.0`");
    assert!(message!(3.0, 1.0..=f64::INFINITY).contains("finite"));
    assert!(message!(3.0, 1e-300..=1e300).contains("span"));
    assert!(message!(1.0001, 1.0..=1e9).contains("too many rungs"));
}

#[test]
fn every_sampler_can_be_inside() {
    // A grid of 12: the first bracket has no more to start, and each bracket draws a grid of its own.
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0).inner(GridSampler::new()),
        a = 1..=6,
        b = [true, false],
        for (_resources, _) in 1.0..=27.0 {
            f64::from(a) + f64::from(b)
        }
    );
    assert_eq!(rungs(&ho)[..4], [(1.0, 12), (3.0, 4), (9.0, 1), (3.0, 12)]);
    assert_eq!(ho.best().unwrap().params.a, 1);
    assert!(ho.to_string().contains("Hyperband over GridSampler"));
}

#[test]
fn rounds_repeat_all_brackets() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0).rounds(3),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=9.0 {
            a
        }
    );
    assert_eq!(ho.len(), 3 * 22);
    let distinct: BTreeSet<_> = ho.trials().map(|(_, p)| p.a.to_bits()).collect();
    assert_eq!(distinct.len(), ho.history().configurations());
}

#[test]
fn the_reference_schedule_starts_fewer() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0).faithful(),
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=81.0 {
            a
        }
    );
    assert_eq!(ho.len(), 187);
}

#[test]
fn a_function_is_as_good_as_a_loop() {
    let looped = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        a = linrange(1.0, 5.0, 1000),
        c = if a > 2.0 {
            exp_linrange(-1.0, 3.0, 1000)
        },
        for (resources, state) in 1.0..=27.0 {
            let trained: f64 = state.unwrap_or(0.0) + resources;
            (a + c.unwrap_or(1.0) / trained, trained)
        }
    );
    let function = hyperband(
        |resources, p, state| {
            let trained: f64 = state.unwrap_or(0.0) + resources;
            (p.a + p.c.unwrap_or(1.0) / trained, trained)
        },
        hyperopt!(
            sampler = Hyperband::new(3.0),
            seed = 7,
            a = linrange(1.0, 5.0, 1000),
            c = if a > 2.0 {
                exp_linrange(-1.0, 3.0, 1000)
            },
        ),
        1.0..=27.0,
    );
    let lines = |sweep: &Sweep| {
        let trials = sweep.history().trials().iter();
        trials.map(|t| (t.point().clone(), t.resources(), t.objective())).collect::<Vec<_>>()
    };
    assert_eq!(function.len(), 69);
    assert_eq!(lines(looped.sweep()), lines(function.sweep()));
    assert_eq!(function.best().unwrap().params.a, looped.best().unwrap().params.a);
}

#[test]
fn guards_are_not_evaluated_again_in_later_rungs() {
    let mut open = true;
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        a = 0.0..=1.0,
        b = if open && a < 2.0 {
            0.0..=1.0
        },
        for (resources, state) in 1.0..=9.0 {
            // From the second rung on the guard would not hold any more.
            open = resources < 2.0;
            if let Some(earlier) = state {
                assert_eq!(earlier, b);
            }
            (a + b.unwrap_or(0.0), b)
        }
    );
    let first: Vec<_> = ho.trials().filter(|(t, _)| t.number() < 13).map(|(_, p)| p.b.is_some()).collect();
    assert_eq!(first, [true; 13]);
    let later: Vec<_> = ho.trials().filter(|(t, _)| t.number() >= 13).map(|(_, p)| p.b.is_some()).collect();
    assert!(later.contains(&false));
}

#[test]
fn bohb_is_hyperband_with_a_model() {
    macro_rules! sweep {
        ($sampler:expr) => {
            hyperopt!(
                sampler = $sampler,
                seed = 3,
                x = 0.0..=1.0,
                kind = ["a", "b", "c"],
                y = if kind == "b" {
                    0.0..=1.0
                },
                for (resources, _) in 1.0..=27.0 {
                    (x - 0.3).powi(2)
                        + if kind == "b" { 0.0 } else { 1.0 }
                        + y.map_or(0.0, |y| (y - 0.7).powi(2))
                        + 0.1 / resources
                }
            )
        };
    }
    let short = sweep!(Bohb::new());
    let long = sweep!(Hyperband::new(3.0).explore(1.0 / 3.0).inner(BohbSampler::new()));
    let points = |sweep: &Sweep| sweep.history().trials().iter().map(|t| t.point().clone()).collect::<Vec<_>>();
    assert_eq!(points(short.sweep()), points(long.sweep()));
    assert_eq!(short.sweep().sampler(), "Bohb");
    assert_ne!(points(short.sweep()), points(sweep!(Hyperband::new(3.0)).sweep()));
    assert_ne!(points(short.sweep()), points(sweep!(Hyperband::new(3.0).inner(BohbSampler::new())).sweep()));
    assert_eq!(sweep!(Bohb::faithful()).len(), 27 + 9 + 3 + 1 + 9 + 3 + 1 + 6 + 2 + 4);
}
