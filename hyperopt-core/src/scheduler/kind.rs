//! The kinds of samplers.

/// The kind of samplers in a loop that counts trials.
#[derive(Clone, Copy, Debug)]
pub struct Trials;

/// The kind of schedulers, which give each trial its resources, in a loop over budgets.
#[derive(Clone, Copy, Debug)]
pub struct Budgets;

/// The kind of samplers with a pruner, in a loop that counts trials which report: each item is a
/// [`RunningTrial`](crate::RunningTrial).
#[derive(Clone, Copy, Debug)]
pub struct Pruning;
