//! The observations of each budget from the best to the worst, kept between suggestions.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use super::coordinate::Coordinate;
use super::options::Options;
use crate::history::{Goal, History};
use crate::sampler::toolkit::{ByBudget, ClosedTrials, hash, loss};
use crate::space::Space;
use crate::trial::Trial;

/// The observations of a sweep by budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    closed: ClosedTrials,
    budgets: ByBudget<Budget>,
}

/// The observations at one budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget {
    /// One number for each dimension and observation, in the order of recording.
    coordinates: Vec<f64>,
    configurations: HashSet<usize>,
    /// The number of observations.
    len: usize,
    /// The best ones, [`Options::kept`] of them. The order depends on losses and trial numbers alone, not on the order of
    /// recording.
    ranked: Vec<Ranked>,
    /// The ones whose trial numbers have the smallest hashes, as many, by hash: a random sample that does not depend on the order
    /// of recording either.
    sample: BTreeMap<u64, Ranked>,
    /// The number of observations that came into one of the two.
    changes: usize,
    gaps: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    /// By how much constraints are violated; infinite without an objective.
    violation: f64,
    loss: f64,
    trial: usize,
    row: usize,
}

impl Observations {
    /// Whether `history` is another one than before.
    pub(super) fn is_of_another(&self, history: &History) -> bool {
        self.closed.is_of_another(history)
    }

    /// Reads what is new in `history`, or all of it if it is another one than before.
    pub(super) fn update(
        &mut self,
        (space, history, goal): (&Space, &History, Goal),
        dimensions: &[Coordinate],
        options: &Options,
    ) {
        let kept = options.kept(dimensions.len());
        if self.closed.is_of_another(history) {
            *self = Self::default();
        }
        let Self { closed, budgets } = self;
        closed.read(history, |trial| {
            let row = dimensions.iter().map(|dimension| dimension.read(space, trial.point()));
            let loss = loss(trial, goal).unwrap_or(f64::INFINITY);
            budgets.entry(trial.resources()).push(row, loss, trial, kept);
        });
    }

    /// Returns the resources of each budget with its observations, from the largest to the smallest.
    pub(super) fn largest_first(&self) -> impl Iterator<Item = (f64, &Budget)> {
        self.budgets.largest_first()
    }

    /// Returns the numbers of the trials that are running.
    pub(super) fn running(&self) -> &[usize] {
        self.closed.running()
    }
}

impl Budget {
    fn push(&mut self, row: impl Iterator<Item = f64>, loss: f64, trial: &Trial, kept: usize) {
        let start = self.coordinates.len();
        self.coordinates.extend(row);
        self.gaps |= self.coordinates[start..].iter().any(|coordinate| coordinate.is_nan());
        let violation = if loss.is_finite() { trial.violation() } else { f64::INFINITY };
        let new = Ranked { violation, loss, trial: trial.number(), row: self.len };
        self.len += 1;
        self.configurations.insert(trial.configuration());
        let rank = self.ranked.partition_point(|other| other.order(&new).is_lt());
        let is_ranked = rank < kept;
        if is_ranked {
            self.ranked.insert(rank, new);
            self.ranked.truncate(kept);
        }
        // Without a limit, nothing is ever taken from a sample.
        let is_sampled = kept < usize::MAX && {
            let key = hash(new.trial as u64);
            self.sample.insert(key, new);
            let largest = if self.sample.len() > kept { self.sample.pop_last() } else { None };
            largest.is_none_or(|(largest, _)| largest != key)
        };
        self.changes += usize::from(is_ranked || is_sampled);
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Tells apart what there was to choose the observations of a model from: no two numbers of it are equal if that differs.
    pub(super) fn changes(&self) -> usize {
        self.changes
    }

    /// Returns the number of observations with an objective, as far as they are kept; they are the first in rank.
    pub(super) fn finite(&self) -> usize {
        self.ranked.partition_point(|ranked| ranked.loss.is_finite())
    }

    /// Whether any observation lacks a coordinate, as one with an inactive axis does.
    pub(super) fn gaps(&self) -> bool {
        self.gaps
    }

    /// Whether `configuration` has been observed at this budget.
    pub(super) fn has(&self, configuration: usize) -> bool {
        self.configurations.contains(&configuration)
    }

    /// Returns the observations of these ranks, from 0 for the best.
    pub(super) fn ranks(&self, ranks: std::ops::Range<usize>) -> &[Ranked] {
        &self.ranked[ranks]
    }

    /// A random sample of the observations behind the first `ranks`.
    pub(super) fn sample_behind(&self, ranks: usize) -> impl Iterator<Item = &Ranked> {
        let last = ranks.checked_sub(1).map(|last| self.ranked[last]);
        self.sample.values().filter(move |ranked| last.is_none_or(|last| last.order(ranked).is_lt()))
    }

    /// Replaces `rows` by the coordinates of these observations.
    pub(super) fn gather<'a>(&self, observations: impl IntoIterator<Item = &'a Ranked>, rows: &mut Vec<f64>) {
        rows.clear();
        let d = self.coordinates.len() / self.len.max(1);
        for ranked in observations {
            rows.extend_from_slice(&self.coordinates[ranked.row * d..(ranked.row + 1) * d]);
        }
    }
}

impl Ranked {
    /// Orders observations from the best to the worst; no two are equal.
    fn order(&self, other: &Self) -> Ordering {
        let is_failed = self.loss.is_infinite().cmp(&other.loss.is_infinite());
        let by_violation = is_failed.then(self.violation.total_cmp(&other.violation));
        by_violation.then(self.loss.total_cmp(&other.loss)).then(self.trial.cmp(&other.trial))
    }
}
