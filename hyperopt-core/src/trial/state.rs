//! The state of a trial.

use std::fmt;

/// The state of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The trial has been asked for, and has no outcome yet.
    Running,
    /// The trial has finished, and all its objectives are finite.
    Complete,
    /// The trial was pruned, by `continue` in a loop for example.
    Pruned,
    /// The body returned an error or `None`, or an objective that is NaN or infinite.
    Failed,
    /// The trial was still running when the sweep ended, by `break` for example.
    Cancelled,
}

impl State {
    /// Returns the name in lower case, as tables and files show it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Complete => "complete",
            Self::Pruned => "pruned",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
