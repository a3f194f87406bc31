//! What pruners keep of the trials against reading all of them at every report.

use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::history::{Goal, History};
use crate::pruner::step_values::StepValues;
use crate::pruner::{
    Compared, MedianPruner, PatientPruner, PercentilePruner, Pruner, SuccessiveHalvingPruner, WilcoxonPruner,
};
use crate::space::Point;
use crate::trial::{Outcome, State, Trial};

/// Returns the pruners that keep something, with options that make them look often.
fn pruners() -> Vec<Box<dyn Pruner>> {
    vec![
        Box::new(MedianPruner::new().n_startup_trials(2)),
        Box::new(PercentilePruner::new(30.0).n_startup_trials(0).n_warmup_steps(1).interval_steps(2).n_min_trials(2)),
        Box::new(PatientPruner::new(PercentilePruner::new(80.0), 0)),
        Box::new(SuccessiveHalvingPruner::new()),
        Box::new(SuccessiveHalvingPruner::new().min_resource(2).reduction_factor(2).bootstrap_count(2)),
        Box::new(WilcoxonPruner::new().p_threshold(0.4)),
    ]
}

/// Few different values, so that equals are common, and some that are not finite.
fn value(rng: &mut ChaCha8Rng) -> f64 {
    match rng.random_range(0..400) {
        0 => f64::NAN,
        1 => -f64::NAN,
        2 => f64::INFINITY,
        3 => f64::NEG_INFINITY,
        4 => -0.0,
        _ => f64::from(rng.random_range(-5..6)),
    }
}

fn outcome(rng: &mut ChaCha8Rng) -> Outcome {
    match rng.random_range(0..8) {
        0 => Outcome::pruned(),
        1 => Outcome::failed("so it was drawn"),
        2 => Outcome::interrupted(),
        _ => Outcome::value(value(rng)),
    }
}

fn report(trial: &mut Trial, rng: &mut ChaCha8Rng) {
    // Mostly the next step, at times one that is passed over, or one again.
    let last = trial.last_report().map_or(0, |(last, _)| last);
    let step = if rng.random_bool(0.2) { rng.random_range(0..last + 300) } else { last + 1 };
    trial.report(step, value(rng));
}

/// Changes `history` as a sweep, or another process of its study, may.
fn change(history: &mut History, rng: &mut ChaCha8Rng) {
    let len = history.len();
    let Some(number) = (len > 0).then(|| rng.random_range(len.saturating_sub(6)..len)) else {
        return history.push(Trial::running(0, 0, None, Point::from(vec![0.5])));
    };
    match rng.random_range(0..60) {
        0..12 => history.push(Trial::running(len, len, None, Point::from(vec![0.5]))),
        12..40 => {
            if let Some(trial) = history.running_mut(number) {
                report(trial, rng);
            }
        }
        40..52 => {
            if let Some(trial) = history.closing(number) {
                trial.close(outcome(rng), Duration::ZERO);
            }
        }
        // Another process has recorded a trial, or recorded it otherwise.
        52..56 => {
            let mut trial = history.trials()[number].opened();
            for _ in 0..rng.random_range(0..6) {
                report(&mut trial, rng);
            }
            trial.close(outcome(rng), Duration::ZERO);
            history.replace(trial);
        }
        56 => history.reopen(rng.random_range(0..len)),
        57 => {
            history.pop(true);
        }
        58 => {
            let closed: Vec<_> = (0..len).filter_map(|number| history.set_aside(number)).collect();
            for trial in closed {
                history.restore(trial);
            }
        }
        _ if rng.random_bool(0.1) => history.cancel_running(),
        _ => *history = history.clone(),
    }
}

#[test]
fn what_is_kept_decides_as_what_is_read_anew() {
    let mut pruned = vec![0; pruners().len()];
    for seed in 0..20 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let goal = [Goal::Minimize, Goal::Maximize][seed as usize % 2];
        let (mut kept, mut anew) = (pruners(), pruners());
        let (mut history, mut compared) = (History::default(), 0);
        for _ in 0..600 {
            change(&mut history, &mut rng);
            let trials = history.trials();
            // In batches, pruners see the trials of earlier batches alone.
            compared = if seed % 4 < 2 || history.running() == 0 { trials.len() } else { compared };
            compared = compared.min(trials.len());
            let running = trials.iter().rev().take(6).filter(|trial| trial.state() == State::Running);
            for trial in running {
                for ((kept, anew), pruned) in kept.iter_mut().zip(&mut anew).zip(&mut pruned) {
                    if rng.random_bool(0.3) {
                        continue;
                    }
                    let expected = anew.prune(&trials[..compared], trial, goal);
                    let decided = kept.prune_among(Compared::new(&history, compared), trial, goal);
                    assert_eq!(decided, expected, "{kept:?} of seed {seed} about {trial:?}");
                    *pruned += usize::from(decided);
                }
            }
        }
    }
    assert!(pruned.iter().all(|count| *count > 10), "{pruned:?}");
}

#[test]
fn values_of_a_step_are_in_order_over_many_chunks() {
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let (mut values, mut sorted) = (StepValues::default(), vec![Vec::new(); 3]);
    assert_eq!(values.at(0).len(), 0);
    for _ in 0..6_000 {
        let (step, value) = (rng.random_range(0..3_u64), f64::from(rng.random_range(0..500)));
        values.insert(step, value);
        sorted[step as usize].push(value);
    }
    for (step, sorted) in (0..).zip(&mut sorted) {
        sorted.sort_by(f64::total_cmp);
        let found = values.at(step);
        assert_eq!(found.len(), sorted.len());
        assert!((0..sorted.len()).all(|rank| found.nth(rank) == sorted[rank]));
        for value in [-1.0, 0.0, 250.0, 499.0, 500.0] {
            let smaller = sorted.iter().filter(|other| **other < value).count();
            assert_eq!(found.count(|other| other < value), smaller);
        }
    }
    assert_eq!((values.at(3).len(), values.at(3).count(|_| true)), (0, 0));
}
