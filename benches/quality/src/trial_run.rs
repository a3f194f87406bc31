//! One run of one method on a single-fidelity problem: what it sees, and the regret of its incumbent.

use crate::problem::{Instance, Noise};
use crate::random::SplitMix;

/// The numbers of trials after which the regret is recorded.
pub const BUDGETS: [usize; 6] = [10, 25, 50, 100, 200, 1000];

/// The evaluations of a run so far.
pub struct TrialRun {
    instance: Instance,
    noise: SplitMix,
    /// The smallest value that the method has seen, and the regret of its point without noise.
    incumbent: (f64, f64),
    /// The regret of the incumbent after each evaluation.
    regrets: Vec<f64>,
}

impl TrialRun {
    /// Begins a run on an instance; runs with one seed meet the same noise, evaluation by evaluation.
    pub fn new(instance: Instance, seed: u64) -> Self {
        let noise = SplitMix::new("noise", seed);
        Self { instance, noise, incumbent: (f64::INFINITY, f64::INFINITY), regrets: Vec::new() }
    }

    /// Returns the value at a point, with noise if the problem has any.
    pub fn evaluate(&mut self, point: &[f64]) -> f64 {
        let exact = (self.instance.objective)(point);
        let value = match &self.instance.noise {
            Noise::None => exact,
            Noise::Normal(deviation) => exact + deviation * self.noise.normal(),
            Noise::Drawn(draw) => draw(point, &mut self.noise),
        };
        if value < self.incumbent.0 {
            self.incumbent = (value, (exact - self.instance.optimum).max(0.0));
        }
        self.regrets.push(self.incumbent.1);
        value
    }

    /// Returns the number of evaluations.
    pub fn told(&self) -> usize {
        self.regrets.len()
    }

    /// Returns the regret of the incumbent at each of the budgets that was reached.
    pub fn points(&self) -> Vec<(f64, f64)> {
        self.after(BUDGETS)
    }

    /// Returns the regret of the incumbent at the budgets, and after every eighth trial up to 200: what batches are compared with.
    pub fn fine_points(&self) -> Vec<(f64, f64)> {
        let mut numbers: Vec<usize> = (1..=25).map(|count| 8 * count).chain(BUDGETS).collect();
        numbers.sort_unstable();
        numbers.dedup();
        self.after(numbers)
    }

    /// Returns the regret of the incumbent after each whole batch.
    pub fn points_in_batches(&self, batch: usize) -> Vec<(f64, f64)> {
        self.after((1..=self.told() / batch).map(|count| count * batch))
    }

    fn after(&self, numbers: impl IntoIterator<Item = usize>) -> Vec<(f64, f64)> {
        let regret = |number: usize| Some((number as f64, *self.regrets.get(number.checked_sub(1)?)?));
        numbers.into_iter().filter_map(regret).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise decides which point is the incumbent, and the regret is that of the function without it.
    #[test]
    fn regret_is_without_noise() {
        let instance = |noise| Instance { objective: Box::new(|x| x[0]), noise, optimum: -1.0, minimiser: vec![-1.0] };
        let mut exact = TrialRun::new(instance(Noise::None), 0);
        let mut noisy = TrialRun::new(instance(Noise::Normal(10.0)), 0);
        for told in 0..10 {
            let x = [f64::from(told % 5)];
            assert_eq!(exact.evaluate(&x), x[0]);
            assert_ne!(noisy.evaluate(&x), x[0]);
        }
        assert_eq!(exact.points(), [(10.0, 1.0)]);
        let regret = noisy.points()[0].1;
        assert!(regret == regret.round() && regret > 1.0, "{regret}");
    }
}
