//! What has become of the trials so far, kept up to date trial by trial.

use crate::history::pareto::{Vectors, dominates};
use crate::history::rank;
use crate::sweep::Sweep;
use crate::trial::{State, Trial};

/// The numbers of closed trials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) complete: u64,
    pub(super) failed: u64,
    pub(super) pruned: u64,
    pub(super) cancelled: u64,
}

impl Counts {
    /// Returns the number of trials that are done: a cancelled one has no outcome.
    pub(super) fn done(self) -> u64 {
        self.complete + self.failed + self.pruned
    }

    fn add(&mut self, state: State) {
        match state {
            State::Complete => self.complete += 1,
            State::Failed => self.failed += 1,
            State::Pruned => self.pruned += 1,
            State::Cancelled => self.cancelled += 1,
            State::Running => {}
        }
    }
}

/// The closed trials, and the best of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) counts: Counts,
    best: Option<(usize, f64)>,
    /// The numbers of the trials on the Pareto front, if there are several goals.
    front: Vec<usize>,
}

impl Tally {
    /// Begins with the best of all trials so far; they count themselves if `counts`.
    pub(super) fn of(sweep: &Sweep, counts: bool) -> Self {
        let history = sweep.history();
        let mut tally = Self::default();
        if counts {
            history.trials().iter().for_each(|trial| tally.counts.add(trial.state()));
        }
        tally.best = history.best(sweep.goal()).map(|(trial, value)| (trial.number(), value));
        if sweep.goals().len() > 1 {
            tally.front = history.pareto(sweep.goals()).iter().map(|trial| trial.number()).collect();
        }
        tally
    }

    /// Counts a trial that was closed now; returns whether it is the best so far, or on the Pareto front.
    pub(super) fn close(&mut self, sweep: &Sweep, number: usize) -> bool {
        let Some(trial) = sweep.history().trials().get(number) else { return false };
        self.counts.add(trial.state());
        if sweep.goals().len() > 1 { self.extends(sweep, trial) } else { self.improves(sweep, trial) }
    }

    /// Returns the best trial, if the sweep has one goal.
    pub(super) fn best<'a>(&self, sweep: &'a Sweep) -> Option<(&'a Trial, f64)> {
        let (number, value) = self.best.filter(|_| sweep.goals().len() == 1)?;
        Some((sweep.history().trials().get(number)?, value))
    }

    /// Returns the number of trials on the Pareto front.
    pub(super) fn front(&self) -> usize {
        self.front.len()
    }

    /// Returns whether `trial` is the best so far, and remembers it if so.
    fn improves(&mut self, sweep: &Sweep, trial: &Trial) -> bool {
        let Some(value) = trial.objective() else { return false };
        let trials = sweep.history().trials();
        let best = self.best.and_then(|(best, value)| Some((trials.get(best)?, value)));
        let improves = best.is_none_or(|best| rank(sweep.goal(), (trial, value), best).is_lt());
        if improves {
            self.best = Some((trial.number(), value));
        }
        improves
    }

    /// Returns whether `trial` belongs to the Pareto front; if so, it replaces the trials that it dominates.
    fn extends(&mut self, sweep: &Sweep, trial: &Trial) -> bool {
        let trials = sweep.history().trials();
        let losses = |trial: &Trial| Vectors::new([trial.objectives()].into_iter(), sweep.goals());
        let new = losses(trial);
        let beats = |a: &Vectors, b: &Vectors| dominates(a.row(0), b.row(0));
        if new.len() == 0 || !trial.is_feasible() || self.front.iter().any(|&old| beats(&losses(&trials[old]), &new)) {
            return false;
        }
        self.front.retain(|&old| !beats(&new, &losses(&trials[old])));
        self.front.push(trial.number());
        true
    }
}
