//! How likely parameters of the kernel are: the marginal likelihood of the observations times a prior, and its gradient
//! (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, section 5.4.1).

use std::f64::consts::SQRT_2;

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::kernel::{Column, matern};
use crate::sampler::toolkit::{Lbfgs, Limits};

/// The least and the largest logarithms of the length scales: 0.025 as in `BoTorch`, and 10. No dimension is taken to matter so
/// little that it is never looked along again: what seems not to matter among bad trials may well do so among good ones.
const LENGTHS: (f64, f64) = (-3.7, 2.3);
/// Those of the signal's and of the noise's variance. The factor of the covariance stands as little noise as 10⁻⁸.
const SIGNALS: (f64, f64) = (-4.6, 6.9);
const NOISES: (f64, f64) = (-18.4, 0.7);
/// Each evaluation takes the cube of the number of observations.
const LIMITS: Limits = Limits { evaluations: 40, gradient: 1e-3, decrease: 1e-4 };

/// The observations as the likelihood needs them, and room to work in.
#[derive(Clone, Debug, Default)]
pub(super) struct Likelihood {
    count: usize,
    targets: DVector<f64>,
    /// For each dimension, the squared distances of all pairs: (1, 0), (2, 0), (2, 1), …
    squares: Vec<Vec<f64>>,
    /// For each pair, its scaled squared distance, and then what its share of the gradient is multiplied by.
    scaled: Vec<f64>,
    covariance: DMatrix<f64>,
    /// L⁻¹ on and below the diagonal, K⁻¹ = L⁻ᵀ L⁻¹ above it.
    inverse: DMatrix<f64>,
    /// The diagonal of K⁻¹.
    diagonal: Vec<f64>,
    lbfgs: Lbfgs,
}

impl Likelihood {
    /// Takes the observations over: rows of one number for each column, and a target for each row.
    pub(super) fn observe(&mut self, rows: &[f64], columns: &[Column], dimensions: usize, targets: &[f64]) {
        self.count = targets.len();
        self.targets = DVector::from_column_slice(targets);
        let pairs = self.count * self.count.saturating_sub(1) / 2;
        self.squares.resize(dimensions, Vec::new());
        for squares in &mut self.squares {
            squares.clear();
            squares.resize(pairs, 0.0);
        }
        let d = columns.len();
        for (index, column) in columns.iter().enumerate() {
            let mut squares = self.squares[column.dimension].iter_mut();
            for i in 1..self.count {
                for (j, square) in (0..i).zip(squares.by_ref()) {
                    *square += column.square(rows[i * d + index], rows[j * d + index]);
                }
            }
        }
        self.scaled.resize(pairs, 0.0);
        self.diagonal.resize(self.count, 0.0);
        if self.covariance.nrows() != self.count {
            self.covariance = DMatrix::zeros(self.count, self.count);
            self.inverse = DMatrix::zeros(self.count, self.count);
        }
    }

    /// Returns the most probable parameters, as logarithms: downhill from the better of two starts.
    pub(super) fn fit(&mut self, starts: [&[f64]; 2]) -> Vec<f64> {
        let mut gradient = vec![0.0; starts[0].len()];
        let [first, second] = starts.map(|start| self.cost(start, &mut gradient));
        let mut best = if second < first { starts[1] } else { starts[0] }.to_vec();
        let bounds: Vec<_> = std::iter::repeat_n(LENGTHS, best.len() - 2).chain([SIGNALS, NOISES]).collect();
        let mut lbfgs = std::mem::take(&mut self.lbfgs);
        lbfgs.minimise(&mut best, &bounds, LIMITS, |at, gradient| self.cost(at, gradient));
        self.lbfgs = lbfgs;
        best
    }

    /// Minus the logarithm of the posterior density of parameters, but for a constant, and its gradient. Infinite where the
    /// covariance has no Cholesky factor.
    pub(super) fn cost(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let (n, d) = (self.count, self.squares.len());
        let (signal, noise) = (parameters[d].exp(), parameters[d + 1].exp());
        self.scaled.fill(0.0);
        for (squares, log) in self.squares.iter().zip(parameters) {
            let weight = (-2.0 * log).exp();
            self.scaled.iter_mut().zip(squares).for_each(|(sum, square)| *sum += weight * square);
        }
        let mut covariance = std::mem::take(&mut self.covariance);
        let mut pairs = self.scaled.iter_mut();
        for i in 0..n {
            for (j, scaled) in (0..i).zip(pairs.by_ref()) {
                let (value, slope) = matern(*scaled);
                covariance[(i, j)] = signal * value;
                *scaled = signal * slope;
            }
            covariance[(i, i)] = signal + noise;
        }
        // The copy above the diagonal is needed no more by then: Cholesky's algorithm reads below it.
        let Some(factor) = Cholesky::new(covariance) else {
            self.covariance = DMatrix::zeros(n, n);
            gradient.fill(0.0);
            return f64::INFINITY;
        };
        let weights = factor.solve(&self.targets);
        let determinant: f64 = factor.l_dirty().diagonal().iter().map(|entry| entry.ln()).sum();
        let mut cost = 0.5 * self.targets.dot(&weights) + determinant;
        self.invert(&factor);
        // For each pair, its entry of K⁻¹ − ααᵀ times minus twice the derivative of the covariance by the scaled square.
        let mut pairs = self.scaled.iter_mut();
        for i in 0..n {
            for (j, slope) in (0..i).zip(pairs.by_ref()) {
                *slope *= self.inverse[(j, i)] - weights[i] * weights[j];
            }
        }
        for ((squares, log), slope) in self.squares.iter().zip(parameters).zip(gradient.iter_mut()) {
            // Of either triangle, half is due to the logarithm of the determinant.
            let sum: f64 = self.scaled.iter().zip(squares).map(|(share, square)| share * square).sum();
            *slope = (-2.0 * log).exp() * sum;
        }
        let trace = self.diagonal.iter().sum::<f64>() - weights.norm_squared();
        // The trace of (K⁻¹ − ααᵀ) K is n − yᵀα, and K is the signal's part and the noise's.
        gradient[d] = 0.5 * (n as f64 - self.targets.dot(&weights) - noise * trace);
        gradient[d + 1] = 0.5 * noise * trace;
        self.covariance = factor.unpack_dirty();
        cost += prior(parameters, gradient);
        cost
    }

    /// K⁻¹ from the triangle L of K = L Lᵀ.
    fn invert(&mut self, factor: &Cholesky<f64, Dyn>) {
        let (n, l, inverse) = (self.count, factor.l_dirty(), &mut self.inverse);
        for j in 0..n {
            let mut column = inverse.view_mut((j, j), (n - j, 1));
            column.fill(0.0);
            column[0] = 1.0;
            l.view((j, j), (n - j, n - j)).solve_lower_triangular_mut(&mut column);
        }
        for j in 0..n {
            for i in 0..=j {
                let entry = inverse.view((j, i), (n - j, 1)).dot(&inverse.view((j, j), (n - j, 1)));
                if i == j {
                    self.diagonal[i] = entry;
                } else {
                    inverse[(i, j)] = entry;
                }
            }
        }
    }
}

/// Returns the parameters that are most probable before anything is observed, as logarithms; of the noise, a little more.
pub(super) fn likeliest(dimensions: usize) -> Vec<f64> {
    std::iter::repeat_n(length_prior(dimensions) - LENGTH_VARIANCE, dimensions).chain([0.0, -5.0]).collect()
}

/// Returns the location of the prior of length scales, lognormal with this variance.
fn length_prior(dimensions: usize) -> f64 {
    SQRT_2 + 0.5 * (dimensions as f64).ln()
}
const LENGTH_VARIANCE: f64 = 3.0;

/// Minus the logarithm of the prior density, but for a constant; adds its gradient by the logarithms.
///
/// - Length scales: lognormal, growing with the root of the number of dimensions (Hvarfner, Hellsten and Nardi, "Vanilla Bayesian
///   Optimization Performs Great in High Dimensions", ICML 2024).
/// - Signal: gamma of shape 2 and rate 0.15, as in `BoTorch`.
/// - Noise: gamma of shape 1.1 and rate 30, as in Optuna: little noise is likelier than much, and none is not ruled out.
fn prior(parameters: &[f64], gradient: &mut [f64]) -> f64 {
    let d = parameters.len() - 2;
    let location = length_prior(d);
    let mut cost = 0.0;
    for (&log, slope) in parameters.iter().zip(gradient.iter_mut()).take(d) {
        cost += (log - location) * (log - location) / (2.0 * LENGTH_VARIANCE) + log;
        *slope += (log - location) / LENGTH_VARIANCE + 1.0;
    }
    for (index, shape, rate) in [(d, 2.0, 0.15), (d + 1, 1.1, 30.0)] {
        let variance = parameters[index].exp();
        cost += rate * variance - (shape - 1.0) * parameters[index];
        gradient[index] += rate * variance - (shape - 1.0);
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three dimensions, the second of two columns and the third without an order, and eight observations.
    fn likelihood() -> Likelihood {
        let column = |dimension, is_categorical| {
            let apart = if is_categorical { 0.25 } else { 1.0 };
            Column { dimension, is_categorical, apart }
        };
        let columns = [column(0, false), column(1, false), column(1, false), column(2, true)];
        let number = |k: usize| (k as f64 * 0.754_877_666).fract();
        let rows = (0..8).flat_map(|i| [number(i), number(3 * i + 1), (i % 2) as f64, (i % 3) as f64]);
        let targets: Vec<f64> = (0..8).map(|i| (5.0 * number(i)).sin() + (i % 3) as f64 - 1.0).collect();
        let mut likelihood = Likelihood::default();
        likelihood.observe(&rows.collect::<Vec<_>>(), &columns, 3, &targets);
        likelihood
    }

    const AT: [[f64; 5]; 3] = [[-1.0, 0.2, 0.7, 0.3, -3.0], [0.5, -0.7, -1.5, 2.0, -9.0], [-3.0, 1.9, 0.0, -2.0, 0.1]];

    #[test]
    fn gradient_is_that_of_finite_differences() {
        let mut likelihood = likelihood();
        for at in AT {
            let mut gradient = [0.0; 5];
            likelihood.cost(&at, &mut gradient);
            for index in 0..5 {
                let mut cost = |step: f64| {
                    let mut moved = at;
                    moved[index] += step;
                    likelihood.cost(&moved, &mut [0.0; 5])
                };
                let difference = (8.0 * (cost(1e-3) - cost(-1e-3)) - (cost(2e-3) - cost(-2e-3))) / 12e-3;
                let apart = (gradient[index] - difference).abs() / (1.0 + difference.abs());
                assert!(apart < 1e-6, "{} for {difference} by parameter {index} at {at:?}", gradient[index]);
            }
        }
    }

    /// The density of a multivariate normal distribution written out with a determinant and an inverse, and the priors.
    #[test]
    fn cost_is_the_formula() {
        let mut likelihood = likelihood();
        for at in AT {
            let n = 8;
            let mut covariance = DMatrix::zeros(n, n);
            let mut pair = 0;
            for i in 0..n {
                covariance[(i, i)] = at[3].exp() + at[4].exp();
                for j in 0..i {
                    let weighted = (0..3).map(|d| likelihood.squares[d][pair] / at[d].exp().powi(2));
                    let r = (5.0 * weighted.sum::<f64>()).sqrt();
                    let value = at[3].exp() * (1.0 + r + r * r / 3.0) * (-r).exp();
                    covariance[(i, j)] = value;
                    covariance[(j, i)] = value;
                    pair += 1;
                }
            }
            let inverse = covariance.clone().try_inverse().unwrap();
            let targets = &likelihood.targets;
            let fit = 0.5 * (targets.transpose() * inverse * targets)[0] + 0.5 * covariance.determinant().ln();
            let prior = prior(&at, &mut [0.0; 5]);
            let found = likelihood.cost(&at, &mut [0.0; 5]);
            assert!((found - fit - prior).abs() < 1e-6 * found.abs(), "{found} for {}", fit + prior);
        }
    }

    #[test]
    fn a_fit_ends_where_it_is_likelier_than_at_both_starts() {
        let mut likelihood = likelihood();
        let starts = [&AT[0][..], &likeliest(3)];
        let costs = starts.map(|start| likelihood.cost(start, &mut [0.0; 5]));
        let fitted = likelihood.fit(starts);
        let mut gradient = [0.0; 5];
        assert!(likelihood.cost(&fitted, &mut gradient) < costs[0].min(costs[1]));
        for (index, (at, slope)) in fitted.iter().zip(gradient).enumerate() {
            let (lower, upper) = [LENGTHS, LENGTHS, LENGTHS, SIGNALS, NOISES][index];
            let held = *at <= lower && slope > 0.0 || *at >= upper && slope < 0.0;
            assert!(held || slope.abs() < 0.05, "{slope} by parameter {index} at {fitted:?}");
        }
    }
}
