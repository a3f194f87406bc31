use std::fmt;
use std::time::Duration;

use crate::outcome::{Metric, Outcome};
use crate::space::Point;

/// Where a trial stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// Asked for, and not told yet.
    Running,
    /// Told a finite objective.
    Complete,
    /// Given up by `continue`.
    Pruned,
    /// Told an error, `None`, NaN or an infinity.
    Failed,
    /// Still running when the sweep ended: by `break`, for one.
    Cancelled,
}

impl State {
    /// The name in lower case, as tables and files have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Complete => "complete",
            Self::Pruned => "pruned",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One trial as samplers, figures and files see it: a point of the unit cube and what became of it.
#[derive(Clone, Debug)]
pub struct Trial {
    number: usize,
    configuration: usize,
    /// NaN where the sweep has no budgets.
    resources: f64,
    point: Point,
    state: State,
    /// NaN where no objective was told; see `told`.
    value: f64,
    told: bool,
    reason: Option<Box<str>>,
    metrics: Box<[Metric]>,
    duration: Duration,
}

impl Trial {
    pub(crate) fn running(number: usize, configuration: usize, resources: Option<f64>, point: Point) -> Self {
        Self {
            number,
            configuration,
            resources: resources.unwrap_or(f64::NAN),
            point,
            state: State::Running,
            value: f64::NAN,
            told: false,
            reason: None,
            metrics: Box::default(),
            duration: Duration::ZERO,
        }
    }

    pub(crate) fn point_mut(&mut self) -> &mut Point {
        &mut self.point
    }

    pub(crate) fn tell(&mut self, outcome: Outcome, duration: Duration) {
        self.state = if outcome.reason.is_some() { State::Failed } else { State::Complete };
        self.told = outcome.value.is_some();
        self.value = outcome.value.unwrap_or(f64::NAN);
        self.reason = outcome.reason;
        self.metrics = outcome.metrics.into();
        self.duration = duration;
    }

    pub(crate) fn close(&mut self, state: State, duration: Duration) {
        self.state = state;
        self.duration = duration;
    }

    /// Its number in the sweep, from 0, in the order of asking. Going on from an earlier sweep counts on.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// The number of its configuration, from 0. The rungs of a multi-fidelity sweep run one configuration several times, with
    /// more and more resources; elsewhere this is the number of the trial.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.configuration
    }

    /// The resources that it was given, the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        (!self.resources.is_nan()).then_some(self.resources)
    }

    /// Its place in the unit cube.
    #[must_use]
    pub fn point(&self) -> &Point {
        &self.point
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The objective as it was told: finite for a complete trial, NaN or infinite for one that failed for that reason,
    /// `None` where there is none.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.told.then_some(self.value)
    }

    /// The objective of a complete trial, always finite; `None` for all others.
    #[must_use]
    pub fn objective(&self) -> Option<f64> {
        (self.state == State::Complete).then_some(self.value)
    }

    /// Why it failed; `None` unless it did.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The named values that were told beside the objective.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// The wall-clock time from asking to telling.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}
