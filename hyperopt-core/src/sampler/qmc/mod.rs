//! Quasi-Monte Carlo: the Sobol' sequence under Owen's scrambling.

mod direction_numbers;
mod owen;
mod sobol;
#[cfg(test)]
mod tests;

use rand::RngExt;

use self::owen::{hash, scramble};
use self::sobol::{DIMENSIONS, sobol};
use crate::history::History;
use crate::sampler::{Draw, Sampler};
use crate::space::{Point, Space};

/// Quasi-random search: a scrambled Sobol' sequence, which fills the space more evenly than random points do.
///
/// Of the first 2^m trials, and of any 2^m trials that start at a multiple of 2^m, exactly one falls into each of 2^m equal
/// parts of each axis. Unlike a Latin hypercube, the sequence needs no number of trials in advance, and a resumed sweep
/// continues it. It is most even after a number of trials that is a power of two.
///
/// Trial k takes point k of the sequence that belongs to the seed, whatever preceded it, so trials may run in any order. The
/// trials of an earlier sweep, or of other brackets of [`Hyperband`](crate::Hyperband), use up their points. Each of few
/// candidates occurs in proportion to its probability; conditional hyperparameters are planned for all trials and left out
/// where their guard is false.
///
/// ```
/// use hyperopt_core::{Hyperband, QmcSampler};
///
/// let even = QmcSampler::new();
/// let bracket = Hyperband::new(3.0).inner(QmcSampler::new());
/// ```
///
/// The direction numbers are those of Joe and Kuo, "Constructing Sobol Sequences with Better Two-Dimensional Projections", SIAM
/// J. Sci. Comput. 30 (2008), which keep pairs of axes even. The scrambling is the nested one of Owen 1995, with hashes for the
/// random digits as in Burley, "Practical Hash-based Owen Scrambling", JCGT 9 (2020): each point by itself is evenly
/// distributed, and no trial lies on the corner in which the sequence starts.
///
/// # Departures
///
/// - Burley's cheaper hash approximates the scrambling; here each digit has a hash of all digits above it, as Owen defines it.
/// - There are direction numbers for 256 axes. Each further 256 axes use them again, with another scrambling and another order
///   of the points (Burley's padding), so that points are even along these axes, and random relative to the others.
///
/// A suggestion computes 33 hashes for each axis; the sampler has no state.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct QmcSampler {}

impl QmcSampler {
    /// Makes the sampler, which has no options; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}

impl Sampler for QmcSampler {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let key: u64 = draw.sweep_rng().random();
        // Past 2^32 trials the sequence would begin again.
        let number = draw.number() as u32;
        Some((0..space.len()).map(|axis| unit(key, number, axis)).collect())
    }

    /// The next point of the sequence is the same for any random numbers.
    fn keeps_repeats(&self) -> bool {
        true
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "QmcSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}

/// Returns the coordinate of trial `number` along `axis`, strictly between 0 and 1.
fn unit(key: u64, number: u32, axis: usize) -> f64 {
    let (block, dimension) = (axis / DIMENSIONS, axis % DIMENSIONS);
    // Scrambling the index moves aligned blocks of 2^m points onto one another, so it keeps each of them as even.
    let index = if block == 0 { number } else { scramble(number, hash(key, 1 << 32 | block as u64)).0 };
    let (digits, rest) = scramble(sobol(dimension, index), hash(key, axis as u64));
    let digits = u64::from(digits) << 20 | rest >> 44;
    (digits as f64 + 0.5) / 2_f64.powi(52)
}
