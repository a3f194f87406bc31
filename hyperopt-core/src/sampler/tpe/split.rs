//! Which trials are better and which are worse.

use std::cmp::Ordering;

use super::options::Options;
use crate::history::{Goal, pareto};
use crate::trial::{State, Trial};

/// The least weight of a better trial.
const LEAST: f64 = 1e-12;

/// What a closed trial counts for: [`Ord`] sorts from the best to the worst.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    standing: Standing,
    violation: f64,
    /// The smaller, the better.
    loss: f64,
    pub(super) trial: usize,
}

/// Trials without an objective come after all that have one: pruned trials by their last report, and those
/// that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Complete,
    Pruned,
    Failed,
}

impl Ranked {
    /// `None` for a trial that runs, or was cancelled, which says nothing about its configuration.
    pub(super) fn of(trial: &Trial, goal: Goal) -> Option<Self> {
        let standing = match trial.state() {
            State::Complete => Standing::Complete,
            State::Pruned => Standing::Pruned,
            State::Failed => Standing::Failed,
            State::Running | State::Cancelled => return None,
        };
        let reported = || trial.last_report().map(|(_, value)| value).filter(|value| !value.is_nan());
        let value = trial.objective().or_else(|| reported().filter(|_| standing == Standing::Pruned));
        // NaN comes after everything.
        let loss = value.map_or(f64::NAN.abs(), |value| pareto::loss(value, goal));
        Some(Self { standing, violation: trial.violation(), loss, trial: trial.number() })
    }

    /// Returns the same with a loss that was carried to another budget; NaN leaves its own.
    pub(super) fn carried(self, loss: f64) -> Self {
        if loss.is_nan() { self } else { Self { loss, ..self } }
    }

    /// Whether it keeps all constraints.
    fn is_feasible(&self) -> bool {
        self.violation == 0.0
    }

    /// Whether it can be among the better ones.
    pub(super) fn is_complete(&self) -> bool {
        self.standing == Standing::Complete
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_violation = || self.violation.total_cmp(&other.violation);
        let by_loss = || self.loss.total_cmp(&other.loss);
        self.standing
            .cmp(&other.standing)
            .then_with(by_violation)
            .then_with(by_loss)
            .then_with(|| self.trial.cmp(&other.trial))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

/// How many of `trials` are better, of which `complete` ones can be: Watanabe 2023, section 3.1, "linear" or "square root".
pub(super) fn better(trials: usize, complete: usize, options: &Options) -> usize {
    let trials = trials as f64;
    let share = (options.gamma * if options.of_root { trials.sqrt() } else { trials }).ceil() as usize;
    share.min(options.better_at_most).min(complete)
}

/// The weights of the better trials, by the improvement over the best of the worse ones: Watanabe 2023, section 3.2, "EI".
///
/// 1 for the largest; where nothing is worse, and where all are as good as the best of the worse, 1 for each. Where they are
/// on either side of a constraint, 1 for those that keep it, and next to nothing for the others.
pub(super) fn weights(better: &[Ranked], next: Option<&Ranked>, weights: &mut Vec<f64>) {
    weights.clear();
    let violate = better.last().is_some_and(|last| !last.is_feasible());
    if violate && better[0].is_feasible() {
        return weights.extend(better.iter().map(|ranked| if ranked.is_feasible() { 1.0 } else { LEAST }));
    }
    let next = next.filter(|next| next.is_complete() && next.is_feasible());
    let loss = next.map_or(f64::NAN, |next| next.loss);
    // Halves, so that no difference overflows.
    weights.extend(better.iter().map(|ranked| 0.5 * loss - 0.5 * ranked.loss));
    let largest = weights.first().copied().unwrap_or(0.0);
    for weight in weights {
        *weight = if largest > 0.0 { (*weight / largest).max(LEAST) } else { 1.0 };
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::space::Point;
    use crate::trial::Outcome;

    #[test]
    fn trials_that_were_given_up_rank_by_their_last_report() {
        let pruned = |number: usize, reports: &[f64]| {
            let mut trial = Trial::running(number, number, None, Point::from(vec![0.5]));
            (0..).zip(reports).for_each(|(step, &value)| trial.report(step, value));
            trial.close(Outcome::pruned(), Duration::ZERO);
            trial
        };
        let told = |number: usize, outcome: Outcome| {
            let mut trial = Trial::running(number, number, None, Point::from(vec![0.5]));
            trial.report(0, -9.0);
            trial.close(outcome, Duration::ZERO);
            trial
        };
        let trials = [
            told(0, Outcome::failed("no")),
            pruned(1, &[]),
            pruned(2, &[1.0, f64::NAN]),
            pruned(3, &[1.0, f64::INFINITY]),
            pruned(4, &[7.0, 2.0]),
            pruned(5, &[1.0, 3.0]),
            told(6, Outcome::value(9.0)),
        ];
        let order = |goal| {
            let mut ranked: Vec<_> = trials.iter().filter_map(|trial| Ranked::of(trial, goal)).collect();
            ranked.sort_unstable();
            ranked.iter().map(|ranked| ranked.trial).collect::<Vec<_>>()
        };
        assert_eq!(order(Goal::Minimize), [6, 4, 5, 3, 1, 2, 0]);
        assert_eq!(order(Goal::Maximize), [6, 3, 5, 4, 1, 2, 0]);
        let running = Trial::running(7, 7, None, Point::from(vec![0.5]));
        assert!(Ranked::of(&running, Goal::Minimize).is_none());
    }
}
