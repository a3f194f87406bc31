//! What a sampler learns of a sweep before its first trial.

use std::error::Error;

use rand::rngs::ChaCha8Rng;

use crate::history::{Goal, History};
use crate::sampler::draw::{Purpose, stream};
use crate::space::{Point, Space};

/// The description of a sweep, or of a bracket, that a sampler gets before the first trial.
#[derive(Clone, Debug)]
pub struct Setup<'a> {
    pub(crate) space: &'a Space,
    pub(crate) history: &'a History,
    pub(crate) trials: Option<u64>,
    pub(crate) bracket: usize,
    pub(crate) seed: u64,
    pub(crate) goals: &'a [Goal],
    /// The number of the first configuration that will be asked for.
    pub(crate) first: usize,
    /// The rungs, in a sweep that has them.
    pub(crate) rungs: Rungs<'a>,
    /// The best points of an earlier sweep, best first.
    pub(crate) transferred: &'a [Point],
}

/// The rungs of a multi-fidelity sweep, and where a bracket begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rungs<'a> {
    pub(crate) resources: &'a [f64],
    pub(crate) first: usize,
    pub(crate) eta: f64,
}

impl Rungs<'_> {
    /// The rungs of a sweep without budgets.
    pub(crate) const NONE: Self = Self { resources: &[], first: 0, eta: 3.0 };
}

impl<'a> Setup<'a> {
    /// Returns the axes.
    #[must_use]
    pub fn space(&self) -> &'a Space {
        self.space
    }

    /// Returns the trials so far: those of an earlier sweep that this one resumes, of the study, and of earlier brackets.
    #[must_use]
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// Returns the number of configurations that will be asked for, if it is known.
    #[must_use]
    pub fn trials(&self) -> Option<u64> {
        self.trials
    }

    /// Returns the number of the first configuration that will be asked for: [`Draw::number`](crate::Draw::number) counts
    /// from here.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// Returns the bracket, from 0; 0 in a sweep without brackets.
    #[must_use]
    pub fn bracket(&self) -> usize {
        self.bracket
    }

    /// Returns the resources of all rungs of the sweep, from the smallest to the largest; empty in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> &'a [f64] {
        self.rungs.resources
    }

    /// Returns the rung in which the configurations of the bracket start, where 0 has the fewest resources; 0 in a sweep
    /// without budgets.
    #[must_use]
    pub fn rung(&self) -> usize {
        self.rungs.first
    }

    /// Returns the factor by which resources grow from rung to rung; 3 in a sweep without budgets.
    #[must_use]
    pub fn eta(&self) -> f64 {
        self.rungs.eta
    }

    /// Returns the best points of the sweep of `transfer = …`, best first, in the coordinates of this one: NaN, which is
    /// `None`, along axes for which it has no value. Empty without such a sweep.
    #[must_use]
    pub fn transferred(&self) -> &'a [Point] {
        self.transferred
    }

    /// Returns whether small or large objectives are good: the first of several goals.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goals.first().copied().unwrap_or_default()
    }

    /// Returns the goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &'a [Goal] {
        self.goals
    }

    /// Returns the goal of a sweep with one, or an error, for samplers that do not support several.
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

    /// Returns a random number generator for a plan of all trials; it depends on the seed of the sweep, the first
    /// configuration and the bracket.
    #[must_use]
    pub fn rng(&self) -> ChaCha8Rng {
        stream(self.seed, Purpose::Plan { bracket: self.bracket as u64 }, self.first() as u64)
    }
}
