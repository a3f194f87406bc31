//! The values that the body of a sweep may evaluate to.

use std::fmt::Display;
use std::ops::ControlFlow;

use crate::scheduler::{Budgets, Pruning, Trials};
use crate::trial::{Metrics, Outcome};

/// A value that the body of a sweep may evaluate to.
///
/// A float or an integer is the objective; an array of them holds one for each of several goals. An `Err`, a `None`, or an
/// objective that is NaN or infinite makes the trial a failed one, which is recorded with its reason; but once
/// [`should_prune`](crate::RunningTrial::should_prune) has returned `true`, an `Err` or a `None` prunes it. [`Metrics`] are
/// named objectives, constraints, and named values beside them.
///
/// A [`ControlFlow`] of any of these ends the sweep from within a function: `Continue(loss)` is the loss, `Break(())` leaves the
/// trial without an outcome, as `break` does in a loop, and `Break(loss)` makes it the last one.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use hyperopt_core::{Parameters, Search, StopReason};
///
/// let space = Parameters::new().with("x", 0.0..=1.0);
/// let ho = Search::new(space).seed(7).run(0..1000, |_, params| {
///     let loss = params["x"];
///     if loss < 0.1 { ControlFlow::Break(loss) } else { ControlFlow::Continue(loss) }
/// });
/// assert!(ho.best()?.value < 0.1 && ho.len() < 1000 && ho.end() == StopReason::Break);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
///
/// In a loop over budgets, a pair `(objective, state)` hands `state` to the next rung of the configuration; the body may
/// also evaluate to a `Result` or an `Option` of such a pair.
///
/// `K` is the kind of the sampler, and `S` is the type of the state; loops that count trials have no state.
#[diagnostic::on_unimplemented(
    message = "the body of a sweep must evaluate to a number, not `{Self}`",
    label = "this is a `{Self}`",
    note = "end the body with the objective, such as an `f64`, without a trailing `;`",
    note = "a `Result` or `Option` of a number is fine too: an `Err` or a `None` is a failed trial",
    note = "for several goals, `goal = [Minimize, Maximize]`, end it with an array: `[loss, speed]`",
    note = "in a loop over budgets, `(loss, state)` hands the state to the next rung"
)]
pub trait Objective<K, S> {
    /// Returns the outcome, and the state for the next rung.
    fn outcome(self) -> (Outcome, Option<S>);

    /// Returns how the body ended: by default, with the outcome.
    #[doc(hidden)]
    fn flow(self) -> Flow<S>
    where
        Self: Sized,
    {
        let (outcome, state) = self.outcome();
        Flow::Value(outcome, state)
    }
}

/// How the body of a loop ended.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub enum Flow<S> {
    /// It evaluated to an outcome and the state for the next rung.
    Value(Outcome, Option<S>),
    /// It evaluated to an outcome and the state for the next rung, and it ends the sweep.
    Last(Outcome, Option<S>),
    /// It ended by `continue`.
    Pruned,
    /// It ended by `break`.
    Stop,
}

/// The value in `ControlFlow::Break`: nothing, or the objective of the last trial.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`ControlFlow::Break` ends the sweep, with nothing or with a number, not with a `{Self}`",
    label = "write `ControlFlow::Break(())` to leave the trial without an outcome, or `ControlFlow::Break(loss)`"
)]
pub trait LastValue {
    /// Returns the outcome of the last trial, if it has one.
    fn last(self) -> Option<Outcome>;
}

impl LastValue for () {
    fn last(self) -> Option<Outcome> {
        None
    }
}

impl<L: LastValue> LastValue for Option<L> {
    fn last(self) -> Option<Outcome> {
        self.and_then(L::last)
    }
}

impl LastValue for Metrics {
    fn last(self) -> Option<Outcome> {
        Some(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl LastValue for Outcome {
    fn last(self) -> Option<Outcome> {
        Some(self)
    }
}

impl<K, S, B: LastValue, T: Objective<K, S>> Objective<K, S> for ControlFlow<B, T> {
    fn outcome(self) -> (Outcome, Option<S>) {
        match self {
            Self::Continue(value) => value.outcome(),
            Self::Break(value) => (value.last().unwrap_or_else(Outcome::interrupted), None),
        }
    }

    fn flow(self) -> Flow<S> {
        match self {
            Self::Continue(value) => value.flow(),
            Self::Break(value) => value.last().map_or(Flow::Stop, |outcome| Flow::Last(outcome, None)),
        }
    }
}

/// A loop whose trials return no state.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the body reads a state of the type `{S}`, and does not return one",
    label = "end the body with `(loss, state)`, so that the next rung goes on from it",
    note = "a body that fails returns an `Err` or a `None` of the pair: `Ok((loss, state))`",
    note = "if no state is needed, bind it to `_`: `for (resources, _) in 1..=81`"
)]
pub trait Stateless<S> {}

impl Stateless<()> for () {}

/// An error that says why a trial failed.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` of the body cannot be shown, as it does not implement `Display`",
    label = "implement `Display` for `{Self}`, or write `.map_err(|e| format!(\"{{e:?}}\"))`"
)]
pub trait Reason {
    #[doc(hidden)]
    fn reason(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<E: Display + ?Sized> Reason for E {
    fn reason(&self) -> String {
        // The alternate form writes the causes too where an error type knows how to.
        format!("{self:#}")
    }
}

macro_rules! objective {
    ($($t:ty)+) => {$(
        // `From` does not cover all of these types.
        #[allow(clippy::cast_lossless)]
        impl LastValue for $t {
            fn last(self) -> Option<Outcome> {
                Some(Outcome::value(self as f64))
            }
        }

        #[allow(clippy::cast_lossless)]
        impl<K, S> Objective<K, S> for $t
        where
            (): Stateless<S>,
        {
            fn outcome(self) -> (Outcome, Option<S>) {
                (Outcome::value(self as f64), None)
            }
        }

        #[allow(clippy::cast_lossless)]
        impl<K, S, const N: usize> Objective<K, S> for [$t; N]
        where
            (): Stateless<S>,
        {
            fn outcome(self) -> (Outcome, Option<S>) {
                (Outcome::values(self.map(|value| value as f64)), None)
            }
        }
    )+};
}

objective!(f64 f32 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// Names the type `!`, which stable Rust cannot name otherwise.
#[doc(hidden)]
pub trait Returns {
    type Value;
}

impl<T> Returns for fn() -> T {
    type Value = T;
}

// The type of a body such as `todo!()`, or of one that always ends in `continue`.
#[diagnostic::do_not_recommend]
impl<K> Objective<K, ()> for <fn() -> ! as Returns>::Value {
    fn outcome(self) -> (Outcome, Option<()>) {
        self
    }
}

impl<K, S> Objective<K, S> for Vec<f64>
where
    (): Stateless<S>,
{
    fn outcome(self) -> (Outcome, Option<S>) {
        (Outcome::values(self), None)
    }
}

impl<K, S> Objective<K, S> for Metrics
where
    (): Stateless<S>,
{
    fn outcome(self) -> (Outcome, Option<S>) {
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

impl<K, S, T: Objective<K, S>, E: Reason> Objective<K, S> for Result<T, E> {
    fn outcome(self) -> (Outcome, Option<S>) {
        match self {
            Ok(value) => value.outcome(),
            Err(error) => (Outcome::failed(error.reason()), None),
        }
    }

    fn flow(self) -> Flow<S> {
        match self {
            Ok(value) => value.flow(),
            Err(error) => Flow::Value(Outcome::failed(error.reason()), None),
        }
    }
}

impl<K, S, T: Objective<K, S>> Objective<K, S> for Option<T> {
    fn outcome(self) -> (Outcome, Option<S>) {
        match self {
            Some(value) => value.outcome(),
            None => (Outcome::failed("the body returned `None`"), None),
        }
    }

    fn flow(self) -> Flow<S> {
        self.map_or_else(|| Flow::Value(Outcome::failed("the body returned `None`"), None), T::flow)
    }
}
