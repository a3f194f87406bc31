//! Configurations, the values of trials, and histories to compare.

use hyperopt_core::Hyperoptimizer;
use hyperopt_yaml::{Config, Trial};
use serde_json::Value;

/// Parses a file without mistakes.
#[track_caller]
pub(crate) fn parsed(text: &str) -> Config {
    Config::parse("sweep.yaml", text).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// Returns a number of a trial; NaN if it has none of this name.
pub(crate) fn float(trial: &Trial<'_>, name: &str) -> f64 {
    trial.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// A trial's coordinates, resources and objective.
pub(crate) type Record = (Vec<Option<f64>>, Option<f64>, Option<f64>);

/// Returns what two histories have to agree in.
pub(crate) fn history<P>(ho: &Hyperoptimizer<P>) -> Vec<Record> {
    let trials = ho.trials().map(|(trial, _)| trial);
    trials.map(|trial| (trial.point().iter().collect(), trial.resources(), trial.objective())).collect()
}
