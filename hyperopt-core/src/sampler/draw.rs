use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use crate::history::Goal;

/// What a sampler gets for one trial: its number, and random numbers of its own.
///
/// The numbers depend on the seed of the sweep and the number of the trial alone. So it does not matter in which order,
/// or on which thread, trials are proposed, and a sweep that goes on draws what it would have drawn.
#[derive(Clone, Debug)]
pub struct Draw {
    seed: u64,
    number: usize,
    goal: Goal,
}

impl Draw {
    pub(crate) fn new(seed: u64, number: usize, goal: Goal) -> Self {
        Self { seed, number, goal }
    }

    /// The number of the trial, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether small or large objectives are good.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// The trial's own generator, at the start of its stream: `ChaCha8` keyed by the seed, with the trial as stream number.
    #[must_use]
    pub fn rng(&self) -> ChaCha8Rng {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(self.number as u64);
        rng
    }
}
