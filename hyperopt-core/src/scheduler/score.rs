//! Scores, by which trials with equal resources rank.

use std::cmp::Ordering;

use crate::history::Goal;

/// The score by which a complete trial ranks among those with equal resources.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// The sum of the violated constraints; 0 if all are kept.
    pub(super) violation: f64,
    pub(super) objective: f64,
}

impl Score {
    /// Compares two scores; the better one is `Less`, as in [`rank`](crate::history::rank).
    pub(super) fn compare(&self, other: &Self, goal: Goal) -> Ordering {
        let by_violation = self.violation.total_cmp(&other.violation);
        by_violation.then_with(|| goal.compare(self.objective, other.objective))
    }

    /// Returns the distance between two scores, which is infinite if one violates more than the other.
    pub(super) fn distance(&self, other: &Self) -> f64 {
        if self.violation == other.violation { (self.objective - other.objective).abs() } else { f64::INFINITY }
    }
}

/// Makes the score of a trial without constraints.
#[cfg(test)]
impl From<f64> for Score {
    fn from(objective: f64) -> Self {
        Self { violation: 0.0, objective }
    }
}
