//! What the body of a sweep evaluates to, and what a trial keeps of it.

use std::borrow::Cow;
use std::fmt::Display;

use crate::trial::{Metric, Metrics, State};

/// What became of one trial: its objectives, or the reason why there are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The objective, or the first of several.
    pub(crate) value: Option<f64>,
    pub(crate) reason: Option<Box<str>>,
    pub(crate) metrics: Vec<Metric>,
    /// All objectives, where there is not just one.
    pub(crate) several: Vec<f64>,
    /// The names of the objectives, if they have any.
    pub(crate) names: Vec<Cow<'static, str>>,
    pub(crate) constraints: Vec<Metric>,
    /// How the trial was left, if it was not brought to its end.
    pub(crate) left: Option<State>,
}

impl Outcome {
    /// An objective. One that is NaN or infinite is kept and makes the trial a failed one.
    #[must_use]
    pub fn value(value: f64) -> Self {
        let reason = fault(value).map(|fault| format!("the objective is {fault}").into());
        Self { reason, ..Self::of(Some(value)) }
    }

    /// One objective for each goal, in their order. One that is NaN or infinite makes the trial a failed one.
    #[must_use]
    pub fn values(values: impl IntoIterator<Item = f64>) -> Self {
        Self::named(values.into_iter().collect(), Vec::new())
    }

    /// No objective, for this reason.
    #[must_use]
    pub fn failed(reason: impl Display) -> Self {
        // The alternate form writes the causes too where an error type knows how to.
        Self { reason: Some(format!("{reason:#}").into()), ..Self::of(None) }
    }

    /// The trial is given up, as by `continue` in a loop: kept with what it reported.
    #[must_use]
    pub fn pruned() -> Self {
        Self { left: Some(State::Pruned), ..Self::of(None) }
    }

    /// The trial was interrupted, and the sweep ends with it: no trial starts any more. In a study the trial waits to be run
    /// again, with its number and hyperparameters; elsewhere it is kept as cancelled.
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
        Self { left: Some(State::Cancelled), ..Self::of(None) }
    }

    /// The objectives, finite or not; empty where there is a reason instead.
    #[must_use]
    pub fn objectives(&self) -> &[f64] {
        match &self.value {
            Some(value) if self.several.is_empty() => std::slice::from_ref(value),
            _ => &self.several,
        }
    }

    fn of(value: Option<f64>) -> Self {
        let (several, names) = (Vec::new(), Vec::new());
        Self { value, reason: None, metrics: Vec::new(), several, names, constraints: Vec::new(), left: None }
    }

    fn named(values: Vec<f64>, names: Vec<Cow<'static, str>>) -> Self {
        if let [value] = values[..] {
            return Self { names, ..Self::value(value) };
        }
        let fault = values.iter().enumerate().find_map(|(index, &value)| Some((index, fault(value)?)));
        let reason = fault.map(|(index, fault)| match names.get(index) {
            Some(name) => format!("objective `{name}` is {fault}").into(),
            None => format!("objective {index} is {fault}").into(),
        });
        let outcome = Self::of(values.first().copied());
        Self { reason, several: values, names, ..outcome }
    }

    /// Whether it is a measurement and no error, so that the number of its objectives means something.
    pub(crate) fn is_measured(&self) -> bool {
        self.value.is_some() || self.reason.is_none()
    }
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

impl From<Metrics> for Outcome {
    fn from(metrics: Metrics) -> Self {
        let Metrics { objectives, names, constraints, named } = metrics;
        Self { metrics: named, constraints, ..Self::named(objectives, names) }
    }
}
