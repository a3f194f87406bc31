//! The trials of a scene, those with a value and those without.

use std::iter;

/// A trial with a finite value.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    pub(crate) number: usize,
    pub(crate) value: f64,
    /// What it was given, in a multi-fidelity sweep.
    pub(crate) resources: Option<f64>,
    /// The value for each of [`Scene::axes`], `None` where the hyperparameter was not active.
    pub(crate) xs: Vec<Option<f64>>,
    /// Whether it violates no constraint.
    pub(crate) is_feasible: bool,
}

/// A trial without a finite value.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) number: usize,
    pub(crate) fate: Fate,
    /// The value for each of [`Scene::axes`], `None` where the hyperparameter was not active.
    pub(crate) xs: Vec<Option<f64>>,
}

/// Why a trial has no finite value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Failed,
    Pruned,
    Unfinished,
}

/// A trial with a budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Evaluation {
    pub(crate) number: usize,
    /// What the evaluations of one configuration share.
    pub(crate) configuration: usize,
    pub(crate) resources: f64,
    /// Finite, or `None` where the trial has no place on the y axis.
    pub(crate) value: Option<f64>,
    /// Whether it violates no constraint.
    pub(crate) is_feasible: bool,
}

/// How many trials have no place on the y axis, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) failed: usize,
    pub(crate) pruned: usize,
    pub(crate) unfinished: usize,
    /// Finished, but with NaN or an infinity.
    pub(crate) not_finite: usize,
    /// Finished, but without a budget, in a figure of budgets.
    pub(crate) unbudgeted: usize,
}

/// One mark in one panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) trial: usize,
    pub(crate) resources: Option<f64>,
    pub(crate) is_feasible: bool,
}

impl iter::Sum for LeftOut {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            failed: a.failed + b.failed,
            pruned: a.pruned + b.pruned,
            unfinished: a.unfinished + b.unfinished,
            not_finite: a.not_finite + b.not_finite,
            unbudgeted: a.unbudgeted + b.unbudgeted,
        })
    }
}

impl LeftOut {
    /// Returns the number of all trials left out.
    pub(crate) fn total(self) -> usize {
        self.failed + self.pruned + self.unfinished + self.not_finite + self.unbudgeted
    }

    /// Says which trials are missing: "2 failed trials left out".
    pub(crate) fn caption(self) -> Option<String> {
        let kinds = [
            (self.failed, "failed"),
            (self.pruned, "pruned"),
            (self.unfinished, "unfinished"),
            (self.not_finite, "without a finite value"),
            (self.unbudgeted, "without resources"),
        ];
        let mut kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
        let (count, kind) = kinds.next()?;
        let noun = if count == 1 { "trial" } else { "trials" };
        let first =
            if kind.contains(' ') { format!("{count} {noun} {kind}") } else { format!("{count} {kind} {noun}") };
        let rest = kinds.map(|(count, kind)| format!("{count} {kind}"));
        let parts: Vec<String> = iter::once(first).chain(rest).collect();
        Some(format!("{} left out", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_count_what_is_missing() {
        assert_eq!(LeftOut::default().caption(), None);
        let one = LeftOut { failed: 1, ..LeftOut::default() };
        assert_eq!(one.caption().as_deref(), Some("1 failed trial left out"));
        let odd = LeftOut { not_finite: 3, ..LeftOut::default() };
        assert_eq!(odd.caption().as_deref(), Some("3 trials without a finite value left out"));
        let all = LeftOut { failed: 2, pruned: 4, not_finite: 1, ..LeftOut::default() };
        assert_eq!(all.caption().as_deref(), Some("2 failed trials, 4 pruned, 1 without a finite value left out"));
    }
}
