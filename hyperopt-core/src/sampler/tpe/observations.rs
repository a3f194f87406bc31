//! The closed trials of each budget, kept between suggestions.

use super::coordinate::Coordinate;
use super::groups::Groups;
use crate::history::History;
use crate::sampler::toolkit::{ByBudget, ClosedTrials};
use crate::space::Space;
use crate::trial::State;

/// The closed trials of a sweep by budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    closed: ClosedTrials,
    budgets: ByBudget<Budget>,
}

/// The closed trials at one budget, by number, in the order of recording.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget {
    pub(super) trials: Vec<usize>,
    pub(super) complete: usize,
}

impl Observations {
    /// Whether `history` is another one than before.
    pub(super) fn is_of_another(&self, history: &History) -> bool {
        self.closed.is_of_another(history)
    }

    /// Reads what is new in `history`.
    pub(super) fn update(&mut self, space: &Space, dimensions: &[Coordinate], history: &History, groups: &mut Groups) {
        let Self { closed, budgets } = self;
        closed.read(history, |trial| {
            groups.observe(space, dimensions, trial.point());
            let budget = budgets.entry(trial.resources());
            budget.trials.push(trial.number());
            budget.complete += usize::from(trial.state() == State::Complete);
        });
    }

    /// The largest budget with at least `least` closed trials, at least one of them complete.
    pub(super) fn largest(&self, least: usize) -> Option<(f64, &Budget)> {
        self.budgets.largest_first().find(|(_, budget)| budget.trials.len() >= least && budget.complete > 0)
    }

    /// The numbers of the trials that are running.
    pub(super) fn running(&self) -> &[usize] {
        self.closed.running()
    }
}
