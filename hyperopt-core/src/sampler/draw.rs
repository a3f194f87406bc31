use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use crate::history::{Goal, Goals};

/// What a sampler gets for one trial: its number, and random numbers of its own.
///
/// The numbers depend on the seed of the sweep and the number of the trial alone. So it does not matter in which order,
/// or on which thread, trials are proposed, and a sweep that goes on draws what it would have drawn.
#[derive(Clone, Debug)]
pub struct Draw {
    seed: u64,
    number: usize,
    goals: Goals,
    /// How often there was a proposal already.
    attempt: u32,
}

impl Draw {
    pub(crate) fn new(seed: u64, number: usize, goals: impl Into<Goals>) -> Self {
        Self { seed, number, goals: goals.into(), attempt: 0 }
    }

    /// The same draw once more, with other random numbers: what was proposed before has been tried.
    pub(crate) fn again(&self, attempt: u32) -> Self {
        Self { attempt, ..self.clone() }
    }

    /// The number of the configuration, from 0: that of the trial, in a sweep that runs each configuration once.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether small or large objectives are good: the first goal, where there are several.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goals.first()
    }

    /// The goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        self.goals.as_slice()
    }

    /// The trial's own generator, at the start of its stream: `ChaCha8` keyed by the seed, with the trial as stream number.
    #[must_use]
    pub fn rng(&self) -> ChaCha8Rng {
        let purpose = match self.attempt {
            0 => Purpose::Trial,
            attempt => Purpose::Retry { attempt },
        };
        stream(self.seed, purpose, self.number as u64)
    }

    /// A generator that is the same for all trials of the sweep, and for one that goes on from it.
    pub(crate) fn sweep_rng(&self) -> ChaCha8Rng {
        self.plan_rng(0)
    }

    /// One of the generators that all trials of the sweep have in common.
    pub(crate) fn plan_rng(&self, number: usize) -> ChaCha8Rng {
        stream(self.seed, Purpose::Plan { bracket: 0 }, number as u64)
    }

    /// What another trial of the sweep gets.
    #[cfg(feature = "models")]
    pub(crate) fn of(&self, number: usize) -> Self {
        Self { number, attempt: 0, ..self.clone() }
    }

    /// Whether `other` is of the same sweep.
    #[cfg(feature = "models")]
    pub(crate) fn shares_sweep(&self, other: &Self) -> bool {
        self.seed == other.seed && self.goals() == other.goals()
    }
}

#[cfg(test)]
impl Draw {
    /// The same with every goal the wrong way round, for samplers that a test is to refuse.
    pub(crate) fn opposite(&self) -> Self {
        let opposite = |goal: &Goal| match goal {
            Goal::Minimize => Goal::Maximize,
            Goal::Maximize => Goal::Minimize,
        };
        let goals: Vec<_> = self.goals().iter().map(opposite).collect();
        Self { goals: Goals::new(&goals).expect("a goal"), ..self.clone() }
    }
}

/// What random numbers are for: different purposes never share any.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// The suggestion for one trial.
    Trial,
    /// What is not given of a point that is tried first, where the sampler is not asked.
    Known,
    /// The suggestion for one trial, once more.
    Retry { attempt: u32 },
    /// The plan for the trials of one bracket.
    Plan { bracket: u64 },
}

/// The key holds the seed and the purpose, the stream number counts within the purpose.
pub(crate) fn stream(seed: u64, purpose: Purpose, number: u64) -> ChaCha8Rng {
    let (tag, bracket) = match purpose {
        Purpose::Trial => (0_u64, 0),
        Purpose::Plan { bracket } => (1, bracket),
        Purpose::Known => (2, 0),
        Purpose::Retry { attempt } => (3, attempt.into()),
    };
    let mut key = [0; 32];
    for (bytes, word) in key.chunks_exact_mut(8).zip([seed, tag, bracket]) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    let mut rng = ChaCha8Rng::from_seed(key);
    rng.set_stream(number);
    rng
}
