//! φₚ over a plan without categorical columns: (Σ d⁻ᵖ)^(1/p) over all pairs of rows.
//!
//! For p = 10 nearly the smallest distance alone counts. p = 2 is the criterion of Audze and Eglājs, the potential energy
//! Σ 1/d² of points that repel one another, under a root.

use super::distances::{LANES, Squares};
use super::ese::Objective;
use super::plan::Plan;
use super::sums::{Sums, raised, term, whole};

/// φₚ for p = 2 `Q`.
#[derive(Clone, Debug)]
pub(super) struct PhiP<const Q: u32> {
    squares: Squares,
    sums: Sums,
    total: f64,
    changes: Vec<f64>,
}

impl<const Q: u32> PhiP<Q> {
    pub(super) fn new(plan: &Plan) -> Self {
        let squares = Squares::new(plan);
        let sums = Sums::new(squares.rows(), |row| whole::<Q>(&squares, row));
        Self { total: sums.total(), changes: vec![0.0; squares.stride()], sums, squares }
    }
}

impl<const Q: u32> Objective for PhiP<Q> {
    fn value(&self) -> f64 {
        self.value_of(self.total)
    }

    fn after(&mut self, column: usize, i: usize, j: usize) -> f64 {
        let pair = term::<Q>(self.squares.get(i, j));
        let without = self.total - self.sums.get(i) - self.sums.get(j) + 2.0 * pair;
        without + self.squares.without_pair(i, j, |squares| swapped::<Q>(squares, column, i, j))
    }

    /// In units of the cube, not of strata.
    fn value_of(&self, after: f64) -> f64 {
        self.squares.rows() as f64 * after.powf(0.5 / f64::from(Q))
    }

    fn swap(&mut self, column: usize, i: usize, j: usize) {
        let Self { squares, sums, total, changes } = self;
        squares.changes(column, i, j, changes);
        let (row_i, row_j) = (squares.row(i), squares.row(j));
        for k in (0..squares.rows()).filter(|&k| k != i && k != j) {
            let (to_i, to_j, change) = (row_i[k], row_j[k], changes[k]);
            let new = term::<Q>(to_i + change) + term::<Q>(to_j - change);
            sums.add(k, new - term::<Q>(to_i) - term::<Q>(to_j));
        }
        squares.swap(column, i, j, changes);
        sums.refresh(i, j, |row| whole::<Q>(squares, row));
        *total = sums.total();
    }
}

/// Returns the sum of the terms of rows `i` and `j` after a swap: 1/a + 1/b as (a + b) / ab, since divisions are what takes time.
fn swapped<const Q: u32>(squares: &Squares, column: usize, i: usize, j: usize) -> f64 {
    let held = squares.held(column);
    let (slope, shift) = (held[i] - held[j], held[i] + held[j]);
    let (to_i, _) = squares.row(i).as_chunks::<LANES>();
    let (to_j, _) = squares.row(j).as_chunks::<LANES>();
    let (held, _) = held.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for ((to_i, to_j), held) in to_i.iter().zip(to_j).zip(held) {
        for lane in 0..LANES {
            let change = slope * (held[lane] + held[lane] - shift);
            let (a, b) = (to_i[lane] + change, to_j[lane] - change);
            sums[lane] += (raised::<Q>(a) + raised::<Q>(b)) / raised::<Q>(a * b);
        }
    }
    sums.iter().sum()
}
