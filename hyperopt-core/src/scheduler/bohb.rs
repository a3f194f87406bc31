//! BOHB, Hyperband over its model.

use crate::sampler::{BohbSampler, TpeSampler};
use crate::scheduler::Hyperband;

/// BOHB: Hyperband whose configurations come from a model of the good ones.
///
/// `Bohb::new()` is short for `Hyperband::new(3.0).inner(BohbSampler::new())`: see [`Hyperband`] and [`BohbSampler`].
/// [`Bohb::tpe`] uses a later model, and does better on the multi-fidelity problems of `benches/quality`.
///
/// Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018.
#[derive(Clone, Copy, Debug)]
pub struct Bohb;

impl Bohb {
    /// Makes BOHB with η = 3 and the defaults of its sampler.
    #[must_use]
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).inner(BohbSampler::new())
    }

    /// Makes BOHB with the model of [`TpeSampler`]: short for `Hyperband::new(3.0).inner(TpeSampler::new())`.
    #[must_use]
    pub fn tpe() -> Hyperband<TpeSampler> {
        Hyperband::new(3.0).inner(TpeSampler::new())
    }

    /// Makes BOHB with the schedule and the model of the reference implementation, `HpBandSter` 0.7.4, including their
    /// known defects.
    #[must_use]
    pub fn faithful() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).faithful().inner(BohbSampler::faithful())
    }
}
