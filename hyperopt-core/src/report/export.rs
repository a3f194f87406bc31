//! Writes the trials of a sweep as CSV and as JSON lines.

use std::io;
use std::iter;

use serde_json::{Map, Number, Value as Json, json};

use crate::plain::plain_json;
use crate::report::column_names::ColumnNames;
use crate::space::Value;
use crate::sweep::Sweep;
use crate::trial::Metric;

/// An empty label in a cell.
const EMPTY: &str = "\"\"";

impl Sweep {
    /// Writes all trials as CSV, with a header: the number, in a multi-fidelity sweep the configuration and its resources,
    /// the state, each objective, in a sweep with a pruner the last step that was reported with its value, each
    /// hyperparameter, each named metric, each constraint as `name <= 0`, the seconds and the reason of a failure. A cell
    /// without a value is empty; an empty label is `""`, as in the table.
    ///
    /// All columns have different names. If a column of the sweep itself or an objective has the same name, a hyperparameter is
    /// `params.name`, as in JSON lines; a metric is `metrics.name`, a constraint `constraints.name <= 0`, and an objective
    /// `objectives.name`.
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    pub fn write_csv(&self, writer: impl io::Write) -> io::Result<()> {
        csv(self, writer, str::to_owned)
    }

    /// Writes all trials as [`write_csv`](Self::write_csv) does, for spreadsheets: an apostrophe precedes each text that a
    /// spreadsheet would run as a formula, which begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Names, labels and
    /// reasons may be untrusted, such as those from a shared database or from the output of a program. Numbers are not changed.
    ///
    /// ```
    /// use hyperopt_core::{Candidates, Parameters, Search, categorical};
    ///
    /// let space = Parameters::new().with("a", categorical([0, 1, 2]).labels(["=cmd()", "-x", "relu"]).dimension());
    /// let ho = Search::new(space).sampler(hyperopt_core::GridSampler::new()).run(.., |_, _| -1.5);
    /// let mut csv = Vec::new();
    /// ho.write_csv_guarded(&mut csv)?;
    /// let csv = String::from_utf8_lossy(&csv);
    /// assert!(csv.contains(",-1.5,'=cmd(),") && csv.contains(",-1.5,'-x,") && csv.contains(",-1.5,relu,"));
    /// # Ok::<_, std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    pub fn write_csv_guarded(&self, writer: impl io::Write) -> io::Result<()> {
        csv(self, writer, guarded)
    }

    /// Writes all trials as JSON lines: one object for each trial, with hyperparameters under `params`, named metrics under
    /// `metrics`, constraints under `constraints`, and all reports for a pruner, as pairs of step and value, under
    /// `reports`. The objective is under `objective`; where it has a name, or there are several goals, `objectives` holds all of
    /// them by name; the second of two with one name is `objectives.name`.
    /// Numbers that JSON cannot represent, NaN and the infinities, are the strings `"NaN"`, `"Infinity"`, `"-Infinity"`.
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    pub fn write_json_lines(&self, writer: impl io::Write) -> io::Result<()> {
        json_lines(self, writer)
    }
}

fn csv(sweep: &Sweep, writer: impl io::Write, cell: impl Fn(&str) -> String) -> io::Result<()> {
    let columns = sweep.columns();
    let mut writer = csv::Writer::from_writer(writer);
    writer.write_record(columns.iter().map(|column| cell(column.name()))).map_err(fault)?;
    for trial in sweep.history().trials() {
        let values = columns.iter().map(|column| match column.of(trial) {
            Some(Value::Float(float)) => exact(float),
            // An empty cell stands for no value.
            Some(Value::Text(label)) if label.is_empty() => EMPTY.to_owned(),
            Some(value) => value.to_string(),
            None => String::new(),
        });
        writer.write_record(values.map(|text| cell(&text))).map_err(fault)?;
    }
    writer.flush()
}

/// Returns `text` with an apostrophe before what a spreadsheet would run as a formula.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Returns the error of the writer itself, whose kind tells a pipe that was closed.
fn fault(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Formats a number as the shortest text that reads back as the same number.
fn exact(value: f64) -> String {
    format!("{value:?}")
}

fn json_lines(sweep: &Sweep, mut writer: impl io::Write) -> io::Result<()> {
    let names = sweep.objective_names();
    let several = names.len() > 1;
    // A member for each, as the columns of CSV are.
    let members = ColumnNames::new(iter::empty()).of("objectives", names.iter().map(AsRef::as_ref));
    let measured = |metrics: &[Metric]| -> Json {
        metrics.iter().map(|(name, value)| (name.to_string(), json_number(*value))).collect()
    };
    for trial in sweep.history().trials() {
        let axes = sweep.space().axes().iter().enumerate();
        let params = axes.filter_map(|(index, axis)| {
            let value = axis.value_at(trial.point().coordinate(index)?);
            Some((axis.parameter().to_owned(), json_value(&axis.bare(value))))
        });
        let params: Map<_, _> = params.collect();
        let mut object = json!({
            "trial": trial.number(),
            "state": trial.state().name(),
            "params": params,
            "seconds": trial.duration().as_secs_f64(),
        });
        if !trial.metrics().is_empty() {
            object["metrics"] = measured(trial.metrics());
        }
        if !trial.constraints().is_empty() {
            object["constraints"] = measured(trial.constraints());
        }
        if !several {
            object["objective"] = trial.value().map(json_number).into();
        }
        if several || (names[0] != "objective" && trial.value().is_some()) {
            let objectives =
                members.iter().zip(trial.values()).map(|(name, value)| (name.clone(), json_number(*value)));
            object["objectives"] = objectives.collect();
        }
        if let Some(resources) = trial.resources() {
            object["configuration"] = trial.configuration().into();
            object["resources"] = json_number(resources);
        }
        if !trial.reports().is_empty() {
            object["reports"] =
                trial.reports().iter().map(|&(step, value)| json!([step, json_number(value)])).collect();
        }
        if let Some(reason) = trial.reason() {
            object["reason"] = reason.into();
        }
        writeln!(writer, "{}", plain_json(&object.to_string()))?;
    }
    Ok(())
}

fn json_value(value: &Value) -> Json {
    match value {
        Value::Bool(bool) => (*bool).into(),
        Value::Int(int) => Number::from_i128(*int).map_or_else(|| int.to_string().into(), Json::Number),
        Value::Float(float) => json_number(*float),
        Value::Text(text) => text.as_ref().into(),
        Value::Null => Json::Null,
    }
}

fn json_number(value: f64) -> Json {
    match Number::from_f64(value) {
        Some(number) => Json::Number(number),
        None if value.is_nan() => "NaN".into(),
        None if value > 0.0 => "Infinity".into(),
        None => "-Infinity".into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Goal, Metrics, Parameters, Search};

    #[test]
    fn objectives_of_one_name_have_members_of_their_own() {
        let search = Search::new(Parameters::new().with("x", 0.0..=1.0)).goal([Goal::Minimize, Goal::Minimize]);
        let ho = search.run(0..1, |_, _| Metrics::objectives([("loss", 1.0), ("loss", 2.0)]));
        let mut lines = Vec::new();
        ho.write_json_lines(&mut lines).unwrap();
        let line: serde_json::Value = serde_json::from_slice(&lines).unwrap();
        assert_eq!(line["objectives"], serde_json::json!({ "loss": 1.0, "objectives.loss": 2.0 }));
    }
}
