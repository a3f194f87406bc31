//! The kinds of work that a sampler can have.

/// The kind of samplers that are asked for one trial after the other, in a loop that counts them.
#[derive(Clone, Copy, Debug)]
pub struct Trials;

/// The kind of schedulers that give each trial resources, in a loop over budgets.
#[derive(Clone, Copy, Debug)]
pub struct Budgets;

/// The kind of samplers with a pruner, in a loop that counts trials which report: each item is a
/// [`RunningTrial`](crate::RunningTrial).
#[derive(Clone, Copy, Debug)]
pub struct Pruning;
