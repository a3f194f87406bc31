//! The trials before the first model: a Latin hypercube, so that no axis is left half unseen.

use rand::{Rng, RngExt};

use super::options::Options;
use crate::sampler::Draw;
use crate::space::{Point, Space};

/// The plan of the first trials of a sweep.
#[derive(Clone, Debug, Default)]
pub(super) struct Startup {
    /// For each axis, the strata of the trials.
    strata: Vec<Vec<usize>>,
}

impl Startup {
    /// Returns the point of one trial: random beyond the plan.
    pub(super) fn point(&mut self, space: &Space, draw: &Draw, options: &Options, rng: &mut impl Rng) -> Point {
        let planned = options.startup;
        if draw.number() >= planned {
            return space.axes().iter().map(|_| rng.random::<f64>()).collect();
        }
        if self.strata.len() != space.len() {
            let mut rng = draw.sweep_rng();
            self.strata = space.axes().iter().map(|_| permutation(planned, &mut rng)).collect();
        }
        let unit = |strata: &Vec<usize>| (strata[draw.number()] as f64 + rng.random::<f64>()) / planned as f64;
        self.strata.iter().map(unit).collect()
    }
}

fn permutation(n: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut items: Vec<_> = (0..n).collect();
    for last in (1..n).rev() {
        items.swap(last, rng.random_range(0..=last));
    }
    items
}
