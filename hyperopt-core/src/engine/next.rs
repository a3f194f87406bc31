//! Finds the next trial, by one state machine for sweeps in memory and in studies.

use std::panic::resume_unwind;
use std::time::Instant;

use crate::engine::link::StudyLink;
use crate::engine::looks::Looks;
use crate::engine::progress::catch_panic;
use crate::engine::{Engine, Job, Next, view};
use crate::error::Error;
use crate::scheduler::{Scheduler, Step, View};
use crate::space::Point;
use crate::study::{Commit, Unlocked};
use crate::sweep::{StopReason, Sweep};
use crate::trial::{Record, Trial};

impl Engine {
    /// Returns the number of trials that can be handed out now, without waiting for one to be closed; 0 once the sweep is
    /// over.
    ///
    /// Blocks while other processes run all trials that are left.
    pub(crate) fn ready(&mut self) -> u64 {
        let mut looks = Looks::new();
        while self.is_open() {
            if let Err(error) = self.catch_up() {
                self.fail(error);
                return 0;
            }
            let ready = self.scheduler.ready(&view(&self.sweep, &self.warm));
            let ready = ready.saturating_add(self.study.as_ref().map_or(0, StudyLink::ready));
            if ready > 0 || !self.waits_for_others() {
                return ready;
            }
            self.wait(&mut looks);
        }
        0
    }

    /// Hands out the next trial. Waits while other processes of the study run all that is wanted.
    pub(crate) fn next(&mut self) -> Next {
        let mut looks = Looks::new();
        loop {
            match self.next_now() {
                Next::Wait if self.waits_for_others() => self.wait(&mut looks),
                next => return next,
            }
        }
    }

    /// Hands out the next trial without waiting for other processes: a thread of a pool may be what their trials wait for.
    pub(crate) fn next_now(&mut self) -> Next {
        while self.is_open() {
            match self.attempt() {
                Ok(Some(next)) => {
                    if let Next::Job(job) = &next {
                        self.reporter.opened(&self.sweep, job.number, true, || self.scheduler.place());
                        self.events.opened(&self.sweep, job.number);
                    }
                    return next;
                }
                // Another process was faster.
                Ok(None) => {}
                Err(error) => self.fail(error),
            }
        }
        Next::Over
    }

    /// Waits for a change of the study, or for the end of the sweep.
    fn wait(&mut self, looks: &mut Looks) {
        loop {
            looks.pause(|| self.is_open());
            if !self.is_open() || looks.look(|| self.study.as_mut().is_none_or(StudyLink::is_changed)) {
                return;
            }
        }
    }

    /// Returns whether other processes run trials and this one runs none.
    fn waits_for_others(&self) -> bool {
        self.study.as_ref().is_some_and(|study| study.mine.is_empty()) && self.sweep.history.running() > 0
    }

    /// Reads the study, if there is one, and makes one decision; returns `None` if another process was faster.
    fn attempt(&mut self) -> Result<Option<Next>, Error> {
        self.look()?;
        let requeued = self.study.as_mut().and_then(|study| study.waiting.pop());
        if let Some(number) = requeued {
            let job = self.take_requeued(number);
            let record = self.record(&job);
            return Ok(match self.unlock(Commit::Take(&record))? {
                Unlocked::Done => Some(self.hand_out(job)),
                Unlocked::Lost => None,
            });
        }
        let next = match self.study.as_mut().and_then(|study| study.lost.take()) {
            Some((job, trial)) => self.reopen(job, trial),
            None => match catch_panic(|| self.decide()) {
                Ok(next) => next,
                Err(panic) => {
                    self.unlock(Commit::Nothing).ok();
                    resume_unwind(panic);
                }
            },
        };
        self.note_retired();
        let (Some(_), Next::Job(job)) = (&self.study, &next) else {
            self.unlock(Commit::Nothing)?;
            return Ok(Some(next));
        };
        let record = self.record(job);
        let unlocked = self.unlock(Commit::Start(&record))?;
        let Next::Job(job) = next else { return Ok(Some(next)) };
        Ok(match unlocked {
            Unlocked::Done => Some(self.hand_out(job)),
            Unlocked::Lost => {
                self.take_back(job);
                None
            }
        })
    }

    fn decide(&mut self) -> Next {
        match self.step() {
            Step::Start { point, resources } => self.start(point, resources),
            Step::Resume { trial, resources } => Next::Job(self.resume(trial, resources)),
            Step::Wait => Next::Wait,
            // Another process may die and leave its trial to this one.
            Step::Done(_) if self.study.is_some() && self.sweep.history.running() > 0 => Next::Wait,
            Step::Done(end) => {
                self.end(end);
                if end == StopReason::Spent {
                    // A sweep that is asked by hand may be shown before it is finished.
                    let note = self.scheduler.spent_note(&view(&self.sweep, &self.warm));
                    if let Some(note) = note {
                        self.sweep.add_note(note);
                    }
                }
                Next::Over
            }
            Step::Fault(reason) => self.fault(reason),
        }
    }

    /// Makes the entry of the study's log for the start of `job`.
    fn record(&self, job: &Job) -> Record {
        Record::new(self.sweep.history.trials()[job.number].clone()).proposed(job.proposed.clone())
    }

    fn hand_out(&mut self, job: Job) -> Next {
        if let Some(study) = &mut self.study {
            study.mine.push(job.number);
        }
        Next::Job(job)
    }

    /// Calls `f` with the other trials of the batch shown as running: which of them happen to be closed depends on the
    /// threads.
    fn within_batch<R>(&mut self, f: impl FnOnce(&mut dyn Scheduler, &View<'_>) -> R) -> R {
        if !self.scheduler.is_within_batch() {
            self.batch.clear();
        }
        let history = &mut self.sweep.history;
        let closed: Vec<_> = self.batch.iter().filter_map(|&number| history.set_aside(number)).collect();
        let view = view(&self.sweep, &self.warm);
        let made = catch_panic(|| f(&mut *self.scheduler, &view));
        for trial in closed {
            self.sweep.history.restore(trial);
        }
        made.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// Takes a step with `f`; returns `None` if it waits.
    pub(super) fn stepped<R>(&mut self, mut f: impl FnMut(&mut dyn Scheduler, &View<'_>) -> Option<R>) -> Option<R> {
        loop {
            let step = self.within_batch(&mut f);
            let waits_for_closed = step.is_none() && !self.batch.is_empty();
            // A batch that ends before it is full would wait for trials that are closed already; the next step sees them.
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
        self.fail(error);
        Next::Over
    }

    fn start(&mut self, mut point: Point, resources: Option<f64>) -> Next {
        let Sweep { space, history, .. } = &mut self.sweep;
        if point.len() != space.len() || point.iter().any(|unit| unit.is_none()) {
            let reason = format!("proposed {point:?}, which is not one number for each of {} axes", space.len());
            return self.fault(reason);
        }
        if let Some(known) = self.warm.take(history.len()) {
            let given = known.iter().enumerate().filter_map(|(index, unit)| Some((index, unit?)));
            given.for_each(|(index, _)| point.follow(index, known));
        }
        let axes = space.axes();
        point.adjust(|index, unit| axes[index].snap(unit));
        let mut proposed = None;
        if self.conditional {
            proposed = Some(point.clone());
            space.deactivate_conditional(&mut point);
        }
        let (number, configuration) = (history.len(), history.configurations());
        let mut own = self.spare.take().unwrap_or_else(|| Point::from(Vec::new()));
        own.clone_from(&point);
        history.push(Trial::running(number, configuration, resources, point));
        self.batch.push(number);
        let point = own;
        Next::Job(Job {
            number,
            configuration,
            resources,
            before: None,
            point,
            proposed,
            is_settled: false,
            asked: Instant::now(),
        })
    }

    fn resume(&mut self, trial: usize, resources: f64) -> Job {
        let history = &mut self.sweep.history;
        let (number, earlier) = (history.len(), &history.trials()[trial]);
        let (configuration, point) = (earlier.configuration(), earlier.point().clone());
        let resources = Some(resources);
        history.push(Trial::running(number, configuration, resources, point.clone()));
        self.batch.push(number);
        Job {
            number,
            configuration,
            resources,
            before: Some(trial),
            point,
            proposed: None,
            is_settled: false,
            asked: Instant::now(),
        }
    }

    /// Takes back a trial that the study did not accept. The scheduler retracts the step if it can; otherwise the trial
    /// stays the next one.
    fn take_back(&mut self, job: Job) {
        let trial = self.sweep.history.pop(job.before.is_none());
        self.batch.pop();
        if self.scheduler.retract(&view(&self.sweep, &self.warm), job.number) {
            if job.before.is_none() {
                self.warm.put_back();
            }
        } else if let Some(study) = &mut self.study {
            study.lost = trial.map(|trial| (job, trial));
        }
    }

    /// Opens a trial that the study did not accept before.
    fn reopen(&mut self, job: Job, trial: Trial) -> Next {
        self.batch.push(job.number);
        self.sweep.history.push(trial);
        Next::Job(job)
    }
}
