//! The engine with a study: it reads the log before each decision, and appends what it decides.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use rand::RngExt;

use crate::engine::begin::goals;
use crate::engine::{Engine, Job, Next, view};
use crate::error::Error;
use crate::head::Work;
use crate::history::Goal;
use crate::sampler::{Purpose, stream};
use crate::scheduler::Step;
use crate::space::Point;
use crate::study::{Decided, News, Opened, Opening, Record, Store, StoreError, Told, Unlocked};
use crate::trial::{State, Trial};

/// How long to sleep between two looks at what other processes do, at first and at the most.
const LOOKS: [Duration; 2] = [Duration::from_millis(10), Duration::from_secs(1)];

/// The study that a sweep is kept in.
#[derive(Debug)]
pub(super) struct Attached {
    store: Box<dyn Store>,
    name: String,
    /// The largest resources of a sweep with budgets: a configuration that has had them is not resumed.
    most: Option<f64>,
    /// The trials that this process runs.
    mine: Vec<usize>,
    /// The trials that wait for a process to run them.
    waiting: Vec<usize>,
    /// The points of running trials before their guards were evaluated.
    proposed: HashMap<usize, Point>,
    /// The next trial, which the scheduler has decided on and the study has not got: the connection was lost in between.
    lost: Option<(Job, Trial)>,
    /// Configurations that will not be resumed, to be written with the next trial.
    settled: Vec<usize>,
    /// Whether the sweep has been closed in the study.
    is_closed: bool,
}

impl Attached {
    pub(super) fn new(store: Box<dyn Store>) -> Self {
        Self {
            store,
            name: String::new(),
            most: None,
            mine: Vec::new(),
            waiting: Vec::new(),
            proposed: HashMap::new(),
            lost: None,
            settled: Vec::new(),
            is_closed: false,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn error(&self, reason: &impl ToString) -> Error {
        Error::Study { study: self.name.clone(), reason: reason.to_string() }
    }

    fn failed<T>(&self, result: Result<T, StoreError>) -> Result<T, Error> {
        result.map_err(|error| self.error(&error))
    }

    /// Whether a configuration ends with `trial`.
    fn is_last(&self, trial: &Trial) -> bool {
        let has_had_all = |most| trial.resources().is_none_or(|resources| resources >= most);
        trial.state() != State::Complete || self.most.is_none_or(has_had_all)
    }

    /// Puts back what this process still runs, and takes leave.
    pub(super) fn close(&mut self, is_over: bool) -> Result<(), Error> {
        if std::mem::replace(&mut self.is_closed, true) || self.name.is_empty() {
            return Ok(());
        }
        for number in std::mem::take(&mut self.mine) {
            let put_back = self.store.put_back(number);
            self.failed(put_back)?;
        }
        let closed = self.store.close(is_over);
        self.failed(closed)
    }
}

impl Drop for Attached {
    /// A loop that is left by `return`, `?` or a panic puts its trial back.
    fn drop(&mut self) {
        // Nobody is left to be told what went wrong; the trial is put back when its process is found dead.
        self.close(false).ok();
    }
}

impl Engine {
    /// Opens the study, if there is one, and takes over what it says of the sweep.
    pub(super) fn join(&mut self, work: Work, given: &Given) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let has_budgets = matches!(work, Work::Budgets { .. });
        if let Work::Budgets { max, .. } = work {
            study.most = Some(max);
        }
        let sweep = &mut self.sweep;
        let goals_now = sweep.goals.as_slice().to_vec();
        let opening = Opening::new(sweep.space.clone(), goals_now, sweep.seed, sweep.sampler.clone(), has_budgets);
        let opened = study.store.open(&opening);
        let opened = study.failed(opened)?;
        study.name.clone_from(&opened.name);
        let Opened { space, goals: kept, seed, has_budgets: budgets, names, .. } = opened;
        if let Some(space) = space {
            sweep.space.check_continues(&space).map_err(|mismatch| study.error(&mismatch))?;
        }
        if budgets.is_some_and(|had| had != has_budgets) {
            let kinds = ["has budgets, and this sweep counts trials", "counts trials, and this sweep has budgets"];
            let reason = kinds[usize::from(has_budgets)];
            return Err(study.error(&format!("it {reason}; give this sweep a study of its own: `.name(\"…\")`")));
        }
        match (given.seed, seed) {
            (Some(given), Some(kept)) if given != kept => {
                let reason = format!("it was begun with `seed = {kept}`, and now has `seed = {given}`");
                return Err(study.error(&format!("{reason}; leave the seed out, or give the sweep a study of its own")));
            }
            (_, kept) => sweep.seed = kept.unwrap_or(sweep.seed),
        }
        if given.goals && goals(Some(&kept), None)? != sweep.goals {
            let now = sweep.goals.as_slice();
            let reason = format!("its goal is {}, and now is {}", named(&kept), named(now));
            return Err(study.error(&format!("{reason}; keep the goal, or give the sweep a study of its own")));
        }
        sweep.goals = goals(Some(&kept), None)?;
        sweep.names = names.into_iter().map(Into::into).collect();
        Ok(())
    }

    /// Reads all that the study has.
    pub(super) fn catch_up(&mut self) -> Result<(), Error> {
        let news = self.lock()?;
        let applied = self.apply(news);
        self.unlock(Decided::Nothing)?;
        applied
    }

    fn lock(&mut self) -> Result<News, Error> {
        match &mut self.study {
            Some(study) => {
                let news = study.store.lock();
                study.failed(news)
            }
            None => Ok(News::default()),
        }
    }

    fn unlock(&mut self, decided: Decided<'_>) -> Result<Unlocked, Error> {
        let Some(study) = &mut self.study else { return Ok(Unlocked::Done) };
        let unlocked = study.store.unlock(decided, &study.settled);
        let unlocked = study.failed(unlocked)?;
        if unlocked == Unlocked::Done {
            study.settled.clear();
        }
        Ok(unlocked)
    }

    /// Takes over what has become of the study. Each trial was started with a look at those that had been closed by then.
    fn apply(&mut self, news: News) -> Result<(), Error> {
        let News { records, waiting } = news;
        let closed = |record: &&Record| record.state != State::Running;
        let mut closing: Vec<_> = records.iter().filter(closed).map(|record| (closed_after(record), record)).collect();
        closing.sort_by_key(|(after, record)| (*after, record.number));
        let mut closing = closing.into_iter().peekable();
        for record in &records {
            let len = self.sweep.history.len();
            if record.number < len {
                continue;
            }
            while let Some((_, record)) = closing.next_if(|(after, _)| *after <= len) {
                self.closed_elsewhere(record);
            }
            self.started_elsewhere(record)?;
        }
        closing.for_each(|(_, record)| self.closed_elsewhere(record));
        if let Some(study) = &mut self.study {
            // One that this process runs all the same was put back while it gave no sign of life.
            study.waiting = waiting.into_iter().rev().filter(|number| !study.mine.contains(number)).collect();
        }
        Ok(())
    }

    fn closed_elsewhere(&mut self, record: &Record) {
        if let Some(study) = &mut self.study {
            study.proposed.remove(&record.number);
        }
        if self.sweep.names.is_empty() {
            self.sweep.names.clone_from(&record.names);
        }
        self.sweep.history.replace(record);
        self.reporter.told(&self.sweep, record.number);
    }

    /// Takes the step that another process, or an earlier run, has taken.
    fn started_elsewhere(&mut self, record: &Record) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let (number, len) = (record.number, self.sweep.history.len());
        if number != len {
            return Err(
                study.error(&format!("it has a trial {number} and no trial {len}: its tables have been changed"))
            );
        }
        let is_new = record.configuration >= self.sweep.history.configurations();
        // The step is the same in every process, and taken already.
        let lost = study.lost.take();
        let is_ahead = lost.is_some();
        if lost.is_some_and(|(_, lost)| {
            (lost.configuration(), lost.resources()) != (record.configuration, record.resources)
        }) {
            let reason = format!("while the connection was lost, another process began trial {number} in another way");
            return Err(study.error(&format!("{reason}; run this one again, and it goes on from there")));
        }
        if !is_ahead && !self.within_wave(|scheduler, view| scheduler.replay(view, record)) {
            let reason = format!("trial {number} does not follow from the sampler, the budgets and the settings here");
            let reason = format!("{reason}; keep them as they were, or give the sweep a study of its own");
            return Err(self.study_error(&reason));
        }
        if is_new && !is_ahead {
            self.warm.known.pop_front();
        }
        self.note_dropped();
        self.sweep.history.push(record.opened());
        self.wave.push(number);
        if let (Some(study), Some(proposed)) = (&mut self.study, &record.proposed) {
            study.proposed.insert(number, proposed.clone());
        }
        Ok(())
    }

    fn study_error(&self, reason: &str) -> Error {
        let study = self.study.as_ref().map(|study| study.name.clone()).unwrap_or_default();
        Error::Study { study, reason: reason.to_owned() }
    }

    /// Keeps what the scheduler drops: the loop forgets their states, and the study writes that they are settled.
    pub(super) fn note_dropped(&mut self) {
        if let Some(study) = &mut self.study {
            let dropped = self.scheduler.dropped();
            study.settled.extend(&dropped);
            self.dropped.extend(dropped);
        }
    }

    /// The next trial of a sweep that is kept; waits for other processes where this one has nothing to do itself.
    pub(super) fn next_kept(&mut self) -> Next {
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
    pub(super) fn ready_kept(&mut self) -> u64 {
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
        let news = self.lock()?;
        if let Err(error) = self.apply(news) {
            self.unlock(Decided::Nothing)?;
            return Err(error);
        }
        if let Some(number) = self.study.as_mut().and_then(|study| study.waiting.pop()) {
            let (job, record) = self.again(number);
            return Ok(match self.unlock(Decided::Take(&record))? {
                Unlocked::Done => Some(Next::Job(self.run_here(job))),
                Unlocked::Lost => None,
            });
        }
        let lost = self.study.as_mut().and_then(|study| study.lost.take());
        let next = match lost {
            Some((job, trial)) => self.reopen(job, trial),
            None => self.decide(),
        };
        self.note_dropped();
        let Next::Job(job) = next else {
            self.unlock(Decided::Nothing)?;
            return Ok(Some(next));
        };
        let mut record = Record::of(&self.sweep.history.trials()[job.number], &[]);
        record.proposed.clone_from(&job.proposed);
        Ok(match self.unlock(Decided::Start(&record))? {
            Unlocked::Done => Some(Next::Job(self.run_here(job))),
            Unlocked::Lost => {
                let trial = self.sweep.history.pop();
                self.wave.pop();
                if let Some(study) = &mut self.study {
                    study.lost = trial.map(|trial| (job, trial));
                }
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

    /// Opens a trial that the study has not got.
    fn reopen(&mut self, job: Job, trial: Trial) -> Next {
        self.wave.push(job.number);
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

    /// Writes what has become of a trial of this process.
    pub(super) fn keep(&mut self, number: usize) {
        if let Err(error) = self.try_keep(number)
            && self.sweep.error.is_none()
        {
            self.sweep.fail(error);
        }
    }

    fn try_keep(&mut self, number: usize) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        study.mine.retain(|mine| *mine != number);
        let history = &mut self.sweep.history;
        let trial = &history.trials()[number];
        if trial.state() == State::Cancelled {
            let put_back = study.store.put_back(number);
            return study.failed(put_back);
        }
        let is_last = study.is_last(trial);
        let record = Record { closed_after: Some(history.len()), ..Record::of(trial, &self.sweep.names) };
        let told = study.store.tell(&record, is_last);
        if study.failed(told)? == Told::Dropped {
            // It runs on elsewhere, or has been told there: the next news say what.
            history.reopen(number);
            let name = &study.name;
            self.sweep.notes.push(format!(
                "study `{name}`: trial {number} was taken over by another process, as this one gave no sign of life; what came \
                 of it here is dropped"
            ));
        }
        Ok(())
    }

    /// Sends on what a trial of this process reports.
    pub(super) fn pass_on(&mut self, number: usize, step: u64, value: f64) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let reported = study.store.report(number, step, value);
        study.failed(reported)
    }
}

/// What the program says itself, and the study may contradict.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Given {
    pub(super) seed: Option<u64>,
    pub(super) goals: bool,
}

/// How many trials there were when `record` was closed: with its own if that is unknown.
fn closed_after(record: &Record) -> usize {
    record.closed_after.unwrap_or(0).max(record.number + 1)
}

/// `Minimize`, `[Minimize, Maximize]`
fn named(goals: &[Goal]) -> String {
    match goals {
        [goal] => format!("{goal:?}"),
        _ => format!("{goals:?}"),
    }
}
