//! How trials with equal resources rank.

use std::cmp::Ordering;

use crate::history::Goal;

/// What a complete trial ranks by among those with equal resources.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// 0 where all constraints are kept.
    pub(super) violation: f64,
    pub(super) objective: f64,
}

impl Score {
    /// Which of two comes first from the best to the worst: as in [`rank`](crate::history::rank).
    pub(super) fn compare(&self, other: &Self, goal: Goal) -> Ordering {
        let by_violation = self.violation.total_cmp(&other.violation);
        by_violation.then_with(|| goal.compare(self.objective, other.objective))
    }

    /// How far apart two are: infinitely, where one violates more than the other.
    pub(super) fn distance(&self, other: &Self) -> f64 {
        if self.violation == other.violation { (self.objective - other.objective).abs() } else { f64::INFINITY }
    }
}

/// Without constraints.
#[cfg(test)]
impl From<f64> for Score {
    fn from(objective: f64) -> Self {
        Self { violation: 0.0, objective }
    }
}
