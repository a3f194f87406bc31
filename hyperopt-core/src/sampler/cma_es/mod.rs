//! CMA-ES: Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772.

mod bounds;
mod categorical;
mod coordinates;
mod gaussian;
mod generation;
mod margin;
mod options;
mod parameters;
mod search;
mod source;
mod stopping;
#[cfg(test)]
mod tests;

use std::error::Error;

use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Point, Space};

use self::options::Options;
use self::search::Search;

/// CMA-ES: draws generations of trials from a normal distribution, whose mean, width and shape follow the better ones.
///
/// For hundreds of trials and more, of hyperparameters with an order above all: it learns which of them have to change
/// together, whatever their scales, and goes by the ranks of objectives alone. The first generations search widely, so for
/// less than some ten trials a hyperparameter there are better samplers.
///
/// - The strategy is that of Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772, with the constants of its
///   Table 1, negative weights included.
/// - A point beyond a bound is drawn again, at most twice. If it is still beyond a bound of a continuous axis, it is moved
///   onto the bound; from further than three deviations beyond, it is mirrored back. So a minimum on a bound, or in a corner, is
///   reached itself, and one close to bounds is not lost. Levels count as beyond a bound from the width of their cell on.
/// - Levels with an order keep a margin: all others than that of the mean are drawn with a probability of 1 / (n λ) at the
///   least, for n axes and generations of λ trials. Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin", GECCO 2022.
/// - Levels without an order are drawn by probabilities of their own, independent of the rest, which go along the natural
///   gradient: Hamano et al., "`CatCMA`", GECCO 2024. They never settle on one level for good.
/// - Where there is nothing left to gain, the search starts anew somewhere else, with generations of twice the size: Auger
///   and Hansen, "A Restart CMA Evolution Strategy With Increasing Population Size", CEC 2005.
///
/// The search starts in the middle of the cube with a deviation of a sixth of each axis: three deviations reach the bounds.
///
/// A generation takes consecutive configurations, and counts when all of them are closed; what is proposed until then is
/// drawn from the same distributions. Pruned and failed trials rank last. Trials that the present distributions
/// have not proposed, for being proposed before or by something else, count by where they are, with steps of a limited
/// length (Hansen, "Injecting External Solutions Into CMA-ES", arXiv 1110.4181). After a sweep of another sampler the search
/// starts from the best tenth of its trials (Nomura et al., "Warm Starting CMA-ES", AAAI 2021).
///
/// Where a conditional hyperparameter is inactive, its axis does not move the mean, and counts as the random draw that it was
/// in all else. Inside [`Hyperband`](crate::Hyperband), a configuration counts with its objective at its first rung, and a
/// generation ends with its bracket.
///
/// ```
/// use hyperopt_core::{CmaEsSampler, Sampler};
///
/// let sampler = CmaEsSampler::new().population(16).sigma(0.2);
/// assert!(sampler.is_adaptive());
/// ```
///
/// # Departures
///
/// - The tutorial leaves bounds open and suggests a deviation of 0.3 at the start. That was worse on bounded problems of 5 to
///   20 dimensions, by about 100 trials of 10 dimensions.
/// - A failed trial is only moved away from, never towards, however few of its generation succeeded.
/// - No deviation exceeds the width of its axis.
/// - The criterion for flat objectives measures differences by the size of the objectives, 1 in 10¹², not by absolute numbers; of the
///   criteria for restarts, "no effect along a principal axis" is left out, and "no effect along an axis" is for continuous
///   axes.
/// - After another sampler, the search is as wide along each axis as the good trials spread, but at least a ten-thousandth of
///   the axis and at most as wide as a search from nothing. The paper adds a tenth of the axis, since its trials are of another
///   problem. The mean is the weighted one of as many of the best trials as a generation selects; of k good trials over n
///   axes, at least n if these are at most half of all, correlations count k / (n + k).
/// - This start is worked out anew when the trials are a quarter more, not after each.
#[derive(Clone, Debug, Default)]
pub struct CmaEsSampler {
    options: Options,
    /// The number of axes that `search` was made for; `None` before there was a sweep.
    axes: Option<usize>,
    search: Search,
}

impl CmaEsSampler {
    /// The sampler with the constants of the tutorial; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many trials a generation has, at least 4: by default 4 + 3 ln n for n hyperparameters, rounded down.
    #[must_use]
    pub fn population(mut self, trials: usize) -> Self {
        self.options.population = Some(trials);
        self
    }

    /// The deviation that the search starts with along each axis, as a share of it, up to 1: a sixth by default.
    #[must_use]
    pub fn sigma(mut self, sigma: f64) -> Self {
        self.options.sigma = sigma;
        self
    }

    /// Whether to start anew where there is nothing left to gain, with generations of twice the size: true by default.
    #[must_use]
    pub fn restarts(mut self, restarts: bool) -> Self {
        self.options.restarts = restarts;
        self
    }

    /// How many trials are proposed before the sampler waits for all of them: see [`Sampler::batch`]. By default a generation, which
    /// loses nothing: all of its trials are drawn from one distribution.
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.options.batch = Some(trials);
        self
    }

    fn reset(&mut self, space: &Space) {
        self.axes = Some(space.len());
        self.search = Search::new(space, &self.options);
    }
}

impl Sampler for CmaEsSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        if self.axes != Some(space.len()) {
            self.reset(space);
        }
        self.search.update(space, history, draw, &self.options);
        Some(self.search.propose(space, draw))
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        setup.one_goal()?;
        self.options.check()?;
        self.reset(setup.space());
        Ok(None)
    }

    fn batch(&self) -> Option<usize> {
        self.options.batch.or_else(|| self.axes.map(|_| self.search.population()))
    }

    fn name(&self) -> &'static str {
        "CmaEsSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
