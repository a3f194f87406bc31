//! The summary of a study, which [`Study::list`](crate::Study::list) returns.

use hyperopt_core::Goal;

/// The name, the goals, the sampler and the numbers of trials of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The name of the study.
    pub name: String,
    /// Its goals, one for each objective.
    pub goals: Vec<Goal>,
    /// The number of its trials, including those that run, wait or are paused.
    pub trials: usize,
    /// The number of its complete trials.
    pub complete: usize,
    /// The number of its pruned trials.
    pub pruned: usize,
    /// The number of its failed trials.
    pub failed: usize,
    /// The number of its running trials.
    pub running: usize,
    /// The number of its configurations between two rungs, which no process runs; 0 in a study without budgets. Optuna's table
    /// has no state of that kind, and holds them as running.
    pub paused: usize,
    /// The number of its trials that wait for a process to run them.
    pub waiting: usize,
    /// The name of its sampler; `None` if another program has created the study.
    pub sampler: Option<String>,
    /// The start of its first trial as the database holds it, such as `2026-01-31 23:59:59`: in UTC if this crate wrote it, in
    /// local time if Optuna did. `None` before the first trial.
    pub started: Option<String>,
    /// The last start, end or heartbeat of a trial, in the same form.
    pub active: Option<String>,
}
