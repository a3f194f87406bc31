//! The process given observations: its mean and variance anywhere, and their gradients (Rasmussen and Williams 2006,
//! algorithm 2.1). The Cholesky factor grows by a row for each observation, and shrinks again.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::kernel::{Column, Kernel, matern};

/// A Gaussian process over columns of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Process {
    columns: Vec<Column>,
    kernel: Kernel,
    /// 1 / ℓ² for each column.
    weights: Vec<f64>,
    /// The rows by column: all numbers of one column side by side.
    values: Vec<Vec<f64>>,
    /// The factor L of the covariance of the rows, in the corner of a matrix with room for more.
    factor: DMatrix<f64>,
    count: usize,
    /// The inverse of the covariance times the targets, of those rows that have one.
    alpha: DVector<f64>,
}

/// Room for a prediction, kept between predictions.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    covariances: DVector<f64>,
    slopes: Vec<f64>,
    solved: DVector<f64>,
    pub(super) mean_gradient: Vec<f64>,
    pub(super) variance_gradient: Vec<f64>,
}

impl Process {
    /// Starts anew with other parameters and these rows, factorised at once.
    pub(super) fn begin(&mut self, columns: &[Column], kernel: Kernel, rows: &[f64]) {
        self.columns = columns.to_vec();
        self.weights = columns.iter().map(|column| kernel.lengths[column.dimension].powi(-2)).collect();
        self.kernel = kernel;
        self.values.clear();
        self.values.resize(columns.len(), Vec::new());
        self.count = 0;
        let d = columns.len();
        let n = rows.len() / d;
        for (index, values) in self.values.iter_mut().enumerate() {
            values.extend(rows.iter().skip(index).step_by(d));
        }
        let mut covariance = DMatrix::zeros(n, n);
        let mut room = Room::default();
        for (i, row) in rows.chunks_exact(d).enumerate() {
            self.covariances(row, i + 1, &mut room);
            for j in 0..=i {
                covariance[(i, j)] = room.covariances[j];
            }
            covariance[(i, i)] += self.kernel.noise;
        }
        self.reserve(n);
        if let Some(factor) = Cholesky::new(covariance) {
            self.factor.view_mut((0, 0), (n, n)).copy_from(factor.l_dirty());
            self.count = n;
        } else {
            // Out of reach, since the noise has a least value; row by row, the diagonal can be held up.
            self.values.iter_mut().for_each(Vec::clear);
            rows.chunks_exact(d).for_each(|row| self.push(row));
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: &[f64]) {
        let n = self.count;
        self.reserve(n + 1);
        let mut room = Room::default();
        self.covariances(row, n, &mut room);
        let corner = self.factor.view((0, 0), (n, n));
        corner.solve_lower_triangular_mut(&mut room.covariances);
        let rest = self.kernel.signal + self.kernel.noise - room.covariances.norm_squared();
        self.factor.view_mut((n, 0), (1, n)).tr_copy_from(&room.covariances);
        self.factor[(n, n)] = rest.max(1e-3 * self.kernel.noise).sqrt();
        for (values, &value) in self.values.iter_mut().zip(row) {
            values.push(value);
        }
        self.count += 1;
    }

    /// Takes away all rows but the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.count = self.count.min(count);
        self.values.iter_mut().for_each(|values| values.truncate(count));
    }

    /// Sets the targets of the first rows. Rows without one count for the variance, not for the mean.
    pub(super) fn set_targets(&mut self, targets: &[f64]) {
        let n = targets.len();
        self.alpha = DVector::from_column_slice(targets);
        let corner = self.factor.view((0, 0), (n, n));
        corner.solve_lower_triangular_mut(&mut self.alpha);
        corner.tr_solve_lower_triangular_mut(&mut self.alpha);
    }

    pub(super) fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// How far the mean at each row with a target lies below the target.
    pub(super) fn residuals(&self) -> impl Iterator<Item = f64> {
        self.alpha.iter().map(|alpha| self.kernel.noise * alpha)
    }

    /// Whether there is a row that differs by no more than `near` in any column.
    pub(super) fn has_near(&self, row: &[f64], near: f64) -> bool {
        (0..self.count).any(|i| self.values.iter().zip(row).all(|(values, value)| (values[i] - value).abs() <= near))
    }

    /// Returns the mean and the variance of the objective at `row`, without noise.
    pub(super) fn predict(&self, row: &[f64], room: &mut Room) -> (f64, f64) {
        self.covariances(row, self.count, room);
        let told = self.alpha.len();
        let mean = room.covariances.rows(0, told).dot(&self.alpha);
        self.factor.view((0, 0), (self.count, self.count)).solve_lower_triangular_mut(&mut room.covariances);
        (mean, self.kernel.signal - room.covariances.norm_squared())
    }

    /// Returns the same, with both gradients by the columns left in `room`; those by columns without an order are 0.
    pub(super) fn predict_with_gradients(&self, row: &[f64], room: &mut Room) -> (f64, f64) {
        self.covariances(row, self.count, room);
        let (n, told) = (self.count, self.alpha.len());
        let mean = room.covariances.rows(0, told).dot(&self.alpha);
        let corner = self.factor.view((0, 0), (n, n));
        corner.solve_lower_triangular_mut(&mut room.covariances);
        let variance = self.kernel.signal - room.covariances.norm_squared();
        room.solved.copy_from(&room.covariances);
        corner.tr_solve_lower_triangular_mut(&mut room.solved);
        room.mean_gradient.clear();
        room.variance_gradient.clear();
        for ((column, values), (&weight, &at)) in
            self.columns.iter().zip(&self.values).zip(self.weights.iter().zip(row))
        {
            let (mut by_mean, mut by_variance) = (0.0, 0.0);
            if !column.is_categorical {
                let slopes = values.iter().zip(&room.slopes).map(|(value, slope)| slope * (value - at));
                for (slope, solved) in slopes.clone().zip(room.solved.iter()) {
                    by_variance += slope * solved;
                }
                for (slope, alpha) in slopes.zip(self.alpha.iter()) {
                    by_mean += slope * alpha;
                }
            }
            room.mean_gradient.push(weight * by_mean);
            room.variance_gradient.push(-2.0 * weight * by_variance);
        }
        (mean, variance)
    }

    /// The covariances of the objective at `row` and at the first `count` rows, and their slopes.
    fn covariances(&self, row: &[f64], count: usize, room: &mut Room) {
        if room.covariances.len() != count {
            room.covariances = DVector::zeros(count);
            room.solved = DVector::zeros(count);
            room.slopes = vec![0.0; count];
        }
        let squares = room.covariances.as_mut_slice();
        squares.fill(0.0);
        for ((column, values), (&weight, &at)) in
            self.columns.iter().zip(&self.values).zip(self.weights.iter().zip(row))
        {
            if column.is_categorical {
                for (square, value) in squares.iter_mut().zip(values) {
                    *square += if *value == at { 0.0 } else { column.apart * weight };
                }
            } else {
                for (square, value) in squares.iter_mut().zip(values) {
                    *square += weight * (value - at) * (value - at);
                }
            }
        }
        for (square, slope) in squares.iter_mut().zip(&mut room.slopes) {
            let (value, derivative) = matern(*square);
            *square = self.kernel.signal * value;
            *slope = self.kernel.signal * derivative;
        }
    }

    /// Reserves room for that many rows.
    fn reserve(&mut self, rows: usize) {
        let room = self.factor.nrows();
        if rows > room {
            let factor = std::mem::take(&mut self.factor);
            self.factor = factor.resize(rows.max(2 * room), rows.max(2 * room), 0.0);
        }
    }
}

#[cfg(test)]
mod tests;
