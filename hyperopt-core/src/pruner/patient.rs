//! The pruner that waits until a trial has stopped improving.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::{Compared, Pruner};
use crate::trial::Trial;

/// Prunes a trial only once it has stopped improving: when none of its last `patience + 1` reports is as good as the best
/// one before them, and the inner pruner agrees.
///
/// Without an inner pruner, made by [`alone`](PatientPruner::alone), it is early stopping, which does not depend on other
/// trials. It works like Optuna's `PatientPruner`, with the same options. NaN is skipped; if all values before, or all after,
/// are NaN, the trial continues.
///
/// ```
/// use hyperopt_core::{MedianPruner, PatientPruner, RandomSampler, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(PatientPruner::new(MedianPruner::new(), 3).min_delta(1e-3));
/// let early_stopping = RandomSampler::new().pruner(PatientPruner::alone(5));
/// ```
#[derive(Clone, Debug)]
pub struct PatientPruner<P = NeverPrune> {
    pruner: P,
    patience: usize,
    min_delta: f64,
}

/// The inner pruner of [`PatientPruner::alone`], which leaves every decision to the patience.
#[derive(Clone, Copy, Debug)]
pub struct NeverPrune;

#[diagnostic::do_not_recommend]
impl Pruner for NeverPrune {
    fn prune(&mut self, _: &[Trial], _: &Trial, _: Goal) -> bool {
        true
    }

    fn is_ours(&self) -> bool {
        true
    }
}

impl PatientPruner {
    /// Makes a pruner for early stopping, after `patience + 1` reports without improvement.
    #[must_use]
    pub fn alone(patience: usize) -> Self {
        Self::new(NeverPrune, patience)
    }
}

impl<P: Pruner> PatientPruner<P> {
    /// Makes a pruner that asks `pruner` only about trials whose last `patience + 1` reports were all worse than the best
    /// before.
    #[must_use]
    pub fn new(pruner: P, patience: usize) -> Self {
        Self { pruner, patience, min_delta: 0.0 }
    }

    /// Returns whether none of the last reports is as good as the best one before them.
    fn has_stopped_improving(&self, trial: &Trial, goal: Goal) -> bool {
        let reports = trial.reports();
        let before = reports.len().checked_sub(self.patience.saturating_add(1));
        let Some((before, after)) = before.map(|before| reports.split_at(before)) else { return false };
        let best = |reports: &[(u64, f64)]| {
            let values = reports.iter().map(|&(_, value)| value).filter(|value| !value.is_nan());
            values.min_by(|&a, &b| goal.compare(a, b))
        };
        let Some((before, after)) = best(before).zip(best(after)) else { return false };
        let bar = match goal {
            Goal::Minimize => before + self.min_delta,
            Goal::Maximize => before - self.min_delta,
        };
        goal.prefers(bar, after)
    }

    /// Sets by how much the last reports have to be worse than the best before them, at least 0 (default: 0).
    #[must_use]
    pub fn min_delta(mut self, delta: f64) -> Self {
        self.min_delta = delta;
        self
    }
}

#[diagnostic::do_not_recommend]
impl<P: Pruner> Pruner for PatientPruner<P> {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        self.has_stopped_improving(trial, goal) && self.pruner.prune(trials, trial, goal)
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        self.has_stopped_improving(trial, goal) && self.pruner.prune_among(compared, trial, goal)
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if !(self.min_delta >= 0.0 && self.min_delta.is_finite()) {
            return Err(format!("min_delta = {:?} is not 0 or a positive number", self.min_delta).into());
        }
        self.pruner.check()
    }

    fn name(&self) -> &'static str {
        "PatientPruner"
    }

    fn is_ours(&self) -> bool {
        self.pruner.is_ours()
    }
}
