//! The standard normal distribution.

mod cumulative;
mod quantile;
mod truncated;

#[cfg(feature = "models")]
pub(crate) use cumulative::density;
pub(crate) use cumulative::{log_mass, mass, probability};
pub(crate) use quantile::quantile;
#[cfg(feature = "models")]
pub(crate) use quantile::{deviate, uniform};
pub(crate) use truncated::TruncatedNormal;
