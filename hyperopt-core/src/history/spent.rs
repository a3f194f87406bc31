//! The resources that the trials of a sweep have spent.

use std::collections::HashMap;

use crate::history::History;

/// The share of a limit by which sums of rounded numbers may miss it.
const TOLERANCE: f64 = 1e-9;

/// The resources that the trials so far have spent.
///
/// A trial spends its resources when it starts, minus those that its configuration has had before, whatever its outcome is.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    /// The number of the first trial that counts.
    first: usize,
    /// The number of trials that have been counted.
    counted: usize,
    resources: f64,
    /// The resources that each configuration has had.
    had: HashMap<usize, f64>,
}

impl Spent {
    /// Begins to count from the trial `first` on.
    pub(crate) fn new(first: usize) -> Self {
        Self { first, ..Self::default() }
    }

    /// Counts the trials that are new; returns the resources of all.
    pub(crate) fn count(&mut self, history: &History) -> f64 {
        let new = &history.trials()[self.counted.min(history.len())..];
        for trial in new {
            let Some(resources) = trial.resources() else { continue };
            let had = self.had.entry(trial.configuration()).or_default();
            if trial.number() >= self.first {
                self.resources += (resources - *had).max(0.0);
            }
            *had = had.max(resources);
        }
        self.counted = history.len();
        self.resources
    }

    /// Forgets the trials counted so far, of which the last was taken back.
    pub(crate) fn recount(&mut self) {
        *self = Self::new(self.first);
    }
}

/// Returns whether the resources `spent` have reached `limit`.
pub(crate) fn is_spent(spent: f64, limit: f64) -> bool {
    spent >= limit * (1.0 - TOLERANCE)
}
