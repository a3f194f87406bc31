//! Objectives as losses: numbers to be minimised, whatever the goal.

use crate::history::{Goal, pareto};
use crate::trial::Trial;

/// Returns the loss of a complete trial, its first objective; `None` for a trial in any other state.
pub(crate) fn loss(trial: &Trial, goal: Goal) -> Option<f64> {
    trial.objective().map(|objective| pareto::loss(objective, goal))
}
