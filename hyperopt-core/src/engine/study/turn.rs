//! The next trial of a sweep that is kept.

use std::thread;
use std::time::Duration;

use rand::RngExt;

use crate::engine::{Engine, Job, Next, view};
use crate::error::Error;
use crate::sampler::{Purpose, stream};
use crate::scheduler::Step;
use crate::study::{Commit, Unlocked};
use crate::trial::{Record, Trial};

/// How long to sleep between two looks at what other processes do, at first and at the most.
const LOOKS: [Duration; 2] = [Duration::from_millis(10), Duration::from_secs(1)];

impl Engine {
    /// The next trial of a sweep that is kept; waits for other processes where this one has nothing to do itself.
    pub(in crate::engine) fn next_kept(&mut self) -> Next {
        let [mut pause, most] = LOOKS;
        loop {
            if !self.is_open() {
                return Next::Over;
            }
            match self.take() {
                Err(error) => {
                    self.sweep.fail(error);
                    return Next::Over;
                }
                Ok(Some(Next::Wait)) if self.runs_any() => return Next::Wait,
                Ok(Some(Next::Wait)) => {
                    thread::sleep(pause);
                    pause = (2 * pause).min(most);
                }
                Ok(Some(next)) => return next,
                Ok(None) => {}
            }
        }
    }

    /// Waits until there is something to do or nothing is wanted any more; gives how many trials can be handed out.
    pub(in crate::engine) fn ready_kept(&mut self) -> u64 {
        let [mut pause, most] = LOOKS;
        while self.is_open() {
            if let Err(error) = self.catch_up() {
                self.sweep.fail(error);
                return 0;
            }
            let ready = self.scheduler.ready(&view(&self.sweep, &self.warm));
            let waiting = self.study.as_ref().map_or(0, |study| study.waiting.len());
            let lost = self.study.as_ref().map_or(0, |study| u64::from(study.lost.is_some()));
            let ready = ready.saturating_add(lost).saturating_add(waiting as u64);
            if ready > 0 || self.runs_any() || self.sweep.history.running() == 0 {
                return ready;
            }
            thread::sleep(pause);
            pause = (2 * pause).min(most);
        }
        0
    }

    fn runs_any(&self) -> bool {
        self.study.as_ref().is_some_and(|study| !study.mine.is_empty())
    }

    /// One look at the study, and one decision; `None` where other processes have been faster.
    fn take(&mut self) -> Result<Option<Next>, Error> {
        let changes = self.lock()?;
        if let Err(error) = self.apply(changes) {
            self.unlock(Commit::Nothing)?;
            return Err(error);
        }
        if let Some(number) = self.study.as_mut().and_then(|study| study.waiting.pop()) {
            let (job, record) = self.again(number);
            return Ok(match self.unlock(Commit::Take(&record))? {
                Unlocked::Done => Some(Next::Job(self.run_here(job))),
                Unlocked::Lost => None,
            });
        }
        let lost = self.study.as_mut().and_then(|study| study.lost.take());
        let next = match lost {
            Some((job, trial)) => self.reopen(job, trial),
            None => self.decide(),
        };
        self.note_retired();
        let Next::Job(job) = next else {
            self.unlock(Commit::Nothing)?;
            return Ok(Some(next));
        };
        let mut record = Record::of(&self.sweep.history.trials()[job.number], &[]);
        record.proposed.clone_from(&job.proposed);
        Ok(match self.unlock(Commit::Start(&record))? {
            Unlocked::Done => Some(Next::Job(self.run_here(job))),
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
            // Another process may die, and leave its trial to this one.
            Step::Done(_) if self.sweep.history.running() > 0 => Next::Wait,
            Step::Wait => Next::Wait,
            Step::Done(end) => {
                self.end(end);
                Next::Over
            }
            Step::Fault(reason) => self.fault(reason),
        }
    }

    /// Takes a trial back that the study has not got: the step too, if that can be had, or else it is what comes next still.
    fn take_back(&mut self, job: Job) {
        let trial = self.sweep.history.pop();
        self.batch.pop();
        if self.scheduler.retract(&view(&self.sweep, &self.warm), job.number) {
            if let Some(known) = self.warm.taken.take().filter(|_| job.before.is_none()) {
                self.warm.known.push_front(known);
            }
        } else if let Some(study) = &mut self.study {
            study.lost = trial.map(|trial| (job, trial));
        }
    }

    /// Opens a trial that the study has not got.
    fn reopen(&mut self, job: Job, trial: Trial) -> Next {
        self.batch.push(job.number);
        self.sweep.history.push(trial);
        Next::Job(job)
    }

    fn run_here(&mut self, job: Job) -> Job {
        if let Some(study) = &mut self.study {
            study.mine.push(job.number);
        }
        job
    }

    /// A trial that waits, to be run: what its process did not come to say is drawn.
    fn again(&mut self, number: usize) -> (Job, Record) {
        let conditional = self.conditional;
        let seed = self.sweep.seed;
        let proposed = self.study.as_ref().and_then(|study| study.proposed.get(&number)).cloned();
        let trials = self.sweep.history.trials();
        let configuration = trials[number].configuration();
        let before = trials[..number].iter().rposition(|trial| trial.configuration() == configuration);
        if let Some(trial) = self.sweep.history.get_mut(number).filter(|_| before.is_none()) {
            let mut rng = stream(seed, Purpose::Known, number as u64);
            let mut point = proposed.unwrap_or_else(|| trial.point().clone());
            for (index, axis) in self.sweep.space.axes().iter().enumerate() {
                let drawn = rng.random::<f64>();
                if !point.is_active(index) {
                    point.set(index, axis.snap(drawn));
                }
            }
            *trial.point_mut() = point;
        }
        let trial = &self.sweep.history.trials()[number];
        let (resources, mut record) = (trial.resources(), Record::of(trial, &[]));
        let mut proposed = None;
        if conditional && before.is_none() {
            proposed = Some(trial.point().clone());
            if let Some(trial) = self.sweep.history.get_mut(number) {
                self.sweep.space.deactivate_conditional(trial.point_mut());
                record.point = trial.point().clone();
            }
        }
        record.proposed.clone_from(&proposed);
        (Job { number, configuration, resources, before, proposed }, record)
    }
}
