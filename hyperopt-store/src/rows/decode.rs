//! The records that the rows of a trial hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use hyperopt_core::study::Record;
use hyperopt_core::{Axis, Metric, Outcome, Point, State, Trial};
use serde_json::Value as Json;

use super::key;
use super::outcome_json::{OutcomeJson, RungState, RungsJson};
use super::point_json::PointJson;
use super::row::{RowState, TrialRow};
use super::study::Rows;
use crate::distribution::{place_of_internal, place_of_json};

/// The records that the rows of a trial hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decoded {
    /// One record; one for each rung in a sweep with budgets.
    pub(crate) records: Vec<Record>,
    /// The number of the record that waits for a process.
    pub(crate) waiting: Option<usize>,
}

impl Rows {
    /// Decodes a trial, ours or another program's.
    ///
    /// # Errors
    ///
    /// Fails if an attribute of ours is damaged, or another program has written a trial into a sweep with budgets.
    pub(crate) fn decode(&self, row: &TrialRow) -> Result<Decoded, String> {
        match &row.system.point {
            Some(point) => self.decode_ours(row, point),
            None if self.has_budgets => Err("another program has written it, and the trials of a sweep with budgets \
                                             are those of its scheduler alone"
                .into()),
            None => {
                let record = self.decode_foreign(row);
                let waits = row.state == RowState::Waiting && record.trial.reason().is_none();
                Ok(Decoded { waiting: waits.then_some(row.number), records: vec![record] })
            }
        }
    }

    fn decode_ours(&self, row: &TrialRow, point: &str) -> Result<Decoded, String> {
        let damaged = |key: &str, error: &str| format!("its attribute `{key}` cannot be read: {error}");
        let point = PointJson::read(point, self.space.len()).map_err(|error| damaged(key::POINT, &error))?;
        if self.has_budgets {
            return decode_rungs(row, &point);
        }
        let mut record = Record::new(opened(row, point.point())).proposed(point.proposed());
        if let Some(told) = &row.system.told {
            let told: Result<OutcomeJson, _> = serde_json::from_str(told);
            let mut told = told.map_err(|error| damaged(key::TOLD, &error.to_string()))?;
            let mut state = state(row.state);
            if row.state == RowState::Complete {
                told.set_values(&row.values);
                if let Some(reason) = miscounted(row.values.len(), self.goals.len()) {
                    (state, told.reason) = (State::Failed, Some(reason));
                }
            }
            told.close(&mut record, state);
        } else if let Some(outcome) = self.outcome_of_foreign(row, None) {
            // Another program took a trial of ours that waited.
            record.trial.close(outcome, duration(row));
        }
        let waiting = (row.state == RowState::Waiting).then_some(row.number);
        Ok(Decoded { records: vec![record], waiting })
    }

    fn decode_foreign(&self, row: &TrialRow) -> Record {
        let (point, fault) = match self.point_of(row) {
            Ok(point) => (point, None),
            Err(fault) => (vec![f64::NAN; self.space.len()].into(), Some(fault)),
        };
        let mut trial = opened(row, point);
        // One that this crate has closed keeps the reason that it was given.
        let told = row.system.told.as_deref().filter(|_| row.state == RowState::Fail);
        let reason = told.and_then(|told| serde_json::from_str::<OutcomeJson>(told).ok()?.reason);
        if let Some(outcome) = self.outcome_of_foreign(row, reason.or(fault)) {
            trial.close(outcome, duration(row));
        }
        Record::new(trial)
    }

    /// Returns the point of a trial of another program, or an error that names the parameter that does not fit the space.
    fn point_of(&self, row: &TrialRow) -> Result<Point, String> {
        let fixed: BTreeMap<String, Json> =
            row.system.fixed.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let coordinate = |axis: &Axis| {
            let param = row.params.iter().find(|(name, ..)| name == axis.name());
            match (param, fixed.get(axis.name())) {
                (Some((_, value, distribution)), _) => place_of_internal(axis, *value, distribution).map(Some),
                (None, Some(value)) => place_of_json(axis, value).map(Some),
                // Optuna's trials have their parameters one by one: those of an unfinished one may be on their way.
                (None, None) if !axis.parents().is_empty() || !row.state.is_finished() => Ok(None),
                (None, None) => Err(format!("another program has written it without the parameter `{}`", axis.name())),
            }
        };
        let mut point = Point::from(vec![f64::NAN; self.space.len()]);
        for (index, axis) in self.space.axes().iter().enumerate() {
            if let Some(coordinate) = coordinate(axis)? {
                point.place(index, coordinate);
            }
        }
        Ok(point)
    }

    /// Returns the outcome that another program has written, a failed one if there is a `fault`; `None` for a trial without
    /// one.
    fn outcome_of_foreign(&self, row: &TrialRow, fault: Option<String>) -> Option<Outcome> {
        let values = if row.state == RowState::Complete { &row.values[..] } else { &[] };
        let (state, reason) = match row.state {
            _ if fault.is_some() => (State::Failed, fault),
            RowState::Complete => {
                let reason = miscounted(values.len(), self.goals.len());
                (if reason.is_some() { State::Failed } else { State::Complete }, reason)
            }
            RowState::Pruned => (State::Pruned, None),
            RowState::Fail => (State::Failed, Some("failed in another program".into())),
            RowState::Running | RowState::Waiting => return None,
        };
        let outcome = Outcome::restored(state, values.iter().copied(), reason);
        let metrics = named(row.user.iter().map(|(key, json)| (key, json)));
        Some(outcome.with_metrics(metrics).with_constraints(constraints(&row.system.constraints)))
    }
}

/// Returns the reason why a trial with `told` objectives fails in a study with `goals` goals; `None` if the numbers are equal.
fn miscounted(told: usize, goals: usize) -> Option<String> {
    let were = if told == 1 { "objective was" } else { "objectives were" };
    let are = if goals == 1 { "is 1 goal".to_owned() } else { format!("are {goals} goals") };
    (told != goals).then(|| format!("{told} {were} told, and there {are}"))
}

fn named<'a>(attributes: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<Metric> {
    let float = |json: &str| match json {
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => json.parse().ok(),
    };
    attributes.filter_map(|(key, json)| Some((Cow::Owned(key.clone()), float(json)?))).collect()
}

/// Returns the constraints among the attributes of a trial: named ones, or those of the list that Optuna keeps.
fn constraints(attributes: &BTreeMap<String, String>) -> Vec<Metric> {
    let named = named(attributes.iter());
    if !named.is_empty() {
        return named;
    }
    let list = attributes.get("").and_then(|json| serde_json::from_str::<Vec<f64>>(json).ok());
    let list = list.unwrap_or_default().into_iter().enumerate();
    list.map(|(index, value)| (index.to_string().into(), value)).collect()
}

fn decode_rungs(row: &TrialRow, point: &PointJson) -> Result<Decoded, String> {
    let mut decoded = Decoded::default();
    for rung in RungsJson::read(row.system.rungs.as_deref())?.0 {
        let trial = Trial::running(rung.number, row.number, Some(rung.resources), point.point());
        let mut record = Record::new(trial).proposed(point.proposed());
        if rung.state == RungState::Waiting {
            decoded.waiting = Some(rung.number);
        }
        rung.told.unwrap_or_default().close(&mut record, rung.state.state());
        decoded.records.push(record);
    }
    Ok(decoded)
}

/// Returns the running trial of `row`, with its reports.
fn opened(row: &TrialRow, point: Point) -> Trial {
    let mut trial = Trial::running(row.number, row.number, None, point);
    for &(step, value) in &row.reports {
        trial.report(step, value);
    }
    trial
}

fn duration(row: &TrialRow) -> Duration {
    row.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or_default()
}

fn state(state: RowState) -> State {
    match state {
        RowState::Running | RowState::Waiting => State::Running,
        RowState::Complete => State::Complete,
        RowState::Pruned => State::Pruned,
        RowState::Fail => State::Failed,
    }
}
