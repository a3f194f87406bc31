//! What a single-fidelity problem is.

use hyperopt::{Error, Sampler};

use crate::random::SplitMix;
use crate::space::Axis;

/// The function to minimise.
pub type Objective = Box<dyn Fn(&[f64]) -> f64>;

/// A sweep that a sampler of hyperopt is to run.
pub struct Sweep<'a> {
    pub sampler: Box<dyn Sampler>,
    pub seed: u64,
    pub trials: usize,
    /// The number of trials that are asked for before any of them is told; 1 for one at a time.
    pub batch: usize,
    /// The function that is called with every point.
    pub f: &'a mut dyn FnMut(&[f64]) -> f64,
}

/// A space, and a function on it for each seed.
#[derive(Clone, Copy)]
pub struct Problem {
    pub name: &'static str,
    /// The space of a seed; most problems have one for all.
    pub axes: fn(seed: u64) -> Vec<Axis>,
    pub instance: fn(seed: u64) -> Instance,
    /// Runs a sweep over the same space as `hyperopt!` has it; returns the error that ended it.
    pub sweep: fn(Sweep) -> Option<Error>,
    pub is_continuous: bool,
}

/// Draws what an evaluation of a point shows.
pub type Draw = Box<dyn Fn(&[f64], &mut SplitMix) -> f64>;

/// What a method sees instead of the value of the function.
pub enum Noise {
    /// The value itself.
    None,
    /// The value and a normal number with this standard deviation.
    Normal(f64),
    /// A value that is drawn for the point.
    Drawn(Draw),
}

/// A problem with its optimum at the place that belongs to a seed.
pub struct Instance {
    /// The function without noise.
    pub objective: Objective,
    pub noise: Noise,
    /// The smallest value.
    pub optimum: f64,
    /// The point with the smallest value.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests go there"))]
    pub minimiser: Vec<f64>,
}

#[cfg(test)]
impl Instance {
    /// Returns the difference to the optimum, at least 0 in spite of rounding.
    pub fn regret(&self, point: &[f64]) -> f64 {
        ((self.objective)(point) - self.optimum).max(0.0)
    }
}

/// Runs a sweep over a space written once: `{hyperparameters of hyperopt!}`, their names, and the point that they make up.
macro_rules! swept {
    ($sweep:expr, {$($space:tt)*}, [$($name:ident),* $(,)?], $point:expr) => {{
        let $crate::problem::Sweep { sampler, seed, trials, batch, f } = $sweep;
        if batch == 1 {
            let ho = hyperopt!(
                sampler = sampler,
                seed = seed,
                $($space)*
                for _ in 0..trials {
                    f(&$point)
                }
            );
            return ho.error().cloned();
        }
        let mut ho = hyperopt!(sampler = sampler, seed = seed, $($space)*);
        let mut left = trials;
        while left > 0 {
            let mut asked = Vec::new();
            for _ in 0..batch.min(left) {
                match ho.ask() {
                    Ok(trial) => asked.push(trial),
                    Err(error) if asked.is_empty() => return Some(error),
                    // No more until some of these are told: a generation is complete.
                    Err(_) => break,
                }
            }
            left -= asked.len();
            for (ticket, params) in asked {
                $(let $name = params.$name;)*
                if let Err(error) = ho.tell(ticket, f(&$point)) {
                    return Some(error);
                }
            }
        }
        None
    }};
}

pub(crate) use swept;
