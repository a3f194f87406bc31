//! Ask and tell: the one engine behind every face of a sweep.

mod begin;
mod close;
mod handle;
mod interrupt;
mod job;
mod link;
mod progress;
mod settings;
mod study;
mod suggest;
mod warm_start;

pub(crate) use handle::{Desk, Hold};
pub use interrupt::OnInterrupt;
pub(crate) use interrupt::Watch;
pub(crate) use job::{Job, Next};
pub use progress::Progress;
pub(crate) use progress::Reporter;
pub(crate) use settings::Watchers;
pub use settings::{Earlier, OnError, Settings};
pub use suggest::Suggest;
use warm_start::WarmStart;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use self::link::{Given, StudyLink};
use crate::error::Error;
use crate::scheduler::{Scheduler, Step, View};
use crate::space::Point;
use crate::sweep::{StopReason, Sweep};
use crate::trial::{State, Trial};

/// The one engine: proposes trials when asked, and keeps what it is told. Every face of a sweep drives it.
#[derive(Debug)]
pub(crate) struct Engine {
    /// Unlike any other engine's in this process.
    id: u64,
    sweep: Sweep,
    scheduler: Box<dyn Scheduler>,
    /// The trials of the batch that is being proposed.
    batch: Vec<usize>,
    warm: WarmStart,
    study: Option<StudyLink>,
    given: Given,
    /// Configurations that will not be resumed, where a study has to know of them too.
    retired: Vec<usize>,
    conditional: bool,
    on_error: OnError,
    deadline: Option<Instant>,
    watch: Option<Watch>,
    stop: Option<Arc<AtomicBool>>,
    progress: Progress,
    reporter: Reporter,
    watchers: Watchers,
    started: Instant,
    elapsed_before: Duration,
}

impl Engine {
    fn sampler_error(&self, reason: String) -> Error {
        Error::Sampler { sampler: self.sweep.sampler.clone(), reason }
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// Whether another trial can start; looks at the clock where there is a timeout.
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

    /// How many trials can be handed out now, without waiting for one to be closed; 0 once the sweep is over.
    pub(crate) fn ready(&mut self) -> u64 {
        if !self.is_open() {
            return 0;
        }
        if self.study.is_some() {
            return self.ready_kept();
        }
        self.scheduler.ready(&view(&self.sweep, &self.warm))
    }

    /// Hands out the next trial.
    pub(crate) fn next(&mut self) -> Next {
        if !self.is_open() {
            return Next::Over;
        }
        if self.study.is_some() {
            return self.next_kept();
        }
        match self.step() {
            Step::Start { point, resources } => self.start(point, resources),
            Step::Resume { trial, resources } => Next::Job(self.resume(trial, resources)),
            Step::Wait => Next::Wait,
            Step::Done(end) => {
                self.end(end);
                Next::Over
            }
            Step::Fault(reason) => self.fault(reason),
        }
    }

    /// What `f` makes of the sweep without a look at what has become of the other trials of the batch: which of them happen to
    /// be closed depends on the threads.
    fn within_batch<R>(&mut self, f: impl FnOnce(&mut dyn Scheduler, &View<'_>) -> R) -> R {
        if !self.scheduler.is_within_batch() {
            self.batch.clear();
        }
        let history = &mut self.sweep.history;
        let closed: Vec<_> = self.batch.iter().filter_map(|&number| history.reopen(number)).collect();
        let made = f(&mut *self.scheduler, &view(&self.sweep, &self.warm));
        for trial in closed {
            self.sweep.history.restore(trial);
        }
        made
    }

    /// Takes a step with `f`; `None` if it waits.
    fn stepped<R>(&mut self, mut f: impl FnMut(&mut dyn Scheduler, &View<'_>) -> Option<R>) -> Option<R> {
        loop {
            let step = self.within_batch(&mut f);
            let waits_for_closed = step.is_none() && !self.batch.is_empty();
            // A batch that ends before it is full would wait for trials that are closed: what comes next sees them.
            let ended = !self.scheduler.is_within_batch() || self.sweep.history.running() == 0;
            if !(waits_for_closed && ended) {
                return step;
            }
            self.batch.clear();
        }
    }

    fn step(&mut self) -> Step {
        let taken =
            self.stepped(|scheduler, view| Some(scheduler.next(view)).filter(|step| !matches!(step, Step::Wait)));
        let step = taken.unwrap_or(Step::Wait);
        let name = self.scheduler.name();
        if name != self.sweep.sampler {
            self.sweep.sampler = name.into_owned();
        }
        step
    }

    fn fault(&mut self, reason: String) -> Next {
        let error = self.sampler_error(reason);
        self.sweep.fail(error);
        Next::Over
    }

    fn start(&mut self, mut point: Point, resources: Option<f64>) -> Next {
        let Sweep { space, history, .. } = &mut self.sweep;
        if point.len() != space.len() || point.iter().any(|unit| unit.is_none()) {
            let reason = format!("proposed {point:?}, which is not one number for each of {} axes", space.len());
            return self.fault(reason);
        }
        self.warm.taken = self.warm.known.pop_front();
        if let Some(known) = &self.warm.taken {
            let given = known.iter().enumerate().filter_map(|(index, unit)| Some((index, unit?)));
            given.for_each(|(index, unit)| point.set(index, unit));
        }
        for (index, axis) in space.axes().iter().enumerate() {
            point.set(index, axis.snap(point.unit(index)));
        }
        let mut proposed = None;
        if self.conditional {
            proposed = Some(point.clone());
            space.deactivate_conditional(&mut point);
        }
        let (number, configuration) = (history.len(), history.configurations());
        history.push(Trial::running(number, configuration, resources, point));
        self.batch.push(number);
        Next::Job(Job { number, configuration, resources, before: None, proposed })
    }

    fn resume(&mut self, trial: usize, resources: f64) -> Job {
        let history = &mut self.sweep.history;
        let (number, earlier) = (history.len(), &history.trials()[trial]);
        let (configuration, point) = (earlier.configuration(), earlier.point().clone());
        history.push(Trial::running(number, configuration, Some(resources), point));
        self.batch.push(number);
        Job { number, configuration, resources: Some(resources), before: Some(trial), proposed: None }
    }

    /// The coordinate of the trial of `job` along `axis`, which is active from now on.
    pub(crate) fn value(&mut self, job: &Job, axis: usize) -> f64 {
        let Some(trial) = self.sweep.history.get_mut(job.number) else { return f64::NAN };
        if let Some(proposed) = &job.proposed {
            trial.point_mut().set(axis, proposed.unit(axis));
        }
        trial.point().unit(axis)
    }

    /// Keeps what a running trial has come to after `step`.
    pub(crate) fn report(&mut self, number: usize, step: i128, value: f64) -> Result<(), Error> {
        let trial = self.sweep.history.running_mut(number).ok_or(Error::NotAsked { number })?;
        let step = u64::try_from(step).map_err(|_| Error::Step { number, step })?;
        trial.report(step, value);
        self.pass_on(number, step, value)
    }

    /// Whether the pruner would give a running trial up.
    pub(crate) fn should_prune(&mut self, number: usize) -> bool {
        let is_running = |trial: &Trial| trial.state() == State::Running;
        let trials = self.sweep.history.trials();
        trials.get(number).is_some_and(is_running) && self.scheduler.gives_up(&view(&self.sweep, &self.warm), number)
    }

    /// Ends the sweep with an error.
    pub(crate) fn fail(&mut self, error: Error) {
        self.sweep.fail(error);
    }

    pub(crate) fn point(&self, job: &Job) -> &Point {
        self.sweep.history.trials()[job.number].point()
    }

    /// The name of the study, if there is one.
    pub(crate) fn study_name(&self) -> Option<&str> {
        self.study.as_ref().map(StudyLink::name)
    }

    /// Keeps what a person should know about the sweep.
    pub(crate) fn note(&mut self, note: String) {
        self.sweep.notes.push(note);
    }

    /// The last trial of `configuration`.
    pub(crate) fn last_of(&self, configuration: usize) -> Option<usize> {
        self.sweep.history.trials().iter().rposition(|trial| trial.configuration() == configuration)
    }

    /// The configurations that will not be resumed: their states can go.
    pub(crate) fn retired(&mut self) -> Vec<usize> {
        if self.study.is_some() {
            self.note_retired();
            return std::mem::take(&mut self.retired);
        }
        self.scheduler.retired()
    }
}

fn view<'a>(sweep: &'a Sweep, warm: &'a WarmStart) -> View<'a> {
    let Sweep { space, history, seed, goals, .. } = sweep;
    let WarmStart { known, transferred, repeats, .. } = warm;
    View { space, history, seed: *seed, goal: goals.first(), goals, known: known.len(), transferred, repeats: *repeats }
}
