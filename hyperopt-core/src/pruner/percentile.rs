//! The pruner that keeps the best percent of the trials at each step.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::Pruner;
use crate::pruner::checks::Checks;
use crate::trial::Trial;

/// Keeps the best `percentile` percent: prunes a trial when its best value so far is worse than that percentile of the
/// values that the complete trials reported for the same step.
///
/// It is the performance curve rule from Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017,
/// section 3.4, as Optuna's `PercentilePruner` has it, with the same options and defaults. A trial whose values are all NaN
/// is pruned. A check takes time linear in the number of trials.
///
/// ```
/// use hyperopt_core::{PercentilePruner, RandomSampler, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(PercentilePruner::new(25.0).n_warmup_steps(10).interval_steps(5));
/// ```
///
/// # Departures
///
/// Of two values for one step the last counts, not the first. A percentile next to an infinite value is finite if it falls
/// on a finite one, and infinite between the two; in Optuna it is NaN, and nothing is pruned.
#[derive(Clone, Debug)]
pub struct PercentilePruner {
    percentile: f64,
    n_startup_trials: usize,
    n_min_trials: usize,
    checks: Checks,
    /// The values reported for the step, in a reused buffer.
    values: Vec<f64>,
}

impl PercentilePruner {
    /// Makes a pruner that keeps the best `percentile` percent, from 0 to 100.
    #[must_use]
    pub fn new(percentile: f64) -> Self {
        Self { percentile, n_startup_trials: 5, n_min_trials: 1, checks: Checks::default(), values: Vec::new() }
    }

    /// Sets how many trials have to be complete before any is pruned (default: 5).
    #[must_use]
    pub fn n_startup_trials(mut self, trials: usize) -> Self {
        self.n_startup_trials = trials;
        self
    }

    /// Prunes no trial before this step (default: 0).
    #[must_use]
    pub fn n_warmup_steps(mut self, steps: u64) -> Self {
        self.checks.warmup = steps;
        self
    }

    /// Sets the interval in steps between two checks, counted from the end of the warm-up; at least 1, the default. If
    /// nothing was reported for such a step, the next report is checked.
    #[must_use]
    pub fn interval_steps(mut self, steps: u64) -> Self {
        self.checks.interval = steps;
        self
    }

    /// Sets how many complete trials have to have reported a step before any is pruned there; at least 1, the default.
    #[must_use]
    pub fn n_min_trials(mut self, trials: usize) -> Self {
        self.n_min_trials = trials;
        self
    }
}

#[diagnostic::do_not_recommend]
impl Pruner for PercentilePruner {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let Some((step, _)) = self.checks.due(trial.reports()) else { return false };
        let mut complete = 0;
        let mut reported = 0;
        self.values.clear();
        for other in trials.iter().filter(|other| other.objective().is_some()) {
            complete += 1;
            let value = other.reported(step);
            reported += usize::from(value.is_some());
            self.values.extend(value.filter(|value| !value.is_nan()));
        }
        if complete == 0 || complete < self.n_startup_trials {
            return false;
        }
        let own = trial.reports().iter().map(|&(_, value)| value).filter(|value| !value.is_nan());
        let Some(best) = own.min_by(|&a, &b| goal.compare(a, b)) else { return true };
        if reported < self.n_min_trials || self.values.is_empty() {
            return false;
        }
        let percentile = match goal {
            Goal::Minimize => self.percentile,
            Goal::Maximize => 100.0 - self.percentile,
        };
        goal.prefers(quantile(&mut self.values, percentile / 100.0), best)
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if !(0.0..=100.0).contains(&self.percentile) {
            return Err(format!("percentile = {:?} is not from 0 to 100", self.percentile).into());
        }
        if self.n_min_trials == 0 {
            return Err("n_min_trials = 0 compares with nothing; write at least 1".into());
        }
        self.checks.check()
    }

    fn name(&self) -> &'static str {
        "PercentilePruner"
    }

    fn is_ours(&self) -> bool {
        true
    }
}

/// Returns the `q`-quantile of `values`, which are not empty and not NaN: linear between order statistics, as in `NumPy`.
fn quantile(values: &mut [f64], q: f64) -> f64 {
    let place = (values.len() - 1) as f64 * q;
    let below = (place.floor() as usize).min(values.len() - 1);
    let weight = place - below as f64;
    let (_, &mut low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    if weight == 0.0 || low == high {
        low
    } else if !(low.is_finite() && high.is_finite()) {
        low + high
    } else if weight < 0.5 {
        low + (high - low) * weight
    } else {
        high - (high - low) * (1.0 - weight)
    }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_lie_between_order_statistics() {
        let quantile = |q| quantile(&mut [4.0, 1.0, 3.0, 2.0], q);
        assert_eq!([0.0, 0.25, 0.5, 0.9, 1.0].map(quantile), [1.0, 1.75, 2.5, 3.7, 4.0]);
    }

    #[test]
    fn infinities_are_no_nan() {
        let quantile = |q| quantile(&mut [f64::INFINITY, 1.0, 2.0], q);
        assert_eq!([0.0, 0.5, 0.75, 1.0].map(quantile), [1.0, 2.0, f64::INFINITY, f64::INFINITY]);
    }
}
