//! The sampler as a whole: behaviour at the edges, and what it finds.

mod behaviour;
mod candidates;
mod problems;

use super::GpSampler;
use super::options::Sabotage;

fn sabotaged(sabotage: Sabotage) -> GpSampler {
    let mut sampler = GpSampler::new();
    sampler.options.sabotage = sabotage;
    sampler
}
