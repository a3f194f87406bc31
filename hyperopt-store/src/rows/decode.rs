use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use hyperopt_core::study::Record;
use hyperopt_core::{Axis, Goal, Point, State};
use serde_json::Value as Json;

use super::outcome_json::{OutcomeJson, Rungs};
use super::{PointJson, RowState, Rows, key};
use crate::distribution::{unit_of_internal, unit_of_json};
use crate::rows::outcome_json::RungState;

/// A trial as it is read: a row of `trials` and what hangs on it.
#[derive(Clone, Debug)]
pub(crate) struct TrialRow {
    pub(crate) number: usize,
    pub(crate) state: RowState,
    /// From `datetime_start` to `datetime_complete`.
    pub(crate) seconds: Option<f64>,
    /// Names, values and distributions; needed only where there is no attribute [`key::POINT`].
    pub(crate) params: Vec<(String, f64, String)>,
    /// By objective.
    pub(crate) values: Vec<f64>,
    /// By step.
    pub(crate) reports: Vec<(u64, f64)>,
    pub(crate) system: SystemAttributes,
    /// Keys and JSON; needed only where there is no attribute [`key::POINT`].
    pub(crate) user: Vec<(String, String)>,
}

impl TrialRow {
    pub(crate) fn new(number: usize, state: RowState) -> Self {
        Self {
            number,
            state,
            seconds: None,
            params: Vec::new(),
            values: Vec::new(),
            reports: Vec::new(),
            system: SystemAttributes::default(),
            user: Vec::new(),
        }
    }
}

/// Those system attributes of a trial that are looked at, as JSON.
#[derive(Clone, Debug, Default)]
pub(crate) struct SystemAttributes {
    pub(crate) point: Option<String>,
    pub(crate) told: Option<String>,
    pub(crate) rungs: Option<String>,
    fixed: Option<String>,
    constraints: BTreeMap<String, String>,
}

impl SystemAttributes {
    /// Takes any attribute, and leaves those that are not looked at.
    pub(crate) fn put(&mut self, key: &str, json: String) {
        match key {
            key::POINT => self.point = Some(json),
            key::TOLD => self.told = Some(json),
            key::RUNGS => self.rungs = Some(json),
            key::FIXED => self.fixed = Some(json),
            _ if key.starts_with(key::CONSTRAINTS) => {
                self.constraints.insert(key[key::CONSTRAINTS.len()..].trim_start_matches(':').into(), json);
            }
            _ => {}
        }
    }
}

/// What the rows of a trial say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decoded {
    /// One record; one for each rung in a sweep with budgets.
    pub(crate) records: Vec<Record>,
    /// The number of the record that waits for a process.
    pub(crate) waiting: Option<usize>,
}

impl Rows {
    /// The records of a trial, ours or another program's.
    ///
    /// # Errors
    ///
    /// If an attribute of ours is damaged, or another program has written a trial into a sweep with budgets.
    pub(crate) fn decode(&self, row: &TrialRow) -> Result<Decoded, String> {
        match &row.system.point {
            Some(point) => self.decode_ours(row, point),
            None if self.has_budgets => Err("another program has written it, and the trials of a sweep with budgets \
                                             are those of its scheduler alone"
                .into()),
            None => {
                let record = self.decode_foreign(row);
                let waits = row.state == RowState::Waiting && record.reason.is_none();
                Ok(Decoded { waiting: waits.then_some(row.number), records: vec![record] })
            }
        }
    }

    fn decode_ours(&self, row: &TrialRow, point: &str) -> Result<Decoded, String> {
        let damaged =
            |key: &str, error: &dyn ToString| format!("its attribute `{key}` cannot be read: {}", error.to_string());
        let point: PointJson = serde_json::from_str(point).map_err(|error| damaged(key::POINT, &error))?;
        if point.units.len() != self.space.len() {
            let (found, axes) = (point.units.len(), self.space.len());
            return Err(damaged(key::POINT, &format!("{found} coordinates for {axes} axes")));
        }
        let units = |units: &[Option<f64>]| units.iter().map(|unit| unit.unwrap_or(f64::NAN)).collect::<Point>();
        let mut record = opened(row.number, row.state);
        record.point = units(&point.units);
        record.proposed = point.proposed.as_deref().map(units);
        if self.has_budgets {
            return decode_rungs(&record, row);
        }
        record.reports.clone_from(&row.reports);
        if let Some(told) = &row.system.told {
            let told: OutcomeJson = serde_json::from_str(told).map_err(|error| damaged(key::TOLD, &error))?;
            told.tell(&mut record);
            if record.state == State::Complete {
                record.values.clone_from(&row.values);
            }
        } else if row.state.is_finished() {
            // Another program took a trial of ours that waited.
            self.tell_foreign(row, &mut record);
        }
        let waiting = (row.state == RowState::Waiting).then_some(row.number);
        Ok(Decoded { records: vec![record], waiting })
    }

    fn decode_foreign(&self, row: &TrialRow) -> Record {
        let mut record = opened(row.number, row.state);
        record.reports.clone_from(&row.reports);
        if row.state.is_finished() {
            self.tell_foreign(row, &mut record);
        }
        match self.point_of(row) {
            Ok(point) => record.point = point,
            Err(reason) => {
                record.point = vec![f64::NAN; self.space.len()].into();
                record.state = State::Failed;
                record.reason = Some(reason);
            }
        }
        record
    }

    /// The point of a trial of another program, or which parameter keeps it from being one.
    fn point_of(&self, row: &TrialRow) -> Result<Point, String> {
        let fixed: BTreeMap<String, Json> =
            row.system.fixed.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let unit = |axis: &Axis| {
            let param = row.params.iter().find(|(name, ..)| name == axis.name());
            match (param, fixed.get(axis.name())) {
                (Some((_, value, distribution)), _) => unit_of_internal(axis, *value, distribution),
                (None, Some(value)) => unit_of_json(axis, value),
                // Optuna's trials have their parameters one by one: those of an unfinished one may be on their way.
                (None, None) if !axis.parents().is_empty() || !row.state.is_finished() => Ok(f64::NAN),
                (None, None) => Err(format!("another program has written it without the parameter `{}`", axis.name())),
            }
        };
        self.space.axes().iter().map(unit).collect()
    }

    /// Completes `record` with an outcome that another program has written.
    fn tell_foreign(&self, row: &TrialRow, record: &mut Record) {
        record.duration = row.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or_default();
        let float = |json: &str| match json {
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            "NaN" => Some(f64::NAN),
            _ => json.parse().ok(),
        };
        let named = |(key, json): (&String, &String)| Some((Cow::Owned(key.clone()), float(json)?));
        record.metrics = row.user.iter().filter_map(|(key, json)| named((key, json))).collect();
        let constraints = &row.system.constraints;
        record.constraints = constraints.iter().filter_map(named).collect();
        if record.constraints.is_empty() {
            let list = constraints.get("").and_then(|json| serde_json::from_str::<Vec<f64>>(json).ok());
            let list = list.unwrap_or_default().into_iter().enumerate();
            record.constraints = list.map(|(index, value)| (index.to_string().into(), value)).collect();
        }
        match row.state {
            RowState::Complete => {
                record.values.clone_from(&row.values);
                record.reason = fault(&row.values, &self.goals);
                if record.reason.is_some() {
                    record.state = State::Failed;
                }
            }
            RowState::Fail => record.reason = Some("failed in another program".into()),
            _ => {}
        }
    }
}

/// What keeps the objectives that another program has told from being those of a complete trial.
fn fault(values: &[f64], goals: &[Goal]) -> Option<String> {
    if values.len() != goals.len() {
        return Some(format!("{} objectives were told, and there are {} goals", values.len(), goals.len()));
    }
    let value = values.iter().find(|value| !value.is_finite())?;
    Some(format!(
        "the objective is {}",
        if value.is_nan() {
            "NaN"
        } else if *value > 0.0 {
            "+∞"
        } else {
            "−∞"
        }
    ))
}

fn decode_rungs(configuration: &Record, row: &TrialRow) -> Result<Decoded, String> {
    let mut decoded = Decoded::default();
    for rung in Rungs::read(row.system.rungs.as_deref())?.0 {
        let mut record = configuration.clone();
        (record.number, record.resources, record.state) = (rung.number, Some(rung.resources), rung.state.state());
        if rung.state == RungState::Waiting {
            decoded.waiting = Some(rung.number);
        }
        if let Some(told) = rung.told {
            told.tell(&mut record);
        }
        decoded.records.push(record);
    }
    Ok(decoded)
}

fn opened(number: usize, state: RowState) -> Record {
    Record {
        number,
        configuration: number,
        resources: None,
        point: Vec::new().into(),
        proposed: None,
        state: match state {
            RowState::Running | RowState::Waiting => State::Running,
            RowState::Complete => State::Complete,
            RowState::Pruned => State::Pruned,
            RowState::Fail => State::Failed,
        },
        values: Vec::new(),
        names: Vec::new(),
        reason: None,
        metrics: Vec::new(),
        constraints: Vec::new(),
        reports: Vec::new(),
        duration: Duration::ZERO,
        closed_after: None,
    }
}
