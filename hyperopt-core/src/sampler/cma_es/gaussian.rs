//! The normal distribution that ordered and continuous axes are drawn from, and its adaptation.

use nalgebra::{DMatrix, SymmetricEigen};

use super::bounds::Folding;
use super::parameters::Parameters;

/// A normal distribution over the line along each axis, of mean m and covariance σ² A C A; names as in the tutorial.
///
/// The matrix A is diagonal, 1 along continuous axes: it widens the others where the margin asks for it. Matrices lie row by
/// row; of `covariance` only the lower triangle is kept up to date.
#[derive(Clone, Debug, Default)]
pub(super) struct Gaussian {
    pub(super) mean: Vec<f64>,
    pub(super) sigma: f64,
    pub(super) widening: Vec<f64>,
    pub(super) covariance: Vec<f64>,
    pub(super) path_sigma: Vec<f64>,
    pub(super) path_c: Vec<f64>,
    pub(super) generation: u64,
    /// The eigenvectors of C as columns, and the square roots of its eigenvalues.
    pub(super) basis: Vec<f64>,
    pub(super) scales: Vec<f64>,
    /// `basis` with its columns times `scales`.
    root: Vec<f64>,
    decomposed: u64,
    chi: f64,
    step: Vec<f64>,
    direction: Vec<f64>,
}

/// The trials of a generation, from one array each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members<'a> {
    /// y, from N(0, C).
    pub(super) steps: &'a [f64],
    /// z with y = B D z, from N(0, 1).
    pub(super) directions: &'a [f64],
    /// y, but 0 along axes that were inactive.
    pub(super) moves: &'a [f64],
    /// Rows from the best to the worst.
    pub(super) order: &'a [usize],
    /// How many have an objective. The others are only moved away from, however few these are.
    pub(super) finite: usize,
}

impl Gaussian {
    pub(super) fn new(mean: Vec<f64>, sigma: f64) -> Self {
        let n = mean.len();
        let dimensions = n as f64;
        let identity: Vec<_> = (0..n * n).map(|cell| if cell / n == cell % n { 1.0 } else { 0.0 }).collect();
        Self {
            sigma,
            widening: vec![1.0; n],
            path_sigma: vec![0.0; n],
            path_c: vec![0.0; n],
            generation: 0,
            basis: identity.clone(),
            root: identity.clone(),
            covariance: identity,
            scales: vec![1.0; n],
            decomposed: 0,
            chi: dimensions.sqrt() * (1.0 - 1.0 / (4.0 * dimensions) + 1.0 / (21.0 * dimensions * dimensions)),
            step: vec![0.0; n],
            direction: vec![0.0; n],
            mean,
        }
    }

    /// Returns the distribution of a mean and a covariance matrix, with σ² the geometric mean of its eigenvalues.
    pub(super) fn of(mean: Vec<f64>, covariance: Vec<f64>) -> Self {
        let mut gaussian = Self::new(mean, 1.0);
        gaussian.covariance = covariance;
        gaussian.decompose();
        let n = gaussian.dimensions().max(1) as f64;
        gaussian.sigma = (gaussian.scales.iter().map(|scale| scale.ln()).sum::<f64>() / n).exp();
        let square = gaussian.sigma * gaussian.sigma;
        gaussian.covariance.iter_mut().for_each(|cell| *cell /= square);
        gaussian.decompose();
        gaussian
    }

    pub(super) fn dimensions(&self) -> usize {
        self.mean.len()
    }

    /// Returns the deviation along an axis.
    pub(super) fn deviation(&self, axis: usize) -> f64 {
        let n = self.dimensions();
        self.sigma * self.widening[axis] * self.covariance[axis * n + axis].sqrt()
    }

    /// y = B D z.
    pub(super) fn step(&self, direction: &[f64], step: &mut [f64]) {
        let n = self.dimensions().max(1);
        for (y, row) in step.iter_mut().zip(self.root.chunks_exact(n)) {
            *y = dot(row, direction);
        }
    }

    /// m + σ A y along one axis.
    pub(super) fn at(&self, axis: usize, y: f64) -> f64 {
        self.mean[axis] + self.sigma * self.widening[axis] * y
    }

    /// Returns the y of a number along one axis.
    pub(super) fn step_to(&self, axis: usize, x: f64) -> f64 {
        (x - self.mean[axis]) / (self.sigma * self.widening[axis])
    }

    /// z = D⁻¹ Bᵀ y of a step that was not drawn here, shortened if it is unlikely long: Hansen, "Injecting External
    /// Solutions Into CMA-ES", arXiv 1110.4181, section 3.
    pub(super) fn inject(&self, step: &mut [f64], direction: &mut [f64]) {
        let n = self.dimensions();
        direction.fill(0.0);
        for (y, row) in step.iter().zip(self.basis.chunks_exact(n.max(1))) {
            direction.iter_mut().zip(row).for_each(|(z, b)| *z += b * y);
        }
        direction.iter_mut().zip(&self.scales).for_each(|(z, scale)| *z /= scale);
        let (length, n) = (dot(direction, direction).sqrt(), n as f64);
        let factor = ((n.sqrt() + 2.0 * n / (n + 2.0)) / length).min(1.0);
        if factor < 1.0 {
            step.iter_mut().chain(direction).for_each(|number| *number *= factor);
        }
    }

    /// One generation: equations 39 to 47 of the tutorial.
    pub(super) fn update(&mut self, generation: Members<'_>, parameters: &Parameters) {
        let n = self.dimensions();
        self.generation += 1;
        if n == 0 {
            return;
        }
        let Parameters { mu, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, .. } = *parameters;
        let weight = |(rank, &weight): (usize, &f64)| if rank < generation.finite { weight } else { weight.min(0.0) };
        let weights = || parameters.weights.iter().enumerate().map(weight);
        let weighted = || weights().zip(generation.order.iter().map(|row| row * n));
        self.step.fill(0.0);
        self.direction.fill(0.0);
        for (weight, start) in weighted().take(mu) {
            add(&mut self.step, weight, &generation.steps[start..start + n]);
            add(&mut self.direction, weight, &generation.directions[start..start + n]);
            for ((mean, widening), y) in
                self.mean.iter_mut().zip(&self.widening).zip(&generation.moves[start..start + n])
            {
                *mean += self.sigma * widening * weight * y;
            }
        }
        let rate = (c_sigma * (2.0 - c_sigma) * mu_eff).sqrt();
        for (path, row) in self.path_sigma.iter_mut().zip(self.basis.chunks_exact(n)) {
            *path = (1.0 - c_sigma) * *path + rate * dot(row, &self.direction);
        }
        let length = dot(&self.path_sigma, &self.path_sigma).sqrt();
        let started = 1.0 - (1.0 - c_sigma).powf(2.0 * self.generation as f64);
        let is_short = length / started.sqrt() < (1.4 + 2.0 / (n as f64 + 1.0)) * self.chi;
        self.sigma *= (c_sigma / d_sigma * (length / self.chi - 1.0)).exp();

        let rate = if is_short { (c_c * (2.0 - c_c) * mu_eff).sqrt() } else { 0.0 };
        for (path, y) in self.path_c.iter_mut().zip(&self.step) {
            *path = (1.0 - c_c) * *path + rate * y;
        }
        let stalled = if is_short { 0.0 } else { c_1 * c_c * (2.0 - c_c) };
        let kept = 1.0 + stalled - c_1 - c_mu * weights().sum::<f64>();
        self.covariance.iter_mut().for_each(|cell| *cell *= kept);
        add_square(&mut self.covariance, c_1, &self.path_c);
        for (weight, start) in weighted() {
            let step = &generation.steps[start..start + n];
            let direction = &generation.directions[start..start + n];
            let shrunk = if weight < 0.0 { n as f64 / dot(direction, direction).max(f64::MIN_POSITIVE) } else { 1.0 };
            add_square(&mut self.covariance, c_mu * weight * shrunk, step);
        }
        if self.generation >= self.decomposed + parameters.lag {
            self.decompose();
        }
    }

    /// Brings B and D up to C. Eigenvalues that rounding has made too small are raised.
    pub(super) fn decompose(&mut self) {
        let n = self.dimensions();
        self.decomposed = self.generation;
        if n == 0 {
            return;
        }
        let cell = |row: usize, column: usize| self.covariance[row.max(column) * n + row.min(column)];
        let matrix = DMatrix::from_fn(n, n, cell);
        if matrix.iter().any(|cell| !cell.is_finite()) {
            self.sigma = f64::NAN;
            return;
        }
        let SymmetricEigen { eigenvectors, eigenvalues } = SymmetricEigen::new(matrix);
        let least = eigenvalues.max() * 1e-20;
        for (column, eigenvalue) in eigenvalues.iter().enumerate() {
            let scale = eigenvalue.max(least).sqrt();
            self.scales[column] = scale;
            for row in 0..n {
                self.basis[row * n + column] = eigenvectors[(row, column)];
                self.root[row * n + column] = eigenvectors[(row, column)] * scale;
            }
        }
    }

    /// Keeps the deviation along an axis within its whole width: beyond that, all of it is drawn evenly already.
    pub(super) fn limit(&mut self) {
        let widest = (0..self.dimensions()).map(|axis| self.deviation(axis) / self.widening[axis]).fold(0.0, f64::max);
        if widest > 1.0 {
            self.sigma /= widest;
        }
    }

    /// Where the mean has left the [folded](Folding) axis, brings it back; where it comes back mirrored, turns all into the
    /// mirror image, which draws the same units.
    pub(super) fn fold(&mut self, axis: usize) {
        let n = self.dimensions();
        let (home, is_mirrored) = Folding::of(self.deviation(axis)).home(self.mean[axis]);
        self.mean[axis] = home;
        if is_mirrored {
            self.path_sigma[axis] = -self.path_sigma[axis];
            self.path_c[axis] = -self.path_c[axis];
            for other in (0..n).filter(|&other| other != axis) {
                let cell = axis.max(other) * n + axis.min(other);
                self.covariance[cell] = -self.covariance[cell];
            }
            for matrix in [&mut self.basis, &mut self.root] {
                matrix[axis * n..(axis + 1) * n].iter_mut().for_each(|cell| *cell = -*cell);
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(sum: &mut [f64], weight: f64, terms: &[f64]) {
    sum.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
}

/// Adds a multiple of x xᵀ to the lower triangle.
fn add_square(matrix: &mut [f64], weight: f64, x: &[f64]) {
    for (index, row) in matrix.chunks_exact_mut(x.len()).enumerate() {
        add(&mut row[..=index], weight * x[index], &x[..=index]);
    }
}
