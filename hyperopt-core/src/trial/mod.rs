//! One evaluation: a point and its outcome.

mod metrics;
mod outcome;
mod record;
mod reports;

pub use metrics::{Metric, Metrics};
pub use outcome::Outcome;
pub use record::Record;
pub(crate) use reports::Reports;

use std::fmt;
use std::time::Duration;

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
    /// Whether guards are still to be evaluated, by another process of the study.
    open_guards: bool,
    reason: Option<Box<str>>,
    metrics: Box<[Metric]>,
    reports: Reports,
    /// What a trial with one objective and no constraint does not have.
    more: Option<Box<More>>,
    duration: Duration,
}

/// The objectives, if there are several, and the constraints.
#[derive(Clone, Debug)]
struct More {
    objectives: Box<[f64]>,
    constraints: Box<[Metric]>,
    violation: f64,
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
            open_guards: false,
            reason: None,
            metrics: Box::default(),
            reports: Reports::default(),
            more: None,
            duration: Duration::ZERO,
        }
    }

    /// Leaves the guards open: its point does not say yet which conditional axes are active.
    pub(crate) fn leave_guards_open(&mut self) {
        self.open_guards = true;
    }

    /// Records the axes that guards have made active.
    pub(crate) fn settle_guards(&mut self, point: &Point) {
        self.point.clone_from(point);
        self.open_guards = false;
    }

    pub(crate) fn has_open_guards(&self) -> bool {
        self.open_guards
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
        if !(outcome.several.is_empty() && outcome.constraints.is_empty()) {
            let violation = outcome.constraints.iter().fold(0.0, |sum, (_, value)| sum + violation(*value));
            let (objectives, constraints) = (outcome.several.into(), outcome.constraints.into());
            self.more = Some(Box::new(More { objectives, constraints, violation }));
        }
        self.duration = duration;
    }

    pub(crate) fn report(&mut self, step: u64, value: f64) {
        self.reports.set(step, value);
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

    /// The objective as it was told, the first of several: finite for a complete trial, `None` where there is none. That of
    /// a trial that failed because an objective is NaN or infinite may be so.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.told.then_some(self.value)
    }

    /// The objective of a complete trial, the first of several, always finite; `None` for all others.
    #[must_use]
    pub fn objective(&self) -> Option<f64> {
        (self.state == State::Complete).then_some(self.value)
    }

    /// The objectives of a complete trial, one for each goal of the sweep, always finite; empty for all others.
    #[must_use]
    pub fn objectives(&self) -> &[f64] {
        if self.state == State::Complete { self.values() } else { &[] }
    }

    /// The objectives as they were told, finite or not; empty where there are none.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        match &self.more {
            Some(more) if !more.objectives.is_empty() => &more.objectives,
            _ if self.told => std::slice::from_ref(&self.value),
            _ => &[],
        }
    }

    /// The constraints that were told, each kept where its value is 0 or less.
    #[must_use]
    pub fn constraints(&self) -> &[Metric] {
        self.more.as_ref().map_or(&[], |more| &more.constraints)
    }

    /// By how much the constraints are violated: the sum of their positive values, 0 where all are kept or there is none.
    /// Infinite where one is NaN.
    #[must_use]
    pub fn violation(&self) -> f64 {
        self.more.as_ref().map_or(0.0, |more| more.violation)
    }

    /// Whether no constraint is violated.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.violation() == 0.0
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

    /// What it reported for a [pruner](crate::Pruner) while it ran: steps and values, the steps increasing. Values may be NaN.
    ///
    /// In a parallel sweep, those of a running trial depend on timing: a sampler must not look at them.
    #[must_use]
    pub fn reports(&self) -> &[(u64, f64)] {
        self.reports.as_slice()
    }

    /// The largest step that it reported, with its value: for a trial that was given up, what it had come to.
    #[must_use]
    pub fn last_report(&self) -> Option<(u64, f64)> {
        self.reports().last().copied()
    }

    /// What it reported for `step`.
    #[must_use]
    pub fn reported(&self, step: u64) -> Option<f64> {
        self.reports.get(step)
    }

    /// The wall-clock time from asking to telling.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

fn violation(constraint: f64) -> f64 {
    if constraint.is_nan() { f64::INFINITY } else { constraint.max(0.0) }
}
