//! The order of complete trials from the best to the worst.

use std::cmp::Ordering;

use crate::history::Goal;
use crate::trial::Trial;

/// Compares two complete trials; the better one is `Less`. A feasible trial comes first, then the one with more resources,
/// then the one with the smaller violation, and then the one with the better first objective.
pub(crate) fn rank(goal: Goal, a: (&Trial, f64), b: (&Trial, f64)) -> Ordering {
    let resources = |trial: &Trial| trial.resources().unwrap_or_default();
    let feasible = b.0.is_feasible().cmp(&a.0.is_feasible());
    let by_resources = feasible.then_with(|| resources(b.0).total_cmp(&resources(a.0)));
    let by_violation = by_resources.then_with(|| a.0.violation().total_cmp(&b.0.violation()));
    by_violation.then_with(|| goal.compare(a.1, b.1))
}
