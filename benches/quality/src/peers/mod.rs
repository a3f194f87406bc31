//! Other people's samplers, in Rust.

mod cmaes;
mod egobox;
mod optimizer;
mod tpe;

use crate::methods::{Method, Scheduler};
use crate::space::{Axis, Kind};

pub fn methods() -> Vec<Method> {
    let mut methods = optimizer::methods();
    methods.extend([tpe::METHOD, egobox::METHOD, cmaes::METHOD]);
    methods
}

pub fn schedulers() -> Vec<Scheduler> {
    optimizer::schedulers()
}

/// The ends of an axis as a range of reals for a peer that knows no logarithms: exponents, and a half more on either side for
/// integers.
fn reals(axis: &Axis) -> (f64, f64) {
    let (lo, hi) = axis.ends();
    let half = if matches!(axis.kind, Kind::Float { .. }) { 0.0 } else { 0.5 };
    if axis.is_log() { ((lo - half).ln(), (hi + half).ln()) } else { (lo - half, hi + half) }
}

/// The value of `axis` at a place in the range of [`reals`].
fn from_real(axis: &Axis, real: f64) -> f64 {
    let (lo, hi) = axis.ends();
    let value = if axis.is_log() { real.exp() } else { real };
    let value = if matches!(axis.kind, Kind::Float { .. }) { value } else { value.round() };
    value.clamp(lo, hi)
}
