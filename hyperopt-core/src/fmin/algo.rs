//! The algorithms of Python's hyperopt, by their names there.

use std::borrow::Cow;
use std::error::Error;

use crate::history::History;
use crate::sampler::{AnnealSampler, Draw, MixSampler, RandomSampler, Sampler, Setup, TpeSampler};
use crate::space::{Point, Space};

/// Makes random search: `rand.suggest`.
#[must_use]
pub fn rand() -> RandomSampler {
    RandomSampler::new()
}

/// Makes tree-structured Parzen estimators with the parameters of `tpe.suggest`, and its defaults.
///
/// The estimators are those of [`TpeSampler`], which differ from the original's: kernels are weighted by improvement and not by
/// age, and categories follow good trials more closely. The parameters have the same meaning as in the original.
///
/// ```
/// use hyperopt_core::fmin::{fmin, tpe};
/// use hyperopt_core::hp;
///
/// let algo = tpe().n_startup_jobs(10).n_ei_candidates(48).gamma(0.3);
/// let best = fmin(|x| (x - 3.0).abs(), hp::normal("x", 0, 5)).algo(algo).max_evals(60).rstate(7).run()?;
/// assert!(best.loss() < 1.0);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[must_use]
pub fn tpe() -> Tpe {
    let sampler = TpeSampler::new().startup(20).candidates(24).gamma(0.25).gamma_of_root(true);
    Tpe { sampler: sampler.prior_weight(1.0).multivariate(false) }
}

/// Makes simulated annealing: `anneal.suggest`.
#[must_use]
pub fn anneal() -> AnnealSampler {
    AnnealSampler::new()
}

/// Draws one of several algorithms for each trial: `mix.suggest` with its `p_suggest`. The probabilities sum to 1.
///
/// ```
/// use hyperopt_core::fmin::{fmin, mix, rand, tpe};
/// use hyperopt_core::{Sampler, hp};
///
/// let algo = mix([(0.2, Box::new(rand()) as Box<dyn Sampler>), (0.8, Box::new(tpe()))]);
/// let best = fmin(|x| x * x, hp::uniform("x", -10, 10)).algo(algo).max_evals(60).rstate(7).run()?;
/// assert!(best.loss() < 1.0);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[must_use]
pub fn mix<S: Sampler + 'static>(p_suggest: impl IntoIterator<Item = (f64, S)>) -> MixSampler {
    p_suggest.into_iter().fold(MixSampler::new(), |mix, (probability, algo)| mix.with(probability, algo))
}

/// TPE whose options have the names of Python's hyperopt; made by [`tpe()`]. An option out of its range is an error of the
/// sweep.
#[derive(Clone, Debug)]
pub struct Tpe {
    sampler: TpeSampler,
}

impl Tpe {
    /// Sets the weight of the prior, in trials, above 0 (default: 1).
    #[must_use]
    pub fn prior_weight(self, weight: f64) -> Self {
        Self { sampler: self.sampler.prior_weight(weight) }
    }

    /// Sets how many trials precede the first model, at least 2 (default: 20).
    #[must_use]
    pub fn n_startup_jobs(self, trials: usize) -> Self {
        Self { sampler: self.sampler.startup(trials) }
    }

    /// Sets how many candidates are compared for each proposal: `n_EI_candidates`, at least 1 (default: 24).
    #[must_use]
    pub fn n_ei_candidates(self, candidates: usize) -> Self {
        Self { sampler: self.sampler.candidates(candidates) }
    }

    /// Sets how many trials count as good: `gamma` times the square root of the number of trials, at most 25. `gamma` is above
    /// 0 and below 1 (default: 0.25).
    #[must_use]
    pub fn gamma(self, gamma: f64) -> Self {
        Self { sampler: self.sampler.gamma(gamma) }
    }
}

impl Sampler for Tpe {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.sampler.suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.sampler.prepare(setup).map_err(|error| in_their_words(&error.to_string()).into())
    }

    fn keeps_repeats(&self) -> bool {
        self.sampler.keeps_repeats()
    }

    fn batch(&self) -> Option<usize> {
        Sampler::batch(&self.sampler)
    }

    fn name(&self) -> &str {
        self.sampler.name()
    }

    fn is_ours(&self) -> bool {
        true
    }
}

/// Renames the settings in an error to the names that they have here.
fn in_their_words(error: &str) -> Cow<'_, str> {
    let names = [("startup(", "n_startup_jobs("), ("candidates(", "n_ei_candidates(")];
    let renamed = names.iter().find(|(ours, _)| error.starts_with(ours));
    renamed.map_or(error.into(), |(ours, theirs)| error.replacen(ours, theirs, 1).into())
}
