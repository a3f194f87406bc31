//! What the tests of samplers share: spaces, sweeps driven by hand, and comparisons over many seeds.

mod every_kind;
pub(crate) mod problems;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use crate::candidates::Dimension;
use crate::history::{Goal, Goals, History};
use crate::sampler::{Draw, Rungs, Sampler, Setup, Tried};
use crate::space::{Point, Space};
use crate::trial::{Outcome, Trial};

pub(crate) use every_kind::{every_kind, guard, ragged_loss};

/// A space over `dimensions`, its hyperparameters named `a`, `b`, `c` …
pub(crate) fn space<V>(dimensions: impl IntoIterator<Item = Dimension<V>>) -> Space {
    let named = ('a'..).map(String::from).zip(dimensions);
    Space::new(named.map(|(name, dimension)| dimension.axis(&name, &name, &[]).unwrap()).collect())
}

/// A sweep that is driven by hand, budgets included.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) space: &'a Space,
    pub(crate) history: History,
    pub(crate) seed: u64,
    pub(crate) goal: Goal,
    /// All goals, where there are several.
    pub(crate) goals: Vec<Goal>,
    /// Whether points may repeat where all axes have levels.
    pub(crate) repeats: bool,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(space: &'a Space, seed: u64) -> Self {
        Self { space, history: History::default(), seed, goal: Goal::Minimize, goals: Vec::new(), repeats: false }
    }

    pub(crate) fn setup(&self) -> Setup<'_> {
        let Self { space, history, seed, .. } = self;
        Setup {
            space,
            history,
            trials: None,
            bracket: 0,
            seed: *seed,
            goals: self.goals(),
            first: history.configurations(),
            rungs: Rungs::NONE,
            transferred: &[],
        }
    }

    pub(crate) fn goals(&self) -> &[Goal] {
        if self.goals.is_empty() { std::slice::from_ref(&self.goal) } else { &self.goals }
    }

    /// Returns the draw for configuration `number`, which knows what has been tried, as that of a sweep does.
    pub(crate) fn draw(&self, number: usize) -> Draw {
        let draw =
            Draw::new(self.seed, number, Goals::new(self.goals()).expect("a goal")).allowing_repeats(self.repeats);
        let Some(mut tried) = Tried::new(self.space).filter(|_| !self.repeats) else { return draw };
        tried.read(self.space, &self.history);
        if tried.is_exhausted() { draw } else { draw.with_tried(Arc::new(tried)) }
    }

    /// Opens a trial of a new configuration.
    pub(crate) fn ask(&mut self, sampler: &mut dyn Sampler, resources: Option<f64>) -> usize {
        let configuration = self.history.configurations();
        let draw = self.draw(configuration);
        let mut point = sampler.suggest(self.space, &self.history, &draw).expect("an endless sampler");
        assert_eq!(point.len(), self.space.len());
        for (index, axis) in self.space.axes().iter().enumerate() {
            let unit = point.get(index).expect("a coordinate for each axis, and never NaN");
            assert!((0.0..=1.0).contains(&unit), "{unit}");
            point.set(index, axis.snap(unit));
        }
        let number = self.history.len();
        self.history.push(Trial::running(number, configuration, resources, point));
        number
    }

    /// Opens a trial of a configuration that there was.
    pub(crate) fn promote(&mut self, trial: usize, resources: f64) -> usize {
        let earlier = &self.history.trials()[trial];
        let (configuration, point) = (earlier.configuration(), earlier.point().clone());
        let number = self.history.len();
        self.history.push(Trial::running(number, configuration, Some(resources), point));
        number
    }

    pub(crate) fn tell(&mut self, trial: usize, outcome: Outcome) {
        self.history.closing(trial).expect("a running trial").close(outcome, Duration::ZERO);
    }

    pub(crate) fn units(&self, trial: usize) -> Vec<f64> {
        self.history.trials()[trial].point().iter().map(|unit| unit.unwrap_or(f64::NAN)).collect()
    }
}

/// Returns the objectives of `trials` trials of `sampler`, asked for in batches.
pub(crate) fn minimise(
    sampler: &mut dyn Sampler,
    space: &Space,
    (trials, batch, seed): (usize, usize, u64),
    objective: impl Fn(&Point) -> f64,
) -> Vec<f64> {
    let mut bench = Bench::new(space, seed);
    sampler.prepare(&bench.setup()).expect("sound options");
    let mut values = Vec::with_capacity(trials);
    while values.len() < trials {
        let asked: Vec<_> = (0..batch.min(trials - values.len())).map(|_| bench.ask(sampler, None)).collect();
        for trial in asked {
            let value = objective(bench.history.trials()[trial].point());
            values.push(value);
            bench.tell(trial, Outcome::value(value));
        }
    }
    values
}

/// Returns the best of `trials` trials, one at a time, for each of `seeds`.
pub(crate) fn bests<S: Sampler>(
    sampler: impl Fn() -> S,
    space: &Space,
    trials: usize,
    seeds: Range<u64>,
    objective: impl Fn(&Point) -> f64,
) -> Vec<f64> {
    let best = |seed| {
        let values = minimise(&mut sampler(), space, (trials, 1, seed), &objective);
        values.into_iter().fold(f64::INFINITY, f64::min)
    };
    seeds.map(best).collect()
}

/// Returns the mean, and its standard error.
pub(crate) fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// By how many standard errors the mean of `a` lies below that of `b`.
pub(crate) fn margin(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_error), (b, b_error)) = (mean(a), mean(b));
    (b - a) / a_error.hypot(b_error)
}
