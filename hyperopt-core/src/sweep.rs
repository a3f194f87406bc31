use std::fmt;
use std::time::Duration;

use crate::error::Error;
use crate::history::{Goal, History};
use crate::space::Space;

/// Why a sweep came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum End {
    /// It has not: it is asked and told by hand.
    #[default]
    Open,
    /// The head of the loop ran out: all planned trials are done.
    Planned,
    /// The sampler had nothing more to propose.
    Exhausted,
    /// The loop was left by `break`.
    Break,
    /// The setting `timeout` was reached.
    Timeout,
    /// Ctrl-C was pressed, and `on_interrupt` is [`OnInterrupt::Stop`](crate::OnInterrupt::Stop).
    Interrupt,
    /// A trial failed, and `on_error` is [`OnError::Stop`](crate::OnError::Stop).
    Failure,
    /// Something was wrong with the sweep itself; see [`Sweep::error`].
    Error,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Open => "still open",
            Self::Planned => "all planned trials are done",
            Self::Exhausted => "the sampler has nothing more to propose",
            Self::Break => "the loop was left by `break`",
            Self::Timeout => "the timeout was reached",
            Self::Interrupt => "it was interrupted",
            Self::Failure => "a trial failed, and `on_error` says to stop",
            Self::Error => "the sweep itself is faulty",
        })
    }
}

/// A sweep without its types: the space, the trials, and how they came about.
///
/// What figures, tables and files are made of. [`Hyperoptimizer`](crate::Hyperoptimizer) adds the typed parameters.
#[derive(Clone, Debug)]
pub struct Sweep {
    pub(crate) space: Space,
    pub(crate) history: History,
    pub(crate) goal: Goal,
    pub(crate) seed: u64,
    pub(crate) sampler: String,
    pub(crate) end: End,
    pub(crate) error: Option<Error>,
    pub(crate) elapsed: Duration,
}

impl Sweep {
    /// The axes.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// The trials.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether small or large objectives are good.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// The seed, given or drawn: with it, the same sweep runs again.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The name of the sampler.
    #[must_use]
    pub fn sampler(&self) -> &str {
        &self.sampler
    }

    /// Why it ended.
    #[must_use]
    pub fn end(&self) -> End {
        self.end
    }

    /// What was wrong with the sweep itself: faulty candidates, a sampler that cannot work on them.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The wall-clock time from start to end, earlier sweeps that this one goes on from included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    pub(crate) fn fail(&mut self, error: Error) {
        self.end = End::Error;
        self.error = Some(error);
    }

    /// The number and the objective of the complete trial that is best for `goal`, or why there is none.
    pub(crate) fn best_for(&self, goal: Goal) -> Result<(usize, f64), Error> {
        if let Some((trial, value)) = self.history.best(goal) {
            return Ok((trial.number(), value));
        }
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let trials = self.history.trials();
        let failed = trials.iter().find(|trial| trial.reason().is_some());
        match failed.or(trials.first()) {
            None => Err(Error::NoTrials),
            Some(trial) => Err(Error::NoneComplete {
                trials: trials.len(),
                number: trial.number(),
                reason: trial.reason().map_or_else(|| format!("is {}", trial.state()), ToString::to_string),
            }),
        }
    }
}

impl AsRef<Sweep> for Sweep {
    fn as_ref(&self) -> &Sweep {
        self
    }
}
