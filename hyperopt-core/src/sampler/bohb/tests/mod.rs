//! The sampler as a whole: fixtures, behaviour at the edges, and what it finds on two problems.

mod behaviour;
mod counting_ones;
mod fixtures;
mod sphere;

use super::BohbSampler;
use super::options::Sabotage;
use crate::sampler::testing::{Bench, mean};

fn sabotaged(sabotage: Sabotage) -> BohbSampler {
    let mut sampler = BohbSampler::new();
    sampler.options.sabotage = sabotage;
    sampler
}
