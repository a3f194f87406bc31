//! The observations of each budget from the best to the worst, kept between suggestions.

use super::coordinate::Coordinate;
use crate::history::{Goal, History};
use crate::sampler::toolkit::{ByBudget, ClosedTrials, loss};
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
    configurations: Vec<usize>,
    /// The order depends on losses and trial numbers alone, not on the order of recording.
    ranked: Vec<Ranked>,
    gaps: bool,
}

#[derive(Clone, Copy, Debug)]
struct Ranked {
    /// By how much constraints are violated; infinite without an objective.
    violation: f64,
    loss: f64,
    trial: usize,
    row: usize,
}

impl Observations {
    /// Reads what is new in `history`, or all of it if it is another one than before.
    pub(super) fn update(&mut self, space: &Space, dimensions: &[Coordinate], history: &History, goal: Goal) {
        if self.closed.is_of_another(history) {
            *self = Self::default();
        }
        let Self { closed, budgets } = self;
        closed.read(history, |trial| {
            let row = dimensions.iter().map(|dimension| dimension.read(space, trial.point()));
            let loss = loss(trial, goal).unwrap_or(f64::INFINITY);
            budgets.entry(trial.resources()).push(row, loss, trial);
        });
    }

    /// The resources of each budget with its observations, from the largest to the smallest.
    pub(super) fn largest_first(&self) -> impl Iterator<Item = (f64, &Budget)> {
        self.budgets.largest_first()
    }

    /// The numbers of the trials that are running.
    pub(super) fn running(&self) -> &[usize] {
        self.closed.running()
    }
}

impl Budget {
    fn push(&mut self, row: impl Iterator<Item = f64>, loss: f64, trial: &Trial) {
        let start = self.coordinates.len();
        self.coordinates.extend(row);
        self.gaps |= self.coordinates[start..].iter().any(|coordinate| coordinate.is_nan());
        let violation = if loss.is_finite() { trial.violation() } else { f64::INFINITY };
        let new = Ranked { violation, loss, trial: trial.number(), row: self.configurations.len() };
        self.configurations.push(trial.configuration());
        let better = |other: &Ranked| {
            let is_failed = other.loss.is_infinite().cmp(&loss.is_infinite());
            let by_violation = is_failed.then(other.violation.total_cmp(&violation));
            by_violation.then(other.loss.total_cmp(&loss)).then(other.trial.cmp(&new.trial)).is_lt()
        };
        self.ranked.insert(self.ranked.partition_point(better), new);
    }

    pub(super) fn len(&self) -> usize {
        self.ranked.len()
    }

    /// The number of observations with an objective; they are the first in rank.
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

    /// Replaces `rows` by the coordinates of the observations of these ranks, from 0 for the best.
    pub(super) fn gather(&self, ranks: std::ops::Range<usize>, rows: &mut Vec<f64>) {
        rows.clear();
        let d = self.coordinates.len() / self.len().max(1);
        for ranked in &self.ranked[ranks] {
            rows.extend_from_slice(&self.coordinates[ranked.row * d..(ranked.row + 1) * d]);
        }
    }
}
