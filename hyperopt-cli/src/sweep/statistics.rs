//! `hyperopt_statistics.json`, as far as programs that are only known by their metric can fill it.

use hyperopt_core::Trial;
use hyperopt_yaml::{Config, Statistics, Trained};
use serde_json::{Map, Value, json};

/// The text of the file: the metric and the numbers beside it as the evaluation, what was reported as the training.
pub(super) fn text(config: &Config, trained: &Trained) -> String {
    let trials = trained.history().trials();
    Statistics::with(config, trained, |number| Some(of(config, trials.get(number)?))).to_json()
}

fn of(config: &Config, trial: &Trial) -> (Value, Value) {
    let definition = config.definition();
    let (split, feature, metric) = (definition.split(), definition.output_feature(), definition.metric());
    let score = trial.objective();
    let mut measured: Map<_, _> =
        trial.metrics().iter().map(|(name, value)| (name.to_string(), Value::from(*value))).collect();
    measured.insert(metric.to_owned(), score.into());
    let by_step: Vec<_> = match trial.reports() {
        [] => score.into_iter().collect(),
        reports => reports.iter().map(|(_, value)| *value).collect(),
    };
    (json!({ split: { feature: { metric: by_step } } }), json!({ feature: measured }))
}
