//! What a figure of a sweep needs to know, free of where it came from.

mod axis;
mod choice;
mod course;
mod ranking;
mod shares;
mod told;
mod trials;

pub(crate) use axis::{Axis, AxisKind, jitter};
pub(crate) use course::{Curve, Ending, Shift, Steps, Volumes};
pub(crate) use ranking::Ranking;
pub(crate) use shares::{Bar, Lack, Series, Shares};
pub(crate) use told::resources_line;
pub(crate) use trials::{Evaluation, Fate, LeftOut, Other, Point, Trial};

use std::collections::{BTreeMap, HashMap, HashSet};

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
    /// The order of the hyperparameters by importance, if there are more than six and it could be computed.
    pub(crate) ranking: Option<Ranking>,
    /// What is said of a choice of hyperparameters.
    pub(crate) chosen: Option<String>,
    /// The importances of the hyperparameters, in the figure of them.
    pub(crate) shares: Option<Result<Shares, Lack>>,
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
    /// The hypervolume, of a sweep of several objectives, or why it takes too long.
    pub(crate) volumes: Option<Result<Volumes, String>>,
    /// Why several sweeps cannot be compared, if they cannot.
    pub(crate) mixed: Option<String>,
    /// How the names of their objectives differ, if they do but need not mean different things.
    pub(crate) unnamed: Option<String>,
    /// When the trials ran.
    pub(crate) shifts: Vec<Shift>,
    /// The trials without one, for the figures that mark them.
    pub(crate) others: Vec<Other>,
    /// The number of the best trial; `None` with several objectives, and without a complete trial.
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

/// The trials that no other one beats.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    /// By the first objective, from the best to the worst.
    pub(crate) numbers: Vec<usize>,
    pub(crate) goals: Vec<Goal>,
    members: HashSet<usize>,
}

impl Front {
    pub(crate) fn new(numbers: Vec<usize>, goals: Vec<Goal>) -> Self {
        Self { members: numbers.iter().copied().collect(), numbers, goals }
    }

    pub(crate) fn contains(&self, number: usize) -> bool {
        self.members.contains(&number)
    }
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

    /// Returns whether a trial is the best, or on the front of several objectives.
    pub(crate) fn is_marked(&self, number: usize) -> bool {
        match &self.front {
            Some(front) => front.contains(number),
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
