//! The engine with a study: it reads the log before each decision, and appends what it decides.

mod replay;
mod turn;

use std::collections::{BTreeSet, HashMap};

use crate::engine::begin::goals;
use crate::engine::{Engine, Job};
use crate::error::Error;
use crate::head::Work;
use crate::history::Goal;
use crate::space::Point;
use crate::study::{Decided, News, Opened, Opening, Record, Store, StoreError, Told, Unlocked};
use crate::trial::{State, Trial};

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
    settled: BTreeSet<usize>,
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
            settled: BTreeSet::new(),
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
        let settled: Vec<_> = study.settled.iter().copied().collect();
        let unlocked = study.store.unlock(decided, &settled);
        let unlocked = study.failed(unlocked)?;
        if unlocked == Unlocked::Done {
            study.settled.clear();
        }
        Ok(unlocked)
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

/// `Minimize`, `[Minimize, Maximize]`
fn named(goals: &[Goal]) -> String {
    match goals {
        [goal] => format!("{goal:?}"),
        _ => format!("{goals:?}"),
    }
}
