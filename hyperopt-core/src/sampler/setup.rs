use std::error::Error;

use rand::rngs::ChaCha8Rng;

use crate::history::{Goal, History};
use crate::sampler::draw::{Purpose, stream};
use crate::space::Space;

/// What a sampler is told before the first trial of a sweep, or of a bracket.
#[derive(Clone, Debug)]
pub struct Setup<'a> {
    pub(crate) space: &'a Space,
    pub(crate) history: &'a History,
    pub(crate) trials: Option<u64>,
    pub(crate) bracket: usize,
    pub(crate) seed: u64,
    pub(crate) goals: &'a [Goal],
}

impl<'a> Setup<'a> {
    /// The axes.
    #[must_use]
    pub fn space(&self) -> &'a Space {
        self.space
    }

    /// What has been run so far: by an earlier sweep that this one goes on from, or in earlier brackets.
    #[must_use]
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// How many configurations will be asked for, if that is known.
    #[must_use]
    pub fn trials(&self) -> Option<u64> {
        self.trials
    }

    /// The number of the first configuration that will be asked for: [`Draw::number`](crate::Draw::number) counts from here.
    #[must_use]
    pub fn first(&self) -> usize {
        self.history.configurations()
    }

    /// The bracket, from 0; 0 in a sweep without brackets.
    #[must_use]
    pub fn bracket(&self) -> usize {
        self.bracket
    }

    /// Whether small or large objectives are good: the first goal, where there are several.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goals.first().copied().unwrap_or_default()
    }

    /// The goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &'a [Goal] {
        self.goals
    }

    /// The goal of a sweep that has one, for samplers that cannot do with several.
    pub(crate) fn one_goal(&self) -> Result<Goal, Box<dyn Error + Send + Sync>> {
        match self.goals {
            [goal] => Ok(*goal),
            goals => Err(format!(
                "looks at one objective, and there are {} goals; write `sampler = Nsga2Sampler::new()`",
                goals.len()
            )
            .into()),
        }
    }

    /// A generator for a plan of all the trials: depends on the seed of the sweep, the first configuration and the bracket.
    #[must_use]
    pub fn rng(&self) -> ChaCha8Rng {
        stream(self.seed, Purpose::Plan { bracket: self.bracket as u64 }, self.first() as u64)
    }
}
