//! The best trial of a history that grows, each of whose trials is looked at once.

use crate::history::{History, rank};
use crate::scheduler::View;
use crate::trial::{State, Trial};

/// The best of the trials that have been looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Incumbent {
    revision: Option<u64>,
    /// The number of trials that have been looked at, up to the first that was running.
    read: usize,
    best: Option<usize>,
}

impl Incumbent {
    /// Returns the best complete trial, as [`History::best`] does.
    pub(super) fn find<'h>(&mut self, view: &View<'h>) -> Option<&'h Trial> {
        let history: &'h History = view.history;
        let trials = history.trials();
        if self.revision != Some(history.revision()) || trials.len() < self.read {
            *self = Self { revision: Some(history.revision()), ..Self::default() };
        }
        let is_open = |trial: &Trial| trial.state() == State::Running;
        let open = trials[self.read..].iter().position(is_open).map_or(trials.len(), |open| self.read + open);
        let best = |from: Option<usize>, new: &'h [Trial]| {
            let all = from.map(|best| &trials[best]).into_iter().chain(new);
            let complete = all.filter_map(|trial| Some((trial, trial.objective()?)));
            complete.reduce(|best, trial| if rank(view.goal, trial, best).is_lt() { trial } else { best })
        };
        self.best = best(self.best, &trials[self.read..open]).map(|(trial, _)| trial.number());
        self.read = open;
        best(self.best, &trials[open..]).map(|(trial, _)| trial)
    }
}
