//! One evaluation: a point and its outcome.

mod metrics;
mod outcome;
mod record;
mod reports;
#[cfg(feature = "serde")]
mod serialized;
mod state;
mod stretch;

pub use metrics::{Metric, Metrics};
pub use outcome::Outcome;
pub use record::Record;
pub(crate) use reports::Reports;
pub use state::State;
pub use stretch::Stretch;
pub(crate) use stretch::WorkingTime;

use std::time::Duration;

use crate::space::Point;

/// A trial as samplers, figures and stores see it: a point of the unit cube and its outcome.
///
/// ```
/// use std::time::Duration;
///
/// use hyperopt_core::{Outcome, Point, State, Trial};
///
/// let mut trial = Trial::running(0, 0, None, Point::from(vec![0.25, 0.5]));
/// trial.report(1, 0.4);
/// trial.close(Outcome::value(0.31), Duration::from_secs(2));
/// assert_eq!((trial.state(), trial.objective(), trial.reported(1)), (State::Complete, Some(0.31), Some(0.4)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    number: usize,
    configuration: usize,
    resources: Resources,
    point: Point,
    outcome: Outcome,
    reports: Reports,
    /// The duration: a `Duration` would take 16 bytes.
    nanoseconds: u64,
}

/// NaN in a sweep without budgets, which keeps a trial 8 bytes smaller than an `Option` would.
#[derive(Clone, Copy, Debug)]
struct Resources(f64);

impl Resources {
    fn get(self) -> Option<f64> {
        (!self.0.is_nan()).then_some(self.0)
    }
}

impl PartialEq for Resources {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Trial {
    /// Makes a running trial. `configuration` is `number` again, except in a multi-fidelity sweep, where a trial that resumes
    /// another one has its configuration; `resources` is `None` in a sweep without budgets.
    #[must_use]
    pub fn running(number: usize, configuration: usize, resources: Option<f64>, point: Point) -> Self {
        Self {
            number,
            configuration,
            resources: Resources(resources.unwrap_or(f64::NAN)),
            point,
            outcome: Outcome::running(),
            reports: Reports::default(),
            nanoseconds: 0,
        }
    }

    /// Records `value` as the report for `step`, in place of an earlier one for that step.
    pub fn report(&mut self, step: u64, value: f64) {
        self.reports.set(step, value);
    }

    /// Closes the trial with `outcome`, `duration` after it was asked for (at most 584 years).
    ///
    /// A complete outcome without an objective becomes a failed one.
    pub fn close(&mut self, outcome: Outcome, duration: Duration) {
        self.outcome = outcome.kept();
        self.nanoseconds = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
    }

    /// Returns the trial at its start: running, without reports.
    pub(crate) fn opened(&self) -> Self {
        Self::running(self.number, self.configuration, self.resources(), self.point.clone())
    }

    pub(crate) fn point_mut(&mut self) -> &mut Point {
        &mut self.point
    }

    /// Returns the number of the trial in the sweep, from 0, in the order of asking. A sweep that resumes an earlier one
    /// continues its numbers.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns the number of its configuration, from 0. In a multi-fidelity sweep, a configuration has one trial for each rung
    /// that it reaches; elsewhere this is the number of the trial.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.configuration
    }

    /// Returns its resources, which are the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.resources.get()
    }

    /// Returns its point in the unit cube.
    #[must_use]
    pub fn point(&self) -> &Point {
        &self.point
    }

    /// Returns its state.
    #[must_use]
    pub fn state(&self) -> State {
        self.outcome.state()
    }

    /// Returns the recorded objective, or the first of several; `None` if there is none. It is finite for a complete trial, and
    /// may be NaN or infinite for one that failed because of it.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.values().first().copied()
    }

    /// Returns the objective of a complete trial, the first of several, always finite; `None` for all others.
    #[must_use]
    pub fn objective(&self) -> Option<f64> {
        self.objectives().first().copied()
    }

    /// Returns the objectives of a complete trial, one for each goal of the sweep, always finite; empty for all others.
    #[must_use]
    pub fn objectives(&self) -> &[f64] {
        if self.state() == State::Complete { self.values() } else { &[] }
    }

    /// Returns the objectives as they were recorded, finite or not; empty where there are none.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        self.outcome.objectives()
    }

    /// Returns the constraints, each satisfied if its value is 0 or less.
    #[must_use]
    pub fn constraints(&self) -> &[Metric] {
        self.outcome.constraints()
    }

    /// Returns the total violation of the constraints: the sum of their positive values, which is 0 if all are satisfied or
    /// there are none, and infinite if one is NaN.
    #[must_use]
    pub fn violation(&self) -> f64 {
        self.outcome.violation()
    }

    /// Returns whether no constraint is violated.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.violation() == 0.0
    }

    /// Returns the reason why the trial failed; `None` for a trial in any other state.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.outcome.reason()
    }

    /// Returns the named values beside the objectives; empty if there are none.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        self.outcome.metrics()
    }

    /// Returns its reports to a [pruner](crate::Pruner), as pairs of step and value, by increasing step. Values may be NaN.
    ///
    /// In a parallel sweep, the reports of a running trial depend on timing: a sampler must not read them.
    #[must_use]
    pub fn reports(&self) -> &[(u64, f64)] {
        self.reports.as_slice()
    }

    /// Returns the report with the largest step; `None` if there is none.
    #[must_use]
    pub fn last_report(&self) -> Option<(u64, f64)> {
        self.reports().last().copied()
    }

    /// Returns the value that was reported for `step`; `None` if there is none.
    #[must_use]
    pub fn reported(&self, step: u64) -> Option<f64> {
        self.reports.get(step)
    }

    /// Returns the wall-clock time between asking for the trial and its outcome; zero while it runs.
    #[must_use]
    pub fn duration(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_small() {
        assert_eq!(size_of::<Trial>(), 112);
    }

    #[test]
    fn a_trial_begins_again_without_what_became_of_it() {
        let mut trial = Trial::running(3, 1, Some(9.0), Point::from(vec![0.5, f64::NAN]));
        let begun = trial.clone();
        trial.report(1, 0.25);
        trial.close(Metrics::new(0.5).with("epochs", 2.0).constraint("memory", 1.0).into(), Duration::from_secs(1));
        assert_eq!((trial.state(), trial.violation(), trial.is_feasible()), (State::Complete, 1.0, false));
        assert_ne!(trial, begun);
        assert_eq!(trial.opened(), begun);
        let other = Trial::running(3, 1, None, begun.point().clone());
        assert_ne!(other, begun);
        assert_eq!(other.clone(), other);
    }

    #[test]
    fn only_a_complete_trial_has_objectives() {
        let outcomes = [
            (Outcome::value(0.5), Some(0.5), Some(0.5)),
            (Outcome::value(f64::INFINITY), Some(f64::INFINITY), None),
            (Outcome::values([]), None, None),
            (Outcome::values([0.5, 2.0]), Some(0.5), Some(0.5)),
            (Outcome::failed("no"), None, None),
            (Outcome::pruned(), None, None),
            (Outcome::interrupted(), None, None),
        ];
        for (outcome, value, objective) in outcomes {
            let mut trial = Trial::running(0, 0, None, Point::from(vec![0.5]));
            assert_eq!((trial.state(), trial.value(), trial.objective()), (State::Running, None, None));
            trial.close(outcome, Duration::ZERO);
            assert_eq!((trial.value(), trial.objective()), (value, objective), "{trial:?}");
            assert_eq!(trial.objectives().is_empty(), objective.is_none());
        }
    }
}
