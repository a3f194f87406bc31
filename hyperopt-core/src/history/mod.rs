//! All trials of a sweep, and their order.

mod goal;
mod goals;
pub(crate) mod pareto;
mod rank;
mod revision;
mod spent;

pub use goal::Goal;
pub(crate) use goals::Goals;
pub use goals::IntoGoals;
pub(crate) use rank::rank;
use revision::Revision;
pub(crate) use spent::{Spent, is_spent};

use crate::history::pareto::Vectors;
use crate::space::Point;
use crate::trial::{Outcome, State, Trial};

/// All trials of a sweep in the order of asking; the number of a trial is its index.
#[derive(Clone, Debug, Default)]
pub struct History {
    trials: Vec<Trial>,
    configurations: usize,
    running: usize,
    /// Running trials whose guards are still to be evaluated, by other processes of a study.
    open: Vec<usize>,
    revision: Revision,
}

impl History {
    /// Returns the trials, including running ones.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Returns the number of trials, including running ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.trials.len()
    }

    /// Returns the number of configurations, which is that of trials except for the later rungs of a multi-fidelity sweep.
    #[must_use]
    pub fn configurations(&self) -> usize {
        self.configurations
    }

    /// Returns whether no trial was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.trials.is_empty()
    }

    /// Iterates over the complete trials with their objectives (the first of several), which are finite.
    pub fn complete(&self) -> impl Iterator<Item = (&Trial, f64)> {
        self.trials.iter().filter_map(|trial| Some((trial, trial.objective()?)))
    }

    /// Returns the number of trials in `state`.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.trials.iter().filter(|trial| trial.state() == state).count()
    }

    /// Returns the best complete trial, the earliest of equals, with its objective; `None` if no trial is complete.
    ///
    /// Objectives are comparable at equal resources only: in a multi-fidelity sweep, the best trial is one of those with
    /// the most resources. Trials that violate a constraint rank after all feasible ones, so one is the best only if no
    /// trial is feasible.
    ///
    /// Only the first objective counts; for several, see [`pareto`](Self::pareto).
    #[must_use]
    pub fn best(&self, goal: Goal) -> Option<(&Trial, f64)> {
        self.complete().reduce(|best, trial| if rank(goal, trial, best).is_lt() { trial } else { best })
    }

    /// Returns the complete trials from the best to the worst by their first objective: those with the most resources
    /// first, equals in the order of asking. Trials that violate a constraint come last, those that violate them least
    /// first.
    #[must_use]
    pub fn ranked(&self, goal: Goal) -> Vec<(&Trial, f64)> {
        let mut ranked: Vec<_> = self.complete().collect();
        ranked.sort_by(|&a, &b| rank(goal, a, b));
        ranked
    }

    /// Returns the Pareto front: the complete and feasible trials that no other trial dominates, that is, equals in all
    /// objectives and beats in at least one. They are sorted by the first objective from the best to the worst, equals in
    /// the order of asking.
    ///
    /// Trials whose number of objectives differs from that of `goals` are left out. In a multi-fidelity sweep, only trials
    /// with the most resources count.
    #[must_use]
    pub fn pareto(&self, goals: &[Goal]) -> Vec<&Trial> {
        let feasible = || self.complete().map(|(trial, _)| trial).filter(|trial| trial.is_feasible());
        let most = feasible().filter_map(Trial::resources).reduce(f64::max);
        let compared = feasible().filter(|trial| trial.objectives().len() == goals.len() && trial.resources() == most);
        let trials: Vec<_> = compared.collect();
        let vectors = Vectors::new(trials.iter().map(|trial| trial.objectives()), goals);
        vectors.front().into_iter().map(|index| trials[index]).collect()
    }

    /// Returns the number of trials that have been asked for and not closed yet.
    #[must_use]
    pub fn running(&self) -> usize {
        self.running
    }

    /// Returns a number that stays the same while trials are only added, reported and closed.
    pub(crate) fn revision(&self) -> u64 {
        self.revision.number()
    }

    pub(crate) fn push(&mut self, trial: Trial) {
        self.configurations = self.configurations.max(trial.configuration() + 1);
        self.running += 1;
        self.trials.push(trial);
    }

    /// Returns a running trial, mutably; `None` if it is closed.
    pub(crate) fn running_mut(&mut self, number: usize) -> Option<&mut Trial> {
        self.trials.get_mut(number).filter(|trial| trial.state() == State::Running)
    }

    /// Leaves the guards of a running trial open: its point does not say yet which conditional axes are active.
    pub(crate) fn leave_guards_open(&mut self, number: usize) {
        self.open.push(number);
    }

    /// Records the axes that guards have made active in a running trial.
    pub(crate) fn settle_guards(&mut self, number: usize, point: &Point) {
        self.open.retain(|&open| open != number);
        if let Some(trial) = self.running_mut(number) {
            trial.point_mut().clone_from(point);
        }
    }

    pub(crate) fn has_open_guards(&self, number: usize) -> bool {
        self.open.contains(&number)
    }

    /// Returns a running trial, to be closed.
    pub(crate) fn closing(&mut self, number: usize) -> Option<&mut Trial> {
        let trial = self.trials.get_mut(number).filter(|trial| trial.state() == State::Running)?;
        self.running -= 1;
        Some(trial)
    }

    /// Makes a closed trial a running one again, whose outcome does not count.
    pub(crate) fn reopen(&mut self, number: usize) {
        if self.set_aside(number).is_some() {
            self.revision = Revision::default();
        }
    }

    /// Makes a closed trial a running one for a while; returns the closed one, to be [restored](Self::restore).
    pub(crate) fn set_aside(&mut self, number: usize) -> Option<Trial> {
        let trial = self.trials.get_mut(number).filter(|trial| trial.state() != State::Running)?;
        let running = trial.opened();
        self.running += 1;
        Some(std::mem::replace(trial, running))
    }

    pub(crate) fn restore(&mut self, closed: Trial) {
        self.running -= 1;
        let number = closed.number();
        self.trials[number] = closed;
    }

    /// Removes and returns the last trial, which is running; `is_new` says that it is the first of its configuration.
    pub(crate) fn pop(&mut self, is_new: bool) -> Option<Trial> {
        let trial = self.trials.pop()?;
        if trial.state() == State::Running {
            self.running -= 1;
        } else {
            self.revision = Revision::default();
        }
        self.configurations -= usize::from(is_new);
        Some(trial)
    }

    /// Replaces the trial with the number of `changed`, which another process or an earlier run has recorded.
    pub(crate) fn replace(&mut self, changed: Trial) {
        if let Some(trial) = self.trials.get_mut(changed.number()) {
            let was_running = trial.state() == State::Running;
            self.open.retain(|&open| open != changed.number());
            *trial = changed;
            let is_running = trial.state() == State::Running;
            if !was_running {
                self.revision = Revision::default();
            }
            self.running = self.running + usize::from(is_running) - usize::from(was_running);
        }
    }

    pub(crate) fn cancel_running(&mut self) {
        for trial in self.trials.iter_mut().filter(|trial| trial.state() == State::Running) {
            trial.close(Outcome::interrupted(), trial.duration());
        }
        self.running = 0;
    }
}
