//! How much work a sweep has.

/// How much work there is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Workload {
    /// So many trials.
    Count(u64),
    /// As long as the loop runs; at most this many trials: the maximum of the range's type.
    Open(u64),
    /// All that the sampler plans.
    Planned,
    /// Trials with resources from `min` to `max`.
    Budgets { min: f64, max: f64, integer: bool },
}
