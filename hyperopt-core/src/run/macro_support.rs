//! One function for each kind of argument of `hyperopt!`, so that a value of the wrong type is refused at the value, once,
//! and literals take the type that the setting has.

use std::time::Duration;

use crate::candidates::{Candidates, Dimension};
use crate::engine::{Earlier, OnError, OnInterrupt, Progress};
use crate::history::{Goal, IntoGoals};
use crate::run::Executor;
use crate::scheduler::{Chosen, Strategy};
use crate::space::Point;
use crate::study::Store;
use crate::sweep::{InitialPoints, IntoInitialPoints, Sweep, TryFirst};

/// The candidates beside a name. The result does not mention their type, not even as `C::Value`: one error is enough.
pub fn candidates<C: Candidates<Value = V>, V: Clone>(candidates: C) -> Dimension<V> {
    candidates.dimension()
}

/// The value of a recorded point along an axis that is active in it.
#[must_use]
pub fn decode<V: Clone>(dimension: &Dimension<V>, point: &Point, axis: usize) -> V {
    dimension.decode(point.unit(axis))
}

/// The first argument of `phyperopt!`.
pub fn executor<'a, E: Executor + 'a>(executor: E) -> Box<dyn Executor + 'a> {
    Box::new(executor)
}

/// `sampler = …`
pub fn sampler<M: Strategy<Kind = K>, K>(sampler: M) -> Chosen<K> {
    Chosen::new(sampler)
}

/// `seed = …`
#[must_use]
pub fn seed(seed: u64) -> Option<u64> {
    Some(seed)
}

/// `goal = …`
#[must_use]
pub fn goal(goal: impl IntoGoals) -> Option<Vec<Goal>> {
    Some(goal.goals())
}

/// `ho = …`
pub fn ho(earlier: impl Earlier) -> Option<Sweep> {
    Some(earlier.earlier())
}

/// `study = …`
pub fn study(study: impl Store + 'static) -> Option<Box<dyn Store>> {
    Some(Box::new(study))
}

/// `checkpoint = …`
pub fn checkpoint<C>(checkpoint: C) -> C {
    checkpoint
}

/// `try_first = …`, where the points are not written out.
pub fn try_first(points: impl IntoInitialPoints) -> TryFirst {
    TryFirst::Known(points.points())
}

/// `transfer = …`
pub fn transfer(earlier: impl Earlier) -> Option<InitialPoints> {
    Some(InitialPoints::transferred(&earlier.earlier()))
}

/// `repeats = …`
#[must_use]
pub fn repeats(repeats: bool) -> bool {
    repeats
}

/// `timeout = …`
#[must_use]
pub fn timeout(timeout: Duration) -> Option<Duration> {
    Some(timeout)
}

/// `progress = …`
#[must_use]
pub fn progress(progress: impl Into<Progress>) -> Progress {
    progress.into()
}

/// `on_interrupt = …`
#[must_use]
pub fn on_interrupt(on_interrupt: OnInterrupt) -> OnInterrupt {
    on_interrupt
}

/// `on_error = …`
#[must_use]
pub fn on_error(on_error: OnError) -> OnError {
    on_error
}
