//! The pruner that keeps reported values within bounds.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::Pruner;
use crate::pruner::checks::Checks;
use crate::trial::Trial;

/// Prunes a trial when its last value leaves the limits, or is NaN.
///
/// It suits limits that no good trial ever passes: a loss that explodes, an accuracy below that of guessing. It works like
/// Optuna's `ThresholdPruner`, with the same options. At least one limit has to be set; otherwise the sweep ends with an error.
///
/// ```
/// use hyperopt_core::{RandomSampler, ThresholdPruner, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(ThresholdPruner::new().upper(10.0).n_warmup_steps(2));
/// ```
#[derive(Clone, Debug)]
pub struct ThresholdPruner {
    lower: Option<f64>,
    upper: Option<f64>,
    checks: Checks,
}

impl Default for ThresholdPruner {
    fn default() -> Self {
        Self::new()
    }
}

impl ThresholdPruner {
    /// Makes a pruner without limits, without warm-up, and with a check of every report.
    #[must_use]
    pub fn new() -> Self {
        Self { lower: None, upper: None, checks: Checks::default() }
    }

    /// Sets the smallest value with which a trial continues (default: no limit).
    #[must_use]
    pub fn lower(mut self, limit: f64) -> Self {
        self.lower = Some(limit);
        self
    }

    /// Sets the largest value with which a trial continues (default: no limit).
    #[must_use]
    pub fn upper(mut self, limit: f64) -> Self {
        self.upper = Some(limit);
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
}

#[diagnostic::do_not_recommend]
impl Pruner for ThresholdPruner {
    fn prune(&mut self, _: &[Trial], trial: &Trial, _: Goal) -> bool {
        self.checks.due(trial.reports()).is_some_and(|(_, value)| {
            value.is_nan()
                || self.lower.is_some_and(|lower| value < lower)
                || self.upper.is_some_and(|upper| value > upper)
        })
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        match (self.lower, self.upper) {
            (None, None) => return Err("there is no limit; set lower, upper, or both".into()),
            (Some(limit), _) if limit.is_nan() => return Err("lower is NaN; give a number".into()),
            (_, Some(limit)) if limit.is_nan() => return Err("upper is NaN; give a number".into()),
            (Some(lower), Some(upper)) if lower > upper => {
                return Err(format!("lower = {lower:?} is above upper = {upper:?}; swap them").into());
            }
            _ => {}
        }
        self.checks.check()
    }

    fn name(&self) -> &'static str {
        "ThresholdPruner"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
