//! What a figure of a sweep needs to know, free of where it came from.

use std::{
    collections::{BTreeMap, HashMap},
    iter,
};

use hyperopt_core::Goal;

/// A sweep, ready to draw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// The headline: how many trials, of which sampler.
    pub(crate) title: String,
    /// What the trials' values are called on the y axis.
    pub(crate) objective: String,
    /// Whether small values are good.
    pub(crate) is_loss: bool,
    /// How many more objectives the trials have.
    pub(crate) further: usize,
    /// One per hyperparameter, in the order written.
    pub(crate) axes: Vec<Axis>,
    /// The trials with a finite value, in the order of their numbers.
    pub(crate) trials: Vec<Trial>,
    /// All evaluations of a multi-fidelity sweep, in the order of asking; empty elsewhere.
    pub(crate) evaluations: Vec<Evaluation>,
    /// The trials without one.
    pub(crate) left_out: LeftOut,
    /// The same of each of several sweeps.
    pub(crate) runs: Vec<Run>,
    /// What the trials reported while they ran.
    pub(crate) curves: Vec<Curve>,
    pub(crate) steps: Steps,
    /// The hypervolume, of a sweep of several objectives.
    pub(crate) volumes: Option<Volumes>,
    /// When the trials ran.
    pub(crate) shifts: Vec<Shift>,
    /// The trials without one, for the figures that mark them.
    pub(crate) others: Vec<Other>,
    /// The number of the best trial, if there is one: of several objectives there is none.
    pub(crate) best: Option<usize>,
    /// The Pareto front, in a sweep of several objectives.
    pub(crate) front: Option<Front>,
    /// What went wrong first, for a figure that has nothing else to show.
    pub(crate) error: Option<String>,
}

/// One of several sweeps; those of one name are runs of one method.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) name: String,
    pub(crate) scene: Scene,
}

/// What a trial reported while it ran.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) number: usize,
    pub(crate) ending: Ending,
    /// Its objective, if it has one.
    pub(crate) value: Option<f64>,
    /// Steps and finite values.
    pub(crate) steps: Vec<(f64, f64)>,
}

/// How a trial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Complete,
    Infeasible,
    /// It was pruned, or its configuration was not promoted to the largest budget.
    Pruned,
    Failed,
}

/// What the steps of the curves are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Steps {
    /// The steps that the trials reported.
    #[default]
    Reports,
    /// The budgets of the rungs.
    Rungs,
}

/// The hypervolume after each trial that changes it.
#[derive(Clone, Debug)]
pub(crate) struct Volumes {
    pub(crate) steps: Vec<(usize, f64)>,
    /// The value of each objective from which it counts.
    pub(crate) reference: String,
}

/// A trial on a worker, from one moment to another in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shift {
    pub(crate) number: usize,
    pub(crate) worker: usize,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) ending: Ending,
}

/// The trials that no other one beats.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    /// By the first objective, from the best to the worst.
    pub(crate) numbers: Vec<usize>,
    pub(crate) goals: Vec<Goal>,
}

/// One hyperparameter.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) kind: AxisKind,
    /// Whether its labels, if it has any, stand in a meaningful order.
    pub(crate) is_ordered: bool,
    /// The numbers that it may have, from the smallest; empty if they are many or without end.
    pub(crate) levels: Vec<f64>,
}

impl Axis {
    /// Returns how far apart the levels beside `value` are: a number, for which `place` gives the place on an axis; 0 for
    /// one that is no level, and where there is but one.
    pub(crate) fn gap(&self, value: f64, place: impl Fn(f64) -> f64) -> f64 {
        let Some(at) = self.levels.iter().position(|level| *level == value) else { return 0.0 };
        let to = |other: Option<&f64>| other.map(|other| (place(*other) - place(value)).abs());
        let (below, above) = (at.checked_sub(1).and_then(|at| self.levels.get(at)), self.levels.get(at + 1));
        to(below).into_iter().chain(to(above)).reduce(f64::min).unwrap_or_default()
    }
}

/// Returns the offset of a trial from its level, from -0.5 to 0.5: multiples of the golden ratio spread any run of trials
/// evenly, and are the same in every picture.
pub(crate) fn jitter(number: usize) -> f64 {
    (number as f64 * 0.618_033_988_75).fract() - 0.5
}

/// How a hyperparameter's values lie along the x axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AxisKind {
    /// Numbers between two bounds; without bounds the trials' values give them.
    Linear(Option<(f64, f64)>),
    /// Positive numbers, by their logarithms.
    Log(Option<(f64, f64)>),
    /// Labels; a trial's value is the index of its label.
    Categories(Vec<String>),
}

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

impl Scene {
    /// Returns the best trial.
    pub(crate) fn best_trial(&self) -> Option<&Trial> {
        self.trials.iter().find(|trial| Some(trial.number) == self.best)
    }

    /// Returns how many trials there were, drawn or not.
    pub(crate) fn count(&self) -> usize {
        self.trials.len() + self.left_out.total()
    }

    /// Returns the best objective so far, after each feasible trial that improves it: of a sweep with budgets, among those with
    /// the largest.
    pub(crate) fn best_so_far(&self) -> Vec<(usize, f64)> {
        let largest = self.trials.iter().filter_map(|trial| trial.resources).reduce(f64::max);
        let counts = |trial: &&Trial| trial.is_feasible && (largest.is_none() || trial.resources == largest);
        let mut best: Vec<(usize, f64)> = Vec::new();
        for trial in self.trials.iter().filter(counts) {
            let is_better =
                |(_, value): &(usize, f64)| if self.is_loss { trial.value < *value } else { trial.value > *value };
            if best.last().is_none_or(is_better) {
                best.push((trial.number, trial.value));
            }
        }
        best
    }

    /// Returns how many of the drawn trials violate a constraint.
    pub(crate) fn infeasible(&self) -> usize {
        self.trials.iter().filter(|trial| !trial.is_feasible).count()
    }

    /// Whether a trial is the best, or on the front of several objectives.
    pub(crate) fn is_marked(&self, number: usize) -> bool {
        match &self.front {
            Some(front) => front.numbers.contains(&number),
            None => self.best == Some(number),
        }
    }

    /// Returns the marks of the panel of axis number `axis`: those with the most resources last, over the others, and those
    /// that violate a constraint under all.
    pub(crate) fn points(&self, axis: usize) -> Vec<Point> {
        let point = |trial: &Trial| {
            let x = trial.xs.get(axis).copied().flatten().filter(|x| x.is_finite())?;
            let (resources, is_feasible) = (trial.resources, trial.is_feasible);
            Some(Point { x, y: trial.value, trial: trial.number, resources, is_feasible })
        };
        let finite = self.trials.iter().filter(|trial| trial.value.is_finite());
        let mut points: Vec<Point> = finite.filter_map(point).collect();
        let resources = |point: &Point| point.resources.unwrap_or(f64::NEG_INFINITY);
        points.sort_by(|a, b| a.is_feasible.cmp(&b.is_feasible).then(resources(a).total_cmp(&resources(b))));
        points
    }
}

impl Scene {
    /// Returns one trial for each configuration, from the worst to the best: the one with the most resources, where a
    /// multi-fidelity sweep has several.
    pub(crate) fn outcomes(&self) -> Vec<&Trial> {
        let configurations = self.evaluations.iter().map(|evaluation| (evaluation.number, evaluation.configuration));
        let configurations: HashMap<_, _> = configurations.collect();
        let is_best = |trial: &Trial| Some(trial.number) == self.best;
        let rank = |trial: &Trial| (is_best(trial), trial.resources.unwrap_or(f64::NEG_INFINITY));
        let mut outcomes: BTreeMap<_, &Trial> = BTreeMap::new();
        for trial in self.trials.iter().filter(|trial| trial.value.is_finite()) {
            let configuration = configurations.get(&trial.number);
            let kept = outcomes.entry((configuration, trial.number * usize::from(configuration.is_none())));
            let kept = kept.or_insert(trial);
            if rank(trial) >= rank(kept) {
                *kept = trial;
            }
        }
        let mut outcomes: Vec<_> = outcomes.into_values().collect();
        outcomes.sort_by(|a, b| {
            let values = a.value.total_cmp(&b.value);
            let values = if self.is_loss { values.reverse() } else { values };
            let places = is_best(a).cmp(&is_best(b)).then(a.is_feasible.cmp(&b.is_feasible));
            places.then(values).then(a.number.cmp(&b.number))
        });
        outcomes
    }
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
