//! The summary of a study, which [`Study::list`](crate::Study::list) returns.

use hyperopt_core::Goal;

/// The name, the goals and the numbers of trials of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The name of the study.
    pub name: String,
    /// Its goals, one for each objective.
    pub goals: Vec<Goal>,
    /// The number of its trials, including those that run or wait.
    pub trials: usize,
    /// The number of its complete trials.
    pub complete: usize,
}
