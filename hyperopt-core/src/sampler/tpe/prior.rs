//! The kernel that stands for what is believed of an axis before any trial.

use std::f64::consts::TAU;

use super::normal::log_mass;

/// Mean and deviation along an axis with an order: wide, in the middle. Without an order, all levels are alike.
pub(super) const NORMAL: (f64, f64) = (0.5, 1.0);

/// The logarithm of the density at the mean of a normal distribution that is truncated to [0, 1].
pub(super) fn log_peak(mean: f64, deviation: f64) -> f64 {
    -log_mass(-mean / deviation, (1.0 - mean) / deviation) - (deviation * TAU.sqrt()).ln()
}
