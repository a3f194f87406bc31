//! The kernel of the prior of an axis.

use std::f64::consts::TAU;

use crate::normal::log_mass;
use crate::space::Axis;

/// What is believed of one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Belief {
    /// Along an axis with an order.
    pub(super) mean: f64,
    pub(super) deviation: f64,
    /// Without an order, a level and how many times the weight of any other it has.
    pub(super) level: u64,
    pub(super) odds: f64,
}

impl Belief {
    /// Nothing: wide, in the middle; all levels alike.
    pub(super) const NONE: Self = Self { mean: 0.5, deviation: 1.0, level: 0, odds: 1.0 };

    /// Returns the prior of `axis`, if it has one.
    pub(super) fn of(axis: &Axis) -> Self {
        axis.prior().map_or(Self::NONE, |prior| Self {
            mean: prior.unit(),
            deviation: prior.deviation(),
            level: axis.level(prior.unit()).unwrap_or_default(),
            odds: prior.odds(),
        })
    }
}

/// Returns the logarithm of the density at the mean of a normal distribution that is truncated to [0, 1].
pub(super) fn log_peak(mean: f64, deviation: f64) -> f64 {
    -log_mass(-mean / deviation, (1.0 - mean) / deviation) - (deviation * TAU.sqrt()).ln()
}
