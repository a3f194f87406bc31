//! Whether small or large objectives are good.

use std::cmp::Ordering;
use std::fmt;

/// Whether small or large objectives are good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Goal {
    /// Small is good: a loss, an error, a run time.
    #[default]
    Minimize,
    /// Large is good: an accuracy, a likelihood.
    Maximize,
}

impl Goal {
    /// Compares two objectives; the better one is `Less`. NaN is ordered as by [`f64::total_cmp`].
    #[must_use]
    pub fn compare(self, a: f64, b: f64) -> Ordering {
        match self {
            Self::Minimize => a.total_cmp(&b),
            Self::Maximize => b.total_cmp(&a),
        }
    }

    /// Returns whether `value` is better than `other`; NaN is never better.
    #[must_use]
    pub fn prefers(self, value: f64, other: f64) -> bool {
        match self {
            Self::Minimize => value < other,
            Self::Maximize => value > other,
        }
    }
}

/// Writes `Minimize` or `Maximize`.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Minimize => "Minimize",
            Self::Maximize => "Maximize",
        })
    }
}
