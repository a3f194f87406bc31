//! The complete trials by rank, and what the configurations have been given.

use std::cmp::Ordering;
use std::ops::Range;

use crate::history::{Goal, History, rank};
use crate::sampler::toolkit::ClosedTrials;
use crate::trial::Trial;

use super::ranking::{Centre, Ranking};

/// The complete trials of a history that grows, from the best to the worst; each is read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    revision: Option<u64>,
    closed: ClosedTrials,
    ranked: Ranking,
    /// The most resources that each configuration was given: later rungs continue.
    spent: Vec<f64>,
    /// The most resources of a trial.
    most: f64,
}

impl Ranks {
    /// Reads what is new in `history`.
    pub(super) fn read(&mut self, history: &History, goal: Goal) {
        if self.revision != Some(history.revision()) || self.closed.is_of_another(history) {
            *self = Self { revision: Some(history.revision()), ..Self::default() };
        }
        let Self { closed, ranked, spent, most, .. } = self;
        let trials = history.trials();
        closed.read(history, |trial| {
            let Some(objective) = trial.objective() else { return };
            let configuration = trial.configuration();
            if spent.len() <= configuration {
                spent.resize(configuration + 1, 0.0);
            }
            spent[configuration] = spent[configuration].max(resources(trial));
            *most = most.max(resources(trial));
            let number = trial.number();
            ranked.insert(number, |other| {
                let before = trials[other].objective().unwrap_or(f64::NAN);
                rank(goal, (&trials[other], before), (trial, objective)).then(other.cmp(&number)) == Ordering::Less
            });
        });
    }

    /// Returns the number of the best trial.
    pub(super) fn best(&self) -> Option<usize> {
        self.ranked.get(0)
    }

    /// Returns whether a trial has had the resources `full`, and all together have had `sum`.
    pub(super) fn have_spent(&self, full: f64, sum: f64) -> bool {
        // The configurations of a few brackets suffice, so that later ones need not be added up.
        let mut left = sum;
        self.most >= full
            && (sum <= 0.0
                || self.spent.iter().any(|spent| {
                    left -= spent;
                    left <= 0.0
                }))
    }

    /// Returns the ranks of the rung with the most resources that has at least `least` complete trials.
    pub(super) fn rung(&self, trials: &[Trial], least: f64) -> Option<Range<usize>> {
        let mut start = 0;
        loop {
            let first = &trials[self.ranked.get(start)?];
            let mut end = self.ranked.rank(|other| is_of_rung(&trials[other], first, first.is_feasible()));
            // The infeasible trials of the same resources may follow at once.
            let next = self.ranked.get(end).map(|next| &trials[next]);
            if next.is_some_and(|next| first.is_feasible() && resources(next) == resources(first)) {
                end = self.ranked.rank(|other| is_of_rung(&trials[other], first, false));
            }
            if (end - start) as f64 >= least {
                return Some(start..end);
            }
            start = end;
        }
    }

    /// Returns the sum of a density over the trials with these ranks: see [`Ranking::weighted`].
    pub(super) fn weighted(&mut self, ranks: Range<usize>, centre: Centre, density: impl Fn(usize) -> f64) -> f64 {
        self.ranked.weighted(ranks, centre, density)
    }

    /// Returns the numbers of the trials with these ranks, from the best to the worst.
    #[cfg(test)]
    pub(super) fn numbers(&self, ranks: Range<usize>) -> impl Iterator<Item = usize> {
        ranks.map_while(|rank| self.ranked.get(rank))
    }
}

/// Returns whether `trial` ranks no later than the feasible or infeasible ones with the resources of `first`.
fn is_of_rung(trial: &Trial, first: &Trial, is_feasible: bool) -> bool {
    if trial.is_feasible() == is_feasible { resources(trial) >= resources(first) } else { trial.is_feasible() }
}

fn resources(trial: &Trial) -> f64 {
    trial.resources().unwrap_or_default()
}
