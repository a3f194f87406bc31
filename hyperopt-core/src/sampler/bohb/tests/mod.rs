//! The sampler as a whole: fixtures, behaviour at the edges, and what it finds on two problems.

mod behaviour;
mod counting_ones;
mod fixtures;
mod sphere;

use std::time::Duration;

use super::BohbSampler;
use super::options::Sabotage;
use crate::history::{Goal, History};
use crate::outcome::Outcome;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::Space;
use crate::trial::Trial;

/// A sweep that is driven by hand, budgets included.
#[derive(Debug)]
struct Bench<'a> {
    space: &'a Space,
    history: History,
    seed: u64,
    goal: Goal,
}

impl<'a> Bench<'a> {
    fn new(space: &'a Space, seed: u64) -> Self {
        Self { space, history: History::default(), seed, goal: Goal::Minimize }
    }

    fn setup(&self) -> Setup<'_> {
        let Self { space, history, seed, goal } = self;
        Setup { space, history, trials: None, bracket: 0, seed: *seed, goal: *goal }
    }

    /// Opens a trial of a new configuration.
    fn ask(&mut self, sampler: &mut dyn Sampler, resources: Option<f64>) -> usize {
        let configuration = self.history.configurations();
        let draw = Draw::new(self.seed, configuration, self.goal);
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
    fn promote(&mut self, trial: usize, resources: f64) -> usize {
        let earlier = &self.history.trials()[trial];
        let (configuration, point) = (earlier.configuration(), earlier.point().clone());
        let number = self.history.len();
        self.history.push(Trial::running(number, configuration, Some(resources), point));
        number
    }

    fn tell(&mut self, trial: usize, outcome: Outcome) {
        self.history.get_mut(trial).expect("a trial").tell(outcome, Duration::ZERO);
    }

    fn units(&self, trial: usize) -> Vec<f64> {
        self.history.trials()[trial].point().iter().map(|unit| unit.unwrap_or(f64::NAN)).collect()
    }
}

fn sabotaged(sabotage: Sabotage) -> BohbSampler {
    let mut sampler = BohbSampler::new();
    sampler.options.sabotage = sabotage;
    sampler
}

/// The mean, and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
