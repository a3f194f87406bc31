//! Tests of NSGA-II.

mod behaviour;
mod volume;

use super::*;
use crate::sampler::testing::Bench;
use crate::sampler::testing::problems::run;
