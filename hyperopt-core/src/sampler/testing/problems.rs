//! Shifted problems with several objectives, and the hypervolumes that samplers reach on them.

use std::f64::consts::{FRAC_PI_2, PI};
use std::ops::Range;

use super::{Bench, margin, space};
use crate::history::Goal::{self, Maximize, Minimize};
use crate::history::History;
use crate::history::pareto::hypervolume;
use crate::sampler::{Draw, RandomSampler, Sampler};
use crate::space::{Point, Space};
use crate::trial::Outcome;
use crate::{Candidates, categorical};

/// A sweep of `trials` trials with these goals, asked for in batches.
pub(crate) fn run<'a>(
    sampler: &mut dyn Sampler,
    space: &'a Space,
    goals: &[Goal],
    (trials, batch, seed): (usize, usize, u64),
    outcome: impl Fn(&[f64]) -> Outcome,
) -> Bench<'a> {
    let mut bench = Bench::new(space, seed);
    bench.goals = goals.to_vec();
    sampler.prepare(&bench.setup()).expect("sound options");
    while bench.history.len() < trials {
        let asked: Vec<_> = (0..batch.min(trials - bench.history.len())).map(|_| bench.ask(sampler, None)).collect();
        for trial in asked {
            let outcome = outcome(&bench.units(trial));
            bench.tell(trial, outcome);
        }
    }
    bench
}

pub(crate) struct Problem {
    pub(crate) name: &'static str,
    space: Space,
    goals: Vec<Goal>,
    reference: Vec<f64>,
    objectives: fn(&[f64]) -> Vec<f64>,
}

/// A convex front, as that of ZDT1: the first coordinate trades off, the others only cost, away from where they should be.
fn bent(x: &[f64]) -> Vec<f64> {
    let misses = x[1..].iter().enumerate().map(|(i, x)| (x - 0.15 - 0.07 * i as f64).abs());
    let cost = 1.0 + 9.0 * misses.sum::<f64>() / (x.len() - 1) as f64;
    vec![x[0], cost * (1.0 - (x[0] / cost).sqrt())]
}

/// Returns the same with many local fronts, as that of ZDT4.
fn rugged(x: &[f64]) -> Vec<f64> {
    let ripple = |x: f64| x * x + 0.5 * (1.0 - (4.0 * PI * x).cos());
    let cost = 1.0 + x[1..].iter().map(|x| ripple(4.0 * (x - 0.37))).sum::<f64>();
    vec![x[0], cost * (1.0 - (x[0] / cost).sqrt())]
}

/// An eighth of a sphere, as that of DTLZ2; the last objective is to be maximised.
fn eighth(x: &[f64]) -> Vec<f64> {
    let radius = 1.0 + 4.0 * x[2..].iter().map(|x| (x - 0.62).powi(2)).sum::<f64>();
    let ((sin_a, cos_a), (sin_b, cos_b)) = ((x[0] * FRAC_PI_2).sin_cos(), (x[1] * FRAC_PI_2).sin_cos());
    vec![radius * cos_a * cos_b, radius * cos_a * sin_b, -radius * sin_a]
}

/// A choice of four, a width of eight levels, and three numbers: error against cost.
fn mixed(x: &[f64]) -> Vec<f64> {
    let (kind, width) = ((x[0] * 4.0) as usize, (x[1] * 8.0).floor());
    let rate = 6.0 * (x[2] - 0.3 - 0.03 * width).powi(2);
    let error = 0.1 + [0.3, 0.0, 0.15, 0.5][kind] + rate + 2.0 * (x[3] - 0.6).powi(2) + 1.0 / (1.0 + width);
    vec![error, 0.1 * width + [0.0, 0.4, 0.1, 0.0][kind] + (x[4] - 0.45).abs()]
}

fn cube(axes: usize) -> Space {
    space((0..axes).map(|_| (0.0..=1.0).dimension()))
}

pub(crate) fn problems() -> [Problem; 4] {
    let choice = categorical(["a", "b", "c", "d"]).dimension().axis("a", "a", &[]);
    let levels = (0..=7).dimension().axis("b", "b", &[]);
    let numbers = ["c", "d", "e"].map(|name| (0.0..=1.0).dimension().axis(name, name, &[]));
    let axes = [choice, levels].into_iter().chain(numbers).map(Result::unwrap).collect();
    let (two, three) = (vec![Minimize; 2], vec![Minimize, Minimize, Maximize]);
    let problem = |name, space, goals, reference: &[f64], objectives| Problem {
        name,
        space,
        goals,
        reference: reference.to_vec(),
        objectives,
    };
    [
        problem("bent", cube(8), two.clone(), &[1.1, 6.0], bent),
        problem("rugged", cube(5), two.clone(), &[1.1, 8.0], rugged),
        problem("eighth", cube(7), three, &[2.0, 2.0, -2.0], eighth),
        problem("mixed", Space::new(axes), two, &[2.0, 2.0], mixed),
    ]
}

impl Problem {
    /// Minus the hypervolumes, so that small is good.
    pub(crate) fn losses<S: Sampler>(
        &self,
        sampler: impl Fn() -> S,
        trials: usize,
        batch: usize,
        seeds: Range<u64>,
    ) -> Vec<f64> {
        let Self { space, goals, reference, objectives, .. } = self;
        let volume = |seed| {
            let outcome = |x: &[f64]| Outcome::values(objectives(x));
            let bench = run(&mut sampler(), space, goals, (trials, batch, seed), outcome);
            hypervolume(bench.history.pareto(goals).iter().map(|trial| trial.objectives()), goals, reference)
        };
        seeds.map(|seed| -volume(seed)).collect()
    }
}

/// A sampler with every goal the wrong way round.
#[derive(Debug)]
pub(crate) struct Opposite<S>(pub(crate) S);

impl<S: Sampler> Sampler for Opposite<S> {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.0.suggest(space, history, &draw.opposite())
    }
}

/// Whether losses are three standard errors better than those of random search.
fn passes(found: &[f64], random: &[f64]) -> bool {
    margin(found, random) > 3.0
}

/// Asserts that a sampler covers more volume than random search, by one and in batches, and that it does not once spoilt.
pub(crate) fn beats_random_search<S: Sampler, T: Sampler>(
    (sampler, spoilt): (impl Fn() -> S, impl Fn() -> T),
    problem: &Problem,
    trials: usize,
    seeds: &Range<u64>,
) {
    let random = problem.losses(RandomSampler::new, trials, 1, seeds.clone());
    for batch in [1, 8] {
        let found = problem.losses(&sampler, trials, batch, seeds.clone());
        assert!(passes(&found, &random), "{}: {} standard errors", problem.name, margin(&found, &random));
    }
    let spoilt = problem.losses(spoilt, trials, 1, seeds.clone());
    assert!(!passes(&spoilt, &random), "{}, spoilt", problem.name);
}
