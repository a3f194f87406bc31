//! Tests that invalid options are refused by name, and do no harm if nobody checks them.

use super::*;
use crate::pruner::{
    MedianPruner, PatientPruner, PercentilePruner, SuccessiveHalvingPruner, ThresholdPruner, WilcoxonPruner,
};

#[test]
fn unsound_options_are_named() {
    let cases: Vec<(Box<dyn Pruner>, &str)> = vec![
        (Box::new(MedianPruner::new().interval_steps(0)), "interval_steps = 0"),
        (Box::new(MedianPruner::new().n_min_trials(0)), "n_min_trials = 0"),
        (Box::new(PercentilePruner::new(101.0)), "percentile = 101.0"),
        (Box::new(PercentilePruner::new(-1.0)), "percentile = -1.0"),
        (Box::new(PercentilePruner::new(f64::NAN)), "percentile = NaN"),
        (Box::new(PatientPruner::alone(0).min_delta(-0.1)), "min_delta = -0.1"),
        (Box::new(PatientPruner::new(PercentilePruner::new(400.0), 0)), "percentile = 400.0"),
        (Box::new(ThresholdPruner::new()), "lower, upper"),
        (Box::new(ThresholdPruner::new().lower(2.0).upper(1.0)), "lower = 2.0 is above upper = 1.0"),
        (Box::new(ThresholdPruner::new().upper(f64::NAN)), "upper is NaN"),
        (Box::new(ThresholdPruner::new().upper(1.0).interval_steps(0)), "interval_steps = 0"),
        (Box::new(SuccessiveHalvingPruner::new().min_resource(0)), "min_resource = 0"),
        (Box::new(SuccessiveHalvingPruner::new().reduction_factor(1)), "reduction_factor = 1"),
        (Box::new(SuccessiveHalvingPruner::new().bootstrap_count(2)), "set min_resource"),
        (Box::new(WilcoxonPruner::new().p_threshold(1.5)), "p_threshold = 1.5"),
        (Box::new(WilcoxonPruner::new().p_threshold(f64::NAN)), "p_threshold = NaN"),
    ];
    for (mut pruner, named) in cases {
        let message = pruner.check().unwrap_err().to_string();
        assert!(message.contains(named), "{message}");
        let mut history = History::default();
        for value in [0.5, f64::NAN, f64::INFINITY, -1.0] {
            run(&mut *pruner, Goal::Minimize, &mut history, &[(0, value), (u64::MAX, value)], Some(value));
        }
    }
}

/// Tries all that a pruner can meet: no reports, one report, NaN, infinities of either sign, steps far apart.
#[test]
fn nothing_that_is_reported_is_too_odd() {
    let pruners: Vec<Box<dyn Pruner>> = vec![
        Box::new(MedianPruner::new().n_startup_trials(0)),
        Box::new(PatientPruner::alone(usize::MAX)),
        Box::new(PatientPruner::alone(0)),
        Box::new(ThresholdPruner::new().upper(0.5)),
        Box::new(SuccessiveHalvingPruner::new()),
        Box::new(SuccessiveHalvingPruner::new().min_resource(u64::MAX).min_early_stopping_rate(u32::MAX)),
        Box::new(SuccessiveHalvingPruner::new().min_resource(1).reduction_factor(u64::MAX)),
        Box::new(WilcoxonPruner::new()),
    ];
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 0.0, -0.0];
    for mut pruner in pruners {
        for goal in [Goal::Minimize, Goal::Maximize] {
            let mut history = History::default();
            assert_eq!(run(&mut *pruner, goal, &mut history, &[], Some(1.0)), None);
            for (index, value) in odd.into_iter().enumerate() {
                let other = odd[(index + 3) % odd.len()];
                let values = [(0, value), (1, other), (1, value), (7, other), (u64::MAX, value)];
                run(&mut *pruner, goal, &mut history, &values[..=index.min(4)], Some(other));
            }
            assert_eq!(history.running(), 0);
        }
    }
}

/// Pruners that compare trials never prune the best of all, whatever came before.
#[test]
fn the_best_goes_on() {
    let pruners: Vec<Box<dyn Pruner>> = vec![
        Box::new(MedianPruner::new()),
        Box::new(PercentilePruner::new(0.0).n_startup_trials(0)),
        Box::new(SuccessiveHalvingPruner::new().min_resource(1)),
        Box::new(WilcoxonPruner::new().p_threshold(1.0)),
    ];
    for mut pruner in pruners {
        for (goal, sign) in [(Goal::Minimize, 1.0), (Goal::Maximize, -1.0)] {
            let mut history = History::default();
            for trial in (0..30).rev() {
                let curve: Vec<_> = (0..20).map(|step| (step, sign * f64::from(trial))).collect();
                let decision = run(&mut *pruner, goal, &mut history, &curve, Some(sign * f64::from(trial)));
                assert_eq!(decision, None, "{pruner:?}");
            }
        }
    }
}
