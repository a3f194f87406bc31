//! The outcome of a trial: what its body evaluated to.

use std::borrow::Cow;
use std::fmt::Display;

use crate::trial::metrics::put;
use crate::trial::{Metric, Metrics, State};

/// The outcome of a trial: its state, its objectives or the reason why there are none, and named values beside them.
///
/// The body of a sweep may evaluate to an outcome; a [`Trial`](crate::Trial) holds the one that it was closed with.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    state: State,
    has_value: bool,
    /// The objective, or the first of several; 0 where there is none.
    value: f64,
    reason: Option<Box<str>>,
    metrics: Box<[Metric]>,
    further: Option<Box<Further>>,
}

/// What most outcomes do not have. It is boxed, which keeps a trial with one objective and no constraint small.
#[derive(Clone, Debug, Default, PartialEq)]
struct Further {
    /// All objectives, where there are several.
    objectives: Box<[f64]>,
    constraints: Box<[Metric]>,
    /// The names of the objectives on their way to the sweep, which keeps them once for all trials.
    names: Option<Box<Names>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Names {
    names: Box<[Cow<'static, str>]>,
}

impl Outcome {
    /// Makes an outcome with one objective. An objective that is NaN or infinite is recorded, and the trial has failed.
    #[must_use]
    pub fn value(value: f64) -> Self {
        let reason = fault(value).map(|fault| format!("the objective is {fault}").into());
        let state = if reason.is_some() { State::Failed } else { State::Complete };
        Self { has_value: true, value, reason, ..Self::left(state) }
    }

    /// Makes an outcome with one objective for each goal, in their order. If one is NaN or infinite, the trial has failed.
    #[must_use]
    pub fn values(values: impl IntoIterator<Item = f64>) -> Self {
        Self::named(values.into_iter().collect(), &[])
    }

    /// Makes the outcome of a trial that failed for `reason`, without an objective.
    #[must_use]
    pub fn failed(reason: impl Display) -> Self {
        // The alternate form writes the causes too where an error type knows how to.
        Self { reason: Some(format!("{reason:#}").into()), ..Self::left(State::Failed) }
    }

    /// Makes the outcome of a pruned trial, as `continue` does in a loop. The trial keeps its reports.
    #[must_use]
    pub fn pruned() -> Self {
        Self::left(State::Pruned)
    }

    /// Makes the outcome of an interrupted trial, which ends the sweep: no further trial starts. In a study, the trial waits to
    /// be run again, with its number and hyperparameters; elsewhere it is cancelled.
    ///
    /// ```
    /// use hyperopt_core::{Candidates, Outcome, Parameters, Search, State};
    ///
    /// let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    /// let ho = Search::new(space).run(0..60, |trial, params| match trial {
    ///     4 => Outcome::interrupted(),
    ///     _ => Outcome::value(params[0].1),
    /// });
    /// assert_eq!((ho.len(), ho.history().count(State::Cancelled)), (5, 1));
    /// ```
    #[must_use]
    pub fn interrupted() -> Self {
        Self::left(State::Cancelled)
    }

    /// Restores a recorded outcome from its state, its objectives, and the reason why it failed.
    ///
    /// A complete outcome with an objective that is NaN or infinite becomes a failed one; `reason` is dropped unless the
    /// outcome is a failed one.
    ///
    /// ```
    /// use hyperopt_core::{Outcome, State};
    ///
    /// let reason = Some("objective `loss` is NaN".to_owned());
    /// let outcome = Outcome::restored(State::Failed, [f64::NAN, 3.0], reason).with_metrics([("epochs", 12.0)]);
    /// assert_eq!((outcome.state(), outcome.reason()), (State::Failed, Some("objective `loss` is NaN")));
    /// ```
    #[must_use]
    pub fn restored(state: State, values: impl IntoIterator<Item = f64>, reason: Option<String>) -> Self {
        let measured = Self::values(values);
        match state {
            State::Running => Self::running(),
            State::Complete => measured,
            State::Pruned | State::Cancelled => Self { state, reason: None, ..measured },
            State::Failed => {
                let reason = reason.map(Into::into).or_else(|| measured.reason.clone());
                Self { state, reason: reason.or_else(|| Some("failed".into())), ..measured }
            }
        }
    }

    /// Returns the outcome of a trial that has none yet.
    pub(crate) fn running() -> Self {
        Self::left(State::Running)
    }

    /// Returns the outcome of a trial that ended in `state` without an objective.
    pub(crate) fn left(state: State) -> Self {
        Self { state, has_value: false, value: 0.0, reason: None, metrics: Box::default(), further: None }
    }

    fn named(values: Vec<f64>, names: &[Cow<'static, str>]) -> Self {
        if let [value] = values[..] {
            return Self::value(value);
        }
        let fault = values.iter().enumerate().find_map(|(index, &value)| Some((index, fault(value)?)));
        let reason = fault.map(|(index, fault)| match names.get(index) {
            Some(name) => format!("objective `{name}` is {fault}").into(),
            None => format!("objective {index} is {fault}").into(),
        });
        let state = if reason.is_some() { State::Failed } else { State::Complete };
        let Some(&value) = values.first() else { return Self::left(state) };
        let further = Some(Box::new(Further { objectives: values.into(), ..Further::default() }));
        Self { has_value: true, value, reason, further, ..Self::left(state) }
    }

    /// Adds named values beside the objectives; the last of two with one name counts.
    #[must_use]
    pub fn with_metrics<N: Into<Cow<'static, str>>>(mut self, metrics: impl IntoIterator<Item = (N, f64)>) -> Self {
        self.metrics = extended(self.metrics, metrics);
        self
    }

    /// Adds constraints, each satisfied if its value is 0 or less; the last of two with one name counts.
    #[must_use]
    pub fn with_constraints<N: Into<Cow<'static, str>>>(
        mut self,
        constraints: impl IntoIterator<Item = (N, f64)>,
    ) -> Self {
        let constraints = extended(self.constraints().into(), constraints);
        if !constraints.is_empty() {
            self.further.get_or_insert_default().constraints = constraints;
        }
        self
    }

    /// Returns the state of a trial with this outcome.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// Returns the objectives, finite or not; empty if there are none.
    #[must_use]
    pub fn objectives(&self) -> &[f64] {
        match &self.further {
            Some(further) if !further.objectives.is_empty() => &further.objectives,
            _ if self.has_value => std::slice::from_ref(&self.value),
            _ => &[],
        }
    }

    /// Returns the reason why the trial failed; `None` in any other state.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns the named values beside the objectives.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// Returns the constraints, each satisfied if its value is 0 or less.
    #[must_use]
    pub fn constraints(&self) -> &[Metric] {
        self.further.as_ref().map_or(&[], |further| &further.constraints)
    }

    /// Returns the total violation of the constraints: the sum of their positive values, which is 0 if all are satisfied or
    /// there are none, and infinite if one is NaN.
    #[must_use]
    pub fn violation(&self) -> f64 {
        self.constraints().iter().fold(0.0, |sum, (_, value)| sum + violation(*value))
    }

    /// Returns the names of the objectives; empty where they have none.
    pub(crate) fn names(&self) -> &[Cow<'static, str>] {
        let names = self.further.as_ref().and_then(|further| further.names.as_ref());
        names.map_or(&[], |names| &names.names)
    }

    /// Returns whether the outcome is a measurement and not an error, so that the number of its objectives matters.
    pub(crate) fn is_measured(&self) -> bool {
        self.has_value || self.state == State::Complete
    }

    /// Returns the outcome as a trial keeps it: without the names of the objectives, and failed where a complete one has none.
    pub(crate) fn kept(mut self) -> Self {
        if self.state == State::Complete && !self.has_value {
            return Self::failed("there is no objective");
        }
        if let Some(further) = &mut self.further {
            further.names = None;
            if **further == Further::default() {
                self.further = None;
            }
        }
        self
    }
}

fn extended<N: Into<Cow<'static, str>>>(
    metrics: Box<[Metric]>,
    more: impl IntoIterator<Item = (N, f64)>,
) -> Box<[Metric]> {
    let mut metrics = metrics.into_vec();
    for (name, value) in more {
        put(&mut metrics, name.into(), value);
    }
    metrics.into()
}

/// What keeps `value` from being compared.
fn fault(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "+∞" } else { "−∞" })
    } else {
        None
    }
}

fn violation(constraint: f64) -> f64 {
    if constraint.is_nan() { f64::INFINITY } else { constraint.max(0.0) }
}

impl From<Metrics> for Outcome {
    fn from(metrics: Metrics) -> Self {
        let Metrics { objectives, names, constraints, named } = metrics;
        let mut outcome = Self { metrics: named.into(), ..Self::named(objectives, &names) };
        if !(names.is_empty() && constraints.is_empty()) {
            let further = outcome.further.get_or_insert_default();
            further.constraints = constraints.into();
            further.names = (!names.is_empty()).then(|| Box::new(Names { names: names.into() }));
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_small() {
        assert_eq!((size_of::<Outcome>(), size_of::<Further>()), (56, 40));
    }

    #[test]
    fn a_restored_outcome_is_that_of_the_body() {
        let outcomes = [
            Outcome::value(0.5),
            Outcome::value(f64::INFINITY),
            Outcome::values([0.5, -1.0]),
            Outcome::values([0.5, f64::NEG_INFINITY]),
            Outcome::failed("no luck"),
            Outcome::pruned(),
            Outcome::interrupted(),
            Outcome::running(),
            Metrics::objectives([("loss", f64::INFINITY), ("speed", 2.0)])
                .with("epochs", 3.0)
                .constraint("memory", 1.0)
                .into(),
        ];
        for outcome in outcomes.map(Outcome::kept) {
            let (values, reason) = (outcome.objectives().iter().copied(), outcome.reason().map(ToOwned::to_owned));
            let restored = Outcome::restored(outcome.state(), values, reason)
                .with_metrics(outcome.metrics().to_vec())
                .with_constraints(outcome.constraints().to_vec());
            assert_eq!(restored, outcome);
        }
    }

    #[test]
    fn what_is_recorded_cannot_make_a_complete_trial_of_no_number() {
        let nan = Outcome::restored(State::Complete, [f64::NAN], None).kept();
        assert_eq!((nan.state(), nan.reason()), (State::Failed, Some("the objective is NaN")));
        let none = Outcome::restored(State::Complete, [], None).kept();
        assert_eq!((none.state(), none.reason()), (State::Failed, Some("there is no objective")));
        assert_eq!(Outcome::restored(State::Failed, [], None).reason(), Some("failed"));
        assert_eq!(Outcome::restored(State::Pruned, [1.0], Some("why".into())).reason(), None);
    }

    #[test]
    fn a_name_of_one_objective_costs_a_trial_nothing() {
        let outcome = Outcome::from(Metrics::objectives([("loss", 0.5)]));
        assert_eq!(outcome.names(), ["loss"]);
        assert_eq!(outcome.kept(), Outcome::value(0.5));
    }

    #[test]
    fn violations_add_up() {
        let outcome = Outcome::value(0.5).with_constraints([("a", 1.0), ("b", -3.0), ("c", 0.5), ("a", 2.0)]);
        assert_eq!((outcome.violation(), outcome.constraints().len()), (2.5, 3));
        assert_eq!(outcome.with_constraints([("d", f64::NAN)]).violation(), f64::INFINITY);
    }
}
