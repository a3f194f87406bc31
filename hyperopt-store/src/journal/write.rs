//! Writing a journal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use hyperopt_core::study::Record;
use hyperopt_core::{Goal, Space, State, Sweep, Trial};

use super::json::object;
use super::time::iso;
use super::{STATES, op};
use crate::rows::{RowState, Rows, Writes, key, python_float, text_json};

/// Writes a sweep as an Optuna journal with one study of the given name. `JournalStorage(JournalFileBackend("sweep.log"))` and
/// `optuna-dashboard sweep.log` open the file, and Optuna can continue the study in it.
///
/// Each trial of the sweep is a trial of the study. In a sweep with budgets, each configuration is a trial, and its rungs are
/// intermediate values; it is complete if it was given the maximum budget, and pruned otherwise. A cancelled trial is written
/// as waiting. Reports, metrics, constraints and reasons of failures are kept, and [`read_journal`](super::read_journal)
/// returns the same sweep, to the last bit. A sweep records the durations of its trials, not their dates: in the journal, they
/// end one after another, the last one at the time of writing.
///
/// # Errors
///
/// Fails if `writer` fails, or if two hyperparameters of the sweep have the same name; in the latter case, nothing is written.
///
/// ```
/// use hyperopt::prelude::*;
/// use hyperopt_store::{read_journal, write_journal};
///
/// let ho = hyperopt!(
///     rate = log(1e-5..=1e-1),
///     for i in 0..3 {
///         rate
///     }
/// );
/// let mut journal = Vec::new();
/// write_journal(&ho, "rates", &mut journal)?;
/// assert_eq!(read_journal(&journal[..], "rates")?.history().len(), 3);
/// # Ok::<_, std::io::Error>(())
/// ```
pub fn write_journal(sweep: &impl AsRef<Sweep>, study_name: &str, mut writer: impl Write) -> io::Result<()> {
    let sweep = sweep.as_ref();
    Space::try_from(sweep.space().axes().to_vec())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    let trials = sweep.history().trials();
    let most = trials.iter().filter_map(Trial::resources).reduce(f64::max);
    let mut line = |op_code: u64, fields: &[(&str, String)]| {
        let common = [("op_code", op_code.to_string()), ("worker_id", text_json("hyperopt"))];
        writeln!(writer, "{}", object(common.iter().chain(fields).map(|(key, json)| (key, json))))
    };
    let directions = sweep.goals().iter().map(|goal| if *goal == Goal::Minimize { "1" } else { "2" });
    let directions = format!("[{}]", directions.collect::<Vec<_>>().join(","));
    line(op::CREATE_STUDY, &[("study_name", text_json(study_name)), ("directions", directions)])?;
    for attribute in attributes(sweep, most.is_some())? {
        let attribute = object([attribute]);
        line(op::SET_STUDY_SYSTEM_ATTR, &[("study_id", "0".into()), ("system_attr", attribute)])?;
    }

    let rows = Rows::new(sweep.space().clone(), sweep.goals().to_vec(), most.is_some());
    let names = names(sweep);
    let mut configurations = BTreeMap::<_, Vec<_>>::new();
    for trial in trials {
        configurations.entry(trial.configuration()).or_default().push(trial);
    }
    let mut time = now() - trials.iter().map(micros).sum::<i64>();
    for rungs in configurations.values() {
        let mut row = Template::default();
        for trial in rungs {
            let record = Record::new((*trial).clone()).names(names.iter().cloned());
            let is_last = trial.resources() == most || trial.state() == State::Failed;
            row.put(rows.start(&record, row.rungs()).map_err(io::Error::other)?);
            match trial.state() {
                State::Running => {}
                State::Cancelled => row.put(rows.requeue(row.rungs(), None).map_err(io::Error::other)?),
                _ => row.put(rows.tell(&record, is_last, row.rungs()).map_err(io::Error::other)?),
            }
        }
        let is_told = rungs.last().is_some_and(|trial| !matches!(trial.state(), State::Running | State::Cancelled));
        if is_told && row.state == RowState::Running {
            row.put(rows.settle(row.rungs()).map_err(io::Error::other)?);
        }
        let started = time;
        time += rungs.iter().copied().map(micros).sum::<i64>();
        line(op::CREATE_TRIAL, &row.fields(started, time))?;
    }
    writer.flush()
}

/// Returns the attributes of the study.
fn attributes(sweep: &Sweep, has_budgets: bool) -> io::Result<Vec<(&'static str, String)>> {
    let mut attributes = vec![
        (key::SPACE, serde_json::to_string(sweep.space())?),
        (key::SEED, sweep.seed().to_string()),
        (key::SAMPLER, text_json(sweep.sampler())),
        (key::BUDGETS, has_budgets.to_string()),
    ];
    if let Some(spend) = sweep.spend() {
        attributes.push((key::SPEND, serde_json::to_string(&spend)?));
    }
    let names = names(sweep);
    if !names.is_empty() {
        attributes.push((key::METRIC_NAMES, serde_json::to_string(&names)?));
    }
    Ok(attributes)
}

/// Returns the names of the objectives; empty if they are the default ones.
fn names(sweep: &Sweep) -> Vec<Cow<'static, str>> {
    let names = sweep.objective_names();
    let own = |(index, name): (usize, &Cow<'static, str>)| match names.len() {
        1 => name == "objective",
        _ => *name == format!("objective {index}"),
    };
    if names.iter().enumerate().all(own) { Vec::new() } else { names }
}

fn micros(trial: &Trial) -> i64 {
    i64::try_from(trial.duration().as_micros()).unwrap_or_default()
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_micros()).unwrap_or_default()
}

/// A trial that one operation creates.
struct Template {
    state: RowState,
    /// Names, values and distributions.
    params: BTreeMap<String, (f64, String)>,
    values: Vec<f64>,
    reports: BTreeMap<u64, f64>,
    system: BTreeMap<String, String>,
    user: BTreeMap<String, String>,
}

impl Default for Template {
    fn default() -> Self {
        let (params, values, reports) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let (system, user) = (BTreeMap::new(), BTreeMap::new());
        Self { state: RowState::Running, params, values, reports, system, user }
    }
}

impl Template {
    fn rungs(&self) -> Option<&str> {
        self.system.get(key::RUNGS).map(String::as_str)
    }

    fn put(&mut self, writes: Writes<'_>) {
        self.state = writes.state.unwrap_or(self.state);
        let params = writes.params.into_iter();
        self.params.extend(params.map(|param| (param.name.into(), (param.value, param.distribution.into()))));
        if !writes.values.is_empty() {
            self.values = writes.values;
        }
        self.reports.extend(writes.reports);
        self.system.extend(writes.system);
        self.user.extend(writes.user);
    }

    /// Returns the fields of the operation; times are microseconds since 1970.
    fn fields(&self, started: i64, completed: i64) -> Vec<(&'static str, String)> {
        let null = || "null".to_owned();
        let values: Vec<_> = self.values.iter().copied().map(python_float).collect();
        let (value, values) = match &values[..] {
            [] => (null(), null()),
            [value] => (value.clone(), null()),
            _ => (null(), format!("[{}]", values.join(","))),
        };
        let state = STATES.iter().position(|state| *state == self.state).unwrap_or_default();
        let has_started = self.state != RowState::Waiting;
        let start = if has_started { text_json(&iso(started)) } else { null() };
        let distributions = self.params.iter().map(|(name, (_, distribution))| (name, text_json(distribution)));
        let params = self.params.iter().map(|(name, (value, _))| (name, python_float(*value)));
        let reports = self.reports.iter().map(|(step, value)| (step.to_string(), python_float(*value)));
        let mut fields = vec![
            ("study_id", "0".to_owned()),
            ("state", state.to_string()),
            ("value", value),
            ("values", values),
            ("datetime_start", start),
            ("distributions", object(distributions)),
            ("params", object(params)),
            ("user_attrs", object(&self.user)),
            ("system_attrs", object(&self.system)),
            ("intermediate_values", object(reports)),
        ];
        if self.state.is_finished() {
            fields.push(("datetime_complete", text_json(&iso(completed))));
        }
        fields
    }
}
