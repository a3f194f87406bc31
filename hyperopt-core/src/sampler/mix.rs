//! The sampler that draws one of several others for each trial.

use std::error::Error;

use rand::RngExt;

use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup, redraw};
use crate::space::{Point, Space};

/// Which of its suggestions a trial makes, as far as random numbers go: no sampler retries so often.
const CHOICE: u32 = u32::MAX;

/// Draws one of several samplers for each trial, with given probabilities, like `mix` in Python's hyperopt.
///
/// All of them see the whole history. Probabilities that are negative or do not sum to 1 are an error of the sweep, and so is
/// an error of any of the samplers.
///
/// ```
/// use hyperopt_core::{MixSampler, RandomSampler, Search, TpeSampler, hp};
///
/// let sampler = MixSampler::new().with(0.2, RandomSampler::new()).with(0.8, TpeSampler::new());
/// let ho = Search::new(hp::uniform("x", -10, 10)).sampler(sampler).seed(7).run(0..60, |_, x| x * x);
/// assert!(ho.best()?.value < 1.0);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct MixSampler {
    among: Vec<(f64, Box<dyn Sampler>)>,
}

impl MixSampler {
    /// Makes an empty mixture, which is an error of the sweep until [`with`](Self::with) adds a sampler.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sampler, which proposes a trial with `probability`.
    #[must_use]
    pub fn with(mut self, probability: f64, sampler: impl Sampler + 'static) -> Self {
        self.among.push((probability, Box::new(sampler)));
        self
    }
}

impl Sampler for MixSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut drawn: f64 = draw.again(CHOICE).rng().random();
        let last = self.among.iter().rposition(|(probability, _)| *probability > 0.0)?;
        let chosen = self.among.iter().take(last).position(|(probability, _)| {
            drawn -= probability;
            drawn < 0.0
        });
        redraw::suggest(&mut self.among[chosen.unwrap_or(last)].1, space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let chances: Vec<f64> = self.among.iter().map(|(probability, _)| *probability).collect();
        let sum: f64 = chances.iter().sum();
        let is_sound = chances.iter().all(|chance| *chance >= 0.0) && (sum - 1.0).abs() <= 1e-6;
        if !is_sound {
            let reason = format!("has the probabilities {chances:?}, which sum to {sum}; write ones that sum to 1");
            return Err(reason.into());
        }
        let mut most = None;
        for (_, sampler) in &mut self.among {
            let planned = sampler.prepare(setup).map_err(|error| format!("{}: {error}", sampler.name()))?;
            most = most.max(planned);
        }
        // A sampler that ends does so in the trial that draws it.
        Ok(most.filter(|_| self.among.len() == 1))
    }

    /// The sampler that is drawn is asked again.
    fn keeps_repeats(&self) -> bool {
        true
    }

    fn is_adaptive(&self) -> bool {
        self.among.iter().any(|(_, sampler)| sampler.is_adaptive())
    }

    fn batch(&self) -> Option<usize> {
        self.among.iter().filter_map(|(_, sampler)| sampler.batch()).min()
    }

    fn name(&self) -> &'static str {
        "MixSampler"
    }

    fn is_ours(&self) -> bool {
        self.among.iter().all(|(_, sampler)| sampler.is_ours())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::{Bench, minimise, space};
    use crate::sampler::{AnnealSampler, RandomSampler};

    /// Proposes one coordinate.
    #[derive(Debug)]
    struct Always(f64);

    impl Sampler for Always {
        fn suggest(&mut self, space: &Space, _: &History, _: &Draw) -> Option<Point> {
            Some(space.axes().iter().map(|_| self.0).collect())
        }
    }

    #[test]
    fn each_sampler_has_its_share() {
        let space = space([(0.0..=1.0).dimension()]);
        let sampler = || MixSampler::new().with(0.7, Always(0.1)).with(0.0, Always(0.9)).with(0.3, Always(0.2));
        let values = minimise(&mut sampler(), &space, (2000, 1, 7), |point| point.get(0).unwrap_or(f64::NAN));
        let first = values.iter().filter(|value| **value == 0.1).count();
        // Four standard deviations.
        assert!((1318..1482).contains(&first), "{first}");
        assert_eq!(values.iter().filter(|value| **value == 0.2).count(), 2000 - first);
        let again = minimise(&mut sampler(), &space, (2000, 1, 7), |point| point.get(0).unwrap_or(f64::NAN));
        assert_eq!(values, again);
    }

    /// Which sampler is asked says nothing about what it draws.
    #[test]
    fn the_choice_has_random_numbers_of_its_own() {
        let space = space([(0.0..=1.0).dimension()]);
        let sampler = || MixSampler::new().with(0.5, RandomSampler::new()).with(0.5, AnnealSampler::new());
        let mut bench = Bench::new(&space, 3);
        let units: Vec<f64> = (0..400)
            .map(|_| {
                let trial = bench.ask(&mut sampler(), None);
                bench.units(trial)[0]
            })
            .collect();
        let mean = units.iter().sum::<f64>() / 400.0;
        assert!((mean - 0.5).abs() < 4.0 / (12.0_f64 * 400.0).sqrt(), "{mean}");
    }

    #[test]
    fn nonsense_is_an_error() {
        let space = space([(0.0..=1.0).dimension()]);
        let fault = |mut sampler: MixSampler| {
            sampler.prepare(&Bench::new(&space, 0).setup()).err().map(|error| error.to_string())
        };
        assert_eq!(fault(MixSampler::new().with(1.0, RandomSampler::new())), None);
        let message = fault(MixSampler::new().with(0.5, RandomSampler::new())).unwrap();
        assert_eq!(message, "has the probabilities [0.5], which sum to 0.5; write ones that sum to 1");
        assert!(fault(MixSampler::new()).is_some());
        let inner = AnnealSampler::new().shrink_coef(-1.0);
        assert!(fault(MixSampler::new().with(1.0, inner)).unwrap().starts_with("AnnealSampler: shrink_coef(-1)"));
    }

    /// The engine runs the code of users without its lock, and may only know so from the mixture.
    #[test]
    fn a_mixture_with_a_sampler_of_a_user_is_one_of_a_user() {
        assert!(MixSampler::new().with(0.5, RandomSampler::new()).with(0.5, AnnealSampler::new()).is_ours());
        assert!(!MixSampler::new().with(0.5, RandomSampler::new()).with(0.5, Always(0.5)).is_ours());
    }
}
