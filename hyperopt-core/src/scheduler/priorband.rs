//! `PriorBand`, Hyperband over its sampler.

use crate::sampler::PriorBandSampler;
use crate::scheduler::Hyperband;

/// `PriorBand`: Hyperband that starts from the priors of the hyperparameters, and abandons them if they turn out wrong.
///
/// `PriorBand::new()` is short for `Hyperband::new(3.0).inner(PriorBandSampler::new())`: see [`Hyperband`] and
/// [`PriorBandSampler`]. Priors are written beside the candidates: `lr = log(1e-5..=1e-1).prior(1e-3)`.
///
/// The source is Mallik et al., "`PriorBand`: Practical Hyperparameter Optimization in the Age of Deep Learning", `NeurIPS`
/// 2023.
#[derive(Clone, Copy, Debug)]
pub struct PriorBand;

impl PriorBand {
    /// Makes `PriorBand` with η = 3.
    #[must_use]
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Hyperband<PriorBandSampler> {
        Hyperband::new(3.0).inner(PriorBandSampler::new())
    }
}
