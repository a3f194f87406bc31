//! Regression trees, kept as the boxes of their leaves.

use std::ops::Range;
use std::rc::Rc;

use itertools::Itertools;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

use crate::space::{Axis, Kind};

/// The deepest leaf.
const DEEPEST: usize = 64;

/// One axis with the values of the trials.
pub(super) struct Column {
    /// The widths of the cells of a categorical axis; `None` for one with an order.
    pub(super) widths: Option<Vec<f64>>,
    ends: Vec<f64>,
    /// The unit of each trial or, for a categorical axis, its level.
    values: Vec<f64>,
}

/// The extent of a leaf along one axis.
#[derive(Clone, Debug)]
pub(super) enum Side {
    /// From one unit to another.
    Interval(f64, f64),
    /// Levels without an order.
    Levels(Rc<[usize]>),
}

/// A leaf: its mean, its volume in the unit cube, and its extent along each axis.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) value: f64,
    pub(super) volume: f64,
    pub(super) sides: Vec<Side>,
}

/// The best division of a node.
struct Split {
    gain: f64,
    column: usize,
    /// The upper end of the left part or, for a categorical axis, the level that it consists of.
    at: f64,
}

impl Column {
    pub(super) fn of(axis: &Axis) -> Self {
        let cells = |levels: u64| (0..levels).filter_map(|level| axis.cell(level)).collect::<Vec<_>>();
        let cells = match axis.kind() {
            Kind::Categorical(levels) => Some(cells(levels)),
            Kind::Continuous | Kind::Ordered(_) => None,
        };
        Self {
            widths: cells.as_ref().map(|cells| cells.iter().map(|(from, to)| to - from).collect()),
            ends: cells.into_iter().flatten().map(|(_, to)| to).collect(),
            values: Vec::new(),
        }
    }

    /// Replaces the values by those at `units`.
    pub(super) fn fill(&mut self, units: &[f64]) {
        self.values.clear();
        let level = |unit: f64| self.ends.partition_point(|end| *end <= unit).min(self.ends.len().saturating_sub(1));
        match self.widths {
            Some(_) => self.values.extend(units.iter().map(|&unit| level(unit) as f64)),
            None => self.values.extend_from_slice(units),
        }
    }

    /// All of the axis.
    fn whole(&self) -> Side {
        match &self.widths {
            Some(widths) => Side::Levels((0..widths.len()).collect()),
            None => Side::Interval(0.0, 1.0),
        }
    }

    /// Returns the extent of `side`, in the measure of the candidates.
    pub(super) fn measure(&self, side: &Side) -> f64 {
        match (side, &self.widths) {
            (Side::Levels(levels), Some(widths)) => levels.iter().map(|&level| widths[level]).sum(),
            (Side::Interval(from, to), _) => to - from,
            (Side::Levels(_), None) => 0.0,
        }
    }

    /// Whether a trial lies in the left part of a split of this axis.
    fn is_left(&self, trial: usize, at: f64) -> bool {
        if self.widths.is_some() { self.values[trial] == at } else { self.values[trial] <= at }
    }

    /// Both parts of `side`.
    fn divided(side: &Side, at: f64) -> [Side; 2] {
        match side {
            Side::Interval(from, to) => [Side::Interval(*from, at), Side::Interval(at, *to)],
            Side::Levels(levels) => {
                let (left, right): (Vec<_>, Vec<_>) = levels.iter().partition(|&&level| level as f64 == at);
                [Side::Levels(left.into()), Side::Levels(right.into())]
            }
        }
    }
}

/// The trials of a tree, in the order of drawing and in that of each axis; those of a node are one range in all of them.
struct Sorted {
    drawn: Vec<usize>,
    by_column: Vec<Vec<usize>>,
    /// Room for the right part of a range that is divided.
    right: Vec<usize>,
}

impl Sorted {
    fn new(columns: &[Column], drawn: Vec<usize>) -> Self {
        let sorted = |Column { values, .. }: &Column| {
            let mut sorted = drawn.clone();
            sorted.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
            sorted
        };
        Self { by_column: columns.iter().map(sorted).collect(), drawn, right: Vec::new() }
    }

    /// Puts the trials of `range` that are on the left before the others, each in their order; returns how many are.
    fn divide(&mut self, range: &Range<usize>, is_left: impl Fn(usize) -> bool) -> usize {
        let mut count = 0;
        for order in self.by_column.iter_mut().chain([&mut self.drawn]) {
            let part = &mut order[range.clone()];
            self.right.clear();
            count = 0;
            for index in 0..part.len() {
                let trial = part[index];
                if is_left(trial) {
                    part[count] = trial;
                    count += 1;
                } else {
                    self.right.push(trial);
                }
            }
            part[count..].copy_from_slice(&self.right);
        }
        count
    }
}

/// Grows a tree on trials drawn with replacement until each leaf holds one objective, and returns its leaves.
pub(super) fn leaves(columns: &[Column], targets: &[f64], rng: &mut impl Rng) -> Vec<Leaf> {
    let n = targets.len();
    let mut sorted = Sorted::new(columns, (0..n).map(|_| rng.random_range(0..n)).collect());
    let sides: Vec<_> = columns.iter().map(Column::whole).collect();
    let mut open = vec![(0..n, sides, 0)];
    let mut leaves = Vec::new();
    let mut order: Vec<_> = (0..columns.len()).collect();
    while let Some((range, mut sides, depth)) = open.pop() {
        // Of equal splits, no axis is preferred.
        order.shuffle(rng);
        let split = if depth < DEEPEST { best_split(columns, targets, &sorted, &range, &order) } else { None };
        let Some(Split { column, at, .. }) = split else {
            let trials = &sorted.drawn[range];
            let value = trials.iter().map(|&trial| targets[trial]).sum::<f64>() / trials.len() as f64;
            let volume = columns.iter().zip(&sides).map(|(column, side)| column.measure(side)).product();
            leaves.push(Leaf { value, volume, sides });
            continue;
        };
        let middle = range.start + sorted.divide(&range, |trial| columns[column].is_left(trial, at));
        let [left, right] = Column::divided(&sides[column], at);
        sides[column] = left;
        let mut others = sides.clone();
        others[column] = right;
        open.push((range.start..middle, sides, depth + 1));
        open.push((middle..range.end, others, depth + 1));
    }
    leaves
}

/// Returns the split that leaves the least sum of squares; `None` where no split leaves less.
fn best_split(
    columns: &[Column],
    targets: &[f64],
    sorted: &Sorted,
    range: &Range<usize>,
    order: &[usize],
) -> Option<Split> {
    let trials = &sorted.drawn[range.clone()];
    let all = trials.iter().map(|&trial| targets[trial]).sum::<f64>();
    let n = trials.len() as f64;
    if trials.iter().map(|&trial| targets[trial]).all_equal() {
        return None;
    }
    // The sum of squares left is a constant less this.
    let gain = |sum: f64, count: f64| sum * sum / count + (all - sum).powi(2) / (n - count);
    let mut best: Option<Split> = None;
    for &column in order {
        let values = &columns[column].values;
        let sorted = &sorted.by_column[column][range.clone()];
        let is_categorical = columns[column].widths.is_some();
        let (mut sum, mut count) = (0.0, 0.0);
        for (index, &trial) in sorted.iter().enumerate() {
            sum += targets[trial];
            count += 1.0;
            let next = sorted.get(index + 1).map(|&next| values[next]);
            if next.is_some_and(|next| next == values[trial]) {
                continue;
            }
            let is_all = count == n;
            let (found, at) = match next {
                _ if is_categorical => (gain(sum, count), values[trial]),
                // The middle of neighbouring numbers may be the right one.
                Some(next) => (gain(sum, count), (0.5 * (values[trial] + next)).min(next.next_down())),
                None => break,
            };
            if is_categorical {
                (sum, count) = (0.0, 0.0);
            }
            if !is_all && best.as_ref().is_none_or(|best| found > best.gain) {
                best = Some(Split { gain: found, column, at });
            }
        }
    }
    best
}
