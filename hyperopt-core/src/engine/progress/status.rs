//! The state of a running sweep as it is shown, which the engine writes and the thread that draws reads.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::engine::progress::pace::Pace;
use crate::engine::progress::tally::{Counts, Tally};
use crate::plain::plain_line;
use crate::scheduler::BracketPlace;
use crate::space::{Point, Space, number};
use crate::sweep::Sweep;
use crate::trial::{State, Trial};

/// The longest list of hyperparameters that is kept, in characters: no terminal is wider.
const LONGEST: usize = 500;

/// The state of a running sweep as it is shown.
#[derive(Debug)]
pub(super) struct Status {
    /// The number of trials, if it is limited.
    pub(super) total: Option<u64>,
    pub(super) counts: Counts,
    pub(super) running: BTreeMap<usize, Running>,
    pub(super) best: Option<BestSoFar>,
    /// The number of trials that are done with each budget, from the smallest one on.
    pub(super) budgets: Vec<(f64, u64)>,
    /// The present bracket of the scheduler, if it has any.
    pub(super) place: Option<BracketPlace>,
    pub(super) pace: Pace,
    pub(super) started: Instant,
    /// Whether the sweep has ended.
    pub(super) is_over: bool,
}

/// A trial that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) since: Instant,
    /// Whether this process runs it.
    pub(super) is_mine: bool,
    pub(super) budget: Option<f64>,
    pub(super) report: Option<(u64, f64)>,
    /// Its hyperparameters, if they are shown.
    pub(super) params: String,
}

/// The best trial so far, in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BestSoFar {
    /// `best 0.25`
    pub(super) value: String,
    /// `at trial 7`
    pub(super) trial: String,
    /// `a = 3, b = true`
    pub(super) params: String,
}

impl Status {
    pub(super) fn new(total: Option<u64>, tally: &Tally, sweep: &Sweep) -> Self {
        let started = Instant::now();
        let mut status = Self {
            total,
            counts: tally.counts,
            running: BTreeMap::new(),
            best: BestSoFar::of(tally, sweep),
            budgets: Vec::new(),
            place: None,
            pace: Pace::new(started),
            started,
            is_over: false,
        };
        if tally.counts.done() > 0 {
            status.read_budgets(sweep);
        }
        status
    }

    /// Counts the trials of `sweep` that are done with each budget anew.
    pub(super) fn read_budgets(&mut self, sweep: &Sweep) {
        self.budgets.clear();
        let trials = sweep.history().trials().iter().filter(|trial| is_done(trial.state()));
        trials.filter_map(Trial::resources).for_each(|budget| self.count_budget(budget));
    }

    pub(super) fn count_budget(&mut self, budget: f64) {
        match self.budgets.binary_search_by(|(other, _)| other.total_cmp(&budget)) {
            Ok(index) => self.budgets[index].1 += 1,
            Err(index) => self.budgets.insert(index, (budget, 1)),
        }
    }

    /// Ends the sweep: what this process still ran is cancelled.
    pub(super) fn end(&mut self) {
        if !std::mem::replace(&mut self.is_over, true) {
            self.counts.cancelled += self.running.values().filter(|running| running.is_mine).count() as u64;
            self.running.clear();
        }
    }

    /// Returns the number of running trials, and for how long the oldest of them has been running.
    pub(super) fn oldest(&self, now: Instant) -> Option<(usize, Duration)> {
        let since = self.running.values().map(|running| running.since).min()?;
        Some((self.running.len(), now.duration_since(since)))
    }
}

/// Returns whether a trial in `state` has an outcome.
pub(super) fn is_done(state: State) -> bool {
    matches!(state, State::Complete | State::Failed | State::Pruned)
}

impl BestSoFar {
    pub(super) fn of(tally: &Tally, sweep: &Sweep) -> Option<Self> {
        if tally.front() > 0 {
            let value = format!("{} on the Pareto front", tally.front());
            return Some(Self { value, trial: String::new(), params: String::new() });
        }
        let (trial, value) = tally.best(sweep)?;
        let infeasible = if trial.is_feasible() { "" } else { ", infeasible" };
        Some(Self {
            value: format!("best {}", number(value)),
            trial: format!("at trial {}{infeasible}", trial.number()),
            params: params(sweep.space(), trial.point()),
        })
    }
}

/// Writes the active hyperparameters of `point` on one line: `a = 3, b = true`.
pub(crate) fn params(space: &Space, point: &Point) -> String {
    let mut line = String::new();
    for (name, value) in space.assignments(point) {
        if line.len() > LONGEST {
            break;
        }
        let comma = if line.is_empty() { "" } else { ", " };
        let value = value.to_string();
        line.extend([comma, &plain_line(name), " = ", &plain_line(&value)]);
    }
    line
}
