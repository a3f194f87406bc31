//! Asynchronous successive halving: who goes on and when, on one thread and on many.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space, State, StopReason, Sweep, Trial};

use crate::common::model::Model;

/// Proposes the given numbers, one after the other.
#[derive(Clone, Debug)]
struct Given(&'static [f64]);

impl Sampler for Given {
    fn suggest(&mut self, _: &Space, _: &History, draw: &Draw) -> Option<Point> {
        self.0.get(draw.number()).map(|&unit| Point::from(vec![unit]))
    }
}

/// Returns the configuration and the resources of each trial, in the order of asking.
fn steps(sweep: &impl AsRef<Sweep>) -> Vec<(usize, f64)> {
    let trials = sweep.as_ref().history().trials().iter();
    trials.map(|trial| (trial.configuration(), trial.resources().unwrap())).collect()
}

/// How many trials each rung ran.
fn counts(sweep: &impl AsRef<Sweep>) -> BTreeMap<u64, usize> {
    let mut counts = BTreeMap::new();
    for (_, resources) in steps(sweep) {
        *counts.entry(resources as u64).or_default() += 1;
    }
    counts
}

/// What holds of every history: each configuration climbs rung by rung, and no one goes on but of the top of a rung.
fn check(sweep: &impl AsRef<Sweep>, eta: f64) {
    let sweep = sweep.as_ref();
    let mut rungs: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for trial in sweep.history().trials() {
        rungs.entry(trial.configuration()).or_default().push(trial.resources().unwrap());
    }
    let mut ladder: Vec<f64> = rungs.values().flatten().copied().collect();
    ladder.sort_by(f64::total_cmp);
    ladder.dedup();
    assert!(rungs.values().all(|climbed| ladder.starts_with(climbed)), "{rungs:?}");
    for (index, &resources) in ladder.iter().enumerate().take(ladder.len() - 1) {
        let at = |resources| sweep.history().trials().iter().filter(move |t| t.resources() == Some(resources));
        let gone_on: BTreeSet<_> = at(ladder[index + 1]).map(Trial::configuration).collect();
        assert_eq!(gone_on.len(), at(ladder[index + 1]).count(), "none goes on twice");
        let complete = at(resources).filter(|t| t.state() == State::Complete);
        assert!(gone_on.iter().all(|c| complete.clone().any(|t| t.configuration() == *c)));
        // All that are within the top in the end have gone on.
        let mut ranked: Vec<_> = complete.clone().collect();
        ranked.sort_by(|a, b| sweep.goal().compare(a.objective().unwrap(), b.objective().unwrap()));
        let top = (at(resources).count() as f64 / eta + 1e-9) as usize;
        assert!(ranked.iter().take(top).all(|t| gone_on.contains(&t.configuration())), "rung {resources}");
    }
}

/// By hand, with η = 3 and three rungs: each configuration ends at its own number.
#[test]
fn the_best_go_on_as_soon_as_they_can() {
    macro_rules! sweep {
        ($goal:expr) => {
            hyperopt!(
                sampler = Asha::new(3.0).inner(Given(&[0.5, 0.6, 0.4, 0.3, 0.2, 0.1, 0.9, 0.8, 0.7])).configurations(9),
                goal = $goal,
                a = 0.0..=1.0,
                for (_resources, _) in 1.0..=9.0 {
                    a
                }
            )
        };
    }
    let ho = sweep!(Minimize);
    #[rustfmt::skip]
    let expected = [
        // The best of three goes on, once there are three.
        (0, 1.0), (1, 1.0), (2, 1.0), (2, 3.0),
        // Of four, too, one goes on: that another one has is no reason against the new best.
        (3, 1.0), (3, 3.0),
        // The third in its second rung is the best there, and goes on at once.
        (4, 1.0), (4, 3.0), (4, 9.0),
        (5, 1.0), (5, 3.0), (5, 9.0),
        // The best three of nine have gone on.
        (6, 1.0), (7, 1.0), (8, 1.0),
    ];
    assert_eq!(steps(&ho), expected);
    assert_eq!((ho.end(), ho.best().unwrap().value), (StopReason::Planned, 0.1));
    check(&ho, 3.0);

    let ho = sweep!(Maximize);
    #[rustfmt::skip]
    let expected = [
        (0, 1.0), (1, 1.0), (2, 1.0), (1, 3.0), (3, 1.0), (4, 1.0),
        // The second of six.
        (5, 1.0), (0, 3.0),
        (6, 1.0), (6, 3.0), (6, 9.0),
        // The second of eight, then the third of nine.
        (7, 1.0), (7, 3.0),
        (8, 1.0), (8, 3.0),
    ];
    assert_eq!(steps(&ho), expected);
    check(&ho, 3.0);
}

/// Returns the note about the resources, if there is one; the other notes are about the ends of axes.
fn note(sweep: &impl AsRef<Sweep>) -> Option<&str> {
    let notes = sweep.as_ref().notes();
    assert!(notes.len() < 2, "{notes:?}");
    notes.first().map(String::as_str)
}

/// Six configurations are too few for one in three of each rung, up to 81.
#[test]
fn the_best_of_few_goes_on_when_nothing_else_is_left() {
    macro_rules! sweep {
        ($a:ident, $resources:ident, $loss:expr) => {
            hyperopt!(
                sampler = Asha::new(3.0).inner(Given(&[0.6, 0.5, 0.4, 0.3, 0.2, 0.1])).configurations(6),
                $a = 0.0..=1.0,
                for ($resources, _) in 1..=81 {
                    $loss
                }
            )
        };
    }
    let ho = sweep!(a, _resources, a);
    #[rustfmt::skip]
    let expected = [
        (0, 1.0), (1, 1.0), (2, 1.0), (2, 3.0), (3, 1.0), (3, 3.0), (4, 1.0), (4, 3.0), (4, 9.0),
        (5, 1.0), (5, 3.0), (5, 9.0),
        // The best two of six have gone on, and one in three of two is none.
        (5, 27.0), (5, 81.0),
    ];
    assert_eq!(steps(&ho), expected);
    assert_eq!((ho.end(), ho.best().unwrap().number), (StopReason::Planned, 13));
    let expected = "6 complete configurations are too few for one in 3 of each rung to reach the full budget of 81, so the \
                    best was promoted without that; start 81 or more";
    assert_eq!(note(&ho), Some(expected));
    assert!(ho.to_string().contains(&format!("note: {expected}")));

    // The next best takes the place of one that fails.
    let ho = sweep!(a, resources, if a < 0.15 && resources > 9 { Err("diverged") } else { Ok(a) });
    assert_eq!(steps(&ho)[12..], [(5, 27.0), (4, 27.0), (4, 81.0)]);
    assert!(note(&ho).is_some());
    // If all fail, none is left.
    let ho = sweep!(a, resources, if resources > 9 { Err("diverged") } else { Ok(a) });
    assert!(steps(&ho).iter().all(|(_, resources)| *resources < 81.0));
    assert_eq!(note(&ho), Some("no configuration was complete with the full budget of 81; the best one had 9"));
    assert_eq!(ho.end(), StopReason::Planned);
    // Enough for each rung.
    let enough = hyperopt!(
        sampler = Asha::new(3.0).configurations(9),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1..=9 {
            a
        }
    );
    assert_eq!(note(&enough), None);
}

#[test]
fn the_best_of_few_is_the_same_on_any_number_of_threads() {
    let sweep = |threads| {
        phyperopt!(
            workers(threads),
            sampler = Asha::new(3.0).configurations(7).batch(4),
            seed = 3,
            a = 0.0..=1.0,
            for (_resources, _) in 1..=81 {
                thread::sleep(Duration::from_micros((a * 1e4) as u64 % 7 * 50));
                a
            }
        )
    };
    let one = sweep(1);
    assert_eq!(steps(&one).last().map(|(_, resources)| *resources), Some(81.0));
    for threads in [2, 4] {
        assert_eq!(steps(&sweep(threads)), steps(&one));
    }
    // Without batches, the history depends on the threads, and not that one gets there.
    let free = phyperopt!(
        workers(3),
        sampler = Asha::new(3.0).configurations(7),
        a = 0.0..=1.0,
        for (_resources, _) in 1..=81 {
            thread::sleep(Duration::from_micros((a * 1e4) as u64 % 7 * 50));
            a
        }
    );
    assert_eq!(counts(&free)[&81], 1);
}

#[test]
fn as_many_start_as_in_one_round_of_hyperband() {
    macro_rules! sweep {
        ($head:expr) => {{
            let ho = hyperopt!(
                sampler = Asha::new(3.0),
                seed = 0,
                a = 0.0..=1.0,
                for (_resources, _) in $head {
                    a
                }
            );
            check(&ho, 3.0);
            ho
        }};
    }
    let ho = sweep!(1.0..=81.0);
    let rungs = counts(&ho);
    assert_eq!(rungs.keys().copied().collect::<Vec<_>>(), [1, 3, 9, 27, 81]);
    assert_eq!(rungs[&1], 81 + 34 + 15 + 8 + 5);
    // One in three of each rung goes on, and some more that looked good early.
    for (lower, upper) in [(1, 3), (3, 9), (9, 27), (27, 81)] {
        assert!((rungs[&lower] / 3..=rungs[&lower] / 2 + 1).contains(&rungs[&upper]), "{rungs:?}");
    }
    let cost: f64 = steps(&ho).iter().map(|(_, resources)| resources).sum();
    assert!((0.5 * 1902.0..1902.0).contains(&cost), "{cost}");
    assert_eq!(note(&ho), None);
    assert_eq!(counts(&sweep!(1.0..=27.0))[&1], 27 + 12 + 6 + 4);
    assert_eq!(counts(&sweep!(1..=9))[&1], 9 + 5 + 3);
    // One rung: random search.
    assert_eq!(counts(&sweep!(5.0..=5.0)), BTreeMap::from([(5, 1)]));
}

#[test]
fn state_goes_with_its_configuration_until_it_is_out() {
    let alive = Rc::new(Cell::new(0));
    let mut most = 0;
    let ho = hyperopt!(
        sampler = Asha::new(3.0).configurations(90),
        seed = 0,
        a = 0.0..=1.0,
        for (resources, state) in 1.0..=27.0 {
            let mut model = state.unwrap_or_else(|| Model::new(a, &alive));
            assert_eq!((model.a, model.trained < resources), (a, true));
            model.trained = resources;
            most = most.max(alive.get());
            (a, model)
        }
    );
    check(&ho, 3.0);
    // Only thirty of ninety can ever go on from the first rung; some ten more wait in higher ones.
    assert!((30..45).contains(&most), "{most}");
    assert_eq!(alive.get(), 0);
}

#[test]
fn failures_go_no_further() {
    for batch in [0, 8] {
        let ho = hyperopt!(
            sampler = Asha::new(3.0).configurations(100).batch(batch),
            seed = 0,
            a = 0.0..=1.0,
            for (_resources, state) in 1.0..=27.0 {
                assert!(state.is_none_or(|earlier: f64| earlier == a));
                if a < 0.3 {
                    Err("diverged")
                } else if a < 0.4 {
                    continue;
                } else {
                    Ok((a, a))
                }
            }
        );
        check(&ho, 3.0);
        assert_eq!(ho.end(), StopReason::Planned);
        assert!(ho.history().count(State::Failed) > 10 && ho.history().count(State::Pruned) > 0);
        assert!(ho.trials().all(|(trial, p)| trial.resources() == Some(1.0) || p.a >= 0.4));

        let none = hyperopt!(
            sampler = Asha::new(3.0).batch(batch),
            a = 0.0..=1.0,
            for (_resources, _) in 1.0..=27.0 {
                if a >= 0.0 { Err("diverged") } else { Ok(a) }
            }
        );
        assert_eq!((none.len(), none.end()), (49, StopReason::Planned));
        assert!(none.best().unwrap_err().to_string().contains("trial 0: diverged"));
    }
}

#[test]
fn bad_budgets_are_named() {
    macro_rules! message {
        ($eta:expr, $head:expr) => {{
            let ho = hyperopt!(
                sampler = Asha::new($eta),
                a = 0.0..=1.0,
                for (_resources, _) in $head {
                    a
                }
            );
            assert!(ho.is_empty());
            ho.best().unwrap_err().to_string()
        }};
    }
    assert_eq!(message!(1.0, 1.0..=9.0), "Asha: η = 1 must be above 1; write `Asha::new(3.0)`");
    assert_eq!(message!(f64::NAN, 1.0..=9.0), "Asha: η = NaN must be above 1; write `Asha::new(3.0)`");
    let zero = "Asha: budgets from 0.0 to 9.0; write finite ones above 0, such as `1.0..=81.0`";
    assert_eq!(message!(3.0, 0..=9), zero);
    assert_eq!(message!(3.0, 9.0..=1.0), "Asha: budgets from 9.0 to 1.0 run backwards; write `1.0..=9.0`");
    assert!(message!(1.0001, 1.0..=1e9).contains("too many rungs"));
    assert!(message!(9.0, 1e-9..=1.0).contains("too many configurations"));
}

#[test]
fn integer_budgets_that_round_to_the_same_are_one_rung() {
    let ho = hyperopt!(
        sampler = Asha::new(1.5).configurations(40),
        seed = 0,
        a = 0.0..=1.0,
        for (epochs, _) in 1_u8..=5 {
            assert!((1..=5).contains(&epochs));
            a
        }
    );
    check(&ho, 1.5);
    assert_eq!(counts(&ho).into_keys().collect::<Vec<_>>(), [1, 2, 3, 5]);
}

#[test]
fn a_sampler_that_runs_dry_ends_the_sweep() {
    for batch in [0, 4] {
        // Knows beforehand how many there are.
        let grid = hyperopt!(
            sampler = Asha::new(3.0).inner(GridSampler::new()).batch(batch),
            a = 1..=6,
            b = [true, false],
            for (_resources, _) in 1.0..=27.0 {
                f64::from(a) + f64::from(b)
            }
        );
        check(&grid, 3.0);
        assert_eq!((grid.history().configurations(), grid.end()), (12, StopReason::Planned));
        assert!(grid.to_string().contains("Asha over GridSampler"));
        // Finds it out.
        let given = hyperopt!(
            sampler = Asha::new(3.0).inner(Given(&[0.9, 0.8, 0.7, 0.6, 0.5])).batch(batch),
            a = 0.0..=1.0,
            for (_resources, _) in 1.0..=9.0 {
                a
            }
        );
        check(&given, 3.0);
        assert_eq!((given.history().configurations(), given.end()), (5, StopReason::Exhausted));
        let nothing = hyperopt!(
            sampler = Asha::new(3.0).inner(Given(&[])).batch(batch),
            a = 0.0..=1.0,
            for (_resources, _) in 1.0..=9.0 {
                a
            }
        );
        assert_eq!((nothing.len(), nothing.end()), (0, StopReason::Exhausted));
    }
}

#[test]
fn what_is_done_is_kept_and_gone_on_from() {
    let broken = hyperopt!(
        sampler = Asha::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (resources, _) in 1.0..=27.0 {
            if resources > 3.0 {
                break;
            }
            a
        }
    );
    assert_eq!((broken.end(), broken.history().count(State::Cancelled)), (StopReason::Break, 1));
    let before = broken.len();
    let configurations = broken.history().configurations();
    let ho = hyperopt!(
        ho = broken,
        sampler = Asha::new(3.0).configurations(27),
        a = 0.0..=1.0,
        for (_resources, state) in 1.0..=27.0 {
            (a, state.unwrap_or(0) + 1)
        }
    );
    // New configurations, drawn as if there had been no end.
    assert_eq!(ho.history().configurations(), configurations + 27);
    assert!(ho.history().trials()[before..].iter().all(|trial| trial.configuration() >= configurations));
    assert_eq!(ho.history().trials()[ho.best().unwrap().number].resources(), Some(27.0));
    let late = hyperopt!(
        sampler = Asha::new(3.0),
        timeout = Duration::ZERO,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=27.0 {
            a
        }
    );
    assert_eq!((late.len(), late.end()), (0, StopReason::Timeout));
}

/// A conditional space, failures and uneven lengths; the state is the name of the configuration.
macro_rules! threaded {
    ($executor:expr, $sampler:expr, $delay:expr) => {
        phyperopt!(
            $executor,
            sampler = $sampler,
            seed = 5,
            x = 0.0..=1.0,
            deep = [true, false],
            width = if deep {
                1..=8
            },
            for (resources, state) in 1.0..=27.0 {
                assert_eq!(state.is_none(), resources == 1.0);
                assert!(state.is_none_or(|(earlier, trained): (f64, f64)| earlier == x && trained < resources));
                assert_eq!(deep, width.is_some());
                $delay(x);
                if (0.2..0.25).contains(&x) {
                    Err("diverged")
                } else {
                    Ok(((x - 0.6).powi(2) + f64::from(width.unwrap_or(8)) / resources, (x, resources)))
                }
            }
        )
    };
}

#[test]
fn batches_give_one_history_on_any_number_of_threads() {
    let delay = |x: f64| thread::sleep(Duration::from_micros((x * 200.0) as u64));
    macro_rules! same {
        ($($sampler:expr),+) => {$({
            let all = [1, 2, 8].map(|threads| {
                let ho = threaded!(workers(threads), $sampler.configurations(90).batch(8), delay);
                check(&ho, 3.0);
                let trials = ho.history().trials().iter();
                trials.map(|t| (t.configuration(), t.resources(), t.point().clone(), t.objective())).collect::<Vec<_>>()
            });
            assert!(all[0].len() > 100);
            assert_eq!(all[0], all[1]);
            assert_eq!(all[0], all[2]);
        })+};
    }
    same!(Asha::new(3.0), Asha::new(3.0).inner(BohbSampler::new()), Asha::new(3.0).inner(LhsSampler::new()));
    same!(Pasha::new(3.0), Pasha::new(3.0).inner(BohbSampler::new()));
}

/// Returns the number of trials, and how many configurations had each budget.
fn budgets(ho: &Sweep) -> Vec<(f64, usize)> {
    let mut counts: Vec<(f64, usize)> = Vec::new();
    for resources in ho.history().trials().iter().filter_map(Trial::resources) {
        match counts.iter_mut().find(|(had, _)| *had == resources) {
            Some((_, count)) => *count += 1,
            None => counts.push((resources, 1)),
        }
    }
    counts.sort_by(|a, b| a.0.total_cmp(&b.0));
    counts
}

#[test]
fn stopping_judges_a_configuration_once_in_each_rung() {
    macro_rules! swept {
        ($value:expr, $goal:expr) => {
            hyperopt!(
                sampler = Asha::new(3.0).stopping().configurations(9),
                goal = $goal,
                seed = 1,
                x = 0.0..=1.0,
                for (trial, _) in 1.0..=9.0 {
                    let _ = (x, trial);
                    (($value)(trial), ())
                }
            )
            .into_sweep()
        };
    }
    // All are equal, and so no worse: all go on, each to the end before the next begins.
    let equal = swept!(|_: f64| 1.0, Minimize);
    assert_eq!(budgets(&equal), [(1.0, 9), (3.0, 9), (9.0, 9)]);
    let order: Vec<_> = equal.history().trials().iter().map(Trial::configuration).collect();
    assert_eq!(order[..6], [0, 0, 0, 1, 1, 1]);
    for goal in [Minimize, Maximize] {
        let started = Cell::new(0.0);
        let worse = |sign: f64| {
            let started = &started;
            move |resources: f64| {
                if resources == 1.0 {
                    started.set(started.get() + 1.0);
                }
                sign * started.get()
            }
        };
        let sign = if goal == Minimize { 1.0 } else { -1.0 };
        // Each is worse than the one before, and only the first goes on.
        assert_eq!(budgets(&swept!(worse(sign), goal)), [(1.0, 9), (3.0, 1), (9.0, 1)]);
        started.set(0.0);
        // Each is better.
        assert_eq!(budgets(&swept!(worse(-sign), goal)), [(1.0, 9), (3.0, 9), (9.0, 9)]);
    }
}

#[test]
fn batches_are_of_the_size_that_is_said() {
    // Each batch of eight: what may go on first, then new configurations.
    let ho = hyperopt!(
        sampler = Asha::new(3.0).batch(8).configurations(27),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=9.0 {
            a
        }
    );
    check(&ho, 3.0);
    let resources: Vec<_> = steps(&ho).iter().map(|(_, resources)| *resources as u64).collect();
    assert_eq!(resources[..8], [1; 8]);
    assert_eq!(resources[8..16], [3, 3, 1, 1, 1, 1, 1, 1]);
    let one_by_one = hyperopt!(
        sampler = Asha::new(3.0).batch(1),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=9.0 {
            a
        }
    );
    let asynchronous = hyperopt!(
        sampler = Asha::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, _) in 1.0..=9.0 {
            a
        }
    );
    assert_eq!(steps(&one_by_one), steps(&asynchronous));
}

#[test]
fn no_trial_is_lost_between_threads() {
    for round in 0..5_u64 {
        let calls = AtomicUsize::new(0);
        // Lengths that have nothing to do with the parameters, and differ between the rounds.
        let delay = |_| {
            let call = calls.fetch_add(1, Ordering::SeqCst) as u64;
            thread::sleep(Duration::from_micros((call + round).wrapping_mul(0x9E37_79B9) % 400));
        };
        let ho = threaded!(workers(8), Asha::new(3.0).configurations(105), delay);
        check(&ho, 3.0);
        assert_eq!((ho.end(), ho.history().configurations()), (StopReason::Planned, 105));
        assert_eq!(ho.len(), calls.into_inner());
        assert_eq!(ho.history().count(State::Complete) + ho.history().count(State::Failed), ho.len());
        let rungs = counts(&ho);
        assert!(rungs[&3] >= 105 / 3 && rungs[&27] >= 1, "{rungs:?}");
    }
}

/// One slow configuration holds up nobody: its thread is the only one that is not busy with others.
#[test]
fn a_free_thread_never_waits_while_there_are_configurations_to_start() {
    let done_meanwhile = AtomicUsize::new(0);
    let slow_is_running = AtomicUsize::new(0);
    let ho = phyperopt!(
        workers(2),
        sampler = Asha::new(3.0).configurations(60),
        seed = 0,
        a = 0.0..=1.0,
        for (_resources, state) in 1.0..=9.0 {
            let first = state.is_none();
            if first && slow_is_running.swap(1, Ordering::SeqCst) == 0 {
                // Ends when nearly all others have been started and closed.
                while done_meanwhile.load(Ordering::SeqCst) < 59 {
                    thread::yield_now();
                }
            } else {
                done_meanwhile.fetch_add(usize::from(first), Ordering::SeqCst);
            }
            (a, true)
        }
    );
    check(&ho, 3.0);
    assert_eq!(ho.history().configurations(), 60);
    // The others went on meanwhile.
    assert!(steps(&ho)[..60].iter().any(|(_, resources)| *resources == 9.0));
}

/// Over sweeps of ten seeds, the most resources that each gave, and the cost of all.
macro_rules! given {
    ($sampler:expr, |$a:ident, $b:ident, $resources:ident| $objective:expr) => {{
        let mut cost = 0.0;
        let most = (0..10).map(|seed| {
            let ho = hyperopt!(
                sampler = $sampler,
                seed = seed,
                $a = 0.0..=1.0,
                $b = 0.0..=1.0,
                for ($resources, state) in 1.0..=81.0 {
                    assert_eq!(state.is_none(), $resources == 1.0);
                    let _ = $b;
                    ($objective, $resources)
                }
            );
            check(&ho, 3.0);
            assert_eq!(ho.end(), StopReason::Planned);
            cost += steps(&ho).iter().map(|(_, resources)| resources).sum::<f64>();
            steps(&ho).iter().fold(0.0, |most: f64, (_, resources)| most.max(*resources))
        });
        (most.collect::<Vec<_>>(), cost)
    }};
}

#[test]
fn pasha_gives_more_only_while_that_changes_the_ranking() {
    // Curves that never cross: two rungs will do.
    let (most, cost) = given!(Pasha::new(3.0), |a, b, resources| a + 1.0 / resources);
    assert_eq!(most, [3.0; 10]);
    let (most_of_asha, cost_of_asha) = given!(Asha::new(3.0), |a, b, resources| a + 1.0 / resources);
    assert_eq!(most_of_asha, [81.0; 10]);
    assert!(cost < 0.5 * cost_of_asha, "{cost}, {cost_of_asha}");
    // Straight lines, on a logarithmic scale, from one ranking to another: they cross once, so that it is no noise.
    let (most, _) = given!(Pasha::new(3.0), |a, b, resources| a + (b - a) * resources.ln() / 81_f64.ln());
    assert_eq!(most, [81.0; 10]);
    // One change of the ranking opens one rung.
    let (most, _) = given!(Pasha::new(3.0), |a, b, resources| if resources < 3.0 { a } else { b });
    assert_eq!(most, [9.0; 10]);
}

#[test]
fn pasha_is_as_careful_as_asha() {
    macro_rules! message {
        ($eta:expr, $head:expr) => {{
            let ho = hyperopt!(
                sampler = Pasha::new($eta),
                a = 0.0..=1.0,
                for (_resources, _) in $head {
                    a
                }
            );
            ho.best().unwrap_err().to_string()
        }};
    }
    assert_eq!(message!(1.0, 1.0..=9.0), "Pasha: η = 1 must be above 1; write `Pasha::new(3.0)`");
    assert!(message!(3.0, 0..=9).starts_with("Pasha: budgets from 0.0 to 9.0; write"));

    let alive = Rc::new(Cell::new(0));
    let ho = hyperopt!(
        sampler = Pasha::new(3.0).inner(LhsSampler::new()).configurations(60),
        seed = 0,
        a = 0.0..=1.0,
        for (resources, state) in 1..=27 {
            let mut model = state.unwrap_or_else(|| Model::new(a, &alive));
            model.trained = f64::from(resources);
            if a < 0.2 { Err("diverged") } else { Ok(((6.0 * a + model.trained).sin(), model)) }
        }
    );
    check(&ho, 3.0);
    assert_eq!((ho.history().configurations(), ho.end(), alive.get()), (60, StopReason::Planned, 0));
    assert_eq!(ho.history().count(State::Failed), 12);
    assert!(ho.to_string().contains("Pasha over LhsSampler"));
    let best = ho.history().trials()[ho.best().unwrap().number].resources().unwrap();
    assert!(steps(&ho).iter().all(|(_, resources)| *resources <= best));

    // One rung.
    let one = hyperopt!(
        sampler = Pasha::new(3.0),
        a = 0.0..=1.0,
        for (_resources, _) in 5.0..=5.0 {
            a
        }
    );
    assert_eq!((one.len(), one.end()), (1, StopReason::Planned));
}
