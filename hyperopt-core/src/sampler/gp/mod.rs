//! Bayesian optimisation: a Gaussian process over the objectives, and the logarithm of the expected improvement.

mod activity;
mod candidates;
mod coordinate;
mod improvement;
mod kernel;
mod likelihood;
mod model;
mod observations;
mod options;
mod problem;
mod process;
mod search;
#[cfg(test)]
mod tests;
mod warp;

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::History;
use crate::sampler::{Draw, LhsSampler, Sampler, Setup, redraw};
use crate::space::{Point, Space};

use self::activity::Activity;
use self::coordinate::Coordinate;
use self::kernel::Column;
use self::model::Model;
use self::observations::Observations;
use self::options::Options;
use self::problem::Problem;
use self::search::Search;

/// The least number of complete trials for a model.
const LEAST: usize = 4;
/// A proposal that is nowhere farther from a trial than this, along any axis, is the same.
const NEAR: f64 = 1e-4;
/// How many swaps to try for a better plan of the first trials: for so few, no more are of use.
const SWAPS: usize = 2_000;

/// Bayesian optimisation with a Gaussian process, for objectives that take minutes or more: proposes where the improvement on
/// the best trial so far is expected to be largest.
///
/// The process predicts the objective at any point, with its uncertainty, from the trials so far. The expected improvement
/// weighs both; its logarithm (Ament et al., "Unexpected Improvements to Expected Improvement for Bayesian Optimization",
/// `NeurIPS` 2023, arXiv 2310.20708, section 4.1) has a gradient even where hardly any improvement is expected. This pays most
/// for up to a hundred trials of up to about twenty hyperparameters. An option out of its range is an error of the sweep.
///
/// - The first trials, two more than there are hyperparameters but at least 5 and at most 10, are a Latin hypercube: see
///   [`startup`](Self::startup).
/// - The kernel is a Matérn 5/2 with a length scale for each hyperparameter. Integers, `linrange` and `ordinal` lie at the
///   middles of their cells, where the improvement is evaluated too; two levels without an order are either equal or different.
/// - An inactive conditional hyperparameter lies beside its axis, in a further dimension, as far from the middle as the axis is
///   long; one without an order has a further level for it. Whether it would be active in a proposal is taken from the trial
///   that is nearest along the hyperparameters that its guard reads.
/// - Length scales, the variance of the objective and that of its noise are maximum a posteriori estimates, found by L-BFGS,
///   with lognormal priors of the length scales (Hvarfner, Hellsten and Nardi, "Vanilla Bayesian Optimization Performs Great in
///   High Dimensions", ICML 2024). They are fitted again whenever there are a sixteenth more trials.
/// - Objectives are transformed by the power (Yeo and Johnson 2000) of maximum likelihood under a normal distribution, as in
///   HEBO, so that a few very bad trials do not hide the differences between good ones.
/// - A running trial counts as if it gave the expected objective, so those of a batch differ; none is within a thousandth of
///   all axes of another. Where all hyperparameters have levels, no point is proposed that has been tried, unless the sweep
///   says `repeats = true`.
/// - A proposal within a ten-thousandth of each axis of an earlier trial is replaced by a uniform draw, unless the sweep says
///   `repeats = true`, so that the sampler leaves a minimum that it has found, at a bound for example (Bull, "Convergence
///   rates of efficient global optimization algorithms", JMLR 12, 2011, section 3.3: without such draws, expected improvement
///   need not converge).
/// - A trial that failed or was pruned counts as the worst objective so far. With budgets, the model is that of the largest
///   budget with enough complete trials: one more than there are hyperparameters, but at least 4 and at most 10.
///
/// ```
/// use hyperopt_core::{GpSampler, Hyperband};
///
/// let careful = GpSampler::new().startup(20);
/// let over_budgets = Hyperband::new(3.0).inner(GpSampler::new());
/// ```
///
/// # Cost
///
/// The time of a suggestion grows with the square of the number of trials, and with the cube whenever parameters are fitted. If
/// there are more than 300 trials, the model learns from 300 of them (see [`max_points`](Self::max_points)), which bounds the
/// time. The first suggestion of a resumed sweep repeats all fits of the earlier sweep.
///
/// # Departures
///
/// - The unit of the power transformation is the deviation of the better half of the objectives, not of all, so that the
///   differences within the better half are never lost, however bad the worst objectives are.
/// - Length scales are at most ten axes. Without that bound, a hyperparameter that seems not to matter among bad trials is
///   never varied again among good ones.
/// - The variance of the objective also has a prior, the former one of `BoTorch`. The prior of the noise is that of Optuna, so
///   that an objective without noise is fitted more closely than the least noise of `BoTorch`, 10⁻⁴, allows.
#[derive(Clone, Debug, Default)]
pub struct GpSampler {
    options: Options,
    /// The number of axes that `dimensions` was made for.
    axes: usize,
    dimensions: Vec<Coordinate>,
    columns: Vec<Column>,
    design: Option<LhsSampler>,
    observations: Observations,
    activity: Activity,
    model: Model,
    search: Search,
}

impl GpSampler {
    /// Makes the sampler with its defaults; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many trials of a Latin hypercube precede the first model, at least 2 (default: two more than there are
    /// hyperparameters, but at least 5 and at most 10). A resumed sweep counts the trials of the earlier one.
    #[must_use]
    pub fn startup(mut self, trials: usize) -> Self {
        self.options.startup = Some(trials);
        self
    }

    /// Sets how many candidates over the whole space are compared before the best of them are optimised, at least 1
    /// (default: 512). Half as many are compared around the best trials.
    #[must_use]
    pub fn candidates(mut self, candidates: usize) -> Self {
        self.options.candidates = candidates;
        self
    }

    /// Sets the largest number of trials that the model learns from, at least 16 (default: 300). If there are more, one half of
    /// these are the best trials, and the other half are evenly spaced among the rest; up to 49 later trials are added before
    /// the next choice.
    #[must_use]
    pub fn max_points(mut self, trials: usize) -> Self {
        self.options.max_points = trials;
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
        let dimensions = Coordinate::all(space);
        let columns = Column::all(&dimensions);
        *self = Self { options: self.options.clone(), axes: space.len(), dimensions, columns, ..Self::default() };
    }

    fn startup_trials(&self) -> usize {
        self.options.startup.unwrap_or_else(|| (self.dimensions.len() + 2).clamp(5, 10))
    }

    /// Whether the trial `number` is a planned one.
    pub(super) fn plans(&self, number: usize) -> bool {
        number < self.startup_trials()
    }

    /// What the model proposes; `None` if there is too little to make one of, or the proposal has been tried.
    fn propose(&mut self, space: &Space, history: &History, draw: &Draw, rng: &mut impl Rng) -> Option<Point> {
        if self.dimensions.is_empty() {
            return None;
        }
        let least = LEAST.min(self.startup_trials()).max(2);
        let Self { options, dimensions, columns, observations, activity, model, search, .. } = self;
        observations.read(dimensions, history, draw.goal(), (dimensions.len() + 1).clamp(least, 10));
        if observations.complete() < least {
            return None;
        }
        activity.read(dimensions, &observations.units, space.len());
        observations.complete_running(|units| activity.fill(space, dimensions, units), dimensions, space.len());
        model.update(observations, (dimensions, columns), least, options);
        // Where there are levels along all axes, what runs has been tried, and is left to the rule for repeats.
        let is_continuous = dimensions.iter().any(|dimension| dimension.levels.is_none());
        let running = if is_continuous { &observations.running_rows[..] } else { &[] };
        let problem = Problem { space, dimensions, activity, model, tried: draw.tried(), running, options };
        let found = search.run(problem, &observations.best(space.len()), rng);
        // What has been tried tells nothing new, and the model expects no better elsewhere: so it is doubted.
        let is_known =
            is_continuous && !draw.allows_repeats() && model.process.has_near(search.encoded(problem, &found), NEAR);
        (!is_known).then(|| found.into())
    }
}

impl Sampler for GpSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        if self.axes != space.len() {
            self.reset(space);
        }
        let mut rng = draw.rng();
        let planned = self.design.as_mut().and_then(|design| design.suggest(space, history, draw));
        if planned.is_none()
            && let Some(proposed) = self.propose(space, history, draw, &mut rng)
        {
            return Some(proposed);
        }
        let random = planned.unwrap_or_else(|| space.axes().iter().map(|_| rng.random::<f64>()).collect());
        Some(redraw::evenly(space, draw, random, &mut rng))
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        setup.one_goal()?;
        // The model tells by itself which of its fits are of other trials.
        if self.axes != setup.space().len() || self.dimensions != Coordinate::all(setup.space()) {
            self.reset(setup.space());
        }
        self.design = None;
        self.options.check()?;
        let missing = self.startup_trials().saturating_sub(setup.first());
        if missing > 0 {
            // Constant axes, which have no dimension, have one level.
            let mut unordered = vec![Some(1); setup.space().len()];
            for dimension in &self.dimensions {
                unordered[dimension.axis] = dimension.levels.filter(|_| dimension.is_categorical);
            }
            let mut design = LhsSampler::new().jitter(true).swaps(SWAPS);
            design.plan(&Setup { trials: Some(missing as u64), ..setup.clone() }, &unordered, None)?;
            self.design = Some(design);
        }
        Ok(None)
    }

    fn keeps_repeats(&self) -> bool {
        true
    }

    fn batch(&self) -> Option<usize> {
        self.options.batch
    }

    fn batch_setting(&self) -> Option<&'static str> {
        Some("GpSampler::new()")
    }

    fn name(&self) -> &'static str {
        "GpSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
