//! The function that the solvers minimise: Rosenbrock's valley.

use argmin::core::{CostFunction, Error, Gradient, Problem};

/// Rosenbrock's valley in any number of dimensions: long, bent and flat; its lowest point is 0, where all coordinates are 1.
pub(crate) struct Valley;

impl Valley {
    /// Returns a starting point on the far side of the bend.
    pub(crate) fn start(dimensions: usize) -> Vec<f64> {
        [-1.2, 1.0].into_iter().cycle().take(dimensions).collect()
    }

    /// Returns the number of calls of the function in `dimensions`, which a gradient does twice along each axis.
    pub(crate) fn calls(problem: &Problem<Self>, dimensions: usize) -> u64 {
        let count = |what| problem.counts.get(what).copied().unwrap_or(0);
        count("cost_count") + 2 * dimensions as u64 * count("gradient_count")
    }
}

impl CostFunction for Valley {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, x: &Vec<f64>) -> Result<f64, Error> {
        Ok(x.windows(2).map(|x| 100.0 * (x[1] - x[0].powi(2)).powi(2) + (1.0 - x[0]).powi(2)).sum())
    }
}

impl Gradient for Valley {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    /// Computes the gradient by central differences, so that solvers with and without gradients are compared by calls alone.
    fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        const STEP: f64 = 1e-6;
        let mut at = x.clone();
        let slope = |axis: usize| {
            at[axis] = x[axis] + STEP;
            let above = self.cost(&at)?;
            at[axis] = x[axis] - STEP;
            let below = self.cost(&at)?;
            at[axis] = x[axis];
            Ok((above - below) / (2.0 * STEP))
        };
        (0..x.len()).map(slope).collect()
    }
}
