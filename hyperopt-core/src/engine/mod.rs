//! Asks and tells: the one engine behind every way to run a sweep.

mod aside;
mod begin;
mod close;
mod events;
mod handle;
mod interrupt;
mod job;
mod join;
mod limits;
mod link;
mod looks;
mod next;
mod progress;
mod prune_answers;
mod replay;
mod reports;
mod requeued;
mod settings;
mod shared;
mod suggest;
mod warm_start;

pub(crate) use aside::panic_message;
pub(crate) use handle::EngineHandle;
pub use interrupt::OnInterrupt;
pub(crate) use interrupt::Watch;
pub(crate) use job::{Job, Next};
pub(crate) use limits::check_threshold;
pub(crate) use looks::Looks;
pub use progress::{Progress, ProgressWriter, progress_writer, suspend_progress};
pub(crate) use progress::{Reporter, catch_panic};
pub(crate) use settings::Watchers;
pub use settings::{Earlier, OnError, Seed, Settings, Spend};
pub(crate) use shared::SharedEngine;
pub use suggest::Suggest;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use self::events::Events;
use self::link::{Asked, StudyLink};
use self::prune_answers::PruneAnswers;
use self::warm_start::WarmStart;
use crate::error::Error;
use crate::scheduler::{Scheduler, View};
use crate::space::{Axis, Point};
use crate::study::Place;
use crate::sweep::{StopReason, Sweep};
use crate::trial::WorkingTime;

/// Hands out trials when asked, and records their outcomes. Every way to run a sweep drives this one engine.
///
/// A sweep in memory and one in a study take the same steps; without a study, the steps neither read nor write.
#[derive(Debug)]
pub(crate) struct Engine {
    /// Unique among the engines of this process.
    id: u64,
    sweep: Sweep,
    scheduler: Box<dyn Scheduler>,
    /// The trials of the batch that is being proposed.
    batch: Vec<usize>,
    warm: WarmStart,
    study: Option<StudyLink>,
    /// The settings of the program that a study may contradict.
    asked: Asked,
    /// The names of the objectives of outcomes that do not name theirs.
    names: Vec<Cow<'static, str>>,
    /// The point of the job that was closed last, whose allocation the next one takes.
    spare: Option<Point>,
    /// Configurations that will not be resumed, until the loop has forgotten their states.
    retired: Vec<usize>,
    answers: PruneAnswers,
    conditional: bool,
    on_error: OnError,
    deadline: Option<Instant>,
    watch: Option<Watch>,
    stop: Option<Arc<AtomicBool>>,
    progress: Progress,
    reporter: Reporter,
    pub(crate) events: Events,
    watchers: Watchers,
    started: Instant,
    /// The time on the clock when it started.
    began: SystemTime,
    elapsed_before: Duration,
    /// The time in which the study was worked on.
    working: WorkingTime,
}

impl Engine {
    fn sampler_error(&self, reason: String) -> Error {
        Error::Sampler { sampler: self.sweep.sampler.clone(), reason }
    }

    /// Makes the error of a sampler that panicked.
    pub(crate) fn sampler_panicked(&self, reason: &str) -> Error {
        Error::Panicked { part: format!("the sampler `{}`", self.sweep.sampler), reason: reason.to_owned() }
    }

    /// Makes the error of a pruner that panicked.
    pub(crate) fn pruner_panicked(&self, reason: &str) -> Error {
        Error::Panicked { part: format!("the pruner of `{}`", self.sweep.sampler), reason: reason.to_owned() }
    }

    /// Makes the error of a candidate that panicked when it was cloned.
    pub(crate) fn candidate_panicked(&self, axis: usize, reason: &str) -> Error {
        let name = self.sweep.space.axes().get(axis).map_or("", Axis::parameter);
        let part = format!("cloning a candidate of the hyperparameter `{name}`");
        Error::Panicked { part, reason: reason.to_owned() }
    }

    /// Whether the sampler is one of this crate, which neither waits for other threads nor runs the user's code.
    pub(crate) fn is_sampler_ours(&self) -> bool {
        self.scheduler.is_sampler_ours()
    }

    /// Whether the pruner, if there is one, is one of this crate.
    pub(crate) fn is_pruner_ours(&self) -> bool {
        self.scheduler.is_pruner_ours()
    }

    /// Returns whether the sweep has watchers.
    pub(crate) fn is_watched(&self) -> bool {
        !self.watchers.all.is_empty()
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// Whether guards decide which axes of a trial are active.
    pub(crate) fn is_conditional(&self) -> bool {
        self.conditional
    }

    /// Returns whether another trial can start; checks the timeout, the interrupt and the stop flag.
    pub(crate) fn is_open(&mut self) -> bool {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.end(StopReason::Timeout);
        }
        let is_stopped = self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
        if is_stopped || self.watch.as_ref().is_some_and(Watch::is_hit) {
            self.end(StopReason::Interrupt);
        }
        self.sweep.end == StopReason::Open
    }

    /// Ends the sweep, unless it has ended for another reason before.
    pub(crate) fn end(&mut self, end: StopReason) {
        if self.sweep.end == StopReason::Open {
            self.sweep.end = end;
        }
    }

    /// Ends the sweep with an error; the first one is kept.
    pub(crate) fn fail(&mut self, error: Error) {
        if self.sweep.error.is_none() {
            self.sweep.fail(error);
        }
    }

    /// Records which axes the guards of the trial of `job` have made active.
    pub(crate) fn activate(&mut self, number: usize, point: &Point) {
        self.sweep.history.settle_guards(number, point);
        self.reporter.settled(&self.sweep, number);
    }

    /// Returns the name of the study, if there is one.
    pub(crate) fn study_name(&self) -> Option<&str> {
        self.study.as_ref().map(StudyLink::name)
    }

    /// Where the study is kept, if its store says so.
    pub(crate) fn study_place(&self) -> Option<Place> {
        self.study.as_ref().and_then(|study| study.store.place())
    }

    /// Adds a note for the reader of the results.
    pub(crate) fn note(&mut self, note: String) {
        self.sweep.notes.push(note);
    }

    /// Adds a note if batches left some of `threads` without a trial.
    pub(crate) fn note_idle(&mut self, threads: Option<usize>) {
        if self.sweep.error.is_none()
            && let Some(threads) = threads
        {
            self.sweep.notes.extend(self.scheduler.idle_note(&view(&self.sweep, &self.warm), threads));
        }
    }

    /// Returns the configurations retired since the last call, whose states can be dropped.
    pub(crate) fn retired(&mut self) -> Vec<usize> {
        self.note_retired();
        std::mem::take(&mut self.retired)
    }

    /// Collects the configurations that the scheduler retires: the loop drops their states, and the next commit writes them
    /// to the study.
    fn note_retired(&mut self) {
        let retired = self.scheduler.retired();
        if let Some(study) = &mut self.study {
            study.retired.extend(&retired);
        }
        self.retired.extend(retired);
    }
}

fn view<'a>(sweep: &'a Sweep, warm: &'a WarmStart) -> View<'a> {
    let Sweep { space, history, seed, goals, .. } = sweep;
    let WarmStart { known, transferred, repeats, .. } = warm;
    View { space, history, seed: *seed, goal: goals.first(), goals, known: known.len(), transferred, repeats: *repeats }
}
