//! What the body of a sweep evaluates to, and what a trial keeps of it.

use std::borrow::Cow;
use std::fmt::Display;

use crate::metrics::{Metric, Metrics};
use crate::strategy::{Budgets, Pruning, Trials};
use crate::trial::State;

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
    /// let space = Parameters::new().with("x", (0.0..=1.0).codec());
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

/// What the body of a sweep may evaluate to.
///
/// A float or an integer is the objective; an array of them holds one for each of several goals. An `Err` or a `None` is a
/// failed trial, kept with its message, as is an objective that is NaN or infinite. [`Metrics`] are named objectives,
/// constraints, and named values beside them.
///
/// In a loop over budgets, a pair `(objective, state)` hands `state` to the next rung of the configuration; a `Result` or an
/// `Option` of one is fine too.
///
/// `K` is the kind of the sampler's work, `S` the state; loops that count trials have none.
#[diagnostic::on_unimplemented(
    message = "the body of a sweep must evaluate to a number, not `{Self}`",
    label = "this is a `{Self}`",
    note = "end the body with the objective, an `f64` say, without a trailing `;`",
    note = "a `Result` or `Option` of a number is fine too: an `Err` or a `None` is a failed trial",
    note = "for several goals, `goal = [Minimize, Maximize]`, end it with an array: `[loss, speed]`"
)]
pub trait Objective<K, S> {
    /// The outcome, and the state for the next rung.
    fn outcome(self) -> (Outcome, Option<S>);
}

macro_rules! objective {
    ($($t:ty)+) => {$(
        // `From` would not do for all of them.
        #[allow(clippy::cast_lossless)]
        #[diagnostic::do_not_recommend]
        impl<K> Objective<K, ()> for $t {
            fn outcome(self) -> (Outcome, Option<()>) {
                (Outcome::value(self as f64), None)
            }
        }

        #[allow(clippy::cast_lossless)]
        #[diagnostic::do_not_recommend]
        impl<K, const N: usize> Objective<K, ()> for [$t; N] {
            fn outcome(self) -> (Outcome, Option<()>) {
                (Outcome::values(self.map(|value| value as f64)), None)
            }
        }
    )+};
}

objective!(f64 f32 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// Names the type `!`, which has no other name in stable Rust.
#[doc(hidden)]
pub trait Returns {
    type Value;
}

impl<T> Returns for fn() -> T {
    type Value = T;
}

// A body may be `todo!()` while it is being written, or always `continue`.
#[diagnostic::do_not_recommend]
impl<K> Objective<K, ()> for <fn() -> ! as Returns>::Value {
    fn outcome(self) -> (Outcome, Option<()>) {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<K> Objective<K, ()> for Vec<f64> {
    fn outcome(self) -> (Outcome, Option<()>) {
        (Outcome::values(self), None)
    }
}

#[diagnostic::do_not_recommend]
impl<K> Objective<K, ()> for Metrics {
    fn outcome(self) -> (Outcome, Option<()>) {
        (self.into(), None)
    }
}

#[diagnostic::do_not_recommend]
impl Objective<Trials, ()> for Outcome {
    fn outcome(self) -> (Outcome, Option<()>) {
        (self, None)
    }
}

#[diagnostic::do_not_recommend]
impl Objective<Pruning, ()> for Outcome {
    fn outcome(self) -> (Outcome, Option<()>) {
        (self, None)
    }
}

#[diagnostic::do_not_recommend]
impl Objective<Budgets, ()> for Outcome {
    fn outcome(self) -> (Outcome, Option<()>) {
        (self, None)
    }
}

#[diagnostic::do_not_recommend]
impl<S, T: Objective<Trials, ()>> Objective<Budgets, S> for (T, S) {
    fn outcome(self) -> (Outcome, Option<S>) {
        (self.0.outcome().0, Some(self.1))
    }
}

#[diagnostic::do_not_recommend]
impl<K, S, T: Objective<K, S>, E: Display> Objective<K, S> for Result<T, E> {
    fn outcome(self) -> (Outcome, Option<S>) {
        match self {
            Ok(value) => value.outcome(),
            Err(error) => (Outcome::failed(error), None),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<K, S, T: Objective<K, S>> Objective<K, S> for Option<T> {
    fn outcome(self) -> (Outcome, Option<S>) {
        match self {
            Some(value) => value.outcome(),
            None => (Outcome::failed("the body returned `None`"), None),
        }
    }
}
