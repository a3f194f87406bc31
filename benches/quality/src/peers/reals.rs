//! Axes as ranges of reals, for peers that know neither logarithms nor integers.

use crate::space::{Axis, Kind};

/// Returns the ends of an axis as a range of reals: logarithms on a logarithmic axis, and half a step more on either side of
/// integers.
pub fn reals(axis: &Axis) -> (f64, f64) {
    let (lo, hi) = axis.ends();
    let half = if matches!(axis.kind, Kind::Float { .. }) { 0.0 } else { 0.5 };
    if axis.is_log() { ((lo - half).ln(), (hi + half).ln()) } else { (lo - half, hi + half) }
}

/// Returns the value of `axis` at a place in the range of [`reals`].
pub fn from_real(axis: &Axis, real: f64) -> f64 {
    let (lo, hi) = axis.ends();
    let value = if axis.is_log() { real.exp() } else { real };
    let value = if matches!(axis.kind, Kind::Float { .. }) { value } else { value.round() };
    value.clamp(lo, hi)
}
