//! The sampler of `PriorBand`, which weighs priors against the best trial so far.

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::{Goal, History};
use crate::normal::TruncatedNormal;
use crate::sampler::prior_mixture::PriorMixture;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Confidence, Kind, Point, Prior, Space};
use crate::trial::Trial;

/// The sampler of `PriorBand`: draws evenly, from what you believe, or near the best trial so far.
///
/// Beliefs are the [priors](crate::WithPrior::prior) of the hyperparameters, and what is transferred from an earlier sweep. A
/// configuration that starts in the r-th rung of Hyperband, from 0 for the cheapest, is drawn evenly with probability
/// 1 / (1 + η^r), so that cheap trials explore and dear ones follow the beliefs. Once a trial has had all resources and one
/// bracket's worth has been spent, the rest is divided between the beliefs and the incumbent, the best trial so far, by how
/// likely either makes the best 1 / η of the highest rung that has η trials, better ones counting more: beliefs that turn out
/// wrong are soon left. Near the incumbent, each hyperparameter is moved with probability ½, by a normal deviate with a
/// quarter of the axis for its deviation, or to another level.
///
/// Mallik et al., "`PriorBand`: Practical Hyperparameter Optimization in the Age of Deep Learning", `NeurIPS` 2023, sections 4
/// and 5; constants as in the reference implementation, `NePS`. [`PriorBand`](crate::PriorBand) is Hyperband over it.
///
/// # Departures
///
/// - Both densities are taken along the hyperparameters about which something is believed; the reference wants a prior for
///   each, and gives a broad one to those without.
/// - What has been spent counts the resources of each configuration once, as continued training does; the reference
///   multiplies the cost of a rung by its number.
/// - At least one hyperparameter of the incumbent is moved.
/// - In a sweep without budgets, r = 0 and η = 3.
///
/// A suggestion takes time in proportion to the number of trials.
#[derive(Clone, Debug)]
pub struct PriorBandSampler {
    eta: f64,
    /// The first rung of the bracket.
    rung: usize,
    /// The resources of all rungs of the sweep, from the cheapest.
    ladder: Box<[f64]>,
    mix: PriorMixture,
}

/// How often a hyperparameter of the incumbent is moved.
const MUTATION_RATE: f64 = 0.5;
/// How far, in units of a whole axis.
const MUTATION_DEVIATION: f64 = 0.25;

impl PriorBandSampler {
    /// The sampler has nothing to set; the beliefs belong to the hyperparameters.
    #[must_use]
    pub fn new() -> Self {
        Self { eta: 3.0, rung: 0, ladder: Box::default(), mix: PriorMixture::default() }
    }

    /// The probability of an even draw.
    fn even(&self) -> f64 {
        1.0 / (1.0 + self.eta.powi(self.rung as i32))
    }

    /// The incumbent, and its share of what is not drawn evenly; `None` while too little is known.
    fn incumbent<'h>(&self, space: &Space, history: &'h History, goal: Goal) -> Option<(&'h Trial, f64)> {
        let top = self.top(history, goal)?;
        let incumbent = history.best(goal)?.0;
        let near = |point: &Point| -> f64 {
            let axes = space.axes().iter().enumerate().filter(|&(index, _)| self.mix.concerns(space, index));
            let along = axes.filter_map(|(index, axis)| {
                let confidence = axis.prior().map_or(Confidence::Medium, Prior::confidence);
                let centre = Prior::new(incumbent.point().get(index)?, confidence);
                Some(centre.density(axis, point.get(index)?))
            });
            along.product()
        };
        let (mut believed, mut incumbents) = (0.0, 0.0);
        for (rank, trial) in top.iter().enumerate() {
            let weight = (top.len() - rank) as f64;
            believed += weight * self.mix.density(space, trial.point());
            incumbents += weight * near(trial.point());
        }
        let share = incumbents / (incumbents + believed);
        Some((incumbent, if share.is_nan() { 0.5 } else { share }))
    }

    /// The best 1 / η of the complete trials of the highest rung that has η, once the incumbent counts.
    fn top<'h>(&self, history: &'h History, goal: Goal) -> Option<Vec<&'h Trial>> {
        let resources = |trial: &Trial| trial.resources().unwrap_or_default();
        let full = self.ladder.last().copied().unwrap_or_default() * (1.0 - 1e-9);
        // Each configuration counts with the most it has been given: later rungs continue.
        let mut spent = vec![0.0_f64; history.configurations()];
        let mut any_full = false;
        for (trial, _) in history.complete() {
            any_full |= resources(trial) >= full;
            let spent = &mut spent[trial.configuration()];
            *spent = spent.max(resources(trial));
        }
        let last = self.ladder.len().saturating_sub(1);
        let steps = self.ladder.iter().enumerate().map(|(rung, resources)| {
            let before = rung.checked_sub(1).map_or(0.0, |before| self.ladder[before]);
            self.eta.powi((last - rung) as i32) * (resources - before)
        });
        if !any_full || spent.iter().sum::<f64>() < steps.sum::<f64>() * (1.0 - 1e-9) {
            return None;
        }
        let ranked = history.ranked(goal);
        let mut rungs = ranked.chunk_by(|(a, _), (b, _)| resources(a) == resources(b));
        let rung = rungs.find(|rung| rung.len() as f64 >= self.eta)?;
        let best = (rung.len() as f64 / self.eta + 1e-9) as usize;
        Some(rung[..best.max(1)].iter().map(|&(trial, _)| trial).collect())
    }
}

/// A point near `centre`.
fn mutated(space: &Space, centre: &Point, rng: &mut impl Rng) -> Point {
    let mut normal = TruncatedNormal::default();
    let mut moved: Vec<bool> = space.axes().iter().map(|_| rng.random::<f64>() < MUTATION_RATE).collect();
    // The incumbent itself is not worth another trial.
    if !moved.is_empty() && !moved.contains(&true) {
        let one = rng.random_range(0..moved.len());
        moved[one] = true;
    }
    let units = space.axes().iter().enumerate().map(|(index, axis)| {
        // Inactive in the incumbent, so that nothing is known.
        let Some(unit) = centre.get(index) else { return rng.random() };
        if !moved[index] {
            return unit;
        }
        match axis.kind() {
            Kind::Categorical(levels @ 2..) => {
                let (other, here) = (rng.random_range(0..levels - 1), axis.level(unit).unwrap_or_default());
                axis.unit_of(other + u64::from(other >= here)).unwrap_or(unit)
            }
            _ => normal.draw(rng, unit, MUTATION_DEVIATION),
        }
    });
    units.collect()
}

impl Default for PriorBandSampler {
    fn default() -> Self {
        Self::new()
    }
}

impl Sampler for PriorBandSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let drawn: f64 = rng.random();
        let even = self.even();
        if drawn < even {
            return Some(space.axes().iter().map(|_| rng.random::<f64>()).collect());
        }
        let incumbent = self.incumbent(space, history, draw.goal());
        Some(match incumbent {
            Some((incumbent, share)) if drawn < even + (1.0 - even) * share => {
                mutated(space, incumbent.point(), &mut rng)
            }
            _ => self.mix.draw(space, &mut rng),
        })
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.ladder = setup.resources().into();
        self.rung = setup.rung();
        self.eta = setup.eta();
        self.mix = PriorMixture::new(setup.space(), setup.transferred());
        Ok(None)
    }

    fn name(&self) -> &'static str {
        "PriorBandSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::{Candidates, Dimension, WithPrior, linrange, log, ordinal};
    use crate::sampler::Rungs;
    use crate::sampler::testing::{Bench, space};
    use crate::space::Axis;
    use crate::trial::Outcome;

    const LADDER: [f64; 3] = [1.0, 3.0, 9.0];

    fn prepared(bench: &Bench<'_>, first: usize) -> PriorBandSampler {
        let mut sampler = PriorBandSampler::new();
        let rungs = Rungs { resources: &LADDER, first, eta: 3.0 };
        sampler.prepare(&Setup { rungs, ..bench.setup() }).expect("nothing to be wrong");
        sampler
    }

    fn with_priors() -> Space {
        fn axis<V>(dimension: &Dimension<V>, name: &str, parents: &[usize]) -> Axis {
            dimension.axis(name, name, parents).expect("sound candidates")
        }
        Space::new(vec![
            axis(&["x", "y", "z"].prior("y").dimension(), "kernel", &[]),
            axis(&log(1e-5..=1e-1).prior(1e-3).dimension(), "lr", &[]),
            axis(&(0.0..=1.0).dimension(), "gamma", &[0]),
            axis(&(1..=64).prior(60).dimension(), "n", &[]),
            axis(&linrange(0.0, 1.0, 5).dimension(), "step", &[]),
            axis(&ordinal([16, 32]).dimension(), "batch", &[]),
            axis(&["only"].prior("only").dimension(), "one", &[]),
            axis(&(2.0..=2.0).prior(2.0).dimension(), "two", &[]),
        ])
    }

    /// A bracket by hand: nine trials, three, one.
    fn bracket(space: &Space, seed: u64, loss: impl Fn(&Point) -> f64) -> Bench<'_> {
        let mut bench = Bench::new(space, seed);
        let mut sampler = prepared(&bench, 0);
        for _ in 0..9 {
            bench.ask(&mut sampler, Some(1.0));
        }
        for trial in 0..9 {
            let point = bench.history.running_mut(trial).expect("a trial").point_mut();
            if space.len() > 2 && point.unit(0) < 0.5 {
                point.deactivate(2);
            }
        }
        for (trial, resources) in [(0, 3.0), (1, 3.0), (2, 3.0), (0, 9.0)] {
            bench.promote(trial, resources);
        }
        for trial in 0..bench.history.len() {
            let value = loss(bench.history.trials()[trial].point());
            let outcome = if value.is_nan() { Outcome::failed("no") } else { Outcome::value(value) };
            bench.tell(trial, outcome);
        }
        bench
    }

    fn sum(point: &Point) -> f64 {
        point.iter().flatten().sum()
    }

    #[test]
    fn suggestions_are_points_whatever_the_history() {
        let space = with_priors();
        let losses: [fn(&Point) -> f64; 4] = [sum, |_| 1.0, |_| f64::NAN, |_| f64::MAX];
        for (seed, loss) in (0..).zip(losses) {
            let mut bench = bracket(&space, seed, loss);
            let mut sampler = prepared(&bench, 1);
            for number in 0..200 {
                let draw = Draw::new(seed, number, bench.goal);
                let fresh = prepared(&bench, 1).suggest(&space, &bench.history, &draw);
                assert_eq!(sampler.suggest(&space, &bench.history, &draw), fresh);
            }
            // Running ones change nothing; `ask` checks the coordinates.
            for _ in 0..100 {
                bench.ask(&mut sampler, Some(3.0));
            }
        }
        let none = Space::new(Vec::new());
        let bench = Bench::new(&none, 0);
        assert!(prepared(&bench, 0).suggest(&none, &bench.history, &Draw::new(0, 0, bench.goal)).is_some());
    }

    /// 1 / (1 + η^r) of the draws is even, and before the incumbent counts the others come from the prior.
    #[test]
    fn shares_are_those_of_the_paper() {
        let space = space([(0.0..=1.0).prior(0.5).confidence(Confidence::High).dimension()]);
        let bench = Bench::new(&space, 0);
        for (rung, share) in [(0, 0.5), (1, 0.25), (2, 0.1)] {
            let mut sampler = prepared(&bench, rung);
            let outside = (0..4000).filter(|&number| {
                let draw = Draw::new(7, number, Goal::Minimize);
                let point = sampler.suggest(&space, &bench.history, &draw).expect("an endless sampler");
                (point.unit(0) - 0.5).abs() > 0.4
            });
            // A fifth of the even draws; of the prior's, those beyond 3.2 deviations.
            let expected = 0.2 * share + 0.0014 * (1.0 - share);
            let found = outside.count() as f64 / 4000.0;
            let error = (expected * (1.0 - expected) / 4000.0_f64).sqrt();
            assert!((found - expected).abs() < 4.0 * error, "{rung}: {found} {expected}");
        }
    }

    /// The incumbent counts after one bracket with a trial of all resources, and more, the less the prior explains.
    #[test]
    fn the_incumbent_takes_over_from_a_bad_prior() {
        let share = |believed: f64| {
            let space = space([(0.0..=1.0).prior(believed).confidence(Confidence::High).dimension()]);
            let mut bench = Bench::new(&space, 0);
            let before = prepared(&bench, 0);
            for (trial, unit) in [0.1, 0.12, 0.14, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0].into_iter().enumerate() {
                bench.ask(&mut prepared(&bench, 0), Some(1.0));
                *bench.history.running_mut(trial).expect("a trial").point_mut() = Point::from(vec![unit]);
            }
            for (trial, resources) in [(0, 3.0), (1, 3.0), (2, 3.0), (0, 9.0)] {
                bench.promote(trial, resources);
            }
            for trial in 0..12 {
                let value = bench.history.trials()[trial].point().unit(0);
                bench.tell(trial, Outcome::value(value));
                assert!(before.incumbent(&space, &bench.history, bench.goal).is_none());
            }
            bench.tell(12, Outcome::value(0.1));
            let (incumbent, share) = before.incumbent(&space, &bench.history, bench.goal).expect("a whole bracket");
            assert_eq!(incumbent.number(), 12);
            share
        };
        let (good, bad) = (share(0.1), share(0.9));
        assert!((good - 0.5).abs() < 1e-9 && bad > 0.999, "{good} {bad}");
    }

    #[test]
    fn suggestions_are_stable_across_releases() {
        let space = space([(0.0..=1.0).prior(0.25).dimension(), (0.0..=1.0).dimension()]);
        let bench = bracket(&space, 3, sum);
        let mut sampler = prepared(&bench, 2);
        let units = |number| {
            let draw = Draw::new(3, number, Goal::Minimize);
            sampler.suggest(&space, &bench.history, &draw).map(|point| [point.unit(0), point.unit(1)])
        };
        let found: Vec<_> = (20..24).filter_map(units).collect();
        let expected = [
            [0.258_049_999_872_494_7, 0.176_348_426_931_289_38],
            [0.867_335_059_412_134_6, 0.990_294_509_468_668_6],
            [0.557_898_525_939_405_5, 0.280_751_262_214_046_67],
            [0.962_454_772_831_773_7, 0.630_080_275_030_426_2],
        ];
        assert_eq!(found, expected);
    }
}
