//! What proposes the trials: points of the unit cube, from the trials there have been.

mod anneal;
#[cfg(feature = "models")]
mod auto;
mod bohb;
mod clh;
#[cfg(feature = "models")]
mod cma_es;
mod contract;
mod draw;
#[cfg(feature = "models")]
mod gp;
mod grid;
mod lhs;
mod mix;
mod nsga2;
#[cfg(test)]
mod prepared;
mod prior_mixture;
mod priorband;
mod qmc;
#[cfg(feature = "models")]
mod quadratic;
mod random;
pub(crate) mod redraw;
mod setup;
mod simd;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod toolkit;
mod tpe;
mod tried;

pub use anneal::AnnealSampler;
#[cfg(feature = "models")]
pub use auto::AutoSampler;
pub use bohb::BohbSampler;
pub use clh::ClhSampler;
#[cfg(feature = "models")]
pub use cma_es::CmaEsSampler;
pub use contract::Sampler;
pub use draw::Draw;
pub(crate) use draw::{Purpose, stream};
#[cfg(feature = "models")]
pub use gp::GpSampler;
pub use grid::GridSampler;
pub use lhs::{Criterion, LhsSampler};
pub use mix::MixSampler;
pub use nsga2::Nsga2Sampler;
pub(crate) use prior_mixture::PriorMixture;
pub use priorband::PriorBandSampler;
pub use qmc::QmcSampler;
pub use random::RandomSampler;
pub(crate) use setup::Rungs;
pub use setup::Setup;
pub use tpe::TpeSampler;
pub(crate) use tried::Tried;
