//! Enhanced stochastic evolutionary search (Jin, Chen and Sudjianto 2005) by swaps within a column.

use rand::{Rng, RngExt};

use super::plan::{Plan, below};

/// A criterion that knows what a swap would make of it without working through the whole plan.
pub(super) trait Objective {
    /// Returns the criterion as it is; small is good.
    fn value(&self) -> f64;

    /// What would become of the criterion if `column` were swapped between rows `i` and `j`: a number that ranks swaps.
    fn after(&mut self, column: usize, i: usize, j: usize) -> f64;

    /// Returns the value of the criterion that a number from [`after`](Self::after) encodes.
    fn value_of(&self, after: f64) -> f64;

    /// Swaps `column` between rows `i` and `j`.
    fn swap(&mut self, column: usize, i: usize, j: usize);
}

/// The largest number of swaps from which one step takes the best; fewer for plans with few pairs of rows, and where that left
/// fewer than about twenty steps for each row.
const CANDIDATES: usize = 10;

/// The threshold at the start, as a share of the criterion of the random plan.
const START: f64 = 0.0003;

/// An outer loop that makes the best plan better by less than this share searches elsewhere.
const TOLERANCE: f64 = 1e-4;

/// Makes `plan`, for which `objective` was made, good by trying about `swaps` swaps; leaves it at the best state found.
///
/// Only the `movable` columns are swapped, in each of which some rows must differ.
pub(super) fn optimise(
    plan: &mut Plan,
    movable: &[usize],
    objective: &mut impl Objective,
    swaps: usize,
    rng: &mut impl Rng,
) {
    let rows = plan.rows();
    // Two rows, or one column, look the same whatever is swapped.
    if rows < 3 || movable.is_empty() || plan.columns().len() < 2 {
        return;
    }
    let (pairs, cells) = (rows * (rows - 1) / 2, rows * movable.len());
    let candidates = (pairs / 5).min(swaps / (2 * cells)).clamp(1, CANDIDATES);
    let inner = (20 * movable.len()).min(100);
    let mut steps = swaps / candidates;
    let mut value = objective.value();
    let mut best = value;
    let mut threshold = START * value;
    let mut since_best = Vec::with_capacity(steps);
    while steps > 0 {
        let steps_here = inner.min(steps);
        steps -= steps_here;
        let before = best;
        let (mut accepted, mut improved) = (0, 0);
        for step in 0..steps_here {
            let column = movable[(step + 1) % movable.len()];
            let mut found = (f64::INFINITY, 0, 0);
            for _ in 0..candidates {
                let (i, j) = pair(plan.columns()[column].rows(), rng);
                let after = objective.after(column, i, j);
                if after < found.0 {
                    found = (after, i, j);
                }
            }
            let (after, i, j) = found;
            if objective.value_of(after) - value <= threshold * rng.random::<f64>() {
                objective.swap(column, i, j);
                plan.swap(column, i, j);
                since_best.push((column, i, j));
                let moved = objective.value();
                accepted += usize::from((moved - value).abs() > 1e-12 * value);
                value = moved;
                if value < best {
                    best = value;
                    improved += 1;
                    since_best.clear();
                }
            }
        }
        threshold *= factor(before - best > TOLERANCE * before, accepted, improved, steps_here);
    }
    for (column, i, j) in since_best.into_iter().rev() {
        plan.swap(column, i, j);
    }
}

/// How the threshold changes after `steps` steps: it falls slowly while improving, and swings while exploring.
fn factor(is_improving: bool, accepted: usize, improved: usize, steps: usize) -> f64 {
    let few = accepted * 10 <= steps;
    match (is_improving, few) {
        (true, false) if improved < accepted => 0.8,
        (true, false) => 1.0,
        (true, true) => 1.0 / 0.8,
        (false, true) => 1.0 / 0.7,
        (false, false) => 0.9,
    }
}

/// Two rows of a column that hold different things.
fn pair(held: &[u32], rng: &mut impl Rng) -> (usize, usize) {
    loop {
        let (i, j) = (below(rng, held.len()), below(rng, held.len()));
        if held[i] != held[j] {
            return (i, j);
        }
    }
}
