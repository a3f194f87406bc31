//! The sampler of `PriorBand`, which weighs priors against the best trial so far.

mod ranking;
mod ranks;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::ops::Range;

use rand::{Rng, RngExt};

use crate::history::{Goal, History};
use crate::normal::TruncatedNormal;
use crate::sampler::prior_mixture::PriorMixture;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Confidence, Kind, Point, Prior, Space};
use crate::trial::Trial;

use self::ranking::Centre;
use self::ranks::Ranks;

/// The sampler of `PriorBand`: draws uniformly, from the priors, or near the best trial so far.
///
/// The priors are those [of the hyperparameters](crate::WithPrior::prior), and the points that are transferred from an earlier
/// sweep. A configuration that starts in the r-th rung of Hyperband, from 0 for the cheapest, is drawn uniformly with
/// probability 1 / (1 + η^r), so that cheap trials explore and expensive ones follow the priors. Once a trial has had the full
/// budget and the resources of one bracket have been spent, the other configurations are divided between the priors and the
/// incumbent, which is the best trial so far. The shares are proportional to the densities that either gives to the best 1 / η
/// of the highest rung that has η trials, where better trials count more, so wrong priors are soon abandoned. Near the
/// incumbent, each hyperparameter is moved with probability ½, by a normal deviate with a standard deviation of a quarter of
/// the axis, or to another level.
///
/// The source is Mallik et al., "`PriorBand`: Practical Hyperparameter Optimization in the Age of Deep Learning", `NeurIPS`
/// 2023, sections 4 and 5; the constants are those of the reference implementation, `NePS`. [`PriorBand`](crate::PriorBand) is
/// Hyperband over it.
///
/// # Departures
///
/// - Both densities are computed along the hyperparameters that have a prior; the reference requires a prior for each, and
///   gives a broad one to those without.
/// - The spent resources count each configuration once, as for continued training; the reference multiplies the cost of a rung
///   by its number.
/// - At least one hyperparameter of the incumbent is moved.
/// - In a sweep without budgets, r = 0 and η = 3.
///
/// The time of a suggestion grows with the logarithm of the number of trials, except where the best trial changes: then it is
/// proportional to the number of trials that it is compared by.
#[derive(Clone, Debug)]
pub struct PriorBandSampler {
    eta: f64,
    /// The first rung of the bracket.
    rung: usize,
    /// The resources of all rungs of the sweep, from the cheapest.
    ladder: Box<[f64]>,
    mix: PriorMixture,
    ranks: Ranks,
    /// The share of an incumbent, which is its number, beside the trials with these ranks.
    shared: Option<((usize, Range<usize>), f64)>,
}

/// How often a hyperparameter of the incumbent is moved.
const MUTATION_RATE: f64 = 0.5;
/// How far, in units of a whole axis.
const MUTATION_DEVIATION: f64 = 0.25;

impl PriorBandSampler {
    /// Makes the sampler, which has no options; priors belong to the hyperparameters, and the seed to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self {
            eta: 3.0,
            rung: 0,
            ladder: Box::default(),
            mix: PriorMixture::default(),
            ranks: Ranks::default(),
            shared: None,
        }
    }

    /// Returns the probability of an even draw.
    fn even(&self) -> f64 {
        1.0 / (1.0 + self.eta.powi(self.rung as i32))
    }

    /// Returns the incumbent, and its share of what is not drawn evenly; `None` while too little is known.
    fn incumbent<'h>(&mut self, space: &Space, history: &'h History, goal: Goal) -> Option<(&'h Trial, f64)> {
        self.ranks.read(history, goal);
        let trials = history.trials();
        let top = self.top(trials)?;
        let incumbent = self.ranks.best()?;
        let share = match &self.shared {
            Some((known, share)) if *known == (incumbent, top.clone()) => *share,
            _ => self.share(space, trials, &trials[incumbent], top.clone()),
        };
        self.shared = Some(((incumbent, top), share));
        Some((&trials[incumbent], share))
    }

    /// Returns the share of the incumbent: how much better it explains the trials with the ranks `top` than the priors do.
    fn share(&mut self, space: &Space, trials: &[Trial], incumbent: &Trial, top: Range<usize>) -> f64 {
        let Self { mix, ranks, .. } = self;
        let near = |point: &Point| -> f64 {
            let axes = space.axes().iter().enumerate().filter(|&(index, _)| mix.concerns(space, index));
            let along = axes.filter_map(|(index, axis)| {
                let confidence = axis.prior().map_or(Confidence::Medium, Prior::confidence);
                let centre = Prior::new(incumbent.point().get(index)?, confidence);
                Some(centre.density(axis, point.get(index)?))
            });
            along.product()
        };
        let believed = ranks.weighted(top.clone(), Centre::Believed, |trial| mix.density(space, trials[trial].point()));
        let centre = Centre::Incumbent(incumbent.number());
        let incumbents = ranks.weighted(top, centre, |trial| near(trials[trial].point()));
        let share = incumbents / (incumbents + believed);
        if share.is_nan() { 0.5 } else { share }
    }

    /// Returns the ranks of the best 1 / η of the complete trials of the highest rung that has η, once the incumbent counts.
    fn top(&self, trials: &[Trial]) -> Option<Range<usize>> {
        let full = self.ladder.last().copied().unwrap_or_default() * (1.0 - 1e-9);
        let last = self.ladder.len().saturating_sub(1);
        let steps = self.ladder.iter().enumerate().map(|(rung, resources)| {
            let before = rung.checked_sub(1).map_or(0.0, |before| self.ladder[before]);
            self.eta.powi((last - rung) as i32) * (resources - before)
        });
        if !self.ranks.have_spent(full, steps.sum::<f64>() * (1.0 - 1e-9)) {
            return None;
        }
        let rung = self.ranks.rung(trials, self.eta)?;
        let best = (rung.len() as f64 / self.eta + 1e-9) as usize;
        Some(rung.start..rung.start + best.max(1))
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
        self.shared = None;
        Ok(None)
    }

    fn name(&self) -> &'static str {
        "PriorBandSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
