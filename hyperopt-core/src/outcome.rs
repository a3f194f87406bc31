//! What the body of a sweep evaluates to, and what a trial keeps of it.

use std::borrow::Cow;
use std::fmt::Display;

use crate::strategy::{Budgets, Trials};

/// An objective with further named values, for a body that measures more than one thing.
///
/// The objective drives the sweep; the rest is kept beside it, in the table and in every export.
///
/// ```
/// use hyperopt_core::Metrics;
///
/// let metrics = Metrics::new(0.31).with("accuracy", 0.87).with("epochs", 12.0);
/// assert_eq!(metrics.objective(), 0.31);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Metrics {
    objective: f64,
    named: Vec<Metric>,
}

/// A named value that a trial reported beside its objective.
pub type Metric = (Cow<'static, str>, f64);

impl Metrics {
    /// The objective alone.
    #[must_use]
    pub fn new(objective: f64) -> Self {
        Self { objective, named: Vec::new() }
    }

    /// Adds a named value; the last of two with one name counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: f64) -> Self {
        let name = name.into();
        self.named.retain(|(earlier, _)| *earlier != name);
        self.named.push((name, value));
        self
    }

    /// The number that the sweep minimises or maximises.
    #[must_use]
    pub fn objective(&self) -> f64 {
        self.objective
    }
}

/// What became of one trial: an objective, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub(crate) value: Option<f64>,
    pub(crate) reason: Option<Box<str>>,
    pub(crate) metrics: Vec<Metric>,
}

impl Outcome {
    /// An objective. One that is NaN or infinite is kept and makes the trial a failed one.
    #[must_use]
    pub fn value(value: f64) -> Self {
        let reason = if value.is_nan() {
            Some("the objective is NaN".into())
        } else if value.is_infinite() {
            Some(format!("the objective is {}∞", if value > 0.0 { '+' } else { '−' }).into())
        } else {
            None
        };
        Self { value: Some(value), reason, metrics: Vec::new() }
    }

    /// No objective, for this reason.
    #[must_use]
    pub fn failed(reason: impl Display) -> Self {
        // The alternate form writes the causes too where an error type knows how to.
        Self { value: None, reason: Some(format!("{reason:#}").into()), metrics: Vec::new() }
    }
}

/// What the body of a sweep may evaluate to.
///
/// A float or an integer is the objective. An `Err` or a `None` is a failed trial, kept with its message, as is an
/// objective that is NaN or infinite. [`Metrics`] are an objective and named values beside it.
///
/// In a loop over budgets, a pair `(objective, state)` hands `state` to the next rung of the configuration; a `Result` or an
/// `Option` of one is fine too.
///
/// `K` is the kind of the sampler's work, `S` the state; loops that count trials have none.
#[diagnostic::on_unimplemented(
    message = "the body of a sweep must evaluate to a number, not `{Self}`",
    label = "this is a `{Self}`",
    note = "end the body with the objective, an `f64` say, without a trailing `;`",
    note = "a `Result` or `Option` of a number is fine too: an `Err` or a `None` is a failed trial"
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
impl<K> Objective<K, ()> for Metrics {
    fn outcome(self) -> (Outcome, Option<()>) {
        (Outcome { metrics: self.named, ..Outcome::value(self.objective) }, None)
    }
}

#[diagnostic::do_not_recommend]
impl Objective<Trials, ()> for Outcome {
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
