use std::error::Error;

use rand::rngs::ChaCha8Rng;

use crate::history::{Goal, History};
use crate::sampler::draw::{Purpose, stream};
use crate::space::{Point, Space};

/// What a sampler is told before the first trial of a sweep, or of a bracket.
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
    /// Of a sweep that has none.
    pub(crate) const NONE: Self = Self { resources: &[], first: 0, eta: 3.0 };
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
        self.first
    }

    /// The bracket, from 0; 0 in a sweep without brackets.
    #[must_use]
    pub fn bracket(&self) -> usize {
        self.bracket
    }

    /// The resources of all rungs of the sweep, from the cheapest to the dearest; empty in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> &'a [f64] {
        self.rungs.resources
    }

    /// The rung in which the configurations of the bracket start, from 0 for the cheapest of all; 0 in a sweep without
    /// budgets.
    #[must_use]
    pub fn rung(&self) -> usize {
        self.rungs.first
    }

    /// How many times the resources of a rung the next one gives; 3 in a sweep without budgets.
    #[must_use]
    pub fn eta(&self) -> f64 {
        self.rungs.eta
    }

    /// The best points of the earlier sweep behind `transfer =`, best first, in the coordinates of this one: NaN, which is
    /// `None`, along axes for which it has no value. Empty without such a sweep.
    #[must_use]
    pub fn transferred(&self) -> &'a [Point] {
        self.transferred
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
