//! How much work a sweep has.

/// How much work there is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Workload {
    /// So many trials.
    Count(u64),
    /// As long as the loop goes on; at the most so many trials, where the type of the range ends.
    Open(u64),
    /// All that the sampler plans.
    Planned,
    /// Trials with resources from `min` to `max`.
    Budgets { min: f64, max: f64, integer: bool },
}
