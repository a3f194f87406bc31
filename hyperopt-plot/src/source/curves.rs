//! What the trials of a sweep reported while they ran, or the values of its configurations at their rungs.

use hyperopt_core::{State, Sweep};
use itertools::Itertools as _;

use crate::model::{Curve, Ending, Steps};

/// Returns a curve for each trial that reported, or else for each configuration of a sweep with budgets.
pub(crate) fn curves(sweep: &Sweep) -> (Vec<Curve>, Steps) {
    let trials = sweep.history().trials();
    let reported: Vec<Curve> = trials
        .iter()
        .filter_map(|trial| {
            let steps = trial.reports().iter().map(|&(step, value)| (step as f64, value));
            let steps: Vec<_> = steps.filter(|(_, value)| value.is_finite()).collect();
            let ending = match trial.state() {
                State::Complete if trial.is_feasible() => Ending::Complete,
                State::Complete => Ending::Infeasible,
                State::Pruned => Ending::Pruned,
                _ => Ending::Failed,
            };
            (!steps.is_empty()).then(|| Curve { number: trial.number(), ending, value: trial.objective(), steps })
        })
        .collect();
    if !reported.is_empty() {
        return (reported, Steps::Reports);
    }
    let rungs = trials.iter().filter_map(|trial| Some((trial.configuration(), trial.resources()?, trial)));
    let by_configuration = rungs.into_group_map_by(|(configuration, ..)| *configuration);
    let largest = trials.iter().filter_map(hyperopt_core::Trial::resources).fold(0.0, f64::max);
    let mut curves: Vec<Curve> = by_configuration
        .into_values()
        .filter_map(|mut rungs| {
            rungs.sort_by(|a, b| a.1.total_cmp(&b.1));
            let finished = rungs.iter().filter_map(|(_, resources, trial)| Some((*resources, trial.objective()?)));
            let steps: Vec<_> = finished.collect();
            let (_, resources, last) = *rungs.last()?;
            let ending = match last.state() {
                State::Complete if !last.is_feasible() => Ending::Infeasible,
                State::Complete if resources < largest => Ending::Pruned,
                State::Complete => Ending::Complete,
                _ => Ending::Failed,
            };
            (!steps.is_empty()).then(|| Curve { number: last.number(), ending, value: last.objective(), steps })
        })
        .collect();
    curves.sort_by_key(|curve| curve.number);
    (curves, Steps::Rungs)
}
