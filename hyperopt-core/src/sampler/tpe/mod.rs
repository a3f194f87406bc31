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

use crate::history::History;
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

/// The tree-structured Parzen estimator: proposes what resembles the better trials more than the worse ones.
///
/// A mixture of kernels, one for each trial and one for the prior, is fitted to the better trials and another one to the
/// rest; of 24 candidates drawn from the former, the one with the largest ratio of the two is proposed. What to use for a
/// sweep of up to some thousand trials whose objective says something about neighbouring ones.
///
/// Every kind of hyperparameter can be swept, and the default models all of them together. Conditional ones are modelled in
/// groups of those that are active together, each on the trials where it is. Trials that run count as worse until they are
/// told, so that trials side by side differ; so do failed and pruned ones.
///
/// With budgets, as in [`Bohb::tpe`](crate::Bohb::tpe), the configurations are modelled that have had at least the largest budget
/// with enough trials, each by its last trial: a loss at a smaller budget is carried upwards by a line through the losses of the
/// configurations that have had both budgets. So it says the less, the worse it predicts what the next budget brings.
///
/// ```
/// use hyperopt_core::{Hyperband, TpeSampler};
///
/// let sampler = TpeSampler::new().startup(20).gamma(0.2);
/// let over_budgets = Hyperband::new(3.0).explore(1.0 / 3.0).inner(TpeSampler::new());
/// ```
///
/// Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", `NeurIPS` 2011, with the setting that
/// Watanabe recommends in "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components and Their Roles for Better
/// Empirical Performance" (arXiv 2304.11127): the better 15 percent, at most 25, weigh by their improvement over the best
/// of the worse ones; the bandwidth of a kernel is the larger of the distances to its neighbours along each axis, at least 0.03
/// of the axis; kernels are truncated to the axis, and integrated over the cells of its levels.
///
/// What you believe ([`WithPrior::prior`](crate::WithPrior::prior)) takes the place of the even prior in the better mixture; the
/// best points of an earlier sweep behind `transfer =` have kernels there too, which after n trials weigh (startup / n)² of
/// all others together. Before the first model, half of the trials are drawn from either.
///
/// The time of a suggestion is bounded, however many trials there are.
///
/// # Departures from the paper
///
/// - The first trials are a Latin hypercube, not random.
/// - Neighbours are the ends of the axis and the mean of the prior, too, in a third of the suggestions only: in many
///   dimensions, nearly every kernel is the outermost one along some axis. See [`reach`](Self::reach).
/// - The least bandwidth for k kernels in d dimensions is (1 + k) to the power of −(1 + 2 / d), not of −2, if that is more
///   than 0.03. After n trials, more than 100, it is (100 / n) to the power of 3 / d times 0.03 instead, so that a long sweep
///   keeps refining. On an axis of up to 32 levels, it is at least half a cell.
/// - In a space with conditional hyperparameters, a branch is chosen by 3 candidates instead of 24, and what is conditional,
///   and what is modelled together with a branch, by 6: with more, a sweep stays in the branch that has looked better first.
/// - Where every hyperparameter has levels, further candidates take the place of those that have been tried. If the best
///   ratio among them is below ½, where it is 1 for a blind draw on average, a configuration repeats. With conditional
///   hyperparameters, an even draw among the untried ones takes its place.
/// - Of more than 425 trials, the worse density takes a random sample of them.
/// - On axes of more than 32 levels, a kernel is widened by the variance of a cell instead of integrated over it.
#[derive(Clone, Debug, Default)]
pub struct TpeSampler {
    options: Options,
    /// The number of axes that the rest was made for.
    axes: Option<usize>,
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
    /// The sampler as it is recommended; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many trials are recorded before the first model: 10 by default, at least 2.
    #[must_use]
    pub fn startup(mut self, trials: usize) -> Self {
        self.options.startup = trials;
        self
    }

    /// How many candidates are compared for each proposal: 24 by default, at least 1. Where hyperparameters are conditional,
    /// an eighth of them chooses the branch, and a fourth what is conditional.
    #[must_use]
    pub fn candidates(mut self, candidates: usize) -> Self {
        self.options.candidates = candidates;
        self
    }

    /// The share of the trials that count as better, between 0 and 1: 0.15 by default.
    #[must_use]
    pub fn gamma(mut self, fraction: f64) -> Self {
        self.options.gamma = fraction;
        self
    }

    /// Whether [`gamma`](Self::gamma) is a share of the square root of the number of trials, as in the first implementations,
    /// and not of that number itself.
    #[must_use]
    pub fn gamma_of_root(mut self, of_root: bool) -> Self {
        self.options.of_root = of_root;
        self
    }

    /// The largest number of trials that count as better: 25 by default, at least 1.
    #[must_use]
    pub fn better_at_most(mut self, trials: usize) -> Self {
        self.options.better_at_most = trials;
        self
    }

    /// How much the prior, an even distribution nearly, counts in units of a trial: 1 by default, above 0.
    #[must_use]
    pub fn prior_weight(mut self, weight: f64) -> Self {
        self.options.prior_weight = weight;
        self
    }

    /// The least bandwidth of a kernel along an axis with an order, in units of the whole axis: 0.03 by default, above 0 and
    /// up to 1. After n trials, more than 100, of d hyperparameters it counts (100 / n) to the power of 3 / d times.
    #[must_use]
    pub fn min_bandwidth(mut self, bandwidth: f64) -> Self {
        self.options.min_bandwidth = bandwidth;
        self
    }

    /// Whether hyperparameters are modelled together, as by default, or each on its own.
    #[must_use]
    pub fn multivariate(mut self, multivariate: bool) -> Self {
        self.options.multivariate = multivariate;
        self
    }

    /// The share of the suggestions whose better kernels reach to the ends of each axis, from 0 to 1: a third by default. The
    /// rest keeps closer to the better trials; 1 is as in the paper.
    #[must_use]
    pub fn reach(mut self, fraction: f64) -> Self {
        self.options.reach = fraction;
        self
    }

    /// The share of the trials that are random all the same, from 0, the default, to 1.
    #[must_use]
    pub fn random_fraction(mut self, fraction: f64) -> Self {
        self.options.random_fraction = fraction;
        self
    }

    /// How many trials are proposed before the sampler waits for all of them: see [`Sampler::batch`]. By default the loop decides.
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.options.batch = Some(trials);
        self
    }

    /// Forgets what belongs to a sweep.
    fn reset(&mut self, space: &Space) {
        let options = self.options.clone();
        let dimensions = Coordinate::all(space);
        let groups = Groups::new(space, &dimensions, options.multivariate);
        let (mix, earlier) = match self.axes {
            Some(axes) if axes == space.len() => (std::mem::take(&mut self.mix), std::mem::take(&mut self.earlier)),
            _ => (PriorMixture::new(space, &[]), Vec::new()),
        };
        *self = Self { options, axes: Some(space.len()), dimensions, groups, mix, earlier, ..Self::default() };
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
        self.reset(setup.space());
        self.options.check()?;
        self.mix = PriorMixture::of(setup);
        self.earlier = Earlier::all(setup);
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
