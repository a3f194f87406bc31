//! Reasons for the end of a sweep.

use std::fmt;

/// The reason why a sweep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum StopReason {
    /// The sweep has not ended: it is asked and told by hand.
    #[default]
    Open,
    /// All trials of the loop's head are done.
    Planned,
    /// The sampler had nothing more to propose.
    Exhausted,
    /// The loop was left by `break`, or its body evaluated to `ControlFlow::Break`.
    Break,
    /// The setting `timeout` was reached.
    Timeout,
    /// Ctrl-C was pressed, and `on_interrupt` is [`OnInterrupt::Stop`](crate::OnInterrupt::Stop).
    Interrupt,
    /// The best objective passed [the threshold](crate::Search::loss_threshold).
    Threshold,
    /// The trials have spent [the resources](crate::Search::spend) of the sweep.
    Spent,
    /// The last trials made [no progress](crate::Search::no_progress).
    NoProgress,
    /// [A rule for early stopping](crate::fmin::Fmin::early_stop_fn) ended the sweep.
    EarlyStop,
    /// A trial failed, and `on_error` is [`OnError::Stop`](crate::OnError::Stop).
    Failure,
    /// Something was wrong with the sweep itself; see [`Sweep::error`](crate::Sweep::error).
    Error,
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Open => "still open",
            Self::Planned => "all planned trials are done",
            Self::Exhausted => "the sampler has nothing more to propose",
            Self::Break => "the loop was left by `break`",
            Self::Timeout => "the timeout was reached",
            Self::Interrupt => "it was interrupted",
            Self::Threshold => "the best objective is past the threshold",
            Self::Spent => "the resources of `spend` are spent",
            Self::NoProgress => "the last trials made no progress",
            Self::EarlyStop => "a rule for early stopping ended it",
            Self::Failure => "a trial failed, and `on_error` says to stop",
            Self::Error => "the sweep itself is faulty",
        })
    }
}
