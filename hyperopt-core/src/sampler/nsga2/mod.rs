//! The genetic algorithm for several objectives.

mod population;
#[cfg(test)]
mod tests;
mod variation;

use std::error::Error;

use rand::{Rng, RngExt};

use self::population::Population;
use self::variation::{crossed, mutated};
use crate::history::History;
use crate::sampler::toolkit::searched;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Point, Space};

/// How often a child that is a copy of another configuration is thrown away for the next one.
const ATTEMPTS: usize = 10;

/// NSGA-II, the genetic algorithm for sweeps with several goals (Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist
/// Multiobjective Genetic Algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2), 2002).
///
/// The first configurations are random. Each one after them is a child of two parents from the population of the best so far,
/// each the winner of a binary tournament: the one on the better front or, on the same front, the one with the larger crowding
/// distance. Trials that violate a constraint come after all others, by their violation (section VI). With one goal this is an
/// ordinary genetic algorithm. An option out of its range is an error of the sweep.
///
/// Numbers are combined by simulated binary crossover, with probability 0.9 and index 20, and mutated by polynomial mutation of
/// index 20; categorical levels are taken from either parent, and mutated to any other level. On average, one axis mutates. A
/// hyperparameter that is inactive in both parents is drawn at random.
///
/// ```
/// use hyperopt_core::{Nsga2Sampler, Sampler};
///
/// let sampler = Nsga2Sampler::new().population(40);
/// assert_eq!(sampler.name(), "Nsga2Sampler");
/// ```
///
/// # Departures
///
/// - The population is renewed with each recorded trial, not by generations (Durillo, Nebro, Luna and Alba, "On the
///   Effect of the Steady-State Selection Scheme in Multi-Objective Genetic Algorithms", EMO 2009), and holds 25, not 100:
///   sweeps have hundreds of trials, not tens of thousands.
/// - A pair has one child, which is replaced by another one if it equals a parent or one of the latest trials.
/// - Mutation along ordered levels moves by at least one level.
/// - In a multi-fidelity sweep, which has one goal, a configuration counts with its objective at its first rung.
///
/// # Cost
///
/// A suggestion sorts the population once for each trial recorded since the last one; it does not grow with the
/// history.
#[derive(Clone, Debug, Default)]
pub struct Nsga2Sampler {
    options: Options,
    population: Population,
}

#[derive(Clone, Debug)]
struct Options {
    population: usize,
    crossover: f64,
    /// The probability for each axis; one over their number by default.
    mutation: Option<f64>,
    batch: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { population: 25, crossover: 0.9, mutation: None, batch: None }
    }
}

impl Nsga2Sampler {
    /// Makes the sampler with its defaults; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the size of the population, at least 2 (default: 25). As many configurations are random before the first child.
    #[must_use]
    pub fn population(mut self, trials: usize) -> Self {
        self.options.population = trials;
        self
    }

    /// Sets the probability that a child has two parents, from 0 to 1 (default: 0.9). Other children have one.
    #[must_use]
    pub fn crossover(mut self, probability: f64) -> Self {
        self.options.crossover = probability;
        self
    }

    /// Sets the probability that a child's coordinate along an axis mutates, from 0 to 1 (default: one over the number of
    /// axes).
    #[must_use]
    pub fn mutation(mut self, probability: f64) -> Self {
        self.options.mutation = Some(probability);
        self
    }

    /// Sets the batch size, which is the number of trials proposed before the sampler waits for all of them: see
    /// [`Sampler::batch`] (default: 1 in sequence, 8 in parallel; 0 never waits).
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.options.batch = Some(trials);
        self
    }
}

impl Options {
    /// What is wrong, with what to write instead.
    fn check(&self) -> Result<(), String> {
        let is_probability = |value: f64| (0.0..=1.0).contains(&value);
        if self.population < 2 {
            Err(format!("population({}) has no two parents; write at least 2", self.population))
        } else if !is_probability(self.crossover) {
            Err(format!("crossover({}) is no probability; write 0.0 to 1.0", self.crossover))
        } else if let Some(mutation) = self.mutation.filter(|&mutation| !is_probability(mutation)) {
            Err(format!("mutation({mutation}) is no probability; write 0.0 to 1.0"))
        } else {
            Ok(())
        }
    }

    /// Writes a child of two of `parents`, trials from the best to the worst, into `child`.
    fn breed(&self, space: &Space, history: &History, parents: &[usize], child: &mut [f64], rng: &mut impl Rng) {
        let a = tournament(history, parents, rng);
        let b = if rng.random::<f64>() < self.crossover { tournament(history, parents, rng) } else { a };
        let rate = self.mutation.unwrap_or_else(|| 1.0 / searched(space).count().max(1) as f64);
        for (index, (axis, unit)) in space.axes().iter().zip(child).enumerate() {
            let inherited = match (a.get(index), b.get(index)) {
                (Some(a), Some(b)) => crossed(axis, a, b, rng),
                (Some(unit), None) | (None, Some(unit)) => unit,
                (None, None) => {
                    *unit = axis.snap(rng.random());
                    continue;
                }
            };
            let mutates = rng.random::<f64>() < rate;
            *unit = axis.snap(if mutates { mutated(axis, inherited, rng) } else { inherited });
        }
    }
}

/// Returns the better of two of `parents`, who are in order.
fn tournament<'a>(history: &'a History, parents: &[usize], rng: &mut impl Rng) -> &'a Point {
    let drawn = [0; 2].map(|_| rng.random_range(0..parents.len()));
    history.trials()[parents[drawn[0].min(drawn[1])]].point()
}

/// Whether `child` is the configuration of one of `trials`, as far as its axes are active.
fn is_copy(history: &History, mut trials: impl Iterator<Item = usize>, child: &[f64]) -> bool {
    let is_same = |known: Option<f64>, unit: f64| known.is_none_or(|known| known == unit);
    trials.any(|trial| history.trials()[trial].point().iter().zip(child).all(|(known, &unit)| is_same(known, unit)))
}

impl Sampler for Nsga2Sampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let Self { options, population } = self;
        let size = options.population.max(2);
        let is_random = history.configurations() < size;
        let parents = if is_random { &[] } else { population.parents(history, draw.goals(), size) };
        if !parents.is_empty() {
            let mut child = vec![0.0; space.len()];
            for _ in 0..ATTEMPTS {
                options.breed(space, history, parents, &mut child, &mut rng);
                let latest = history.len().saturating_sub(size)..history.len();
                if !is_copy(history, parents.iter().copied().chain(latest), &child) {
                    return Some(child.into());
                }
            }
        }
        Some(space.axes().iter().map(|_| rng.random::<f64>()).collect())
    }

    fn prepare(&mut self, _: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.options.check()?;
        Ok(None)
    }

    fn batch(&self) -> Option<usize> {
        self.options.batch
    }

    fn batch_setting(&self) -> Option<&'static str> {
        Some("Nsga2Sampler::new()")
    }

    fn name(&self) -> &'static str {
        "Nsga2Sampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
