//! The contract between the engine and what hands out its trials.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Debug;

use rand::RngExt;

use crate::history::{Goal, Goals, History};
use crate::sampler::{Draw, Purpose, Rungs, Setup, stream};
use crate::scheduler::Workload;
use crate::space::{Point, Space};
use crate::sweep::StopReason;
use crate::trial::Record;

/// Hands out the trials of a sweep, one after the other; the engine opens, keeps and closes them.
///
/// This is not public API: values of `sampler = …` implement [`Strategy`](crate::Strategy).
#[doc(hidden)]
pub trait Scheduler: Debug + Send + Sync {
    /// Returns the name that tables and files give to the sampler; it may change with each step.
    fn name(&self) -> Cow<'_, str>;

    /// Returns the scheduler, and those of its settings on which its steps depend, in words that a study keeps. How much work there
    /// is does not belong to them, nor does the sampler of configurations. `None` in a sweep without budgets.
    fn identity(&self, work: Workload, batch: usize) -> Option<String> {
        let _ = (work, batch);
        None
    }

    /// Prepares for `work`, with batches of `batch` suggestions unless the sampler sets their size itself; returns the
    /// number of trials if it is limited.
    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>>;

    /// Runs until something else ends the sweep, unless its own amount of work has been set; called before
    /// [`prepare`](Self::prepare).
    fn run_until_stopped(&mut self) {}

    /// Makes the plans that depend on the trials so far, after [`prepare`](Self::prepare), and after those of a study have
    /// been [replayed](Self::replay). Returns the number of trials if it is known only now.
    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let _ = view;
        Ok(None)
    }

    /// Decides the next step. After a start or a resumption, the engine opens that trial before the next call.
    fn next(&mut self, view: &View<'_>) -> Step;

    /// Replays the step that led to `record`, in an earlier run of the same sweep or in another process. Returns whether
    /// this scheduler takes the same step; `None` if it waits.
    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        is_next(self, view, record)
    }

    /// Returns what the steps follow from besides sampler, budgets and settings, for the error about a study whose steps are
    /// others; a clause that follows a semicolon.
    fn depends_on(&self) -> Option<&'static str> {
        None
    }

    /// Retracts the last step, which led to trial `number`; returns whether it can. If it cannot, every process takes the
    /// same step.
    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        let _ = (view, number);
        false
    }

    /// Returns whether the next step belongs to the same batch as the one before. Such a step must not see which trials of
    /// the batch happen to be closed.
    fn is_within_batch(&self) -> bool;

    /// Returns the number of steps of the present batch that were taken while a study was read, if the batch size was
    /// unknown then.
    fn begun_while_reading(&self) -> usize {
        0
    }

    /// Returns how many steps can be taken now, at most, before one waits or ends the sweep.
    fn ready(&mut self, view: &View<'_>) -> u64;

    /// Returns which bracket the next step belongs to, if the steps are taken in brackets.
    fn place(&self) -> Option<BracketPlace> {
        None
    }

    /// Returns whether to prune the running trial `number`, judging by its reports.
    fn should_prune(&mut self, view: &View<'_>, number: usize) -> bool {
        let _ = (view, number);
        false
    }

    /// Returns whether the sampler is one of this crate, which neither waits for other threads nor runs the user's code.
    fn is_sampler_ours(&self) -> bool {
        false
    }

    /// Returns whether the pruner, if there is one, is one of this crate.
    fn is_pruner_ours(&self) -> bool {
        true
    }

    /// Returns what the reader of the results should know of the scheduler's work and of the trials, at the end of the sweep.
    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let _ = view;
        Vec::new()
    }

    /// Returns the note that the sweep has spent its resources; `None` if it has not, or may spend any number.
    fn spent_note(&mut self, view: &View<'_>) -> Option<String> {
        let _ = view;
        None
    }

    /// Returns a note if the size of the batches, which nobody has set, left some of `threads` without a trial.
    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        let _ = (view, threads);
        None
    }

    /// Returns the configurations that will not be resumed, each once; their states can be dropped.
    fn retired(&mut self) -> Vec<usize> {
        Vec::new()
    }
}

/// Returns whether `record` is the step that `scheduler` takes now.
pub(crate) fn is_next<S: Scheduler + ?Sized>(scheduler: &mut S, view: &View<'_>, record: &Record) -> Option<bool> {
    let trial = &record.trial;
    Some(match scheduler.next(view) {
        Step::Start { resources, .. } => {
            trial.configuration() == view.history.configurations() && resources == trial.resources()
        }
        Step::Resume { trial: earlier, resources } => {
            let resumed = view.history.trials()[earlier].configuration();
            trial.configuration() == resumed && trial.resources() == Some(resources)
        }
        Step::Wait => return None,
        Step::Done(_) | Step::Fault(_) => false,
    })
}

/// The place of a step among the brackets of a sweep.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BracketPlace {
    /// The number of the bracket, from 1.
    pub(crate) bracket: u64,
    /// The number of brackets, if it is known.
    pub(crate) all: Option<u64>,
}

/// The next step of a sweep.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step {
    /// Starts a new configuration.
    Start { point: Point, resources: Option<f64> },
    /// Resumes the configuration of an earlier trial, with more resources.
    Resume { trial: usize, resources: f64 },
    /// Waits until a running trial has been closed.
    Wait,
    /// Ends the sweep.
    Done(StopReason),
    /// Ends the sweep with an error of the sampler.
    Fault(String),
}

/// The sweep as a scheduler sees it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) space: &'a Space,
    pub(crate) history: &'a History,
    pub(crate) seed: u64,
    /// The first of the goals.
    pub(crate) goal: Goal,
    pub(crate) goals: &'a Goals,
    /// The number of points still to be tried first; the engine puts their known coordinates into the next configurations.
    pub(crate) known: usize,
    /// Whether points may repeat where all axes have levels.
    pub(crate) repeats: bool,
    /// The best points of an earlier sweep, best first.
    pub(crate) transferred: &'a [Point],
}

impl<'a> View<'a> {
    /// Returns the draw for the next new configuration.
    pub(crate) fn draw(&self) -> Draw {
        Draw::new(self.seed, self.history.configurations(), self.goals.clone()).allowing_repeats(self.repeats)
    }

    /// Draws a random point for the next new configuration, of which some coordinates may be known.
    pub(crate) fn drawn(&self) -> Point {
        let mut rng = stream(self.seed, Purpose::Known, self.history.configurations() as u64);
        self.space.axes().iter().map(|_| rng.random::<f64>()).collect()
    }

    pub(crate) fn setup(&self, trials: Option<u64>, bracket: usize) -> Setup<'a> {
        let Self { space, history, seed, goals, transferred, .. } = *self;
        let goals = goals.as_slice();
        let first = history.configurations();
        Setup { space, history, trials, bracket, seed, goals, first, rungs: Rungs::NONE, transferred }
    }
}

#[cfg(test)]
impl<'a> View<'a> {
    /// Makes the view of a sweep that minimises, without prior knowledge.
    pub(crate) fn of(space: &'a Space, history: &'a History, seed: u64) -> Self {
        let (goal, goals) = (Goal::Minimize, &Goals::One(Goal::Minimize));
        Self { space, history, seed, goal, goals, known: 0, repeats: false, transferred: &[] }
    }
}
