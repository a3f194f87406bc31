//! Sums of powers of distances, row by row.

use super::distances::Squares;

/// A row's sum is worked out anew once it has fallen below this share of what it has been: what is left of a large sum
/// after subtractions is mostly rounding.
const STALE: f64 = 1e-3;

/// For each row of a plan, the sum over other rows of the distance to the power −2 `Q`.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    sums: Vec<f64>,
    peaks: Vec<f64>,
}

/// `square` to the power `Q`.
#[inline]
pub(super) fn raised<const Q: u32>(square: f64) -> f64 {
    match Q {
        1 => square,
        5 => {
            let fourth = (square * square) * (square * square);
            fourth * square
        }
        _ => square.powi(Q as i32),
    }
}

#[inline]
pub(super) fn term<const Q: u32>(square: f64) -> f64 {
    1.0 / raised::<Q>(square)
}

impl Sums {
    pub(super) fn new(rows: usize, sum: impl Fn(usize) -> f64) -> Self {
        let sums: Vec<f64> = (0..rows).map(sum).collect();
        Self { peaks: sums.clone(), sums }
    }

    pub(super) fn get(&self, row: usize) -> f64 {
        self.sums[row]
    }

    /// Half of all sums: every pair of rows once.
    pub(super) fn total(&self) -> f64 {
        self.sums.iter().sum::<f64>() / 2.0
    }

    pub(super) fn add(&mut self, row: usize, change: f64) {
        self.sums[row] += change;
        self.peaks[row] = self.peaks[row].max(self.sums[row]);
    }

    /// Works out anew the sums of rows that have lost their digits, and of `i` and `j`.
    pub(super) fn refresh(&mut self, i: usize, j: usize, sum: impl Fn(usize) -> f64) {
        for row in 0..self.sums.len() {
            if row == i || row == j || self.sums[row] < STALE * self.peaks[row] {
                self.sums[row] = sum(row);
                self.peaks[row] = self.sums[row];
            }
        }
    }
}

/// Returns the sum for `row` over all others.
pub(super) fn whole<const Q: u32>(squares: &Squares, row: usize) -> f64 {
    squares.row(row).iter().map(|&square| term::<Q>(square)).sum()
}
