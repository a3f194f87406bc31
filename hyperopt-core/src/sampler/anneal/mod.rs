//! The annealing sampler of Python's hyperopt.

mod ranking;
#[cfg(test)]
mod tests;

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::History;
use crate::ordered::Ordered;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Kind, Point, Space};

use self::ranking::Ranking;

/// Simulated annealing as in Python's hyperopt: draws near good trials, in a neighbourhood that shrinks with every trial.
///
/// Each hyperparameter is drawn independently. A good trial is chosen, the k-th best with a geometric probability, and the
/// coordinate is uniform in an interval around its coordinate. The interval lies within the axis, and has 1 / (1 + 0.1 n) of
/// its length after n trials that had a value for it. Of levels without an order, the good one is kept with the rest of the
/// probability, and any level is drawn otherwise. No model is fitted, so a suggestion is cheap; interactions between
/// hyperparameters are ignored.
///
/// The source is `hyperopt/anneal.py`, from the package of Bergstra, Yamins and Cox, "Making a Science of Model Search", ICML
/// 2013; the constants are its defaults. There are two departures: the interval lies on the unit axis for every kind, where the
/// original draws around normal numbers from a narrower normal distribution and around the last value of quantised ones; and
/// trials without a finite objective are never good.
///
/// ```
/// use hyperopt_core::{AnnealSampler, Search, hp};
///
/// let ho = Search::new(hp::uniform("x", -10, 10)).sampler(AnnealSampler::new()).seed(7).run(0..100, |_, x| x * x);
/// assert!(ho.best()?.value < 1e-2);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AnnealSampler {
    avg_best_idx: f64,
    shrink_coef: f64,
    ranking: Ranking,
}

impl AnnealSampler {
    /// Makes the sampler with the constants of Python's hyperopt; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self { avg_best_idx: 2.0, shrink_coef: 0.1, ranking: Ranking::default() }
    }

    /// Sets the mean rank of the trial to draw near, at least 1 (default: 2). 1 is always the best trial. A number below 1,
    /// infinity and NaN are errors of the sweep.
    #[must_use]
    pub fn avg_best_idx(mut self, index: f64) -> Self {
        self.avg_best_idx = index;
        self
    }

    /// Sets how fast the neighbourhood shrinks: to 1 / (1 + `coefficient` n) of the axis after n trials (default: 0.1). 0 keeps
    /// its size. A negative number, infinity and NaN are errors of the sweep.
    #[must_use]
    pub fn shrink_coef(mut self, coefficient: f64) -> Self {
        self.shrink_coef = coefficient;
        self
    }

    /// Returns the unit of one axis; `ranked` are the trials that have a value for it, from the best to the worst.
    fn unit(
        &self,
        axis: &Axis,
        ranked: &Ordered<usize>,
        good: impl Fn(usize) -> Option<f64>,
        rng: &mut impl Rng,
    ) -> f64 {
        // Every axis draws as many numbers, whether it needs them or not.
        let (chosen, drawn, kept): (f64, f64, f64) = (rng.random(), rng.random(), rng.random());
        let count = ranked.len();
        let Some(place) = count.checked_sub(1) else { return drawn };
        let best = ranked.get(geometric(self.avg_best_idx, chosen).min(place));
        let good = best.and_then(|&best| good(best)).unwrap_or(drawn);
        let share = 1.0 / (1.0 + count as f64 * self.shrink_coef);
        if let Kind::Categorical(_) = axis.kind() {
            return if kept < share { drawn } else { good };
        }
        let centre = good.clamp(0.5 * share, 1.0 - 0.5 * share);
        centre + (drawn - 0.5) * share
    }
}

impl Default for AnnealSampler {
    fn default() -> Self {
        Self::new()
    }
}

/// A number from 0 of the geometric distribution with the mean `mean` − 1: the quantile at `unit`, in [0, 1).
fn geometric(mean: f64, unit: f64) -> usize {
    let failure = 1.0 - mean.recip();
    if failure <= 0.0 { 0 } else { ((1.0 - unit).ln() / failure.ln()) as usize }
}

impl Sampler for AnnealSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.ranking.update(space, history, draw.goal());
        let mut rng = draw.rng();
        let unit = |(index, axis)| {
            let good = |trial: usize| history.trials()[trial].point().get(index);
            self.unit(axis, self.ranking.of(index), good, &mut rng)
        };
        Some(space.axes().iter().enumerate().map(unit).collect())
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        setup.one_goal()?;
        let Self { avg_best_idx, shrink_coef, .. } = *self;
        if !(avg_best_idx >= 1.0 && avg_best_idx.is_finite()) {
            return Err(
                format!("avg_best_idx({avg_best_idx}) is before the best; write 1.0 or more, such as 2.0").into()
            );
        }
        if !(shrink_coef >= 0.0 && shrink_coef.is_finite()) {
            return Err(format!("shrink_coef({shrink_coef}) does not shrink; write 0.0 or more, such as 0.1").into());
        }
        Ok(None)
    }

    fn name(&self) -> &'static str {
        "AnnealSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
