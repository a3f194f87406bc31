//! The budgets of a loop, checked before rungs are made of them.

use std::error::Error;

use crate::scheduler::Workload;
use crate::scheduler::brackets::{Bracket, Schedule, brackets};

/// Largest number of rungs; more are taken for a mistake in the budgets.
const MOST_RUNGS: i32 = 64;

/// Budgets whose rungs can be built.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Span {
    min: f64,
    max: f64,
    integer: bool,
}

impl Span {
    /// Returns the budgets of `work` if they and `eta` are valid; for an invalid one, the error says what to write for
    /// `scheduler`.
    pub(super) fn new(scheduler: &str, eta: f64, work: Workload) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let Workload::Budgets { min, max, integer } = work else {
            return Err("needs budgets; write `for (resources, state) in 1.0..=81.0`".into());
        };
        if !(eta > 1.0 && eta.is_finite()) {
            return Err(format!("η = {eta} must be above 1; write `{scheduler}::new(3.0)`").into());
        }
        if !(min > 0.0 && max.is_finite()) {
            return Err(
                format!("budgets from {min:?} to {max:?}; write finite ones above 0, such as `1.0..=81.0`").into()
            );
        }
        if min > max {
            return Err(format!("budgets from {min:?} to {max:?} run backwards; write `{max:?}..={min:?}`").into());
        }
        if max / min > 1e9 {
            return Err(format!("budgets from {min:?} to {max:?} span more than 10^9; start higher").into());
        }
        if eta.powi(MOST_RUNGS) <= max / min {
            return Err(format!("η = {eta} makes too many rungs of budgets from {min:?} to {max:?}; write 3.0").into());
        }
        Ok(Self { min, max, integer })
    }

    /// Returns Hyperband's brackets over these budgets.
    pub(super) fn brackets(self, schedule: Schedule, eta: f64) -> Result<Vec<Bracket>, Box<dyn Error + Send + Sync>> {
        let Self { min, max, .. } = self;
        let brackets = brackets(schedule, eta, min, max);
        if brackets.iter().any(|bracket| bracket.configurations > 100_000_000) {
            let reason = format!("η = {eta} with budgets from {min:?} to {max:?} starts too many configurations");
            return Err(reason.into());
        }
        Ok(brackets)
    }

    /// Returns `resources` as a trial gets them: rounded for integer budgets.
    pub(super) fn round(self, resources: f64) -> f64 {
        if self.integer { resources.round().max(1.0) } else { resources }
    }
}
