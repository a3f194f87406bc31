//! The rows of one trial: those that are read, and those that are to be written.

use std::collections::BTreeMap;

use super::key;

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
    /// Returns the label of the enum, and the text in SQLite.
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

    /// Returns whether the state is final.
    pub(crate) fn is_finished(self) -> bool {
        matches!(self, Self::Complete | Self::Pruned | Self::Fail)
    }
}

/// A trial as it is read: a row of `trials`, and the rows of the other tables that belong to it.
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

/// The system attributes of a trial that are decoded, as JSON.
#[derive(Clone, Debug, Default)]
pub(crate) struct SystemAttributes {
    pub(crate) point: Option<String>,
    pub(crate) told: Option<String>,
    pub(crate) rungs: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) constraints: BTreeMap<String, String>,
}

impl SystemAttributes {
    /// Sets the attribute `key`; ignores those that are not decoded.
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

/// A row of `trial_params`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParamRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: f64,
    pub(crate) distribution: &'a str,
}

/// Changes to the rows of one trial, written in one transaction: attributes, values and reports replace those with the same
/// key, objective or step; existing parameters stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Writes<'a> {
    /// `None` leaves the state as it is. The first `RUNNING` sets `datetime_start`, a finished state `datetime_complete`.
    pub(crate) state: Option<RowState>,
    pub(crate) params: Vec<ParamRow<'a>>,
    /// By objective.
    pub(crate) values: Vec<f64>,
    pub(crate) reports: Vec<(u64, f64)>,
    pub(crate) system: Vec<(String, String)>,
    pub(crate) user: Vec<(String, String)>,
}

/// Returns the number as `trial_values` and `trial_intermediate_values` store it: itself, unless it is NaN or infinite, and its
/// type.
pub(crate) fn stored(value: f64) -> (Option<f64>, &'static str) {
    match value {
        f64::INFINITY => (None, "INF_POS"),
        f64::NEG_INFINITY => (None, "INF_NEG"),
        _ if value.is_nan() => (None, "NAN"),
        _ => (Some(value), "FINITE"),
    }
}

/// Returns the number that is stored so; see [`stored`].
pub(crate) fn loaded(value: Option<f64>, kind: &str) -> f64 {
    match (kind, value) {
        ("INF_POS", _) => f64::INFINITY,
        ("INF_NEG", _) => f64::NEG_INFINITY,
        ("FINITE", Some(value)) => value,
        _ => f64::NAN,
    }
}
