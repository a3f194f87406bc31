//! `hyperopt_statistics.json`, as far as the metrics of a program can fill it.

use hyperopt_core::Trial;
use hyperopt_core::plain::plain_json;
use hyperopt_yaml::{Config, Statistics, Trained};
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::output::{RunFile, read_config, with_options};
use crate::results::source::Source;

/// Returns the text of the file for a sweep that was read from its output directory.
pub(crate) fn statistics_of(source: Source) -> Result<String, Failure> {
    let Some(layout) = source.layout else {
        return Err(Failure::usage("statistics hold the configuration; give the output directory of the sweep"));
    };
    let run = RunFile::read(&layout)?;
    let config = with_options(&run, read_config(&layout, &run)?)?;
    Ok(statistics(&config, &config.trained(source.sweep).map_err(Failure::usage)?))
}

/// Returns the text of the file. The metric and the numbers beside it are its evaluation statistics, and the reports its
/// training statistics.
pub(crate) fn statistics(config: &Config, trained: &Trained) -> String {
    let trials = trained.history().trials();
    let statistics = Statistics::with(config, trained, |number| Some(of(config, trials.get(number)?)));
    plain_json(&statistics.to_json()).into_owned()
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
