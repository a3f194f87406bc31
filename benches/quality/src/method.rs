//! What a method is: a sampler or a scheduler under the name of its results.

use crate::budgeted::{BudgetedProblem, BudgetedRun};
use crate::problem::Problem;

/// What ends the name of a method whose trials were run in batches.
pub const IN_BATCHES: &str = " in batches of ";

/// Runs trials of a problem: its seed, their number, and the function that is called with every point.
pub type Trials = fn(&Problem, u64, usize, &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String>;

/// The same in batches, of the number before the function: all of a batch are asked for before any is told.
pub type Batches = fn(&Problem, u64, usize, usize, &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String>;

/// A method of single-fidelity search.
pub struct Method {
    pub name: &'static str,
    pub version: &'static str,
    /// The largest number of trials, for the sake of time; larger budgets are left out.
    pub most: usize,
    /// Whether it plans for the number of trials: each budget is then a sweep of its own.
    pub plans: bool,
    /// Runs trials; the error says why it cannot.
    pub run: Trials,
    /// Runs trials in batches, if it can.
    pub in_batches: Option<Batches>,
}

/// A method for problems with budgets.
pub struct Scheduler {
    pub name: &'static str,
    pub version: &'static str,
    /// Runs configurations until the last checkpoint; the error says why it cannot.
    pub run: fn(&BudgetedProblem, u64, &mut BudgetedRun) -> Result<(), String>,
}
