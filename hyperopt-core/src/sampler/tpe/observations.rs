//! The closed trials that are modelled, kept between suggestions.

use super::coordinate::Coordinate;
use super::groups::Groups;
use crate::history::{Goal, History};
use crate::sampler::toolkit::{ClosedTrials, Pool, loss};
use crate::space::Space;

/// The closed trials of a sweep, pooled over budgets.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    closed: ClosedTrials,
    pool: Pool,
    /// The numbers of the running trials whose configurations are new.
    running: Vec<usize>,
}

impl Observations {
    /// Whether `history` is another one than before.
    pub(super) fn is_of_another(&self, history: &History) -> bool {
        self.closed.is_of_another(history)
    }

    /// Reads what is new in `history`.
    pub(super) fn update(
        &mut self,
        (space, history, goal): (&Space, &History, Goal),
        dimensions: &[Coordinate],
        groups: &mut Groups,
    ) {
        let Self { closed, pool, running } = self;
        closed.read(history, |trial| {
            groups.observe(space, dimensions, trial.point());
            pool.observe(trial, loss(trial, goal));
        });
        let is_new = |&number: &usize| !pool.knows(history.trials()[number].configuration());
        running.clear();
        running.extend(closed.running().iter().copied().filter(is_new));
    }

    /// Returns the trials of the largest budget with at least `least` closed ones, at least one of them complete, and of those
    /// above.
    pub(super) fn pooled(&mut self, least: usize) -> Option<&Pool> {
        self.pool.update(least).then_some(&self.pool)
    }

    /// Returns the numbers of the trials that run configurations of which nothing is known yet.
    pub(super) fn running(&self) -> &[usize] {
        &self.running
    }
}
