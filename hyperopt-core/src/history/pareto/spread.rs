//! A few vectors of a front that together dominate a large volume.

use super::Vectors;
use super::hypervolume::exclusive;

/// The reference of hypervolumes, in lengths of the front from its best end: a little beyond the worst, so that the ends of
/// the front have a weight.
pub(super) const REFERENCE: f64 = 1.1;

/// How far what a vector adds may lie above a bound by rounding, in units of what it adds alone.
const ROUNDING: f64 = 1e-9;

/// Vectors of a front that together dominate a large volume. They are chosen greedily: the vector that adds most, the first
/// of equals; the best choice dominates at most about 1.6 times as much.
///
/// Under three goals and more, those that are chosen are kept while the front changes: a vector that joins it has to add
/// more than one of them, at its turn, to change the choice.
#[derive(Clone, Debug, Default)]
pub(super) struct Spread {
    /// The smallest and the largest of each objective on the front.
    ends: Vec<(f64, f64)>,
    /// The chosen vectors in order, and what each adds to those before it.
    chosen: Vec<(usize, f64)>,
    /// The chosen vectors with each objective from 0 to 1.
    rows: Vectors,
}

impl Spread {
    /// Chooses `count` of the vectors `front`, which are in lexicographic order. `changed` are those that have joined the
    /// front or left it since the last call.
    pub(super) fn choose(&mut self, vectors: &Vectors, front: &[usize], count: usize, changed: &[usize]) -> Vec<usize> {
        if vectors.width == 2 {
            return vectors.spread_in_plane(front, count).into_iter().map(|place| front[place]).collect();
        }
        let ends = vectors.ends(front);
        if ends == self.ends {
            for &index in changed {
                self.weigh(vectors, index, front);
            }
        } else {
            *self = Self { ends, rows: Vectors { width: vectors.width, losses: Vec::new() }, ..Self::default() };
        }
        if self.chosen.len() < count {
            self.extend(vectors, front, count);
        }
        self.chosen.iter().take(count).map(|&(index, _)| index).collect()
    }

    /// Takes back the choices that a vector changes which has joined the front or left it.
    fn weigh(&mut self, vectors: &Vectors, index: usize, front: &[usize]) {
        let kept = if front.contains(&index) {
            let row: Vec<f64> = self.scaled(vectors.row(index)).collect();
            let alone = alone(&row);
            let mut most = alone;
            (0..self.chosen.len()).find(|&before| {
                if let Some(last) = before.checked_sub(1) {
                    most = most.min(beside(&row, self.rows.row(last), alone));
                }
                let adds = self.chosen[before].1;
                most >= adds && self.adds(&row, before) >= adds
            })
        } else {
            self.chosen.iter().position(|&(chosen, _)| chosen == index)
        };
        self.truncate(kept.unwrap_or(self.chosen.len()));
    }

    fn truncate(&mut self, count: usize) {
        self.chosen.truncate(count);
        self.rows.losses.truncate(count * self.rows.width);
    }

    /// Chooses more vectors, until there are `count`.
    fn extend(&mut self, vectors: &Vectors, front: &[usize], count: usize) {
        let rows = front.iter().flat_map(|&index| self.scaled(vectors.row(index))).collect();
        let rows = Vectors { width: vectors.width, losses: rows };
        let alone: Vec<f64> = (0..front.len()).map(|place| alone(rows.row(place))).collect();
        let mut bounds = Bounds::new(&rows, alone.clone());
        for chosen in 0..self.chosen.len() {
            bounds.limit(self.rows.row(chosen), &alone);
        }
        let mut chosen: Vec<usize> = self.chosen.iter().map(|&(chosen, _)| chosen).collect();
        chosen.sort_unstable();
        let mut rest: Vec<usize> =
            (0..front.len()).filter(|&place| chosen.binary_search(&front[place]).is_err()).collect();
        while self.chosen.len() < count {
            let before = self.chosen.len();
            // The likeliest first, so that few others have to be looked at; the first of equals is chosen.
            let Some(likeliest) =
                rest.iter().copied().reduce(|a, b| if bounds.most[b] > bounds.most[a] { b } else { a })
            else {
                break;
            };
            let mut best = (likeliest, self.adds(rows.row(likeliest), before));
            bounds.most[likeliest] = best.1 + ROUNDING * alone[likeliest];
            for &place in rest.iter().filter(|&&place| place != likeliest) {
                if bounds.most[place] < best.1 {
                    continue;
                }
                let adds = self.adds(rows.row(place), before);
                bounds.most[place] = adds + ROUNDING * alone[place];
                if adds > best.1 || adds == best.1 && place < best.0 {
                    best = (place, adds);
                }
            }
            rest.retain(|&place| place != best.0);
            self.chosen.push((front[best.0], best.1));
            self.rows.losses.extend_from_slice(rows.row(best.0));
            bounds.limit(rows.row(best.0), &alone);
        }
    }

    /// Returns what `row` adds to the first `count` chosen vectors.
    fn adds(&self, row: &[f64], count: usize) -> f64 {
        let chosen = || (0..count).map(|chosen| self.rows.row(chosen));
        if chosen().any(|chosen| chosen == row) {
            return 0.0;
        }
        exclusive(row, chosen(), &vec![REFERENCE; row.len()])
    }

    fn scaled(&self, row: &[f64]) -> impl Iterator<Item = f64> {
        row.iter().zip(&self.ends).map(|(&value, &(lo, hi))| scaled(value, lo, hi))
    }
}

/// Bounds on what each vector of a front adds: no vector adds more than it did before, or than it does beside any one that is
/// chosen.
#[derive(Debug)]
struct Bounds {
    /// One column for each objective.
    columns: Vec<Vec<f64>>,
    most: Vec<f64>,
    corners: Vec<f64>,
}

impl Bounds {
    fn new(rows: &Vectors, most: Vec<f64>) -> Self {
        let column = |objective: usize| (0..most.len()).map(|place| rows.row(place)[objective]).collect();
        Self { columns: (0..rows.width).map(column).collect(), corners: Vec::new(), most }
    }

    /// Lowers the bounds to what the vectors add beside `chosen`: see [`beside`].
    fn limit(&mut self, chosen: &[f64], alone: &[f64]) {
        let Self { columns, most, corners } = self;
        corners.clear();
        corners.resize(most.len(), 1.0);
        // Column by column, in loops that the compiler makes vectors of.
        for (column, &other) in columns.iter().zip(chosen) {
            for (corner, &value) in corners.iter_mut().zip(column) {
                *corner *= REFERENCE - if value > other { value } else { other };
            }
        }
        for ((most, &corner), &alone) in most.iter_mut().zip(&*corners).zip(alone) {
            let beside = alone - corner + ROUNDING * alone;
            *most = if beside < *most { beside } else { *most };
        }
    }
}

/// Returns the volume that `row` dominates.
fn alone(row: &[f64]) -> f64 {
    row.iter().map(|value| REFERENCE - value).product()
}

/// Returns a bound on what `row` adds beside `chosen`; alone, it adds `alone`.
fn beside(row: &[f64], chosen: &[f64], alone: f64) -> f64 {
    if row == chosen {
        return 0.0;
    }
    let corner: f64 = row.iter().zip(chosen).map(|(a, b)| REFERENCE - a.max(*b)).product();
    alone - corner + ROUNDING * alone
}

/// Returns the place of `value` between `lo` and `hi`, from 0 to 1.
pub(super) fn scaled(value: f64, lo: f64, hi: f64) -> f64 {
    // Halves, so that no difference overflows.
    let length = 0.5 * hi - 0.5 * lo;
    if length > 0.0 { (0.5 * value - 0.5 * lo) / length } else { 0.0 }
}
