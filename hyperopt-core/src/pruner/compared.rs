//! The trials that a pruner compares with, and reading each of them once.

use crate::history::History;
use crate::trial::{State, Trial};

/// The trials of a sweep to compare with. This is not public API.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    trials: &'a [Trial],
    revision: u64,
}

impl<'a> Compared<'a> {
    /// Takes the first `count` trials of `history`.
    pub(crate) fn new(history: &'a History, count: usize) -> Self {
        let trials = history.trials();
        Self { trials: &trials[..count.min(trials.len())], revision: history.revision() }
    }

    pub(super) fn trials(self) -> &'a [Trial] {
        self.trials
    }
}

/// Reads each closed trial once, cancelled ones too, and remembers those that were still running.
///
/// What it has read stays true while the revision of the history does: closed trials change with it alone.
#[derive(Clone, Debug, Default)]
pub(super) struct ClosedTrials {
    revision: Option<u64>,
    /// The number of trials that have been looked at.
    seen: usize,
    running: Vec<usize>,
}

impl ClosedTrials {
    /// Returns whether `compared` holds all that has been read; otherwise, reading has to begin again.
    pub(super) fn continues(&self, compared: Compared<'_>) -> bool {
        self.revision == Some(compared.revision) && self.seen <= compared.trials.len()
    }

    /// Passes each trial that has been closed since the last call to `read`.
    pub(super) fn read(&mut self, compared: Compared<'_>, mut read: impl FnMut(&Trial)) {
        let Self { revision, seen, running } = self;
        *revision = Some(compared.revision);
        let mut is_running = |trial: &Trial| {
            let is_running = trial.state() == State::Running;
            if !is_running {
                read(trial);
            }
            is_running
        };
        running.retain(|&number| is_running(&compared.trials[number]));
        let new = compared.trials[*seen..].iter().filter(|trial| is_running(trial));
        running.extend(new.map(Trial::number));
        *seen = compared.trials.len();
    }

    /// Returns the numbers of the trials that were running at the last call of [`read`](Self::read).
    pub(super) fn running(&self) -> &[usize] {
        &self.running
    }
}
