//! The amount of work of a sweep.

/// The amount of work of a sweep.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Workload {
    /// This many trials.
    Count(u64),
    /// Trials as long as the loop runs, at most this many: the maximum of the range's type.
    Open(u64),
    /// All trials that the sampler plans.
    Planned,
    /// Trials with resources from `min` to `max`.
    Budgets { min: f64, max: f64, integer: bool },
}
