//! What has been told so far, kept between suggestions: the closed trials of each budget.

use super::coordinate::Coordinate;
use super::groups::Groups;
use crate::history::History;
use crate::space::Space;
use crate::trial::State;

/// The closed trials of a sweep by budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    /// So many trials have been looked at.
    scanned: usize,
    /// Those that were running then.
    running: Vec<usize>,
    /// From the smallest to the largest; a sweep without budgets has one.
    budgets: Vec<Budget>,
}

/// The closed trials at one budget, by number, in the order of recording.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    pub(super) resources: f64,
    pub(super) trials: Vec<usize>,
    pub(super) complete: usize,
}

impl Observations {
    /// Whether `history` is not the one that has been looked at before, with more trials.
    pub(super) fn is_of_another(&self, history: &History) -> bool {
        history.len() < self.scanned
    }

    /// Catches up with `history`.
    pub(super) fn update(&mut self, space: &Space, dimensions: &[Coordinate], history: &History, groups: &mut Groups) {
        let trials = history.trials();
        let (mut running, scanned) = (std::mem::take(&mut self.running), self.scanned);
        let mut is_running = |number: usize| {
            let trial = &trials[number];
            match trial.state() {
                State::Running => return true,
                State::Cancelled => {}
                State::Complete | State::Pruned | State::Failed => {
                    groups.observe(space, dimensions, trial.point());
                    let budget = self.budget(trial.resources());
                    budget.trials.push(number);
                    budget.complete += usize::from(trial.state() == State::Complete);
                }
            }
            false
        };
        running.retain(|&number| is_running(number));
        running.extend((scanned..trials.len()).filter(|&number| is_running(number)));
        self.running = running;
        self.scanned = trials.len();
    }

    /// The budget of `resources`. The rungs of different brackets may reach one budget by different roundings.
    fn budget(&mut self, resources: Option<f64>) -> &mut Budget {
        let resources = resources.unwrap_or(0.0);
        let below = self.budgets.partition_point(|budget| budget.resources < resources * (1.0 - 1e-9));
        let found = self.budgets.get(below).is_some_and(|budget| budget.resources <= resources * (1.0 + 1e-9));
        if !found {
            self.budgets.insert(below, Budget { resources, trials: Vec::new(), complete: 0 });
        }
        &mut self.budgets[below]
    }

    /// The largest budget with so many closed trials, one of them complete at the least.
    pub(super) fn largest(&self, least: usize) -> Option<&Budget> {
        self.budgets.iter().rev().find(|budget| budget.trials.len() >= least && budget.complete > 0)
    }

    /// The numbers of the trials that run.
    pub(super) fn running(&self) -> &[usize] {
        &self.running
    }
}
