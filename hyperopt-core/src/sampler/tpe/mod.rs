//! The tree-structured Parzen estimator: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization",
//! `NeurIPS` 2011; Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components and Their Roles for
//! Better Empirical Performance", 2023 (arXiv 2304.11127), whose recommended setting is the default here.

mod bandwidth;
mod column;
mod coordinate;
mod earlier;
mod groups;
mod model;
mod neighbours;
mod observations;
mod options;
mod parzen;
mod prior;
mod split;
mod startup;
#[cfg(test)]
mod tests;
mod untried;

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::{Goal, History};
use crate::sampler::prior_mixture::PriorMixture;
use crate::sampler::{Draw, Sampler, Setup, Tried, redraw};
use crate::space::{Point, Space};

use self::coordinate::Coordinate;
use self::earlier::Earlier;
use self::groups::Groups;
use self::model::{Candidates, Model};
use self::observations::Observations;
use self::options::Options;
use self::startup::Startup;
use self::untried::Search;

/// How many points are drawn evenly to find an untried one.
const DRAWS: usize = 32;

/// The tree-structured Parzen estimator: proposes points that resemble the better trials more than the worse ones.
///
/// A mixture of kernels, one for each trial and one for the prior, is fitted to the better trials and another one to the rest;
/// of 24 candidates drawn from the former, the one with the largest ratio of the two is proposed. It suits sweeps of up to some
/// thousand trials in which neighbouring points have similar objectives.
///
/// Every kind of hyperparameter can be swept, and the default models all of them together. Conditional ones are modelled in
/// groups of those that are active together, each on the trials where it is. Running trials count as worse, so that
/// simultaneous trials differ, and so do failed and pruned ones. An option out of its range is an error of the sweep.
///
/// With budgets, as in [`Bohb::tpe`](crate::Bohb::tpe), the models take the configurations of the largest budgets that together
/// have enough trials, each with its last trial. A loss at a smaller budget is extrapolated to the next one by a line through
/// the losses of the configurations that have had both. So a loss counts less if it predicts the loss at the next budget badly.
///
/// ```
/// use hyperopt_core::{Hyperband, TpeSampler};
///
/// let sampler = TpeSampler::new().startup(20).gamma(0.2);
/// let over_budgets = Hyperband::new(3.0).explore(1.0 / 3.0).inner(TpeSampler::new());
/// ```
///
/// The source is Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", `NeurIPS` 2011, with the
/// setting that Watanabe recommends in "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components and Their
/// Roles for Better Empirical Performance" (arXiv 2304.11127): the better 15 percent, at most 25 trials, are weighted by their
/// improvement over the best of the worse ones; the bandwidth of a kernel is the larger of the distances to its neighbours
/// along each axis, at least 0.03 of the axis; kernels are truncated to the axis, and integrated over the cells of its levels.
///
/// The priors of the hyperparameters ([`WithPrior::prior`](crate::WithPrior::prior)) replace the uniform prior in the better
/// mixture; the best points of the sweep in `transfer = …` have kernels there too, whose weight after n trials is (startup /
/// n)² of that of all others together. Before the first model, half of the trials are drawn from these priors and points.
///
/// The time of a suggestion has a bound that does not depend on the number of trials.
///
/// # Departures from the paper
///
/// - The first trials are a Latin hypercube, not random.
/// - The ends of the axis and the mean of the prior count as neighbours in a third of the suggestions only, since in many
///   dimensions nearly every kernel is the outermost one along some axis: see [`reach`](Self::reach).
/// - The least bandwidth for k kernels in d dimensions is (1 + k) to the power of −(1 + 2 / d), not of −2, if that is more than
///   0.03. After n > 100 trials, 0.03 is multiplied by (100 / n) to the power of 3 / d, so that a long sweep keeps refining. On
///   an axis of up to 32 levels, it is at least half a cell.
/// - In a space with conditional hyperparameters, 3 candidates instead of 24 are compared to choose a branch, and 6 to choose
///   conditional hyperparameters and those that are modelled together with a branch. With more, a sweep stays in the branch
///   that looked better at first.
/// - If every hyperparameter has levels, further candidates replace those that have been tried. If the best ratio among them is
///   below ½ (it is 1 on average for a random draw), a configuration repeats. With conditional hyperparameters, a uniform draw
///   among the untried ones replaces it.
/// - If there are more than 425 trials, the worse density takes a random sample of them.
/// - On axes of more than 32 levels, a kernel is widened by the variance of a cell instead of integrated over it.
#[derive(Clone, Debug, Default)]
pub struct TpeSampler {
    options: Options,
    /// The number of axes that the rest was made for.
    axes: Option<usize>,
    goals: Box<[Goal]>,
    dimensions: Vec<Coordinate>,
    observations: Observations,
    groups: Groups,
    /// One for each group, of the trials pooled in this version.
    models: Vec<Model>,
    version: u64,
    candidates: Candidates,
    rows: Vec<f64>,
    startup: Startup,
    /// What is believed, and the best points of an earlier sweep.
    mix: PriorMixture,
    earlier: Vec<Earlier>,
}

impl TpeSampler {
    /// Makes the sampler with the recommended options; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many trials are recorded before the first model, at least 2 (default: 10).
    #[must_use]
    pub fn startup(mut self, trials: usize) -> Self {
        self.options.startup = trials;
        self
    }

    /// Sets how many candidates are compared for each proposal, at least 1 (default: 24). Where hyperparameters are
    /// conditional, an eighth of that number is compared to choose the branch, and a fourth to choose the conditional ones.
    #[must_use]
    pub fn candidates(mut self, candidates: usize) -> Self {
        self.options.candidates = candidates;
        self
    }

    /// Sets the share of the trials that count as better, above 0 and below 1 (default: 0.15).
    #[must_use]
    pub fn gamma(mut self, fraction: f64) -> Self {
        self.options.gamma = fraction;
        self
    }

    /// Sets whether [`gamma`](Self::gamma) is multiplied by the square root of the number of trials, as in the first
    /// implementations, instead of the number itself (default: false).
    #[must_use]
    pub fn gamma_of_root(mut self, of_root: bool) -> Self {
        self.options.of_root = of_root;
        self
    }

    /// Sets the largest number of trials that count as better, at least 1 (default: 25).
    #[must_use]
    pub fn better_at_most(mut self, trials: usize) -> Self {
        self.options.better_at_most = trials;
        self
    }

    /// Sets the weight of the prior, a nearly uniform distribution, in trials, above 0 (default: 1).
    #[must_use]
    pub fn prior_weight(mut self, weight: f64) -> Self {
        self.options.prior_weight = weight;
        self
    }

    /// Sets the least bandwidth of a kernel along an axis with an order, as a share of the axis, above 0 and up to 1
    /// (default: 0.03). After n > 100 trials of d hyperparameters, it is multiplied by (100 / n) to the power of 3 / d.
    #[must_use]
    pub fn min_bandwidth(mut self, bandwidth: f64) -> Self {
        self.options.min_bandwidth = bandwidth;
        self
    }

    /// Sets whether hyperparameters are modelled together, or each on its own (default: true).
    #[must_use]
    pub fn multivariate(mut self, multivariate: bool) -> Self {
        self.options.multivariate = multivariate;
        self
    }

    /// Sets the share of the suggestions whose better kernels reach to the ends of each axis, from 0 to 1 (default: 1/3). The
    /// others stay closer to the better trials; 1 is the rule of the paper.
    #[must_use]
    pub fn reach(mut self, fraction: f64) -> Self {
        self.options.reach = fraction;
        self
    }

    /// Sets the share of the trials that are random, from 0 to 1 (default: 0).
    #[must_use]
    pub fn random_fraction(mut self, fraction: f64) -> Self {
        self.options.random_fraction = fraction;
        self
    }

    /// Sets the batch size, which is the number of trials proposed before the sampler waits for all of them: see
    /// [`Sampler::batch`] (default: 1 in sequence, 8 in parallel; 0 never waits).
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.options.batch = Some(trials);
        self
    }

    /// Returns whether `setup` is that of a further bracket of the same sweep, or of one whose trials have only grown in number.
    fn continues(&self, setup: &Setup<'_>) -> bool {
        let space = setup.space();
        self.axes == Some(space.len())
            && *self.goals == *setup.goals()
            && !self.observations.is_of_another(setup.history())
            && self.dimensions == Coordinate::all(space)
    }

    /// Forgets what belongs to a sweep.
    fn reset(&mut self, space: &Space) {
        let (options, goals) = (self.options.clone(), std::mem::take(&mut self.goals));
        let dimensions = Coordinate::all(space);
        let groups = Groups::new(space, &dimensions, options.multivariate);
        let (mix, earlier) = match self.axes {
            Some(axes) if axes == space.len() => (std::mem::take(&mut self.mix), std::mem::take(&mut self.earlier)),
            _ => (PriorMixture::new(space, &[]), Vec::new()),
        };
        *self = Self { options, axes: Some(space.len()), goals, dimensions, groups, mix, earlier, ..Self::default() };
    }

    /// Brings the models up to `history`; false if it is too early for any.
    fn update(&mut self, space: &Space, history: &History, draw: &Draw) -> bool {
        let Self { options, dimensions, observations, groups, models, earlier, .. } = self;
        observations.update((space, history, draw.goal()), dimensions, groups);
        let Some(pool) = observations.pooled(options.startup) else { return false };
        let is_of_groups = models.iter().map(|model| &model.group).eq(groups.all());
        if !is_of_groups || self.version != pool.version() {
            self.version = pool.version();
            *models = groups.all().iter().map(|group| Model::new(group, dimensions, space, earlier)).collect();
        }
        for model in models.iter_mut() {
            model.update(pool.trials(), (space, history, draw.goals()), options);
        }
        for model in models {
            model.add_running(observations.running(), space, history);
        }
        true
    }

    /// What the models propose.
    fn propose(&mut self, space: &Space, draw: &Draw, rng: &mut impl Rng) -> Point {
        // Constant axes: any coordinate will do.
        let mut units = vec![0.5; space.len()];
        let reaches = rng.random::<f64>() < self.options.reach;
        let Self { options, dimensions, models, candidates, rows, .. } = self;
        if let Some(tried) = draw.tried() {
            let search = Search { space, dimensions, models, reaches, options, tried };
            search.propose(&mut units, candidates, rng);
            let is_conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
            if is_conditional && tried.contains(space, &units) {
                return elsewhere(space, tried, rng).unwrap_or_else(|| units.into());
            }
            return units.into();
        }
        for model in models {
            rows.clear();
            rows.extend_from_slice(model.draw(reaches, options, candidates, rng));
            let Some((chosen, _)) = model.best(rows, reaches, options, candidates) else { continue };
            for (&index, &x) in model.group.iter().zip(chosen) {
                let dimension = &dimensions[index];
                units[dimension.axis] = dimension.unit(space, x);
            }
        }
        units.into()
    }
}

/// An untried point, drawn evenly. The ratio of the densities does not tell what a branch may still give that has been left
/// early, or the other branches where one of them has been tried in whole.
fn elsewhere(space: &Space, tried: &Tried, rng: &mut impl Rng) -> Option<Point> {
    let mut draws = (0..DRAWS).map(|_| space.axes().iter().map(|_| rng.random::<f64>()).collect::<Point>());
    draws.find(|point| !tried.contains(space, point.units()))
}

impl Sampler for TpeSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        if self.axes != Some(space.len()) || self.observations.is_of_another(history) {
            self.reset(space);
        }
        let mut rng = draw.rng();
        let explores = rng.random::<f64>() < self.options.random_fraction;
        if !explores && self.update(space, history, draw) {
            return Some(self.propose(space, draw, &mut rng));
        }
        Some(if self.mix.is_drawn_from(&mut rng) {
            redraw::first_untried(space, draw, || self.mix.draw(space, &mut rng))
        } else {
            let point = self.startup.point(space, draw, &self.options, &mut rng);
            redraw::evenly(space, draw, point, &mut rng)
        })
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if self.continues(setup) {
            self.startup = Startup::default();
        } else {
            self.reset(setup.space());
            self.goals = setup.goals().into();
        }
        self.options.check()?;
        self.mix = PriorMixture::of(setup);
        self.earlier = Earlier::all(setup);
        for model in &mut self.models {
            model.transfer(setup.space(), &self.earlier);
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
        Some("TpeSampler::new()")
    }

    fn name(&self) -> &'static str {
        "TpeSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
