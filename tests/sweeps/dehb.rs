//! Differential evolution over the rungs of Hyperband.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{State, StopReason, Sweep};

use crate::common::model::Model;

/// Returns the resources of each trial, in the order of asking.
fn resources(sweep: &impl AsRef<Sweep>) -> Vec<f64> {
    sweep.as_ref().history().trials().iter().map(|trial| trial.resources().unwrap()).collect()
}

/// Lengths of runs of equal resources.
fn rungs(sweep: &impl AsRef<Sweep>) -> Vec<(f64, usize)> {
    let resources = resources(sweep);
    resources.chunk_by(|a, b| a == b).map(|rung| (rung[0], rung.len())).collect()
}

#[test]
fn rungs_are_those_of_hyperband() {
    let ho = hyperopt!(
        sampler = Dehb::new(3.0).rounds(2),
        seed = 0,
        a = 0.0..=1.0,
        b = 0.0..=1.0,
        for (_resources, _) in 1.0..=27.0 {
            a + b
        }
    );
    let round = [
        &[(1.0, 27), (3.0, 9), (9.0, 3), (27.0, 1)][..],
        &[(3.0, 12), (9.0, 4), (27.0, 1)],
        &[(9.0, 6), (27.0, 2 + 4)],
    ];
    assert_eq!(rungs(&ho), [round.concat(), round.concat()].concat());
    assert_eq!((ho.len(), ho.end()), (2 * 69, StopReason::Planned));
    // In the first round the best of the rung below go on, in the second all are new.
    let trials = ho.history().trials();
    let starts = |from: usize, to: usize| {
        let earlier: BTreeSet<_> = trials[..from].iter().map(hyperopt::Trial::configuration).collect();
        trials[from..to].iter().filter(|trial| !earlier.contains(&trial.configuration())).count()
    };
    assert_eq!([starts(27, 40), starts(40, 52), starts(52, 57), starts(69, 138)], [0, 12, 0, 69]);
    let mut first: Vec<_> = trials[..27].iter().collect();
    first.sort_by(|a, b| a.objective().unwrap().total_cmp(&b.objective().unwrap()));
    let best: BTreeSet<_> = first[..9].iter().map(|trial| trial.configuration()).collect();
    assert_eq!(trials[27..36].iter().map(hyperopt::Trial::configuration).collect::<BTreeSet<_>>(), best);
}

#[test]
fn state_goes_on_in_the_first_round_and_is_let_go() {
    let alive = Rc::new(Cell::new(0));
    let mut later = 0;
    let mut asked = 0;
    let mut resumed = 0;
    let ho = hyperopt!(
        sampler = Dehb::new(3.0).rounds(3),
        seed = 0,
        goal = Maximize,
        a = 0.0..=1.0,
        b = [true, false],
        for (resources, state) in 1..=27 {
            asked += 1;
            resumed += usize::from(state.is_some());
            let mut model: Model = state.unwrap_or_else(|| Model::new(a, &alive));
            assert!(model.a == a && model.trained < f64::from(resources));
            model.trained = f64::from(resources);
            if asked > 69 {
                later = later.max(alive.get());
            }
            assert!(alive.get() <= 27 + 12);
            (a + f64::from(b), model)
        }
    );
    assert_eq!((ho.len(), ho.best().unwrap().params.b), (207, true));
    // 9 + 3 + 1, 4 + 1 and 2 have gone on.
    assert_eq!(resumed, 20);
    // Later only the present rung is alive, until the next one begins.
    assert!(later <= 27 + 1, "{later}");
    assert_eq!(alive.get(), 0);
}

#[test]
fn failures_take_no_place() {
    let ho = hyperopt!(
        sampler = Dehb::new(3.0).rounds(3),
        seed = 0,
        a = 0.0..=1.0,
        b = if a > 0.5 {
            0.0..=1.0
        },
        for (_resources, state) in 1.0..=27.0 {
            assert!(state.is_none_or(|earlier: f64| earlier == a));
            if a < 0.3 {
                Err("diverged")
            } else if a < 0.45 {
                continue;
            } else {
                Ok((a + b.unwrap_or(0.5), a))
            }
        }
    );
    assert_eq!((ho.len(), ho.end()), (207, StopReason::Planned));
    let (failed, pruned) = (ho.history().count(State::Failed), ho.history().count(State::Pruned));
    assert!(failed > 5 && pruned > 5, "{failed}, {pruned}");
    let mut states: BTreeMap<usize, Vec<State>> = BTreeMap::new();
    for trial in ho.history().trials() {
        states.entry(trial.configuration()).or_default().push(trial.state());
    }
    assert!(states.values().all(|states| states[..states.len() - 1].iter().all(|state| *state == State::Complete)));

    let none = hyperopt!(
        sampler = Dehb::new(3.0).rounds(2),
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=27.0 {
            if a >= 0.0 { Err("diverged") } else { Ok(a) }
        }
    );
    // Nothing to go on with, or to learn from: all from anywhere.
    assert_eq!((none.len(), none.history().configurations(), none.end()), (138, 138, StopReason::Planned));
    assert!(none.best().unwrap_err().to_string().contains("trial 0: diverged"));
}

#[test]
fn one_seed_is_one_history_on_any_number_of_threads() {
    macro_rules! sweep {
        ($sweep:ident!($($executor:expr)?)) => {{
            let ho = $sweep!(
                $($executor,)?
                sampler = Dehb::new(3.0).rounds(2),
                seed = 5,
                x = 0.0..=1.0,
                deep = [true, false],
                width = if deep { 1..=8 },
                for (resources, state) in 1.0..=27.0 {
                    assert!(state.is_none_or(|earlier: f64| earlier == x));
                    thread::sleep(Duration::from_micros((x * 200.0) as u64));
                    if (0.2..0.25).contains(&x) {
                        Err("diverged")
                    } else {
                        Ok(((x - 0.6).powi(2) + f64::from(width.unwrap_or(8)) / resources, x))
                    }
                }
            );
            let trials = ho.history().trials().iter();
            trials.map(|t| (t.configuration(), t.resources(), t.point().clone(), t.objective())).collect::<Vec<_>>()
        }};
    }
    let one = sweep!(hyperopt!());
    assert_eq!(one.len(), 138);
    for threads in [1, 2, 8] {
        assert_eq!(one, sweep!(phyperopt!(workers(threads))), "{threads}");
    }
}

#[test]
fn going_on_goes_on_learning() {
    macro_rules! sweep {
        ($sampler:expr, $($setting:ident = $value:expr),*) => {
            hyperopt!(
                $($setting = $value,)*
                sampler = $sampler,
                a = 0.0..=1.0,
                b = 0.0..=1.0,
                c = 0.0..=1.0,
                for (_resources, _) in 1.0..=27.0 {
                    a + b + c
                }
            )
        };
    }
    // How much better the second bracket begins than that of the sweep gone on from: twelve trials each.
    macro_rules! gain {
        ($sampler:expr) => {{
            let gains = (0..20).map(|seed| {
                let ho = sweep!($sampler, seed = seed);
                let ho = sweep!($sampler, ho = ho);
                assert_eq!((ho.len(), ho.end()), (138, StopReason::Planned));
                let values: Vec<_> = ho.results().flatten().collect();
                (40..52).map(|trial| values[trial] - values[69 + trial]).sum::<f64>() / 12.0
            });
            gains.sum::<f64>() / 20.0
        }};
    }
    // Children of the earlier sweep's best, where Hyperband begins anywhere. A sum of three units has a standard deviation of
    // 0.5, so that twenty such differences have a standard error of 0.05 at the most.
    let (dehb, hyperband) = (gain!(Dehb::new(3.0)), gain!(Hyperband::new(3.0)));
    assert!(dehb > 0.15 && hyperband < 0.15, "{dehb}, {hyperband}");
    let broken = hyperopt!(
        sampler = Dehb::new(3.0),
        a = 0.0..=1.0,
        for (resources, _) in 1.0..=27.0 {
            if resources > 3.0 {
                break;
            }
            a
        }
    );
    assert_eq!((broken.len(), broken.end()), (27 + 9 + 1, StopReason::Break));
    let late = hyperopt!(
        ho = broken,
        sampler = Dehb::new(3.0),
        timeout = Duration::ZERO,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=27.0 {
            a
        }
    );
    assert_eq!((late.len(), late.end()), (37, StopReason::Timeout));
}

#[test]
fn bad_budgets_are_named() {
    macro_rules! message {
        ($eta:expr, $head:expr) => {{
            let ho = hyperopt!(
                sampler = Dehb::new($eta),
                a = 0.0..=1.0,
                for (_resources, _) in $head {
                    a
                }
            );
            assert!(ho.is_empty());
            ho.best().unwrap_err().to_string()
        }};
    }
    assert_eq!(message!(1.0, 1.0..=9.0), "Dehb: η = 1 must be above 1; write `Dehb::new(3.0)`");
    assert!(message!(3.0, 0..=9).starts_with("Dehb: budgets from 0.0 to 9.0; write"));
    assert!(message!(9.0, 1e-9..=1.0).contains("too many configurations"));
    let one = hyperopt!(
        sampler = Dehb::new(3.0).rounds(20),
        a = 0.0..=1.0,
        b = [7],
        for (_resources, _) in 5.0..=5.0 {
            a + f64::from(b)
        }
    );
    assert_eq!((one.len(), one.end()), (20, StopReason::Planned));
}
