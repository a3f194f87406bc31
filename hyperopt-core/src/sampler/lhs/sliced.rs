//! φₚ over a plan with categorical columns: of the whole plan, and of the rows that share a level.
//!
//! The objective of Hyperopt.jl's categorical hypercube (after Bates, Sienz and Toropov 2004) with φₚ, and with levels that
//! are equal or not instead of numbers. Columns of levels are not swapped: see [`optimise`](super::criterion::optimise).

use super::distances::Squares;
use super::ese::Objective;
use super::plan::Plan;
use super::sums::{Sums, term, whole};

/// φₚ for p = 2 `Q` of all rows, and weighted of those of each level.
#[derive(Clone, Debug)]
pub(super) struct Sliced<const Q: u32> {
    squares: Squares,
    sums: Sums,
    total: f64,
    slices: Vec<Slice>,
    value: f64,
    changes: Vec<f64>,
    /// What rows `i` and `j` have with every other one after a swap.
    new: [Vec<f64>; 2],
}

/// The levels of one column.
#[derive(Clone, Debug)]
struct Slice {
    column: usize,
    weight: f64,
    /// Over the rows of the same level.
    sums: Sums,
    /// For each level, over its pairs of rows.
    totals: Vec<f64>,
}

impl<const Q: u32> Sliced<Q> {
    /// `weight` is that of each level, or else one over the number of levels.
    pub(super) fn new(plan: &Plan, weight: Option<f64>) -> Self {
        let squares = Squares::new(plan);
        let sums = Sums::new(squares.rows(), |row| whole::<Q>(&squares, row));
        let levels = plan.columns().iter().enumerate().filter_map(|(index, column)| Some((index, column.unordered()?)));
        let slices = levels.map(|(column, levels)| {
            let sums = Sums::new(squares.rows(), |row| within::<Q>(&squares, column, row));
            let totals = vec![0.0; levels];
            Slice { column, weight: weight.unwrap_or(1.0 / levels.max(1) as f64), sums, totals }
        });
        let slices = slices.collect();
        let scratch = vec![0.0; squares.stride()];
        let mut new = Self {
            squares,
            sums,
            total: 0.0,
            slices,
            value: 0.0,
            new: [scratch.clone(), scratch.clone()],
            changes: scratch,
        };
        new.add_up();
        new
    }

    /// Adds up what rows have to what levels, and the plan, have.
    fn add_up(&mut self) {
        self.total = self.sums.total();
        self.value = root::<Q>(self.total);
        for slice in &mut self.slices {
            slice.totals.fill(0.0);
            for (row, &held) in self.squares.held(slice.column)[..self.squares.rows()].iter().enumerate() {
                slice.totals[held as usize] += slice.sums.get(row) / 2.0;
            }
            self.value += slice.weight * slice.totals.iter().map(|&total| root::<Q>(total)).sum::<f64>();
        }
        self.value *= self.squares.rows() as f64;
    }
}

impl<const Q: u32> Objective for Sliced<Q> {
    fn value(&self) -> f64 {
        self.value
    }

    fn after(&mut self, column: usize, i: usize, j: usize) -> f64 {
        let Self { squares, sums, total, slices, value, changes, new: [new_i, new_j] } = self;
        squares.changes(column, i, j, changes);
        squares.without_pair(i, j, |squares| {
            let terms = |row: &[f64], sign: f64, new: &mut [f64]| {
                for ((new, square), change) in new.iter_mut().zip(row).zip(&*changes) {
                    *new = term::<Q>(square + sign * change);
                }
            };
            terms(squares.row(i), 1.0, new_i);
            terms(squares.row(j), -1.0, new_j);
        });
        let pair = term::<Q>(squares.get(i, j));
        let mut change = -root::<Q>(*total);
        change += root::<Q>(*total - sums.get(i) - sums.get(j) + 2.0 * pair + of(new_i) + of(new_j));
        for slice in slices {
            change += slice.weight * slice.change::<Q>(squares, i, j, pair, [&*new_i, &*new_j]);
        }
        *value + squares.rows() as f64 * change
    }

    fn value_of(&self, after: f64) -> f64 {
        after
    }

    fn swap(&mut self, column: usize, i: usize, j: usize) {
        let Self { squares, sums, slices, changes, .. } = self;
        squares.changes(column, i, j, changes);
        for k in (0..squares.rows()).filter(|&k| k != i && k != j) {
            let (to_i, to_j) = (squares.get(i, k), squares.get(j, k));
            let (new_i, new_j) = (term::<Q>(to_i + changes[k]), term::<Q>(to_j - changes[k]));
            let (old_i, old_j) = (term::<Q>(to_i), term::<Q>(to_j));
            sums.add(k, new_i + new_j - old_i - old_j);
            for slice in slices.iter_mut() {
                let held = squares.held(slice.column);
                let counts = |row: usize, change: f64| if held[k] == held[row] { change } else { 0.0 };
                slice.sums.add(k, counts(i, new_i - old_i) + counts(j, new_j - old_j));
            }
        }
        squares.swap(column, i, j, changes);
        sums.refresh(i, j, |row| whole::<Q>(squares, row));
        for slice in slices {
            slice.sums.refresh(i, j, |row| within::<Q>(squares, slice.column, row));
        }
        self.add_up();
    }
}

impl Slice {
    /// What a swap adds to the sum of the roots of the levels.
    fn change<const Q: u32>(
        &self,
        squares: &Squares,
        i: usize,
        j: usize,
        pair: f64,
        [new_i, new_j]: [&[f64]; 2],
    ) -> f64 {
        let held = squares.held(self.column);
        let (level_i, level_j) = (held[i], held[j]);
        let among = |level: f64, new: &[f64]| -> f64 {
            let same = held.iter().zip(new).map(|(&held, &new)| if held == level { new } else { 0.0 });
            same.sum()
        };
        let total = |level: f64| self.totals[level as usize];
        let change = |old: f64, new: f64| root::<Q>(new) - root::<Q>(old);
        let (sum_i, sum_j) = (self.sums.get(i), self.sums.get(j));
        if level_i == level_j {
            let old = total(level_i);
            return change(old, old - sum_i - sum_j + 2.0 * pair + among(level_i, new_i) + among(level_i, new_j));
        }
        let (old_i, old_j) = (total(level_i), total(level_j));
        change(old_i, old_i - sum_i + among(level_i, new_i)) + change(old_j, old_j - sum_j + among(level_j, new_j))
    }
}

/// Returns the sum for `row` over the rows that hold the same in `column`.
fn within<const Q: u32>(squares: &Squares, column: usize, row: usize) -> f64 {
    let held = squares.held(column);
    let same = held.iter().zip(squares.row(row)).filter(|(other, _)| **other == held[row]);
    same.map(|(_, &square)| term::<Q>(square)).sum()
}

fn of(terms: &[f64]) -> f64 {
    terms.iter().sum()
}

/// Returns the root that makes φₚ of a sum; a sum that is empty but for rounding is 0.
fn root<const Q: u32>(sum: f64) -> f64 {
    sum.max(0.0).powf(0.5 / f64::from(Q))
}
