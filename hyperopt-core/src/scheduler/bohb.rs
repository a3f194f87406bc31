//! BOHB, Hyperband over its model.

use crate::sampler::{BohbSampler, TpeSampler};
use crate::scheduler::Hyperband;

/// BOHB: Hyperband whose configurations come from a model of the good ones.
///
/// `Bohb::new()` is short for `Hyperband::new(3.0).inner(BohbSampler::new())`: see [`Hyperband`] and [`BohbSampler`].
/// [`Bohb::tpe`], with a later model in its place, does better on the problems with budgets that `benches/quality` has.
///
/// Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018.
#[derive(Clone, Copy, Debug)]
pub struct Bohb;

impl Bohb {
    /// BOHB with η = 3 and its defaults.
    #[must_use]
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).inner(BohbSampler::new())
    }

    /// BOHB with the model of [`TpeSampler`]: short for `Hyperband::new(3.0).inner(TpeSampler::new())`.
    #[must_use]
    pub fn tpe() -> Hyperband<TpeSampler> {
        Hyperband::new(3.0).inner(TpeSampler::new())
    }

    /// BOHB as the reference implementation has it, `HpBandSter` 0.7.4: its schedule and its model, known defects included.
    #[must_use]
    pub fn faithful() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).faithful().inner(BohbSampler::faithful())
    }
}
