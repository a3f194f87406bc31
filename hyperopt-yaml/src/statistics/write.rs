//! Writes `hyperopt_statistics.json`.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::statistics::{Statistics, TrialResult};

impl Statistics {
    /// Returns the text of the file. A missing score is written as `NaN`, as Python does, which strict JSON parsers refuse.
    #[must_use]
    pub fn to_json(&self) -> String {
        let results: Vec<String> = self.results.iter().map(result).collect();
        let results = if results.is_empty() { "[]".into() } else { format!("[\n    {}\n  ]", results.join(",\n    ")) };
        format!("{{\n  \"hyperopt_config\": {},\n  \"hyperopt_results\": {results}\n}}\n", pretty(&self.config, 2))
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Returns the errors of the file system.
    pub fn write(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::write(path, self.to_json())
    }
}

fn result(TrialResult { parameters, metric_score, training_stats, eval_stats }: &TrialResult) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), pretty(value, 8)))
        .collect();
    let parameters =
        if pairs.is_empty() { "{}".into() } else { format!("{{\n        {}\n      }}", pairs.join(",\n        ")) };
    let score = match metric_score {
        score if score.is_nan() => "NaN".into(),
        score if score.is_infinite() => if *score > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        score => Value::from(*score).to_string(),
    };
    format!(
        "{{\n      \"parameters\": {parameters},\n      \"metric_score\": {score},\n      \"training_stats\": {},\n      \
         \"eval_stats\": {}\n    }}",
        pretty(training_stats, 6),
        pretty(eval_stats, 6)
    )
}

/// Formats a value on lines that are indented by `indent`. Strings contain no line breaks, which JSON escapes.
fn pretty(value: &Value, indent: usize) -> String {
    format!("{value:#}").replace('\n', &format!("\n{}", " ".repeat(indent)))
}
