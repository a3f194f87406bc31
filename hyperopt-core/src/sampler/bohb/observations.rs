//! What has been told so far, kept between suggestions: for each budget, its observations from the best to the worst.

use super::dimension::Dimension;
use crate::history::{Goal, History};
use crate::space::Space;
use crate::trial::{State, Trial};

/// The observations of a sweep by budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    /// So many trials have been looked at.
    scanned: usize,
    /// Those that were running then.
    running: Vec<usize>,
    /// From the smallest to the largest; a sweep without budgets has one.
    budgets: Vec<Budget>,
}

/// The observations at one budget.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    resources: f64,
    /// One number for each dimension and observation, in the order of recording.
    coordinates: Vec<f64>,
    configurations: Vec<usize>,
    /// The order depends on losses and trial numbers alone, not on the order of recording.
    ranked: Vec<Ranked>,
    gaps: bool,
}

#[derive(Clone, Copy, Debug)]
struct Ranked {
    /// Of the constraints; those without an objective come last all the same.
    violation: f64,
    loss: f64,
    trial: usize,
    row: usize,
}

impl Observations {
    /// Catches up with `history`; of another history than before, with all of it.
    pub(super) fn update(&mut self, space: &Space, dimensions: &[Dimension], history: &History, goal: Goal) {
        let trials = history.trials();
        if trials.len() < self.scanned {
            *self = Self::default();
        }
        let mut running = std::mem::take(&mut self.running);
        running.retain(|&number| self.is_running(space, dimensions, &trials[number], goal));
        for trial in &trials[self.scanned..] {
            if self.is_running(space, dimensions, trial, goal) {
                running.push(trial.number());
            }
        }
        self.running = running;
        self.scanned = trials.len();
    }

    /// Whether `trial` still runs; records it if it does not.
    fn is_running(&mut self, space: &Space, dimensions: &[Dimension], trial: &Trial, goal: Goal) -> bool {
        match trial.state() {
            State::Running => return true,
            // Says nothing about its configuration.
            State::Cancelled => {}
            State::Complete | State::Pruned | State::Failed => {
                let loss = trial.objective().map_or(f64::INFINITY, |objective| match goal {
                    Goal::Minimize => objective,
                    Goal::Maximize => -objective,
                });
                let row = dimensions.iter().map(|dimension| dimension.read(space, trial.point()));
                self.budget(trial.resources()).push(row, loss, trial);
            }
        }
        false
    }

    /// The budget of `resources`. The rungs of different brackets may reach one budget by different roundings.
    fn budget(&mut self, resources: Option<f64>) -> &mut Budget {
        let resources = resources.unwrap_or(0.0);
        let below = self.budgets.partition_point(|budget| budget.resources < resources * (1.0 - 1e-9));
        let found = self.budgets.get(below).is_some_and(|budget| budget.resources <= resources * (1.0 + 1e-9));
        if !found {
            self.budgets.insert(below, Budget::new(resources));
        }
        &mut self.budgets[below]
    }

    /// The budgets from the largest to the smallest.
    pub(super) fn largest_first(&self) -> impl Iterator<Item = &Budget> {
        self.budgets.iter().rev()
    }

    /// The numbers of the trials that run.
    pub(super) fn running(&self) -> &[usize] {
        &self.running
    }
}

impl Budget {
    fn new(resources: f64) -> Self {
        Self { resources, coordinates: Vec::new(), configurations: Vec::new(), ranked: Vec::new(), gaps: false }
    }

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

    pub(super) fn resources(&self) -> f64 {
        self.resources
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
