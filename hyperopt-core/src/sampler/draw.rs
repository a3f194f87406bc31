//! The random numbers of a trial.

use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use crate::history::{Goal, Goals};
use crate::sampler::Tried;
use crate::space::{Point, Space};

/// The number of a trial, its own random numbers, and the points that have been tried, for its sampler.
///
/// The random numbers depend on the seed of the sweep and the number of the trial alone. So neither the order nor the threads
/// in which trials are proposed matter, and a resumed sweep draws the same numbers as an uninterrupted one.
#[derive(Clone, Debug)]
pub struct Draw {
    seed: u64,
    number: usize,
    goals: Goals,
    /// The number of earlier proposals for the same trial.
    attempt: u32,
    /// The points that have been tried; `None` where points may repeat.
    tried: Option<Arc<Tried>>,
    /// The points that have been tried beside continuous ones, which never come twice.
    beside: Option<Arc<Tried>>,
    /// Whether the sweep says `repeats = true`.
    // Read by samplers with models.
    #[cfg_attr(not(feature = "models"), allow(dead_code))]
    repeats: bool,
}

impl Draw {
    pub(crate) fn new(seed: u64, number: usize, goals: impl Into<Goals>) -> Self {
        Self { seed, number, goals: goals.into(), attempt: 0, tried: None, beside: None, repeats: false }
    }

    /// Returns the same draw in a sweep whose points may repeat, or may not.
    pub(crate) fn allowing_repeats(self, repeats: bool) -> Self {
        Self { repeats, ..self }
    }

    /// Returns the same draw, which knows the points that have been tried.
    pub(crate) fn with_tried(self, tried: Arc<Tried>) -> Self {
        if tried.is_partial() { Self { beside: Some(tried), ..self } } else { Self { tried: Some(tried), ..self } }
    }

    /// Returns the same draw, which knows of no point that it has been tried.
    #[cfg(feature = "models")]
    pub(crate) fn without_tried(&self) -> Self {
        Self { tried: None, beside: None, ..self.clone() }
    }

    /// Returns whether the sweep says `repeats = true`.
    #[cfg(feature = "models")]
    pub(crate) fn allows_repeats(&self) -> bool {
        self.repeats
    }

    /// Returns the points that have been tried, on a space whose axes all have levels; `None` where points may repeat.
    pub(crate) fn tried(&self) -> Option<&Tried> {
        self.tried.as_deref()
    }

    /// Returns the points that have been tried, on a space with conditional continuous axes; `None` where points may repeat.
    pub(crate) fn beside(&self) -> Option<&Tried> {
        self.beside.as_deref()
    }

    /// Returns the same draw with other random numbers, for another proposal after one that has been tried.
    pub(crate) fn again(&self, attempt: u32) -> Self {
        Self { attempt, ..self.clone() }
    }

    /// Returns the number of the configuration, from 0, which is the number of the trial in a sweep without budgets.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns whether small or large objectives are good: the first of several goals.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goals.first()
    }

    /// Returns the goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        self.goals.as_slice()
    }

    /// Returns whether a trial has been at `point`, so that another point is preferred.
    ///
    /// Running trials count; cancelled ones do not. On conditional axes, only those that were active are compared. It is always
    /// `false` where points may repeat: on a space with a continuous axis that is always active, with `repeats = true`, and
    /// once every point has been tried.
    #[must_use]
    pub fn is_tried(&self, space: &Space, point: &Point) -> bool {
        self.tried().or(self.beside()).is_some_and(|tried| tried.contains(space, point.units()))
    }

    /// Returns the trial's own generator, at the start of its stream: `ChaCha8` keyed by the seed, with the trial as stream
    /// number.
    #[must_use]
    pub fn rng(&self) -> ChaCha8Rng {
        let purpose = match self.attempt {
            0 => Purpose::Trial,
            attempt => Purpose::Retry { attempt },
        };
        stream(self.seed, purpose, self.number as u64)
    }

    /// Returns a generator that is the same for all trials of the sweep, and for a sweep that resumes it.
    pub(crate) fn sweep_rng(&self) -> ChaCha8Rng {
        self.plan_rng(0)
    }

    /// Returns one of the generators that all trials of the sweep share.
    pub(crate) fn plan_rng(&self, number: usize) -> ChaCha8Rng {
        stream(self.seed, Purpose::Plan { bracket: 0 }, number as u64)
    }

    /// Returns the draw of another trial of the sweep.
    #[cfg(feature = "models")]
    pub(crate) fn of(&self, number: usize) -> Self {
        Self { number, attempt: 0, ..self.without_tried() }
    }

    /// Returns whether `other` belongs to the same sweep.
    #[cfg(feature = "models")]
    pub(crate) fn shares_sweep(&self, other: &Self) -> bool {
        self.seed == other.seed && self.goals() == other.goals()
    }
}

#[cfg(test)]
impl Draw {
    /// Returns the draw with every goal reversed, for samplers that a test is to reject.
    pub(crate) fn opposite(&self) -> Self {
        let opposite = |goal: &Goal| match goal {
            Goal::Minimize => Goal::Maximize,
            Goal::Maximize => Goal::Minimize,
        };
        let goals: Vec<_> = self.goals().iter().map(opposite).collect();
        Self { goals: Goals::new(&goals).expect("a goal"), ..self.clone() }
    }
}

/// The purposes of random numbers; different purposes never share any.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// The suggestion for one trial.
    Trial,
    /// The unknown coordinates of a point that is tried first, if the sampler is not asked.
    Known,
    /// The suggestion for one trial, once more.
    Retry { attempt: u32 },
    /// The plan for the trials of one bracket.
    Plan { bracket: u64 },
}

/// Returns a generator whose key holds the seed and the purpose, and whose stream number counts within the purpose.
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
