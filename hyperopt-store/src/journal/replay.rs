//! Reading a journal.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use hyperopt_core::{Goal, Space, Sweep};
use serde_json::Value as Json;

use super::json::{number, with_numbers, without_numbers};
use super::{STATES, op, time};
use crate::inferred;
use crate::rows::{RowState, Rows, TrialRow, key};

/// Reads a study from an Optuna journal: one that [`write_journal`](super::write_journal) wrote, which Optuna may have
/// continued, or one that Optuna wrote.
///
/// A trial that Optuna added has the point of its parameters, each at the nearest level. A study that Optuna created has the
/// hyperparameters of its trials; one that some complete trials lack is conditional. A trial that does not fit the study,
/// because it lacks a parameter or has an unknown choice, is read as failed, with that reason. A waiting trial is read as
/// running. A study of a sweep with budgets to which Optuna added trials cannot be read.
///
/// An incomplete last line, as a crash leaves it, is ignored.
///
/// # Errors
///
/// Fails if `reader` fails, if the journal has no study of this name, or if a line is not an operation of a journal; the error
/// then names the line.
pub fn read_journal(reader: impl Read, study_name: &str) -> io::Result<Sweep> {
    let replay = Replay::of(reader)?;
    replay.sweep(study_name).map_err(|reason| invalid(&format!("the journal's study `{study_name}`: {reason}")))
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// The state after the operations of a journal. Studies and trials are numbered in the order of their creation, including
/// deleted ones.
#[derive(Default)]
struct Replay {
    studies: BTreeMap<u64, Study>,
    begun: u64,
    trials: Vec<Kept>,
}

struct Study {
    name: String,
    goals: Vec<Goal>,
    system: BTreeMap<String, Json>,
    trials: Vec<usize>,
}

struct Kept {
    row: TrialRow,
    started: Option<f64>,
}

impl Replay {
    fn of(reader: impl Read) -> io::Result<Self> {
        let mut replay = Self::default();
        let mut torn: Option<String> = None;
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        for line in 1.. {
            bytes.clear();
            if reader.read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
            if let Some(reason) = torn {
                return Err(invalid(&reason));
            }
            let text = std::str::from_utf8(&bytes).ok().filter(|text| text.ends_with('\n'));
            match text.map(|text| serde_json::from_str::<Json>(&without_numbers(text))) {
                None => torn = Some(format!("the journal's line {line} is no text that ends")),
                Some(Err(error)) => torn = Some(format!("the journal's line {line} is not JSON: {error}")),
                Some(Ok(operation)) => {
                    let applied = replay.apply(&operation);
                    applied.map_err(|reason| invalid(&format!("the journal's line {line}: {reason}")))?;
                }
            }
        }
        Ok(replay)
    }

    fn apply(&mut self, operation: &Json) -> Result<(), String> {
        match integer(operation, "op_code")? {
            op::CREATE_STUDY => self.create_study(operation)?,
            op::DELETE_STUDY => {
                self.studies.remove(&integer(operation, "study_id")?);
            }
            op::SET_STUDY_SYSTEM_ATTR => {
                if let Some(study) = self.studies.get_mut(&integer(operation, "study_id")?) {
                    let entries = entries(operation, "system_attr");
                    study.system.extend(entries.map(|(key, value)| (key.clone(), value.clone())));
                }
            }
            op::CREATE_TRIAL => self.create_trial(operation)?,
            op::SET_TRIAL_PARAM => {
                let (name, distribution) = (text(operation, "param_name")?, text(operation, "distribution")?);
                let value = field(operation, "param_value_internal", number)?;
                if let Some(kept) = self.unfinished(operation)? {
                    kept.row.params.retain(|(earlier, ..)| earlier != name);
                    kept.row.params.push((name.into(), value, distribution.into()));
                }
            }
            op::SET_TRIAL_STATE_VALUES => self.set_state(operation)?,
            op::SET_TRIAL_INTERMEDIATE_VALUE => {
                let step = integer(operation, "step");
                let value = number(&operation["intermediate_value"]).unwrap_or(f64::NAN);
                if let Some(kept) = self.unfinished(operation)? {
                    report(&mut kept.row, step?, value);
                }
            }
            op::SET_TRIAL_USER_ATTR => {
                if let Some(kept) = self.unfinished(operation)? {
                    kept.user(operation, "user_attr");
                }
            }
            op::SET_TRIAL_SYSTEM_ATTR => {
                if let Some(kept) = self.unfinished(operation)? {
                    kept.system(operation, "system_attr");
                }
            }
            op::SET_STUDY_USER_ATTR | op::DISCARD_TRIALS => {}
            unknown => return Err(format!("there is no operation {unknown}")),
        }
        Ok(())
    }

    fn create_study(&mut self, operation: &Json) -> Result<(), String> {
        let name = text(operation, "study_name")?;
        let goal = |direction: &Json| match direction.as_u64() {
            Some(0 | 1) => Some(Goal::Minimize),
            Some(2) => Some(Goal::Maximize),
            _ => None,
        };
        let goals = |json: &Json| json.as_array()?.iter().map(goal).collect();
        let goals = field(operation, "directions", goals)?;
        if self.studies.values().all(|study| study.name != name) {
            let study = Study { name: name.into(), goals, system: BTreeMap::new(), trials: Vec::new() };
            self.studies.insert(self.begun, study);
            self.begun += 1;
        }
        Ok(())
    }

    fn create_trial(&mut self, operation: &Json) -> Result<(), String> {
        let Some(study) = self.studies.get_mut(&integer(operation, "study_id")?) else { return Ok(()) };
        let state = if operation["state"].is_null() { RowState::Running } else { state(operation)? };
        let mut kept =
            Kept { row: TrialRow::new(study.trials.len(), state), started: moment(operation, "datetime_start") };
        for (name, value) in entries(operation, "params") {
            let distribution = text(&operation["distributions"], name)?;
            let value = number(value).ok_or_else(|| format!("the parameter `{name}` is no number"))?;
            kept.row.params.push((name.clone(), value, distribution.into()));
        }
        kept.values(&operation["values"]);
        kept.row.values.extend(number(&operation["value"]));
        for (step, value) in entries(operation, "intermediate_values") {
            let step = step.parse().map_err(|_| format!("the step `{step}` is no whole number"))?;
            report(&mut kept.row, step, number(value).unwrap_or(f64::NAN));
        }
        kept.user(operation, "user_attrs");
        kept.system(operation, "system_attrs");
        kept.end(operation);
        study.trials.push(self.trials.len());
        self.trials.push(kept);
        Ok(())
    }

    fn set_state(&mut self, operation: &Json) -> Result<(), String> {
        let state = state(operation)?;
        let Some(kept) = self.unfinished(operation)? else { return Ok(()) };
        if state == RowState::Running {
            // The first process that takes a trial has it.
            if kept.row.state != RowState::Running {
                kept.started = moment(operation, "datetime_start");
            }
        } else {
            kept.values(&operation["values"]);
        }
        kept.row.state = state;
        kept.end(operation);
        Ok(())
    }

    /// Returns the trial of the operation, if it is unfinished.
    fn unfinished(&mut self, operation: &Json) -> Result<Option<&mut Kept>, String> {
        let id = integer(operation, "trial_id")?;
        Ok(self.trials.get_mut(id as usize).filter(|kept| !kept.row.state.is_finished()))
    }

    fn sweep(&self, name: &str) -> Result<Sweep, String> {
        let study = self.studies.values().find(|study| study.name == name).ok_or_else(|| {
            let names: Vec<_> = self.studies.values().map(|study| format!("`{}`", study.name)).collect();
            format!(
                "there is none of that name, but {}",
                if names.is_empty() { "none".into() } else { names.join(", ") }
            )
        })?;
        let trials = || study.trials.iter().map(|&id| &self.trials[id].row);
        let space = match study.system.get(key::SPACE) {
            Some(space) => serde_json::from_str::<Space>(&with_numbers(space))
                .map_err(|error| format!("its attribute `{}` cannot be read: {error}", key::SPACE))?,
            None => inferred::space(trials())?,
        };
        let has_budgets = study.system.get(key::BUDGETS).and_then(Json::as_bool).unwrap_or_default();
        let rows = Rows::new(space.clone(), study.goals.clone(), has_budgets);
        let mut records = Vec::new();
        for row in trials() {
            let decoded = rows.decode(row).map_err(|reason| format!("trial {}: {reason}", row.number))?;
            records.extend(decoded.records);
        }
        records.sort_by_key(|record| record.trial.number());
        let seed = study.system.get(key::SEED).and_then(Json::as_u64).unwrap_or_default();
        let sampler = study.system.get(key::SAMPLER).and_then(Json::as_str).unwrap_or("another program").to_owned();
        let names = study.system.get(key::METRIC_NAMES).and_then(Json::as_array).into_iter().flatten();
        let names = names.filter_map(Json::as_str).map(ToOwned::to_owned).collect();
        let sweep = Sweep::restored(space, &study.goals, names, seed, sampler, &records);
        let sweep = sweep.ok_or("it has no goal, or the numbers of its trials have gaps")?;
        Ok(match study.system.get(key::SPEND).and_then(Json::as_f64) {
            Some(spend) => sweep.limited(spend),
            None => sweep,
        })
    }
}

impl Kept {
    fn values(&mut self, values: &Json) {
        if let Some(values) = values.as_array() {
            self.row.values = values.iter().map(|value| number(value).unwrap_or(f64::NAN)).collect();
        }
    }

    fn user(&mut self, operation: &Json, field: &str) {
        for (key, value) in entries(operation, field) {
            self.row.user.retain(|(earlier, _)| earlier != key);
            self.row.user.push((key.clone(), with_numbers(value)));
        }
    }

    fn system(&mut self, operation: &Json, field: &str) {
        for (key, value) in entries(operation, field) {
            self.row.system.put(key, with_numbers(value));
        }
    }

    fn end(&mut self, operation: &Json) {
        let ended = moment(operation, "datetime_complete");
        self.row.seconds = ended.zip(self.started).map(|(ended, started)| ended - started).or(self.row.seconds);
    }
}

/// Adds a report in the order of steps; it replaces an earlier one of the same step.
fn report(row: &mut TrialRow, step: u64, value: f64) {
    match row.reports.binary_search_by_key(&step, |&(step, _)| step) {
        Ok(place) => row.reports[place].1 = value,
        Err(place) => row.reports.insert(place, (step, value)),
    }
}

fn field<'a, T>(json: &'a Json, name: &str, read: impl Fn(&'a Json) -> Option<T>) -> Result<T, String> {
    let found = &json[name];
    read(found).ok_or_else(|| match found {
        Json::Null => format!("there is no `{name}`"),
        _ => format!("`{name}` cannot be {found}"),
    })
}

fn integer(json: &Json, name: &str) -> Result<u64, String> {
    field(json, name, Json::as_u64)
}

fn text<'a>(json: &'a Json, name: &str) -> Result<&'a str, String> {
    field(json, name, Json::as_str)
}

fn state(json: &Json) -> Result<RowState, String> {
    field(json, "state", |state| STATES.get(usize::try_from(state.as_u64()?).ok()?).copied())
}

fn moment(json: &Json, name: &str) -> Option<f64> {
    time::seconds(json[name].as_str()?)
}

fn entries<'a>(json: &'a Json, name: &str) -> impl Iterator<Item = (&'a String, &'a Json)> {
    json[name].as_object().into_iter().flatten()
}
