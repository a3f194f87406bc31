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

    /// The mean and the variance of the objective at `row`, without noise.
    pub(super) fn predict(&self, row: &[f64], room: &mut Room) -> (f64, f64) {
        self.covariances(row, self.count, room);
        let told = self.alpha.len();
        let mean = room.covariances.rows(0, told).dot(&self.alpha);
        self.factor.view((0, 0), (self.count, self.count)).solve_lower_triangular_mut(&mut room.covariances);
        (mean, self.kernel.signal - room.covariances.norm_squared())
    }

    /// The same, with both gradients by the columns left in `room`; those by columns without an order are 0.
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
mod tests {
    use super::*;

    fn number(k: usize) -> f64 {
        (k as f64 * 0.618_033_988_749_895).fract()
    }

    fn columns() -> [Column; 3] {
        [0, 1, 2].map(|dimension| Column { dimension, is_categorical: dimension == 1, apart: 0.25 })
    }

    fn row(k: usize) -> [f64; 3] {
        [number(k), (k % 3) as f64, number(5 * k + 2)]
    }

    fn kernel() -> Kernel {
        Kernel { signal: 1.7, noise: 1e-3, lengths: vec![0.4, 0.8, 0.6] }
    }

    fn rows(count: usize) -> Vec<f64> {
        (0..count).flat_map(row).collect()
    }

    /// K and k by the definition of the kernel.
    fn covariance(a: &[f64], b: &[f64]) -> f64 {
        let lengths = kernel().lengths;
        let mut square = ((a[0] - b[0]) / lengths[0]).powi(2) + ((a[2] - b[2]) / lengths[2]).powi(2);
        if a[1] != b[1] {
            square += 0.25 / lengths[1].powi(2);
        }
        let r = (5.0 * square).sqrt();
        1.7 * (1.0 + r + r * r / 3.0) * (-r).exp()
    }

    fn process(begin: usize, count: usize) -> Process {
        let mut process = Process::default();
        process.begin(&columns(), kernel(), &rows(begin));
        (begin..count).for_each(|k| process.push(&row(k)));
        let targets: Vec<f64> = (0..count).map(|k| (7.0 * number(k)).sin()).collect();
        process.set_targets(&targets);
        process
    }

    #[test]
    fn predictions_are_those_of_the_formula() {
        let process = process(9, 14);
        let k = DMatrix::from_fn(14, 14, |i, j| covariance(&row(i), &row(j)) + if i == j { 1e-3 } else { 0.0 });
        let inverse = k.try_inverse().unwrap();
        let targets = DVector::from_fn(14, |k, _| (7.0 * number(k)).sin());
        for at in 20..40 {
            let near = DVector::from_fn(14, |i, _| covariance(&row(i), &row(at)));
            let mean = (near.transpose() * &inverse * &targets)[0];
            let variance = 1.7 - (near.transpose() * &inverse * &near)[0];
            let found = process.predict(&row(at), &mut Room::default());
            assert!((found.0 - mean).abs() < 1e-9, "{} for {mean}", found.0);
            assert!((found.1 - variance).abs() < 1e-9, "{} for {variance}", found.1);
        }
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        let (process, mut room) = (process(14, 14), Room::default());
        for at in 20..30 {
            process.predict_with_gradients(&row(at), &mut room);
            let (means, variances) = (room.mean_gradient.clone(), room.variance_gradient.clone());
            for column in [0, 2] {
                let mut moved = |step: f64| {
                    let mut row = row(at);
                    row[column] += step;
                    process.predict(&row, &mut room)
                };
                let (up, down) = (moved(1e-5), moved(-1e-5));
                assert!((means[column] - (up.0 - down.0) / 2e-5).abs() < 1e-6);
                assert!((variances[column] - (up.1 - down.1) / 2e-5).abs() < 1e-6);
            }
            assert_eq!((means[1], variances[1]), (0.0, 0.0));
        }
    }

    #[test]
    fn a_row_without_a_target_leaves_the_mean_and_lowers_the_variance() {
        let (mut process, mut room) = (process(9, 14), Room::default());
        let before = process.predict(&row(20), &mut room);
        process.push(&row(20));
        let after = process.predict(&row(20), &mut room);
        assert_eq!(before.0, after.0);
        assert!(after.1 < 2e-3 && before.1 > 10.0 * after.1);
        process.truncate(14);
        assert_eq!(process.predict(&row(20), &mut room), before);
    }

    #[test]
    fn residuals_are_what_the_noise_takes() {
        let (process, mut room) = (process(9, 14), Room::default());
        for (k, residual) in process.residuals().enumerate() {
            let mean = process.predict(&row(k), &mut room).0;
            assert!((mean + residual - (7.0 * number(k)).sin()).abs() < 1e-9);
        }
    }

    #[test]
    fn the_same_row_many_times_does_no_harm() {
        let mut process = Process::default();
        let kernel = Kernel { noise: 1e-8, ..kernel() };
        process.begin(&columns(), kernel, &[row(3), row(3)].concat());
        (0..50).for_each(|_| process.push(&row(3)));
        process.set_targets(&[1.0; 52]);
        let (mean, variance) = process.predict(&row(3), &mut Room::default());
        assert!((mean - 1.0).abs() < 1e-4 && variance < 1e-4, "{mean} {variance}");
    }
}
