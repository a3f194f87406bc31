//! Trials as rows of Optuna's tables, whatever the database: what is written of a [`Record`], and a `Record` of what is read.

mod decode;
mod outcome_json;
#[cfg(test)]
mod tests;

use hyperopt_core::study::{Opening, Record};
use hyperopt_core::{Goal, Point, Space, State};
use serde::{Deserialize, Serialize};

#[cfg(test)]
pub(crate) use self::decode::Decoded;
pub(crate) use self::decode::TrialRow;
pub(crate) use self::outcome_json::python_float;
use self::outcome_json::{OutcomeJson, Rung, RungState, Rungs};
use crate::distribution::{Distribution, internal};

/// The keys of system attributes.
pub(crate) mod key {
    pub(crate) const SPACE: &str = "hyperopt:space";
    pub(crate) const SEED: &str = "hyperopt:seed";
    pub(crate) const SAMPLER: &str = "hyperopt:sampler";
    pub(crate) const BUDGETS: &str = "hyperopt:budgets";
    pub(crate) const METRIC_NAMES: &str = "study:metric_names";
    pub(crate) const POINT: &str = "hyperopt:point";
    pub(crate) const TOLD: &str = "hyperopt:told";
    pub(crate) const RUNGS: &str = "hyperopt:rungs";
    /// Who runs the trial: its lease.
    pub(crate) const WORKER: &str = "hyperopt:worker";
    pub(crate) const RETRIES: &str = "hyperopt:retries";
    pub(crate) const FIXED: &str = "fixed_params";
    pub(crate) const CONSTRAINTS: &str = "constraints";
}

/// A key, and its value as JSON.
pub(crate) type Attribute = (&'static str, String);

/// What a study says about itself when it begins: its system attributes, which are read again, and its user attributes,
/// which people are shown.
pub(crate) fn study_attributes(opening: &Opening) -> ([Attribute; 4], [Attribute; 2]) {
    let space = serde_json::to_string(&opening.space).unwrap_or_default();
    let (seed, sampler) = (opening.seed.to_string(), text_json(&opening.sampler));
    let people = [("sampler", sampler.clone()), ("seed", seed.clone())];
    let budgets = opening.has_budgets.to_string();
    ([(key::SPACE, space), (key::SEED, seed), (key::SAMPLER, sampler), (key::BUDGETS, budgets)], people)
}

/// `trials.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowState {
    Running,
    Complete,
    Pruned,
    Fail,
    Waiting,
}

impl RowState {
    /// The label of the enum, and the text in SQLite.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Complete => "COMPLETE",
            Self::Pruned => "PRUNED",
            Self::Fail => "FAIL",
            Self::Waiting => "WAITING",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let all = [Self::Running, Self::Complete, Self::Pruned, Self::Fail, Self::Waiting];
        all.into_iter().find(|state| state.name() == name).ok_or_else(|| format!("there is no state `{name}`"))
    }

    /// Whether nothing becomes of the trial any more.
    pub(crate) fn is_finished(self) -> bool {
        matches!(self, Self::Complete | Self::Pruned | Self::Fail)
    }
}

/// A row of `trial_params`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParamRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: f64,
    pub(crate) distribution: &'a str,
}

/// What becomes of the rows of one trial, in one transaction: attributes, values and reports replace those with the same
/// key, objective or step; parameters that are there stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Writes<'a> {
    /// `None` leaves it. The first `RUNNING` sets `datetime_start`, a finished state `datetime_complete`.
    pub(crate) state: Option<RowState>,
    pub(crate) params: Vec<ParamRow<'a>>,
    /// By objective.
    pub(crate) values: Vec<f64>,
    pub(crate) reports: Vec<(u64, f64)>,
    pub(crate) system: Vec<(String, String)>,
    pub(crate) user: Vec<(String, String)>,
}

/// How a number stands in `trial_values` or `trial_intermediate_values`: itself, unless it is NaN or infinite, and its type.
pub(crate) fn stored(value: f64) -> (Option<f64>, &'static str) {
    match value {
        f64::INFINITY => (None, "INF_POS"),
        f64::NEG_INFINITY => (None, "INF_NEG"),
        _ if value.is_nan() => (None, "NAN"),
        _ => (Some(value), "FINITE"),
    }
}

/// The number that stands there so.
pub(crate) fn loaded(value: Option<f64>, kind: &str) -> f64 {
    match (kind, value) {
        ("INF_POS", _) => f64::INFINITY,
        ("INF_NEG", _) => f64::NEG_INFINITY,
        ("FINITE", Some(value)) => value,
        _ => f64::NAN,
    }
}

/// The coordinates of a trial, NaN written as `null`.
#[derive(Serialize, Deserialize)]
struct PointJson {
    units: Vec<Option<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposed: Option<Vec<Option<f64>>>,
}

/// Between the records of one study and its rows.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    space: Space,
    distributions: Vec<String>,
    goals: Vec<Goal>,
    has_budgets: bool,
}

impl Rows {
    pub(crate) fn new(space: Space, goals: Vec<Goal>, has_budgets: bool) -> Self {
        let distributions = space.axes().iter().map(|axis| Distribution::of(axis).json()).collect();
        Self { space, distributions, goals, has_budgets }
    }

    pub(crate) fn has_budgets(&self) -> bool {
        self.has_budgets
    }

    /// The start of `record`, new or one that waited. `rungs` is the attribute [`key::RUNGS`] of the trial, if it has one.
    pub(crate) fn start(&self, record: &Record, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Running), ..Writes::default() };
        self.place(record, &mut writes);
        if self.has_budgets {
            let mut rungs = Rungs::read(rungs)?;
            let resources = record.resources.unwrap_or_default();
            rungs.put(Rung { number: record.number, resources, state: RungState::Running, told: None });
            writes.system.push((key::RUNGS.into(), rungs.json()));
        }
        Ok(writes)
    }

    /// The outcome of `record`.
    pub(crate) fn tell(&self, record: &Record, is_last: bool, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let mut writes = Writes { reports: record.reports.clone(), ..Writes::default() };
        let told = OutcomeJson::of(record, self.has_budgets);
        let state = row_state(record.state);
        if self.has_budgets {
            let mut rungs = Rungs::read(rungs)?;
            let resources = record.resources.unwrap_or_default();
            let place = rungs.put(Rung {
                number: record.number,
                resources,
                state: RungState::of(record.state),
                told: Some(told),
            });
            if let Some(&value) = record.values.first() {
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
            writes.values = self.objectives(record);
        }
        Self::show(record, &mut writes);
        // The guards have been evaluated since the start.
        if self.space.axes().iter().any(|axis| !axis.parents().is_empty()) {
            self.place(record, &mut writes);
        }
        Ok(writes)
    }

    /// A configuration of a sweep with budgets that is not resumed any more.
    pub(crate) fn settle(&self, rungs: Option<&str>) -> Result<Writes<'_>, String> {
        let rungs = Rungs::read(rungs)?;
        let last = rungs.last_objectives().filter(|values| values.len() == self.goals.len());
        let values = last.unwrap_or_default();
        Ok(Writes { state: Some(RowState::Pruned), values, ..Writes::default() })
    }

    /// A running trial that another process is to run again. The parameters stay; reports and the lease are for the
    /// database to delete.
    pub(crate) fn requeue(&self, rungs: Option<&str>, retries: Option<u32>) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Waiting), ..Writes::default() };
        if self.has_budgets {
            let mut rungs = Rungs::read(rungs)?;
            rungs.requeue();
            writes.system.push((key::RUNGS.into(), rungs.json()));
        }
        writes.system.extend(retries.map(|retries| (key::RETRIES.into(), retries.to_string())));
        Ok(writes)
    }

    /// A running trial that no process is to run again, for `reason`.
    pub(crate) fn give_up(&self, rungs: Option<&str>, reason: &str) -> Result<Writes<'_>, String> {
        let mut writes = Writes { state: Some(RowState::Fail), ..Writes::default() };
        let told = OutcomeJson { reason: Some(reason.into()), ..OutcomeJson::default() };
        if self.has_budgets {
            let mut rungs = Rungs::read(rungs)?;
            rungs.give_up(told);
            writes.system.push((key::RUNGS.into(), rungs.json()));
        } else {
            writes.system.push((key::TOLD.into(), told.json()));
        }
        writes.user.push(("error".into(), text_json(reason)));
        Ok(writes)
    }

    /// The point of `record`, and the parameters that are active in it.
    fn place<'a>(&'a self, record: &Record, writes: &mut Writes<'a>) {
        let axes = self.space.axes().iter().zip(&self.distributions);
        for ((axis, distribution), unit) in axes.zip(record.point.iter()) {
            if let Some(unit) = unit {
                writes.params.push(ParamRow { name: axis.name(), value: internal(axis, unit), distribution });
            }
        }
        writes.system.push((key::POINT.into(), point_json(record)));
    }

    /// What stands in `trial_values`: of a trial that was given up, what it had come to.
    fn objectives(&self, record: &Record) -> Vec<f64> {
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        match record.state {
            State::Complete if is_finite(&record.values) => record.values.clone(),
            State::Pruned if self.goals.len() == 1 => {
                let told = record.values.iter().chain(record.reports.iter().rev().map(|(_, value)| value));
                told.copied().filter(|value| value.is_finite()).take(1).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Adds what people and Optuna's tools look at: constraints, metrics, and the reason of a failure.
    fn show(record: &Record, writes: &mut Writes<'_>) {
        if !record.constraints.is_empty() {
            let floats: Vec<_> = record.constraints.iter().map(|&(_, value)| python_float(value)).collect();
            writes.system.push((key::CONSTRAINTS.into(), format!("[{}]", floats.join(","))));
            let named = record.constraints.iter().zip(floats);
            let named = named.map(|((name, _), float)| (column(&format!("{}:{name}", key::CONSTRAINTS)), float));
            writes.system.extend(named);
        }
        let reason = record.reason.as_deref().map(|reason| ("error".into(), text_json(reason)));
        writes.user.extend(reason);
        let metrics = record.metrics.iter().map(|&(ref name, value)| {
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

fn point_json(record: &Record) -> String {
    let units = |point: &Point| point.iter().collect();
    let point = PointJson { units: units(&record.point), proposed: record.proposed.as_ref().map(units) };
    serde_json::to_string(&point).unwrap_or_default()
}

/// `text` as JSON.
pub(crate) fn text_json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A key as the columns can hold it: 512 characters, and no zero.
fn column(key: &str) -> String {
    key.chars().map(|char| if char == '\0' { char::REPLACEMENT_CHARACTER } else { char }).take(512).collect()
}
