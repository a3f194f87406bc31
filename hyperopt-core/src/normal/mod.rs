//! The standard normal distribution.

mod mass;
mod quantile;
mod truncated;

pub(crate) use mass::{below, log_mass};
pub(crate) use quantile::quantile;
#[cfg(feature = "models")]
pub(crate) use quantile::{deviate, probability, uniform};
pub(crate) use truncated::TruncatedNormal;
