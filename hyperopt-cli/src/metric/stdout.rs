//! A metric on standard output: lines of JSON such as `{"step": 3, "accuracy": 0.71}`.

use serde_json::Value;

use super::json::{number, object};
use super::near::{NearMiss, near_miss};
use super::path::Paths;

/// The keys of a step, the most usual first.
const STEPS: [&str; 5] = ["step", "epoch", "iteration", "training_iteration", "global_step"];

/// The lines that a trial has printed so far.
#[derive(Debug)]
pub(crate) struct MetricLines<'a> {
    paths: &'a Paths,
    last: Option<Result<f64, String>>,
    others: Vec<(String, f64)>,
    /// The last object that does not contain the metric.
    without: Option<Value>,
    /// The last line that resembles an object, if there is no object.
    near: Option<NearMiss>,
}

/// An intermediate value of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Report {
    /// `None` if the line names no step.
    pub(crate) step: Option<u64>,
    pub(crate) value: f64,
}

impl<'a> MetricLines<'a> {
    pub(crate) fn new(paths: &'a Paths) -> Self {
        Self { paths, last: None, others: Vec::new(), without: None, near: None }
    }

    /// Reads one line. Returns a report if the line has the metric.
    pub(crate) fn line(&mut self, line: &[u8]) -> Option<Report> {
        let Some(document) = object(line) else {
            if self.last.is_none() && self.without.is_none() {
                self.near = near_miss(line).or(self.near.take());
            }
            return None;
        };
        let Some(found) = self.paths.find(&document) else {
            self.without = Some(document);
            return None;
        };
        self.others = others(&document, self.paths);
        let value = found.as_ref().ok().copied();
        self.last = Some(found);
        let step = STEPS.iter().find_map(|key| document.get(key)?.as_u64());
        Some(Report { step, value: value? })
    }

    /// Returns the metric of the last line that contains it; the error says what is missing.
    pub(crate) fn metric(&self) -> Result<f64, String> {
        let name = self.paths.name();
        let found = self.last.clone().unwrap_or_else(|| match (&self.without, &self.near) {
            (Some(document), _) => Err(format!("the last line of JSON on standard output {}", self.paths.missing(document))),
            (None, Some(near)) => Err(near.to_string()),
            (None, None) => Err(format!(
                "there is no line of JSON on standard output; print one such as {{\"{name}\": 0.5}}, or name the file it is in \
                 with `--metric-file`"
            )),
        })?;
        finite(name, found)
    }

    /// Returns the other numbers of that line.
    pub(crate) fn others(&self) -> &[(String, f64)] {
        &self.others
    }
}

/// Returns `value`; NaN and the infinities are errors.
pub(super) fn finite(name: &str, value: f64) -> Result<f64, String> {
    if value.is_finite() { Ok(value) } else { Err(format!("the metric `{name}` is {value}")) }
}

/// Returns the numbers at the top level of `document` other than the metric and the step.
pub(super) fn others(document: &Value, paths: &Paths) -> Vec<(String, f64)> {
    let Value::Object(parts) = document else { return Vec::new() };
    let is_other = |name: &str| !paths.iter().any(|path| path == name) && !STEPS.contains(&name);
    let named = parts.iter().filter(|(name, _)| is_other(name));
    named.filter_map(|(name, value)| Some((name.clone(), number(value)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_with_the_metric_counts() {
        let paths = Paths::given("accuracy");
        let mut lines = MetricLines::new(&paths);
        assert!(lines.metric().unwrap_err().contains("no line of JSON"));
        assert_eq!(lines.line(b"epoch 1"), None);
        assert_eq!(lines.line(br#"{"acc": 0.5}"#), None);
        assert!(lines.metric().unwrap_err().contains("the last line of JSON on standard output has no `accuracy`"));
        assert_eq!(lines.line(br#"{"step": 1, "accuracy": 0.5}"#), Some(Report { step: Some(1), value: 0.5 }));
        let last = lines.line(br#"{"accuracy": 0.75, "loss": 2, "epoch": 9}"#);
        assert_eq!(last, Some(Report { step: Some(9), value: 0.75 }));
        assert_eq!(lines.line(br#"{"done": true}"#), None);
        assert_eq!(lines.metric(), Ok(0.75));
        assert_eq!(lines.others(), [("loss".to_owned(), 2.0)]);
    }

    #[test]
    fn what_is_no_finite_number_fails() {
        let paths = Paths::given("loss");
        let mut lines = MetricLines::new(&paths);
        assert!(lines.line(br#"{"step": 2, "loss": NaN}"#).unwrap().value.is_nan());
        assert_eq!(lines.metric(), Err("the metric `loss` is NaN".into()));
        assert_eq!(lines.line(br#"{"step": 2, "loss": "low"}"#), None);
        assert!(lines.metric().unwrap_err().contains("is `\"low\"`"));
        assert_eq!(lines.line(br#"{"step": -1, "loss": 1}"#), Some(Report { step: None, value: 1.0 }));
        assert_eq!(lines.metric(), Ok(1.0));
    }
}
