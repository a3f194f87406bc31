//! The annealing sampler of Python's hyperopt.

use std::error::Error;

use rand::{Rng, RngExt};

use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Kind, Point, Space};
use crate::trial::Trial;

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
}

impl AnnealSampler {
    /// With the original's constants.
    #[must_use]
    pub fn new() -> Self {
        Self { avg_best_idx: 2.0, shrink_coef: 0.1 }
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

    /// The unit of one axis.
    fn unit(&self, axis: &Axis, index: usize, ranked: &[&Trial], rng: &mut impl Rng) -> f64 {
        // Every axis draws as many numbers, whether it needs them or not.
        let (chosen, drawn, kept): (f64, f64, f64) = (rng.random(), rng.random(), rng.random());
        let valued = || ranked.iter().filter_map(|trial| trial.point().get(index));
        let count = valued().count();
        let Some(place) = count.checked_sub(1) else { return drawn };
        let good = valued().nth(geometric(self.avg_best_idx, chosen).min(place)).unwrap_or(drawn);
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
        let ranked: Vec<&Trial> = history.ranked(draw.goal()).into_iter().map(|(trial, _)| trial).collect();
        let mut rng = draw.rng();
        let axes = space.axes().iter().enumerate();
        Some(axes.map(|(index, axis)| self.unit(axis, index, &ranked, &mut rng)).collect())
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        setup.one_goal()?;
        let Self { avg_best_idx, shrink_coef } = *self;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::{Candidates, categorical};
    use crate::history::Goal;
    use crate::sampler::RandomSampler;
    use crate::sampler::testing::{Bench, bests, margin, minimise, space};

    fn square() -> Space {
        space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension(), (0.0..=1.0).dimension()])
    }

    fn valley(point: &Point) -> f64 {
        point.iter().flatten().map(|unit| (unit - 0.3).powi(2)).sum()
    }

    /// No release of a crate can change a seed's sweep unnoticed.
    #[test]
    fn suggestions_are_stable_across_releases() {
        let space = square();
        let mut bench = Bench::new(&space, 7);
        let mut sampler = AnnealSampler::new();
        for _ in 0..12 {
            let trial = bench.ask(&mut sampler, None);
            let value = valley(bench.history.trials()[trial].point());
            bench.tell(trial, crate::trial::Outcome::value(value));
        }
        let random = [0.465_937_615_119_960_9, 0.386_125_984_332_761_24, 0.193_848_021_913_976_32];
        let near = [0.229_126_474_781_453_26, 0.104_400_033_880_433_53, 0.089_247_074_869_961_42];
        assert_eq!((bench.units(0), bench.units(11)), (random.to_vec(), near.to_vec()));
    }

    #[test]
    fn a_place_among_the_best_is_geometric() {
        let mean = |index: f64| {
            let draws = (0..1000).map(|k| geometric(index, (f64::from(k) + 0.5) / 1000.0) as f64 + 1.0);
            draws.sum::<f64>() / 1000.0
        };
        assert_eq!(mean(1.0), 1.0);
        assert!((mean(2.0) - 2.0).abs() < 0.02 && (mean(5.0) - 5.0).abs() < 0.1, "{} {}", mean(2.0), mean(5.0));
    }

    /// The interval lies within the axis, around one of the trials, and is as wide as it should be.
    #[test]
    fn the_neighbourhood_shrinks() {
        let space = space([(0.0..=1.0).dimension()]);
        for seed in 0..20 {
            let mut bench = Bench::new(&space, seed);
            let mut sampler = AnnealSampler::new().avg_best_idx(1.0);
            let mut best = (f64::INFINITY, 0.5);
            for n in 0..60 {
                let trial = bench.ask(&mut sampler, None);
                let unit = bench.units(trial)[0];
                let share = 1.0 / (1.0 + f64::from(n) * 0.1);
                assert!((unit - best.1).abs() <= share, "{n}: {unit}");
                let value = (unit - 0.9).abs();
                if value < best.0 {
                    best = (value, unit);
                }
                bench.tell(trial, crate::trial::Outcome::value(value));
            }
        }
    }

    #[test]
    fn levels_without_order_are_kept_more_and_more_often() {
        let space = space([categorical([0, 1, 2, 3]).labels([0, 1, 2, 3]).dimension()]);
        let count = |trials: usize| {
            let kept = |seed| {
                let values =
                    minimise(&mut AnnealSampler::new().avg_best_idx(1.0), &space, (trials, 1, seed), |point| {
                        if point.get(0).is_some_and(|unit| (0.5..0.75).contains(&unit)) { 0.0 } else { 1.0 }
                    });
                values.last() == Some(&0.0)
            };
            (0..400).filter(|&seed| kept(seed)).count()
        };
        let (early, late) = (count(2), count(30));
        assert!((60..160).contains(&early) && late > 280, "{early} {late}");
    }

    #[test]
    fn beats_random_search_and_loses_upside_down() {
        let space = square();
        let of = |sampler: &dyn Fn() -> Box<dyn Sampler>| bests(sampler, &space, 60, 0..40, valley);
        let (anneal, random) = (of(&|| Box::new(AnnealSampler::new())), of(&|| Box::new(RandomSampler::new())));
        assert!(margin(&anneal, &random) > 5.0, "{}", margin(&anneal, &random));
        let opposite = of(&|| Box::new(UpsideDown));
        assert!(margin(&opposite, &random) < -3.0, "{}", margin(&opposite, &random));
    }

    /// Takes the worst for the best.
    #[derive(Debug)]
    struct UpsideDown;

    impl Sampler for UpsideDown {
        fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
            AnnealSampler::new().suggest(space, history, &draw.opposite())
        }
    }

    #[test]
    fn nonsense_is_an_error() {
        let space = square();
        let fault = |sampler: AnnealSampler| {
            let mut sampler = sampler;
            sampler.prepare(&Bench::new(&space, 0).setup()).err().map(|error| error.to_string())
        };
        assert_eq!(fault(AnnealSampler::new()), None);
        assert!(fault(AnnealSampler::new().avg_best_idx(0.5)).unwrap().contains("avg_best_idx(0.5)"));
        assert!(fault(AnnealSampler::new().shrink_coef(f64::NAN)).unwrap().contains("shrink_coef(NaN)"));
        let mut several = Bench::new(&space, 0);
        several.goals = vec![Goal::Minimize; 2];
        assert!(AnnealSampler::new().prepare(&several.setup()).is_err());
    }
}
