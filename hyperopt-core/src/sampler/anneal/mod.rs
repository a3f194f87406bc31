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

/// Annealing as in Python's hyperopt: near good trials, in a neighbourhood that shrinks with every trial.
///
/// Each hyperparameter on its own takes the value of a good trial, the k-th best with a geometric probability, and is drawn
/// evenly from an interval around it, which lies within the axis and has 1 / (1 + 0.1 n) of its length after n trials that had
/// a value for it. Among levels without an order, the good one has all but that share of the probability, and the rest is
/// drawn from all levels. No model is fitted, so a suggestion is quick; a hyperparameter is never looked at together with
/// another.
///
/// After `hyperopt/anneal.py` (Bergstra, Yamins and Cox, "Making a Science of Model Search", ICML 2013, its package); the
/// constants are its defaults. Departures: the interval is one of the unit axis for every kind, where the original draws around
/// normal numbers from a narrower normal distribution and looks at the last value of quantised ones; trials without a finite
/// objective are not good.
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
    /// With the original's constants.
    #[must_use]
    pub fn new() -> Self {
        Self { avg_best_idx: 2.0, shrink_coef: 0.1, ranking: Ranking::default() }
    }

    /// Which of the trials, from the best, is the good one on average: 2 by default, 1 for always the best.
    #[must_use]
    pub fn avg_best_idx(mut self, index: f64) -> Self {
        self.avg_best_idx = index;
        self
    }

    /// How fast the neighbourhood shrinks: to 1 / (1 + `coefficient` n) after n trials; 0.1 by default, 0 for never.
    #[must_use]
    pub fn shrink_coef(mut self, coefficient: f64) -> Self {
        self.shrink_coef = coefficient;
        self
    }

    /// The unit of one axis; `ranked` are the trials that have a value for it, from the best to the worst.
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
        self.ranking = Ranking::default();
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
