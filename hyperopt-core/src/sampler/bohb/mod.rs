//! BOHB's sampler: Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018
//! (arXiv 1807.01774). The reference is the authors' `HpBandSter` 0.7.4, `optimizers/config_generators/bohb.py`.

mod coordinate;
mod kde;
mod model;
mod observations;
mod options;
mod proposal;
#[cfg(test)]
mod tests;

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::{Goal, History};
use crate::sampler::prior_mixture::PriorMixture;
use crate::sampler::{Draw, Sampler, Setup, redraw};
use crate::space::{Point, Space};

use self::coordinate::Coordinate;
use self::model::Model;
use self::observations::Observations;
use self::options::Options;
use self::proposal::Candidates;

/// The model of BOHB: proposes what resembles the good trials more than the bad ones.
///
/// The trials of the largest budget that has enough of them are split into good and bad ones, and a kernel density is fitted to
/// either set. Of 64 candidates drawn around good trials, the one with the largest ratio of the densities is proposed; a third
/// of the trials is random. In a sweep without budgets, all trials count alike.
///
/// Every kind of hyperparameter can be swept. Those with an order are continuous to the model; those without one are equal or
/// different. Where a conditional one is inactive, its value is filled in from a trial where it is active. A trial without an
/// objective counts as bad. An option out of its range is an error of the sweep.
///
/// ```
/// use hyperopt_core::{BohbSampler, Hyperband};
///
/// let one_budget = BohbSampler::new().random_fraction(0.2).num_samples(128);
/// let bohb = Hyperband::new(3.0).inner(BohbSampler::new());
/// ```
///
/// In a sweep without budgets, [`TpeSampler`](crate::TpeSampler) finds better trials from the 25th on. Over budgets,
/// [`Bohb::tpe`](crate::Bohb::tpe) does better than this model, which is here because it is BOHB's own
/// (`benches/quality/README.md` has the figures).
///
/// The model is at its best over many hyperparameters, unordered ones among them. Over two or three continuous ones it
/// settles on one place early, as the reference does, and plain [`Hyperband`](crate::Hyperband) does better.
///
/// Random trials are drawn from the priors of the hyperparameters ([`WithPrior::prior`](crate::WithPrior::prior)) or from the
/// good trials of an earlier sweep, as often as in [`PriorBand`](crate::PriorBand), and uniformly otherwise.
///
/// # Departures from the reference
///
/// The departures from `HpBandSter` 0.7.4 are these, and [`faithful`](Self::faithful) undoes them all:
///
/// - The bandwidth of c unordered levels is at most (c − 1) / c. Above that, levels that no good trial has would rank above
///   those of good trials.
/// - c is the number of all candidates, not of those that have been tried; if only one has been, the reference divides by 0.
/// - Constant hyperparameters are left out: they would delay the first model and widen the bandwidths of the others.
/// - Running trials count as bad, so that simultaneous trials differ.
/// - The first model is made after `min_points + 2` trials, as in the paper, not after twice `min_points`.
/// - A trial without an objective is never a good one, however few there are.
/// - Where all hyperparameters have levels, further candidates take the place of those that have been tried.
/// - If a budget has more than 1,000 trials, the model is made of 1,000: of the best 150, and of a random sample of 850 of the
///   others.
#[derive(Clone, Debug, Default)]
pub struct BohbSampler {
    options: Options,
    /// The number of axes that `dimensions` was made for.
    axes: usize,
    goal: Goal,
    dimensions: Vec<Coordinate>,
    observations: Observations,
    model: Model,
    candidates: Candidates,
    mix: PriorMixture,
}

impl BohbSampler {
    /// Makes the sampler with the constants of the authors; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the model of `HpBandSter` 0.7.4, defects included, with a batch size of 1: for comparisons with published results.
    ///
    /// ```
    /// use hyperopt_core::{BohbSampler, Sampler};
    ///
    /// assert_eq!(Sampler::batch(&BohbSampler::faithful()), Some(1));
    /// ```
    #[must_use]
    pub fn faithful() -> Self {
        let options = Options { faithful: true, batch: Some(1), ..Options::default() };
        Self { options, ..Self::default() }
    }

    /// Sets the share of the trials that count as good, from 1 to 99 percent (default: 15).
    #[must_use]
    pub fn top_n_percent(mut self, percent: usize) -> Self {
        self.options.top_n_percent = percent;
        self
    }

    /// Sets how many candidates are compared for each proposal, at least 1 (default: 64).
    #[must_use]
    pub fn num_samples(mut self, samples: usize) -> Self {
        self.options.num_samples = samples;
        self
    }

    /// Sets the share of the trials that are random, from 0 to 1 (default: 1/3).
    #[must_use]
    pub fn random_fraction(mut self, fraction: f64) -> Self {
        self.options.random_fraction = fraction;
        self
    }

    /// Sets the factor by which the bandwidth of continuous hyperparameters is widened to draw candidates, above 0
    /// (default: 3).
    #[must_use]
    pub fn bandwidth_factor(mut self, factor: f64) -> Self {
        self.options.bandwidth_factor = factor;
        self
    }

    /// Sets the least bandwidth, as a share of the axis, above 0 (default: 0.001). It keeps candidates apart where all good
    /// trials agree.
    #[must_use]
    pub fn min_bandwidth(mut self, bandwidth: f64) -> Self {
        self.options.min_bandwidth = bandwidth;
        self
    }

    /// Sets the least number of trials in either set (default: one more than there are hyperparameters, which is also the
    /// least).
    #[must_use]
    pub fn min_points(mut self, points: usize) -> Self {
        self.options.min_points = points;
        self
    }

    /// Sets the batch size, which is the number of trials proposed before the sampler waits for all of them: see
    /// [`Sampler::batch`] (default: 1 in sequence, 8 in parallel; 0 never waits).
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.options.batch = Some(trials);
        self
    }

    /// Forgets what belongs to a sweep.
    fn reset(&mut self, space: &Space) {
        let options = self.options.clone();
        let dimensions = Coordinate::all(space, options.faithful);
        *self = Self { options, axes: space.len(), goal: self.goal, dimensions, ..Self::default() };
    }

    /// Returns whether `setup` is that of a further bracket of the same sweep, or of one whose trials have only grown in number.
    fn continues(&self, setup: &Setup<'_>) -> bool {
        let space = setup.space();
        self.axes == space.len()
            && self.goal == setup.goal()
            && !self.observations.is_of_another(setup.history())
            && self.dimensions == Coordinate::all(space, self.options.faithful)
    }

    /// What the model proposes; `None` if there is no model yet.
    fn propose(&mut self, space: &Space, history: &History, draw: &Draw, rng: &mut impl Rng) -> Option<Point> {
        let Self { options, dimensions, observations, model, candidates, .. } = self;
        if dimensions.is_empty() {
            return None;
        }
        observations.update((space, history, draw.goal()), dimensions, options);
        let budget = model.update(observations, dimensions, options, rng)?;
        if !options.faithful {
            model.add_pending(observations, budget, dimensions, (space, history), rng);
        }
        candidates.draw(model, dimensions, options, rng);
        if let Some(tried) = draw.tried().filter(|_| !options.faithful) {
            let mut units = vec![0.5; space.len()];
            let is_tried = |x: &[f64]| {
                for (dimension, &coordinate) in dimensions.iter().zip(x) {
                    units[dimension.axis] = dimension.unit(space, coordinate);
                }
                tried.contains(space, &units)
            };
            candidates.leave_untried(is_tried, model, dimensions, options, rng);
        }
        let chosen = if options.faithful {
            candidates.choose_faithful(model, dimensions.len())
        } else {
            candidates.choose(model, dimensions.len())
        };
        // Constant axes: any coordinate will do.
        let mut units = vec![0.5; space.len()];
        for (dimension, &coordinate) in dimensions.iter().zip(chosen?) {
            units[dimension.axis] = dimension.unit(space, coordinate);
        }
        Some(units.into())
    }
}

impl Sampler for BohbSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        if self.axes != space.len() {
            self.reset(space);
        }
        let mut rng = draw.rng();
        let explores = rng.random::<f64>() < self.options.random_fraction;
        let proposed = if explores { None } else { self.propose(space, history, draw, &mut rng) };
        Some(proposed.unwrap_or_else(|| {
            if self.mix.is_drawn_from(&mut rng) {
                redraw::first_untried(space, draw, || self.mix.draw(space, &mut rng))
            } else {
                let point = space.axes().iter().map(|_| rng.random::<f64>()).collect();
                redraw::evenly(space, draw, point, &mut rng)
            }
        }))
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let goal = setup.one_goal()?;
        if !self.continues(setup) {
            self.reset(setup.space());
            self.goal = goal;
        }
        self.options.check()?;
        if !self.options.faithful {
            self.mix = PriorMixture::of(setup);
        }
        Ok(None)
    }

    fn keeps_repeats(&self) -> bool {
        !self.options.faithful
    }

    fn batch(&self) -> Option<usize> {
        self.options.batch
    }

    fn batch_setting(&self) -> Option<&'static str> {
        Some("BohbSampler::new()")
    }

    fn name(&self) -> &'static str {
        "BohbSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
