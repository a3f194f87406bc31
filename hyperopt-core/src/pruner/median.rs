//! The pruner that compares a trial with the median at each step.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::{Compared, PercentilePruner, Pruner};
use crate::trial::Trial;

/// Prunes a trial when its best value so far is worse than the median of the values that the complete trials reported for
/// the same step: the [`PercentilePruner`] with 50 percent.
///
/// It is a sound first choice for trials that report a learning curve: it needs no tuning, and prunes about half of the trials
/// early. It is the median stopping rule of Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017, in
/// the version of Optuna's `MedianPruner`, with the same options and defaults.
///
/// ```
/// use hyperopt_core::{MedianPruner, RandomSampler, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(MedianPruner::new().n_startup_trials(10).n_warmup_steps(3));
/// ```
#[derive(Clone, Debug)]
pub struct MedianPruner(PercentilePruner);

impl Default for MedianPruner {
    fn default() -> Self {
        Self::new()
    }
}

impl MedianPruner {
    /// Makes a pruner with five startup trials, no warm-up, and a check of every report.
    #[must_use]
    pub fn new() -> Self {
        Self(PercentilePruner::new(50.0))
    }

    /// Sets how many trials have to be complete before any is pruned (default: 5).
    #[must_use]
    pub fn n_startup_trials(self, trials: usize) -> Self {
        Self(self.0.n_startup_trials(trials))
    }

    /// Sets the number of warm-up steps, before which no trial is pruned (default: 0).
    #[must_use]
    pub fn n_warmup_steps(self, steps: u64) -> Self {
        Self(self.0.n_warmup_steps(steps))
    }

    /// Sets the interval in steps between two checks, counted from the end of the warm-up, at least 1 (default: 1). If nothing
    /// was reported for such a step, the next report is checked.
    #[must_use]
    pub fn interval_steps(self, steps: u64) -> Self {
        Self(self.0.interval_steps(steps))
    }

    /// Sets how many complete trials have to have reported a step before any is pruned there, at least 1 (default: 1).
    #[must_use]
    pub fn n_min_trials(self, trials: usize) -> Self {
        Self(self.0.n_min_trials(trials))
    }
}

#[diagnostic::do_not_recommend]
impl Pruner for MedianPruner {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        self.0.prune(trials, trial, goal)
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        self.0.prune_among(compared, trial, goal)
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.0.check()
    }

    fn name(&self) -> &'static str {
        "MedianPruner"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
