//! The rows that are written of a record.

use hyperopt_core::study::Record;
use hyperopt_core::{State, Trial};

use super::json::{python_float, text_json};
use super::key;
use super::outcome_json::{OutcomeJson, Rung, RungState, RungsJson};
use super::point_json::PointJson;
use super::row::{ParamRow, RowState, Writes};
use super::study::Rows;
use crate::distribution::internal;

impl Rows {
    /// Starts the trial of `record`, a new one or one that waited. `rungs` is its attribute [`key::RUNGS`], if it has one.
    pub(crate) fn start(&self, record: &Record, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Running), ..Writes::default() };
        self.place(record, &mut writes);
        if self.has_budgets {
            let mut rungs = RungsJson::read(rungs)?;
            let (number, resources) = (record.trial.number(), record.trial.resources().unwrap_or_default());
            rungs.put(Rung { number, resources, state: RungState::Running, told: None });
            writes.system.push((key::RUNGS.into(), rungs.json()));
        }
        Ok(writes)
    }

    /// Writes the outcome of `record`.
    pub(crate) fn tell(&self, record: &Record, is_last: bool, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let trial = &record.trial;
        let mut writes = Writes { reports: trial.reports().to_vec(), ..Writes::default() };
        let told = OutcomeJson::of(record, self.has_budgets);
        let state = row_state(trial.state());
        if self.has_budgets {
            let mut rungs = RungsJson::read(rungs)?;
            let (number, resources) = (trial.number(), trial.resources().unwrap_or_default());
            let rung = RungState::of(trial.state());
            let place = rungs.put(Rung { number, resources, state: rung, told: Some(told) });
            if let Some(value) = trial.value() {
                let is_step = resources.fract() == 0.0 && (0.0..1e9).contains(&resources);
                writes.reports.push((if is_step { resources as u64 } else { place as u64 }, value));
            }
            writes.state = is_last.then_some(state);
            writes.system.push((key::RUNGS.into(), rungs.json()));
        } else {
            writes.state = Some(state);
            writes.system.push((key::TOLD.into(), told.json()));
        }
        if is_last || !self.has_budgets {
            writes.values = self.objectives(trial);
        }
        Self::show(trial, &mut writes);
        // The guards have been evaluated since the start.
        if self.space.axes().iter().any(|axis| !axis.parents().is_empty()) {
            self.place(record, &mut writes);
        }
        Ok(writes)
    }

    /// Prunes a configuration of a sweep with budgets that will not be resumed.
    pub(crate) fn settle(&self, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let rungs = RungsJson::read(rungs)?;
        let last = rungs.last_objectives().filter(|values| values.len() == self.goals.len());
        let values = last.unwrap_or_default();
        Ok(Writes { state: Some(RowState::Pruned), values, ..Writes::default() })
    }

    /// Requeues a running trial, so that another process runs it again. The parameters stay; the database deletes its reports
    /// and its lease.
    pub(crate) fn requeue(&self, rungs: Option<&str>, retries: Option<u32>) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Waiting), ..Writes::default() };
        if self.has_budgets {
            let mut rungs = RungsJson::read(rungs)?;
            rungs.requeue();
            writes.system.push((key::RUNGS.into(), rungs.json()));
        }
        writes.system.extend(retries.map(|retries| (key::RETRIES.into(), retries.to_string())));
        Ok(writes)
    }

    /// Fails a running trial for `reason`, so that no process runs it again.
    pub(crate) fn give_up(&self, rungs: Option<&str>, reason: &str) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Fail), ..Writes::default() };
        let told = OutcomeJson { reason: Some(reason.into()), ..OutcomeJson::default() };
        if self.has_budgets {
            let mut rungs = RungsJson::read(rungs)?;
            rungs.give_up(told);
            writes.system.push((key::RUNGS.into(), rungs.json()));
        } else {
            writes.system.push((key::TOLD.into(), told.json()));
        }
        writes.user.push(("error".into(), text_json(reason)));
        Ok(writes)
    }

    /// Writes the point of `record`, and the parameters that are active in it.
    fn place<'a>(&'a self, record: &Record, writes: &mut Writes<'a>) {
        let axes = self.space.axes().iter().zip(&self.distributions);
        for (index, (axis, distribution)) in axes.enumerate() {
            if let Some(coordinate) = record.trial.point().coordinate(index) {
                writes.params.push(ParamRow { name: axis.name(), value: internal(axis, coordinate), distribution });
            }
        }
        writes.system.push((key::POINT.into(), PointJson::of(record).json()));
    }

    /// Returns the values for `trial_values`: the objectives of a complete trial, the last finite report of a pruned one.
    fn objectives(&self, trial: &Trial) -> Vec<f64> {
        match trial.state() {
            State::Complete => trial.values().to_vec(),
            State::Pruned if self.goals.len() == 1 => {
                let told = trial.values().iter().chain(trial.reports().iter().rev().map(|(_, value)| value));
                told.copied().filter(|value| value.is_finite()).take(1).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Writes what people and Optuna's tools look at: constraints, metrics, and the reason of a failure.
    fn show(trial: &Trial, writes: &mut Writes<'_>) {
        if !trial.constraints().is_empty() {
            let floats: Vec<_> = trial.constraints().iter().map(|&(_, value)| python_float(value)).collect();
            writes.system.push((key::CONSTRAINTS.into(), format!("[{}]", floats.join(","))));
            let named = trial.constraints().iter().zip(floats);
            let named = named.map(|((name, _), float)| (column(&format!("{}:{name}", key::CONSTRAINTS)), float));
            writes.system.extend(named);
        }
        let reason = trial.reason().map(|reason| ("error".into(), text_json(reason)));
        writes.user.extend(reason);
        let metrics = trial.metrics().iter().map(|&(ref name, value)| {
            (column(name), if value.is_finite() { python_float(value) } else { text_json(&value.to_string()) })
        });
        writes.user.extend(metrics);
    }
}

fn row_state(state: State) -> RowState {
    match state {
        State::Running => RowState::Running,
        State::Complete => RowState::Complete,
        State::Pruned => RowState::Pruned,
        _ => RowState::Fail,
    }
}

/// Shortens a key to what the columns hold: at most 512 characters, none of them zero.
fn column(key: &str) -> String {
    key.chars().map(|char| if char == '\0' { char::REPLACEMENT_CHARACTER } else { char }).take(512).collect()
}
