//! The squared distances between all rows of a plan, kept through swaps.

use super::plan::Plan;

/// Rows are padded to a multiple of this, so that loops over them need no tail.
pub(super) const LANES: usize = 4;

/// The square of a distance that must not count: a power of it vanishes beside any other, and no product of such powers
/// turns a sum into NaN.
const FAR: f64 = 1e40;

/// Squared distances in units of a stratum: whole numbers, so that no number of swaps adds up to an error.
#[derive(Clone, Debug)]
pub(super) struct Squares {
    rows: usize,
    stride: usize,
    cells: Vec<f64>,
    columns: Vec<Coordinates>,
}

/// One column of the plan as floats.
#[derive(Clone, Debug)]
struct Coordinates {
    held: Vec<f64>,
    /// What different levels add to the square; `None` where the column holds strata.
    mismatch: Option<f64>,
}

impl Coordinates {
    fn square(&self, i: usize, j: usize) -> f64 {
        let difference = self.held[i] - self.held[j];
        self.mismatch.map_or(difference * difference, |square| if difference == 0.0 { 0.0 } else { square })
    }
}

impl Squares {
    pub(super) fn new(plan: &Plan) -> Self {
        let rows = plan.rows();
        let stride = rows.next_multiple_of(LANES);
        let mismatch = mismatch(plan);
        let columns = plan.columns().iter().map(|column| {
            let held = column.rows().iter().map(|&held| f64::from(held));
            Coordinates {
                held: held.chain([0.0; LANES]).take(stride).collect(),
                mismatch: column.unordered().map(|_| mismatch),
            }
        });
        let mut new = Self { rows, stride, cells: vec![FAR; rows * stride], columns: columns.collect() };
        for i in 0..rows {
            for j in 0..i {
                let square = new.columns.iter().map(|column| column.square(i, j)).sum();
                new.set(i, j, square);
            }
        }
        new
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the length of a row with its padding.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// Returns the squares of the distances to row `i`; those to itself and to the padding are too large to count.
    pub(super) fn row(&self, i: usize) -> &[f64] {
        &self.cells[i * self.stride..][..self.stride]
    }

    pub(super) fn get(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.stride + j]
    }

    fn set(&mut self, i: usize, j: usize, square: f64) {
        self.cells[i * self.stride + j] = square;
        self.cells[j * self.stride + i] = square;
    }

    /// What `column` holds, with its padding.
    pub(super) fn held(&self, column: usize) -> &[f64] {
        &self.columns[column].held
    }

    /// What `read` makes of the squares while that of `i` and `j`, which no swap between them changes, does not count.
    pub(super) fn without_pair<T>(&mut self, i: usize, j: usize, read: impl FnOnce(&Self) -> T) -> T {
        let square = self.get(i, j);
        self.set(i, j, FAR);
        let result = read(self);
        self.set(i, j, square);
        result
    }

    /// What a swap of `column`, one of strata, between `i` and `j` adds to the squares to row `i` and takes from those to
    /// row `j`.
    pub(super) fn changes(&self, column: usize, i: usize, j: usize, changes: &mut [f64]) {
        let held = self.held(column);
        let (slope, shift) = (held[i] - held[j], held[i] + held[j]);
        for (change, held) in changes.iter_mut().zip(held) {
            *change = slope * (held + held - shift);
        }
    }

    /// Swaps `column` between `i` and `j`, given the [`changes`](Self::changes) that this makes.
    pub(super) fn swap(&mut self, column: usize, i: usize, j: usize, changes: &[f64]) {
        for k in (0..self.rows).filter(|&k| k != i && k != j) {
            self.set(i, k, self.get(i, k) + changes[k]);
            self.set(j, k, self.get(j, k) - changes[k]);
        }
        self.columns[column].held.swap(i, j);
    }
}

/// The distance between two levels without an order, as a share of the distance between neighbours where the columns of
/// strata alone are spread well.
///
/// The same for any two levels, and so small that rows of different levels keep apart in the columns of strata too. Of 30
/// rows over two such columns and three levels, the nearest are then as far apart as 96 % of what is possible without the
/// levels, and within a level as 92 % of what 10 rows can be.
const MISMATCH: f64 = 0.5;

/// Returns the square of that distance, in units of a stratum.
fn mismatch(plan: &Plan) -> f64 {
    let ordered = plan.columns().iter().filter(|column| column.unordered().is_none()).count().max(1);
    let rows = plan.rows() as f64;
    (MISMATCH * rows.powf(1.0 - 1.0 / ordered as f64)).powi(2).round()
}
