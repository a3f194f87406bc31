//! The rungs of asynchronous successive halving, by either rule.

use crate::history::Goal;
use crate::scheduler::View;
use crate::scheduler::rung_system::RungSystem;
use crate::scheduler::stopping_rungs::StoppingRungs;

/// Rungs whose best configurations are promoted, or whose others are stopped.
#[derive(Clone, Debug)]
pub(super) enum Rungs {
    Promoting(RungSystem),
    Stopping(StoppingRungs),
}

impl Default for Rungs {
    fn default() -> Self {
        Self::Promoting(RungSystem::default())
    }
}

impl Rungs {
    /// Enters the trials that have been closed, with `to_start` new configurations still to come; returns an upper bound
    /// of the steps left, which is 0 if and only if there are none.
    pub(super) fn settle(&mut self, view: &View<'_>, to_start: u64) -> u64 {
        match self {
            Self::Promoting(rungs) => rungs.settle(view, to_start),
            Self::Stopping(rungs) => rungs.settle(view, to_start),
        }
    }

    /// Resumes a trial if one continues; returns it and its new resources. `next` is the number of the trial that resumes it.
    pub(super) fn promote(&mut self, goal: Goal, next: usize) -> Option<(usize, f64)> {
        match self {
            Self::Promoting(rungs) => rungs.promote(goal, next),
            Self::Stopping(rungs) => rungs.promote(next),
        }
    }

    /// Resumes `configuration` with trial `number`, as another process has decided. Returns whether a rung gives these resources
    /// to a configuration of the rung below.
    pub(super) fn follow(&mut self, view: &View<'_>, number: usize, configuration: usize, resources: f64) -> bool {
        match self {
            Self::Promoting(rungs) => rungs.follow(view, number, configuration, resources),
            Self::Stopping(rungs) => rungs.follow(view, number, configuration, resources),
        }
    }

    /// Takes back the start of trial `number`. Returns whether it was that of a new configuration.
    pub(super) fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        match self {
            Self::Promoting(rungs) => rungs.retract(view, number),
            Self::Stopping(rungs) => rungs.retract(number),
        }
    }

    /// Opens `trial`, of a new configuration, in the first rung; returns its resources.
    pub(super) fn start(&mut self, trial: usize) -> f64 {
        match self {
            Self::Promoting(rungs) => rungs.start(trial),
            Self::Stopping(rungs) => rungs.start(trial),
        }
    }

    /// Returns what to say about the resources that the configurations got, once the sweep is over.
    pub(super) fn note(&self, view: &View<'_>) -> Option<String> {
        match self {
            Self::Promoting(rungs) => rungs.note(view),
            Self::Stopping(rungs) => rungs.note(view),
        }
    }

    /// Returns the configurations that will not be resumed, each once.
    pub(super) fn retired(&mut self) -> Vec<usize> {
        match self {
            Self::Promoting(rungs) => rungs.retired(),
            Self::Stopping(rungs) => rungs.retired(),
        }
    }
}
