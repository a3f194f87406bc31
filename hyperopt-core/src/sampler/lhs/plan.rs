//! The plan itself: a permutation of strata, or balanced levels, for each axis.

use std::fmt;

use rand::Rng;

use crate::space::Axis;

/// One row for each trial, one column for each axis.
#[derive(Clone, Default)]
pub(crate) struct Plan {
    rows: usize,
    columns: Vec<Column>,
}

/// What stands in the rows of one axis.
#[derive(Clone)]
pub(crate) enum Column {
    /// Every one of the strata that divide the unit interval, once: 0, 1, … rows − 1 in some order.
    Strata(Vec<u32>),
    /// Levels without an order; rows hold indices into `levels`, each one as often as any other, or once more.
    Levels { rows: Vec<u32>, levels: Vec<u64> },
}

impl Plan {
    /// A random plan; `unordered` says of each axis how many levels without an order it has, if it is of that kind.
    pub(crate) fn random(rows: u32, unordered: &[Option<u64>], rng: &mut impl Rng) -> Self {
        let mut column = |&levels: &Option<u64>| match levels {
            None => {
                let mut strata: Vec<u32> = (0..rows).collect();
                shuffle(&mut strata, rng);
                Column::Strata(strata)
            }
            Some(count) => Column::levels(rows, count, rng),
        };
        Self { rows: rows as usize, columns: unordered.iter().map(&mut column).collect() }
    }

    #[cfg(test)]
    pub(crate) fn from_columns(columns: Vec<Column>) -> Self {
        Self { rows: columns.first().map_or(0, |column| column.rows().len()), columns }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Exchanges what two rows hold in one column: the plan stays Latin, and balanced.
    pub(crate) fn swap(&mut self, column: usize, i: usize, j: usize) {
        match &mut self.columns[column] {
            Column::Strata(rows) | Column::Levels { rows, .. } => rows.swap(i, j),
        }
    }

    /// Returns the coordinate in `row` along `axis`, which is that of `column`: the middle of a stratum, or of a level's cell.
    pub(crate) fn unit(&self, row: usize, column: usize, axis: &Axis) -> f64 {
        match &self.columns[column] {
            Column::Strata(strata) => (f64::from(strata[row]) + 0.5) / self.rows as f64,
            Column::Levels { rows, levels } => axis.unit_of(levels[rows[row] as usize]).unwrap_or(0.5),
        }
    }

    /// As [`unit`](Self::unit), but anywhere in the stratum; `random` is a number in [0, 1).
    ///
    /// An axis of levels takes one of those whose middle lies in the stratum. No level lies in two strata, so the counts
    /// of levels stay as even as without.
    pub(crate) fn jittered(&self, row: usize, column: usize, axis: &Axis, random: f64) -> f64 {
        let middle = self.unit(row, column, axis);
        let Column::Strata(strata) = &self.columns[column] else { return middle };
        let end = |stratum: u32| f64::from(stratum) / self.rows as f64;
        let (start, end) = (end(strata[row]), end(strata[row] + 1));
        // The first level whose middle is not below `unit`.
        let from = |unit: f64| {
            let level = axis.level(unit)?;
            Some(level + u64::from(axis.unit_of(level)? < unit))
        };
        match (from(start), from(end)) {
            (Some(first), Some(last)) if first < last => {
                let level = first + (random * (last - first) as f64) as u64;
                axis.unit_of(level.min(last - 1)).unwrap_or(middle)
            }
            (Some(_), _) => middle,
            _ => (start + random * (end - start)).min(end.next_down()),
        }
    }
}

impl Column {
    /// Levels in random rows. If there are more levels than rows, one of each of `rows` runs of neighbours is taken.
    ///
    /// A single level takes no random numbers: a constant axis changes nothing along the others.
    fn levels(rows: u32, count: u64, rng: &mut impl Rng) -> Self {
        if count < 2 {
            return Self::Levels { rows: vec![0; rows as usize], levels: vec![0] };
        }
        let taken = count.min(rows.into());
        let start = |run: u64| (u128::from(run) * u128::from(count) / u128::from(taken)) as u64;
        let mut levels: Vec<u64> =
            (0..taken).map(|run| start(run) + below_u64(rng, start(run + 1) - start(run))).collect();
        // Which levels occur once more is left to chance.
        shuffle(&mut levels, rng);
        let mut rows: Vec<u32> = (0..rows).map(|row| (u64::from(row) % taken.max(1)) as u32).collect();
        shuffle(&mut rows, rng);
        Self::Levels { rows, levels }
    }

    /// What the rows hold: strata, or indices of levels.
    pub(crate) fn rows(&self) -> &[u32] {
        match self {
            Self::Strata(rows) | Self::Levels { rows, .. } => rows,
        }
    }

    /// Returns the number of different levels without an order; `None` for strata.
    pub(crate) fn unordered(&self) -> Option<usize> {
        match self {
            Self::Strata(_) => None,
            Self::Levels { levels, .. } => Some(levels.len()),
        }
    }
}

/// Shows the size of a plan in place of its numbers, of which there are thousands.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("rows", &self.rows).field("columns", &self.columns.len()).finish()
    }
}

/// A number below `bound`, by multiplication; its bias, below 2⁻³² times `bound`, is nothing to a plan.
///
/// Written out here, as is the shuffle, because plans must not change with a release of `rand`.
pub(super) fn below(rng: &mut impl Rng, bound: usize) -> usize {
    ((u64::from(rng.next_u32()) * bound as u64) >> 32) as usize
}

fn below_u64(rng: &mut impl Rng, bound: u64) -> u64 {
    ((u128::from(rng.next_u64()) * u128::from(bound)) >> 64) as u64
}

/// Fisher and Yates.
fn shuffle<T>(items: &mut [T], rng: &mut impl Rng) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last + 1));
    }
}
