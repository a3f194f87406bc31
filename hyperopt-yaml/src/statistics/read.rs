//! Reads `hyperopt_statistics.json`, whoever wrote it.

use std::fmt;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::statistics::{Statistics, TrialResult, read_json};

/// The reason why a file of statistics cannot be used.
#[derive(Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {cause}")]
    File {
        /// The path of the file.
        path: String,
        /// The reason.
        #[source]
        cause: std::io::Error,
    },
    /// The text is not JSON, with or without Python's `NaN` and `Infinity`.
    #[error("this is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The JSON does not have the form of statistics.
    #[error("{place} is {found}; statistics have {wanted} there")]
    Form {
        /// The place: `hyperopt_results[3].metric_score`.
        place: String,
        /// What was found.
        found: String,
        /// What was expected.
        wanted: &'static str,
    },
    /// The definition of a hyperparameter has neither a known `type` nor a known `space`.
    #[error("hyperparameter `{name}` is neither a number nor a category by its definition {definition}")]
    Kind {
        /// The hyperparameter.
        name: String,
        /// Its definition.
        definition: String,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for StatisticsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn form(place: impl Into<String>, found: Option<&Value>, wanted: &'static str) -> StatisticsError {
    let found = match found {
        None => "missing".into(),
        Some(Value::Array(_)) => "a list".into(),
        Some(Value::Object(_)) => "a mapping".into(),
        Some(other) => format!("`{other}`"),
    };
    StatisticsError::Form { place: place.into(), found, wanted }
}

impl Statistics {
    /// Reads a file of statistics, which this crate or another program, such as Ludwig, has written.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or does not have the form of statistics.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, StatisticsError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path)
            .map_err(|cause| StatisticsError::File { path: path.display().to_string(), cause })?;
        Self::parse(&text)
    }

    /// Parses the text of a file of statistics.
    ///
    /// # Errors
    ///
    /// Fails if the text does not have the form of statistics.
    pub fn parse(text: &str) -> Result<Self, StatisticsError> {
        let mut root = read_json(text)?;
        let config = match root.get_mut("hyperopt_config").map(Value::take) {
            Some(config @ Value::Object(_)) => config,
            other => return Err(form("hyperopt_config", other.as_ref(), "a mapping")),
        };
        let results = match root.get_mut("hyperopt_results").map(Value::take) {
            Some(Value::Array(results)) => results,
            other => return Err(form("hyperopt_results", other.as_ref(), "a list")),
        };
        let order: Vec<&String> =
            config.get("parameters").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
        let results = results.into_iter().enumerate().map(|(index, value)| result(index, value, &order));
        let results = results.collect::<Result<_, _>>()?;
        Ok(Self { config, results })
    }
}

fn result(index: usize, mut value: Value, order: &[&String]) -> Result<TrialResult, StatisticsError> {
    let place = |key: &str| format!("hyperopt_results[{index}].{key}");
    let mut take = |key: &str| value.get_mut(key).map(Value::take);
    let mut parameters: Vec<(String, Value)> = match take("parameters") {
        Some(Value::Object(map)) => map.into_iter().collect(),
        other => return Err(form(place("parameters"), other.as_ref(), "a mapping")),
    };
    parameters.sort_by_key(|(name, _)| order.iter().position(|own| *own == name).unwrap_or(usize::MAX));
    let metric_score = match take("metric_score") {
        // NaN, as Python writes it.
        Some(Value::Null) => f64::NAN,
        Some(Value::Number(number)) => number.as_f64().unwrap_or(f64::NAN),
        other => return Err(form(place("metric_score"), other.as_ref(), "a number")),
    };
    let mut stats = |key: &str| match take(key) {
        None | Some(Value::Null) => Value::Object(Map::new()),
        Some(stats) => stats,
    };
    let (training_stats, eval_stats) = (stats("training_stats"), stats("eval_stats"));
    Ok(TrialResult { parameters, metric_score, training_stats, eval_stats })
}
