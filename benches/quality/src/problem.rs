//! What a single-fidelity problem is.

use hyperopt::{Error, Sampler};

use crate::space::Axis;

/// The function to minimise.
pub type Objective = Box<dyn Fn(&[f64]) -> f64>;

/// Runs one sweep by a sampler of hyperopt: its seed, its number of trials, and the function that is called with every point.
pub type Sweep = fn(Box<dyn Sampler>, u64, usize, &mut dyn FnMut(&[f64]) -> f64) -> Option<Error>;

/// A space, and a function on it for each seed.
#[derive(Clone, Copy)]
pub struct Problem {
    pub name: &'static str,
    pub axes: fn() -> Vec<Axis>,
    pub instance: fn(seed: u64) -> Instance,
    /// The same space as `hyperopt!` has it.
    pub sweep: Sweep,
    pub is_continuous: bool,
}

/// A problem with its optimum at the place that belongs to a seed.
pub struct Instance {
    pub objective: Objective,
    /// The smallest value.
    pub optimum: f64,
    /// The point with the smallest value.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests go there"))]
    pub minimiser: Vec<f64>,
}

impl Instance {
    /// Returns the difference to the optimum, at least 0 in spite of rounding.
    pub fn regret(&self, point: &[f64]) -> f64 {
        ((self.objective)(point) - self.optimum).max(0.0)
    }
}
