//! Holds one function for each kind of argument of `hyperopt!`, so that a value of the wrong type causes one error, at the
//! value, and literals take the type of the setting. The settings themselves are listed in `hyperopt-macros`, in
//! `settings.rs`.

use std::time::Duration;

use crate::candidates::{Candidates, Dimension};
use crate::engine::{Earlier, OnError, OnInterrupt, Progress, Seed, Spend};
use crate::history::{Goal, IntoGoals};
use crate::run::Executor;
use crate::scheduler::{Chosen, Strategy};
use crate::space::Point;
use crate::study::Store;
use crate::sweep::{InitialPoints, IntoInitialPoints, Sweep, TryFirst};

/// Takes the candidates of a hyperparameter.
///
/// The result does not mention their type, not even as `C::Value`, so that a mistake causes only one error.
pub fn candidates<C: Candidates<Value = V>, V>(candidates: C) -> Dimension<V> {
    candidates.dimension()
}

/// Candidates whose values have the type `T`.
#[diagnostic::on_unimplemented(
    message = "the candidates do not have the type `{T}`",
    label = "expected candidates of the type `{T}`"
)]
pub trait CandidatesOf<T> {
    /// Makes them ready for a sweep.
    fn of_type(self) -> Dimension<T>;
}

#[diagnostic::do_not_recommend]
impl<T, C: Candidates<Value = T>> CandidatesOf<T> for C {
    fn of_type(self) -> Dimension<T> {
        self.dimension()
    }
}

/// Takes the candidates of a hyperparameter that is written with its type.
pub fn typed<T, C: CandidatesOf<T>>(candidates: C) -> Dimension<T> {
    candidates.of_type()
}

/// Decodes the value of a recorded point along an axis that is active in it.
#[must_use]
pub fn decode<V: Clone>(dimension: &Dimension<V>, point: &Point, axis: usize) -> V {
    dimension.decode_at(point, axis)
}

/// Takes the executor, the first argument of `phyperopt!`.
pub fn executor<'a, E: Executor + 'a>(executor: E) -> Box<dyn Executor + 'a> {
    Box::new(executor)
}

/// Takes the value of `sampler = …`.
pub fn sampler<M: Strategy<Kind = K>, K>(sampler: M) -> Chosen<K> {
    Chosen::new(sampler)
}

/// Takes the value of `seed = …`.
#[must_use]
pub fn seed(seed: impl Seed) -> Option<u64> {
    Some(seed.seed())
}

/// Takes the value of `goal = …`.
#[must_use]
pub fn goal(goal: impl IntoGoals) -> Option<Vec<Goal>> {
    Some(goal.goals())
}

/// Takes the value of `ho = …`.
pub fn ho(earlier: impl Earlier) -> Option<Sweep> {
    Some(earlier.earlier())
}

/// Takes the value of `study = …`.
pub fn study(study: impl Store + 'static) -> Option<Box<dyn Store>> {
    Some(Box::new(study))
}

/// Takes the value of `checkpoint = …`.
pub fn checkpoint<C>(checkpoint: C) -> C {
    checkpoint
}

/// Takes the value of `try_first = …` where it is not a literal list of points.
pub fn try_first(points: impl IntoInitialPoints) -> TryFirst {
    TryFirst::Known(points.points())
}

/// Takes the value of `transfer = …`.
pub fn transfer(earlier: impl Earlier) -> Option<InitialPoints> {
    Some(InitialPoints::transferred(&earlier.earlier()))
}

/// Takes the value of `repeats = …`.
#[must_use]
pub fn repeats(repeats: bool) -> bool {
    repeats
}

/// Takes the value of `timeout = …`.
#[must_use]
pub fn timeout(timeout: Duration) -> Option<Duration> {
    Some(timeout)
}

/// Takes the value of `loss_threshold = …`.
#[must_use]
pub fn loss_threshold(threshold: impl Into<f64>) -> Option<f64> {
    Some(threshold.into())
}

/// Takes the value of `no_progress = …`.
#[must_use]
pub fn no_progress(trials: u64) -> Option<u64> {
    Some(trials)
}

/// Takes the value of `spend = …`.
#[must_use]
pub fn spend(resources: impl Spend) -> Option<f64> {
    Some(resources.resources())
}

/// Takes the value of `progress = …`.
#[must_use]
pub fn progress(progress: impl Into<Progress>) -> Progress {
    progress.into()
}

/// Takes the value of `on_interrupt = …`.
#[must_use]
pub fn on_interrupt(on_interrupt: OnInterrupt) -> OnInterrupt {
    on_interrupt
}

/// Takes the value of `on_error = …`.
#[must_use]
pub fn on_error(on_error: OnError) -> OnError {
    on_error
}
