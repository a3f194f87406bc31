//! The pruner that keeps the best percent of the trials at each step.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::checks::Checks;
use crate::pruner::compared::ClosedTrials;
use crate::pruner::step_values::StepValues;
use crate::pruner::{Compared, Pruner};
use crate::trial::Trial;

/// Keeps the best `percentile` percent: prunes a trial when its best value so far is worse than that percentile of the
/// values that the complete trials reported for the same step.
///
/// It is the performance curve rule from Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017,
/// section 3.4, in the version of Optuna's `PercentilePruner`, with the same options and defaults. A trial whose values are all
/// NaN is pruned.
///
/// ```
/// use hyperopt_core::{PercentilePruner, RandomSampler, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(PercentilePruner::new(25.0).n_warmup_steps(10).interval_steps(5));
/// ```
///
/// # Departures
///
/// Of two values for one step the last counts, not the first. A percentile that falls on a finite value is finite even beside
/// an infinite one, and a percentile between the two is infinite; in Optuna both are NaN, and nothing is pruned.
#[derive(Clone, Debug)]
pub struct PercentilePruner {
    percentile: f64,
    n_startup_trials: usize,
    n_min_trials: usize,
    checks: Checks,
    kept: Kept,
}

/// What is kept of the trials that have been read.
#[derive(Clone, Debug, Default)]
struct Kept {
    closed: ClosedTrials,
    /// The number of complete trials, and what they reported.
    complete: usize,
    values: StepValues,
}

impl PercentilePruner {
    /// Makes a pruner that keeps the best `percentile` percent, from 0 to 100; other values are an error of the sweep.
    #[must_use]
    pub fn new(percentile: f64) -> Self {
        Self { percentile, n_startup_trials: 5, n_min_trials: 1, checks: Checks::default(), kept: Kept::default() }
    }

    /// Sets how many trials have to be complete before any is pruned (default: 5).
    #[must_use]
    pub fn n_startup_trials(mut self, trials: usize) -> Self {
        self.n_startup_trials = trials;
        self
    }

    /// Sets the number of warm-up steps, before which no trial is pruned (default: 0).
    #[must_use]
    pub fn n_warmup_steps(mut self, steps: u64) -> Self {
        self.checks.warmup = steps;
        self
    }

    /// Sets the interval in steps between two checks, counted from the end of the warm-up, at least 1 (default: 1). If nothing
    /// was reported for such a step, the next report is checked.
    #[must_use]
    pub fn interval_steps(mut self, steps: u64) -> Self {
        self.checks.interval = steps;
        self
    }

    /// Sets how many complete trials have to have reported a step before any is pruned there, at least 1 (default: 1).
    #[must_use]
    pub fn n_min_trials(mut self, trials: usize) -> Self {
        self.n_min_trials = trials;
        self
    }

    /// Decides among `complete` trials, of which `reported` have reported the step, `count` of them a number. `neighbours`
    /// returns a number of these by its rank, and the next larger one.
    fn decide(
        &self,
        trial: &Trial,
        goal: Goal,
        (complete, reported, count): (usize, usize, usize),
        neighbours: impl FnOnce(usize) -> (f64, f64),
    ) -> bool {
        if complete == 0 || complete < self.n_startup_trials {
            return false;
        }
        let own = trial.reports().iter().map(|&(_, value)| value).filter(|value| !value.is_nan());
        let Some(best) = own.min_by(|&a, &b| goal.compare(a, b)) else { return true };
        if reported < self.n_min_trials || count == 0 {
            return false;
        }
        let percentile = match goal {
            Goal::Minimize => self.percentile,
            Goal::Maximize => 100.0 - self.percentile,
        };
        goal.prefers(quantile(count, percentile / 100.0, neighbours), best)
    }
}

#[diagnostic::do_not_recommend]
impl Pruner for PercentilePruner {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let Some((step, _)) = self.checks.due(trial.reports()) else { return false };
        let complete = || trials.iter().filter(|other| other.objective().is_some());
        let reported: Vec<_> = complete().filter_map(|other| other.reported(step)).collect();
        let mut values: Vec<_> = reported.iter().copied().filter(|value| !value.is_nan()).collect();
        let counts = (complete().count(), reported.len(), values.len());
        self.decide(trial, goal, counts, |rank| neighbours(&mut values, rank))
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        let Some((step, _)) = self.checks.due(trial.reports()) else { return false };
        self.kept.update(compared);
        let values = self.kept.values.at(step);
        let count = values.count(|value| !value.is_nan());
        let neighbours = |rank: usize| {
            let next = (rank + 1).min(count - 1);
            (values.nth(rank), values.nth(next))
        };
        self.decide(trial, goal, (self.kept.complete, values.len(), count), neighbours)
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

impl Kept {
    /// Reads what is new among the trials.
    fn update(&mut self, compared: Compared<'_>) {
        if !self.closed.continues(compared) {
            *self = Self::default();
        }
        let Self { closed, complete, values } = self;
        closed.read(compared, |trial| {
            if trial.objective().is_some() {
                *complete += 1;
                trial.reports().iter().for_each(|&(step, value)| values.insert(step, value));
            }
        });
    }
}

/// Returns the number with `rank` among `values`, which are not NaN, and the next larger one, if there is one.
fn neighbours(values: &mut [f64], rank: usize) -> (f64, f64) {
    let (_, &mut low, above) = values.select_nth_unstable_by(rank, f64::total_cmp);
    (low, above.iter().copied().min_by(f64::total_cmp).unwrap_or(low))
}

/// Returns the `q`-quantile of `count` numbers, at least one: linear between order statistics, as in `NumPy`.
fn quantile(count: usize, q: f64, neighbours: impl FnOnce(usize) -> (f64, f64)) -> f64 {
    let place = (count - 1) as f64 * q;
    let below = (place.floor() as usize).min(count - 1);
    let weight = place - below as f64;
    let (low, high) = neighbours(below);
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
    use super::neighbours;

    fn quantile(values: &mut [f64], q: f64) -> f64 {
        super::quantile(values.len(), q, |rank| neighbours(values, rank))
    }

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
