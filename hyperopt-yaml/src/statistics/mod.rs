//! The results of a sweep as a file that other programs read: `hyperopt_statistics.json`.

mod json;
mod read;
mod table;
mod write;

pub use json::read_json;
pub use read::StatisticsError;
pub use table::{Cell, Column, Row, Table};

use std::collections::HashMap;

use hyperopt_core::{Goal, Trial};
use itertools::Itertools;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::sweep::Trained;

/// The results of a sweep, best first, as `hyperopt_statistics.json` has them.
///
/// ```
/// use hyperopt_yaml::{Config, Statistics, train};
///
/// let text = "hyperopt: {parameters: {x: {space: uniform, lower: 0.0, upper: 1.0}}, seed: 7}";
/// let config = Config::parse("sweep.yaml", text)?;
/// let ho = train(&config, |trial| trial.get("x")?.as_f64())?;
/// let json = Statistics::of(&config, &ho).to_json();
///
/// let statistics = Statistics::parse(&json)?;
/// assert_eq!(statistics.results().len(), 10);
/// assert_eq!(statistics.results()[0].metric_score, ho.best()?.value);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    config: Value,
    results: Vec<TrialResult>,
}

/// The result of one trial.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TrialResult {
    /// The hyperparameters by their names.
    pub parameters: Vec<(String, Value)>,
    /// The metric; NaN for a trial without a result.
    pub metric_score: f64,
    /// The trainer's statistics of the training; an empty mapping without any.
    pub training_stats: Value,
    /// The trainer's statistics of the evaluation; an empty mapping without any.
    pub eval_stats: Value,
}

impl Statistics {
    /// Collects the results of a sweep, one for each configuration, best first; configurations without a result come last.
    ///
    /// The result of a configuration that ran with several budgets is that with the largest one. Results with larger budgets
    /// come first, whatever their metric.
    #[must_use]
    pub fn of(config: &Config, ho: &Trained) -> Self {
        Self::with(config, ho, |_| None)
    }

    /// Collects the results as [`of`](Self::of) does. `stats` receives the number of a trial and returns its training and
    /// evaluation statistics; for `None`, they are empty mappings. It is not called for trials without a result.
    #[must_use]
    pub fn with(config: &Config, ho: &Trained, mut stats: impl FnMut(usize) -> Option<(Value, Value)>) -> Self {
        let mut last = HashMap::<usize, (&Trial, &Vec<_>)>::new();
        for (trial, params) in ho.trials() {
            let is_later = last.get(&trial.configuration()).is_none_or(|(other, _)| {
                let is_result = trial.objective().is_some() || other.objective().is_none();
                is_result && trial.resources() >= other.resources()
            });
            if is_later {
                last.insert(trial.configuration(), (trial, params));
            }
        }
        let ranked = last.into_values().sorted_by(|(a, _), (b, _)| by_rank(ho.goal(), a, b));
        let empty = || Value::Object(Map::new());
        let results = ranked.map(|(trial, params)| {
            let found = trial.objective().and_then(|_| stats(trial.number()));
            let (training_stats, eval_stats) = found.unwrap_or_else(|| (empty(), empty()));
            let metric_score = trial.objective().unwrap_or(f64::NAN);
            TrialResult { parameters: params.clone(), metric_score, training_stats, eval_stats }
        });
        Self { config: config.definition().to_value(), results: results.collect() }
    }

    /// Returns the section `hyperopt` with all defaults.
    #[must_use]
    pub fn config(&self) -> &Value {
        &self.config
    }

    /// Returns the results, best first; those without a metric come last.
    #[must_use]
    pub fn results(&self) -> &[TrialResult] {
        &self.results
    }
}

/// Compares two trials: those with results come first, then those with larger budgets, better metrics, smaller numbers.
fn by_rank(goal: Goal, a: &Trial, b: &Trial) -> std::cmp::Ordering {
    let resources = |trial: &Trial| trial.resources().unwrap_or(0.0);
    let values = a.objective().zip(b.objective());
    (b.objective().is_some().cmp(&a.objective().is_some()))
        .then_with(|| resources(b).total_cmp(&resources(a)))
        .then_with(|| values.map_or(std::cmp::Ordering::Equal, |(a, b)| goal.compare(a, b)))
        .then_with(|| a.number().cmp(&b.number()))
}
