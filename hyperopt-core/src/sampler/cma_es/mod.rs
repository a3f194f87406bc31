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
mod visited;

use std::error::Error;

use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Point, Space};

use self::options::Options;
use self::search::Search;

/// CMA-ES: draws generations of trials from a normal distribution, whose mean, width and shape follow the better ones.
///
/// The sampler suits sweeps of hundreds of trials and more, over hyperparameters that mostly have an order: it learns which of
/// them have to change together, whatever their scales, from the ranks of objectives alone. The first generations search
/// widely, so with fewer than about ten trials for each hyperparameter other samplers are better.
///
/// - The strategy is that of Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772, with the constants of its
///   Table 1, negative weights included.
/// - A point beyond a bound is drawn again, at most twice. If it is still beyond a bound of a continuous axis, it is moved onto
///   the bound, or mirrored back if it is more than three standard deviations beyond. So a minimum on a bound or in a corner
///   can be reached exactly, and one close to bounds is not lost. An axis with levels is beyond its bound only by more than the
///   width of a cell.
/// - Levels with an order have a margin: levels other than that of the mean are drawn with a probability of at least 1 / (n λ),
///   for n axes and generations of λ trials: Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin", GECCO 2022.
/// - Levels without an order have probabilities that are independent of the other axes and follow the natural gradient: Hamano
///   et al., "`CatCMA`", GECCO 2024. No probability becomes 0.
/// - On continuous axes, no point is tried twice: a draw within a millionth of each axis of an earlier trial is replaced by a
///   uniform draw, unless the sweep says `repeats = true`. The search counts the earlier trial's objective for it, so it
///   converges as if it had been tried again. If the uniform draw is better, the search restarts around it.
/// - When it has converged, the search restarts elsewhere with generations of twice the size: Auger and Hansen, "A Restart CMA
///   Evolution Strategy With Increasing Population Size", CEC 2005.
///
/// The search starts in the middle of the cube with a standard deviation of a sixth of each axis, so that three deviations
/// reach the bounds.
///
/// A generation has consecutive configurations, and updates the distributions when all of them have finished; until then,
/// points are drawn from the same distributions. Pruned and failed trials rank last. Trials that were proposed by earlier
/// distributions or by another sampler count by their points, with steps of a limited length (Hansen, "Injecting External
/// Solutions Into CMA-ES", arXiv 1110.4181). After a sweep of another sampler the search starts from the best tenth of its
/// trials (Nomura et al., "Warm Starting CMA-ES", AAAI 2021).
///
/// Where a conditional hyperparameter is inactive, its axis does not move the mean, and otherwise counts with the coordinate
/// that was drawn. Inside [`Hyperband`](crate::Hyperband), a configuration counts with its objective at its first rung, and a
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
/// - The tutorial does not prescribe a handling of bounds, and suggests a deviation of 0.3 at the start. That was worse on
///   bounded problems of 5 to 20 dimensions, by about 100 trials in 10 dimensions.
/// - The search only moves away from a failed trial, never towards it, however few of its generation succeeded.
/// - No deviation exceeds the width of its axis.
/// - The replacement of repeated points, see above, is not in the tutorial. The cells of a millionth of the axis are fixed, so
///   two trials on either side of the end of a cell may be nearer to one another.
/// - If all trials of a generation have equal objectives, the probabilities of levels without an order stay as they are.
/// - The criterion for flat objectives is relative to the size of the objectives, 1 in 10¹², and not absolute; of the criteria
///   for restarts, "no effect along a principal axis" is left out, and "no effect along an axis" is for continuous axes.
/// - After another sampler, the search is as wide along each axis as the good trials spread, but at least a ten-thousandth of
///   the axis and at most as wide as a search without earlier trials. The paper adds a tenth of the axis, since its trials are
///   of another problem. The mean is the weighted mean of as many of the best trials as a generation selects. There are at
///   least as many good trials as axes, unless that is more than half of all trials; with k good trials over n axes,
///   correlations are multiplied by k / (n + k).
/// - This start is computed again whenever there are a quarter more trials, not after each trial.
#[derive(Clone, Debug, Default)]
pub struct CmaEsSampler {
    options: Options,
    /// The number of axes that `search` was made for; `None` before there was a sweep.
    axes: Option<usize>,
    /// The revision of the history that it was prepared for.
    revision: Option<u64>,
    search: Search,
}

impl CmaEsSampler {
    /// Makes the sampler with the constants of the tutorial; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of trials in a generation, from 4 to 1,000,000 (default: 4 + 3 ln n for n hyperparameters, rounded
    /// down). A number out of that range is an error of the sweep.
    #[must_use]
    pub fn population(mut self, trials: usize) -> Self {
        self.options.population = Some(trials);
        self
    }

    /// Sets the standard deviation along each axis at the start of the search, as a share of the axis, above 0 and up to 1
    /// (default: 1/6). A number out of that range is an error of the sweep.
    #[must_use]
    pub fn sigma(mut self, sigma: f64) -> Self {
        self.options.sigma = sigma;
        self
    }

    /// Sets whether a search that has converged restarts with generations of twice the size (default: true).
    #[must_use]
    pub fn restarts(mut self, restarts: bool) -> Self {
        self.options.restarts = restarts;
        self
    }

    /// Sets the batch size, which is the number of trials proposed before the sampler waits for all of them: see
    /// [`Sampler::batch`] (default: a generation, whose trials are all drawn from one distribution).
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
        Some(self.search.propose(space, history, draw))
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        setup.one_goal()?;
        self.options.check()?;
        // What was read of the same history stays.
        let revision = Some(setup.history().revision());
        if self.axes != Some(setup.space().len()) || self.revision != revision {
            self.reset(setup.space());
            self.revision = revision;
        }
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
