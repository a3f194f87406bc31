//! What Optuna's tables do not represent, as JSON: outcomes in full, and the rungs of a configuration.

use std::time::Duration;

use hyperopt_core::study::{Record, Stretch};
use hyperopt_core::{Metric, Outcome, State};
use serde::{Deserialize, Serialize};

use super::json::Float;

/// The attributes `hyperopt:told`, and `told` of each rung.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct OutcomeJson {
    /// The objectives, where `trial_values` cannot give them back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<Float>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) names: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) metrics: Vec<(String, Float)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) constraints: Vec<(String, Float)>,
    #[serde(default)]
    pub(super) seconds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) closed_after: Option<usize>,
    /// When its process worked on the sweep: from its beginning to the closing of the trial, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stretch: Option<(u64, u64)>,
}

impl OutcomeJson {
    /// Returns the outcome of `record`. The objectives of a complete trial, which `trial_values` holds, are left out unless
    /// `are_values`.
    pub(super) fn of(record: &Record, are_values: bool) -> Self {
        let named =
            |metrics: &[Metric]| metrics.iter().map(|(name, value)| (name.to_string(), Float(*value))).collect();
        let trial = &record.trial;
        let is_elsewhere = trial.state() == State::Complete && !are_values;
        let values = if is_elsewhere { &[] } else { trial.values() };
        Self {
            values: values.iter().copied().map(Float).collect(),
            names: record.names.iter().map(ToString::to_string).collect(),
            reason: trial.reason().map(ToOwned::to_owned),
            metrics: named(trial.metrics()),
            constraints: named(trial.constraints()),
            seconds: trial.duration().as_secs_f64(),
            closed_after: record.closed_after,
            stretch: record.stretch.map(|Stretch { began, closed }| (began, closed)),
        }
    }

    pub(super) fn set_values(&mut self, values: &[f64]) {
        self.values = values.iter().copied().map(Float).collect();
    }

    /// Closes the trial of `record` with this outcome, in `state`.
    pub(super) fn close(self, record: &mut Record, state: State) {
        let named = |metrics: Vec<(String, Float)>| metrics.into_iter().map(|(name, Float(value))| (name, value));
        let values = self.values.into_iter().map(|Float(value)| value);
        let outcome = Outcome::restored(state, values, self.reason);
        let outcome = outcome.with_metrics(named(self.metrics)).with_constraints(named(self.constraints));
        record.trial.close(outcome, Duration::try_from_secs_f64(self.seconds).unwrap_or_default());
        record.names = self.names.into_iter().map(Into::into).collect();
        record.closed_after = self.closed_after;
        record.stretch = self.stretch.map(|(began, closed)| Stretch { began, closed });
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The state of a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RungState {
    Waiting,
    Running,
    Complete,
    Pruned,
    Failed,
}

impl RungState {
    pub(super) fn of(state: State) -> Self {
        match state {
            State::Running => Self::Running,
            State::Complete => Self::Complete,
            State::Pruned => Self::Pruned,
            _ => Self::Failed,
        }
    }

    pub(super) fn state(self) -> State {
        match self {
            Self::Waiting | Self::Running => State::Running,
            Self::Complete => State::Complete,
            Self::Pruned => State::Pruned,
            Self::Failed => State::Failed,
        }
    }
}

/// One run of a configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rung {
    pub(super) number: usize,
    pub(super) resources: f64,
    pub(super) state: RungState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) told: Option<OutcomeJson>,
}

/// The attribute `hyperopt:rungs`, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct RungsJson(pub(super) Vec<Rung>);

impl RungsJson {
    pub(super) fn read(json: Option<&str>) -> Result<Self, String> {
        let rungs = json.map_or_else(|| Ok(Self::default()), serde_json::from_str);
        rungs.map_err(|error| format!("its attribute `hyperopt:rungs` cannot be read: {error}"))
    }

    /// Adds `rung`, or replaces the one with its number, and returns its index.
    pub(super) fn put(&mut self, rung: Rung) -> usize {
        if let Some(place) = self.0.iter().position(|earlier| earlier.number == rung.number) {
            self.0[place] = rung;
            return place;
        }
        self.0.push(rung);
        self.0.len() - 1
    }

    pub(super) fn requeue(&mut self) {
        for rung in self.0.iter_mut().filter(|rung| rung.state == RungState::Running) {
            rung.state = RungState::Waiting;
        }
    }

    pub(super) fn give_up(&mut self, told: OutcomeJson) {
        if let Some(rung) = self.0.iter_mut().find(|rung| rung.state.state() == State::Running) {
            (rung.state, rung.told) = (RungState::Failed, Some(told));
        }
    }

    /// Returns the finite objectives of the last rung that has some.
    pub(super) fn last_objectives(&self) -> Option<Vec<f64>> {
        let told = self.0.iter().rev().filter_map(|rung| rung.told.as_ref());
        let values = told.map(|told| told.values.iter().map(|&Float(value)| value).collect::<Vec<_>>());
        values.into_iter().find(|values| !values.is_empty() && values.iter().all(|value| value.is_finite()))
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
