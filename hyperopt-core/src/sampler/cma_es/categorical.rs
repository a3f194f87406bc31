//! The probabilities that levels without an order are drawn by, and their adaptation: Hamano et al., "`CatCMA`: Stochastic
//! Optimization for Mixed-Category Problems", GECCO 2024, arXiv 2405.09962, after Akimoto et al., "Adaptive Stochastic
//! Natural Gradient Method for One-Shot Neural Architecture Search", ICML 2019.

use super::coordinates::Unordered;

/// One probability for each level of each axis, independent along different axes; names as in the papers.
#[derive(Clone, Debug, Default)]
pub(super) struct Categorical {
    /// Where the probabilities of each axis start, and where those of the last end.
    starts: Vec<usize>,
    pub(super) probabilities: Vec<f64>,
    /// What no probability falls below, for each axis.
    least: Vec<f64>,
    path: Vec<f64>,
    gamma: f64,
    delta: f64,
    /// Δ, which the signal-to-noise ratio of the gradients adapts.
    patience: f64,
    gradient: Vec<f64>,
    natural: Vec<f64>,
}

/// α of the method: how much signal there has to be in the gradients for the rate to rise.
const SIGNAL: f64 = 1.5;

impl Categorical {
    pub(super) fn new(axes: &[Unordered]) -> Self {
        let mut starts = vec![0];
        let mut probabilities = Vec::new();
        // With these margins, 0.73 of the draws have the likeliest level along every axis in the end.
        let outside = 1.0 - 0.73_f64.powf(1.0 / axes.len() as f64);
        for axis in axes {
            probabilities.resize(probabilities.len() + axis.levels, 1.0 / axis.levels as f64);
            starts.push(probabilities.len());
        }
        let count = probabilities.len();
        Self {
            least: axes.iter().map(|axis| outside / (axis.levels as f64 - 1.0)).collect(),
            path: vec![0.0; count],
            gradient: vec![0.0; count],
            natural: vec![0.0; count],
            starts,
            probabilities,
            gamma: 0.0,
            delta: 1.0,
            patience: 1.0,
        }
    }

    /// New probabilities: how often each level is chosen, counting each of them once more.
    pub(super) fn fitted<'a>(&self, chosen: impl Iterator<Item = &'a [Option<usize>]>) -> Self {
        let mut fitted = Self { probabilities: vec![1.0; self.probabilities.len()], ..self.clone() };
        for levels in chosen {
            for (start, level) in self.starts.iter().zip(levels).filter_map(|(start, level)| Some((start, (*level)?))) {
                fitted.probabilities[start + level] += 1.0;
            }
        }
        for axis in 0..self.least.len() {
            let probabilities = &mut fitted.probabilities[self.starts[axis]..self.starts[axis + 1]];
            let sum: f64 = probabilities.iter().sum();
            for probability in probabilities.iter_mut() {
                *probability /= sum;
            }
        }
        fitted.keep_margin();
        fitted
    }

    fn range(&self, axis: usize) -> std::ops::Range<usize> {
        self.starts[axis]..self.starts[axis + 1]
    }

    /// Returns the level that a number between 0 and 1 selects.
    pub(super) fn level(&self, axis: usize, uniform: f64) -> usize {
        let probabilities = &self.probabilities[self.range(axis)];
        let mut left = uniform;
        for (level, probability) in probabilities.iter().enumerate() {
            left -= probability;
            if left < 0.0 {
                return level;
            }
        }
        probabilities.len() - 1
    }

    /// One generation: the levels of the better trials with their weights, axis after axis; `None` where an axis was inactive.
    pub(super) fn update<'a>(&mut self, better: impl Iterator<Item = (f64, &'a [Option<usize>])>) {
        if self.least.is_empty() {
            return;
        }
        self.gradient.fill(0.0);
        for (weight, levels) in better {
            for (axis, level) in levels.iter().enumerate().filter_map(|(axis, level)| Some((axis, (*level)?))) {
                let range = self.range(axis);
                self.gradient[range.start + level] += weight;
                for (gradient, probability) in self.gradient[range.clone()].iter_mut().zip(&self.probabilities[range]) {
                    *gradient -= weight * probability;
                }
            }
        }
        // The root of the Fisher information times the gradient; the last level of each axis follows from the others.
        self.natural.fill(0.0);
        for axis in 0..self.least.len() {
            let range = self.range(axis);
            let (last, others) = (range.end - 1, range.start..range.end - 1);
            let sum: f64 = self.gradient[others.clone()].iter().sum();
            let rest = self.probabilities[last];
            for index in others {
                let root = self.probabilities[index].sqrt();
                self.natural[index] = self.gradient[index] / root + root * sum / (rest + rest.sqrt());
            }
        }
        let length = self.natural.iter().map(|number| number * number).sum::<f64>().sqrt() + 1e-30;
        for (probability, gradient) in self.probabilities.iter_mut().zip(&self.gradient) {
            *probability += self.delta / length * gradient;
        }
        self.delta = 1.0 / self.patience;
        let free = (self.probabilities.len() - self.least.len()) as f64;
        let beta = (self.delta / free.sqrt()).min(1.0);
        let rate = (beta * (2.0 - beta)).sqrt();
        for (path, natural) in self.path.iter_mut().zip(&self.natural) {
            *path = (1.0 - beta) * *path + rate * natural / length;
        }
        self.gamma = (1.0 - beta).powi(2) * self.gamma + beta * (2.0 - beta);
        let square: f64 = self.path.iter().map(|number| number * number).sum();
        self.patience *= (beta * (self.gamma - square / SIGNAL)).exp();
        self.keep_margin();
    }

    /// Raises probabilities to the least one, at the cost of what the others have above it.
    fn keep_margin(&mut self) {
        for axis in 0..self.least.len() {
            let (range, least) = (self.range(axis), self.least[axis]);
            let probabilities = &mut self.probabilities[range];
            for probability in probabilities.iter_mut() {
                *probability = probability.max(least);
            }
            let sum: f64 = probabilities.iter().sum();
            let share = (sum - 1.0) / (sum - least * probabilities.len() as f64);
            for probability in probabilities.iter_mut() {
                *probability -= share * (*probability - least);
            }
        }
    }
}
