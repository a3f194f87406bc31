//! The link between the engine and the study that keeps its sweep.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::engine::Job;
use crate::error::{Advice, Error, Remedy};
use crate::space::Point;
use crate::study::{Store, StoreError};
use crate::trial::{State, Trial};

/// The study that keeps a sweep, and what this process knows of it.
#[derive(Debug)]
pub(super) struct StudyLink {
    pub(super) store: Box<dyn Store>,
    pub(super) name: String,
    /// The largest resources of a sweep with budgets; a configuration that has reached them is not resumed.
    pub(super) most: Option<f64>,
    /// Whether the study says which scheduler began it, as those of earlier versions do not.
    pub(super) has_scheduler: bool,
    /// The limit `spend` of the last run that had one.
    pub(super) spend: Option<f64>,
    /// The trials that this process runs.
    pub(super) mine: Vec<usize>,
    /// The trials that wait for a process to run them.
    pub(super) waiting: Vec<usize>,
    /// The points of running trials before their guards were evaluated.
    pub(super) proposed: HashMap<usize, Point>,
    /// The next trial, if the scheduler has decided on it but the connection was lost before the study recorded it.
    pub(super) lost: Option<(Job, Trial)>,
    /// Configurations that will not be resumed, to be written with the next trial.
    pub(super) retired: BTreeSet<usize>,
    /// Whether the sweep has been closed in the study.
    is_closed: bool,
}

impl StudyLink {
    pub(super) fn new(store: Box<dyn Store>) -> Self {
        Self {
            store,
            name: String::new(),
            most: None,
            has_scheduler: false,
            spend: None,
            mine: Vec::new(),
            waiting: Vec::new(),
            proposed: HashMap::new(),
            lost: None,
            retired: BTreeSet::new(),
            is_closed: false,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn error(&self, reason: &impl ToString) -> Error {
        Error::Study { study: self.name.clone(), reason: reason.to_string(), advice: None }
    }

    /// Returns the error of a study that holds another sweep; `words` end the message of a program.
    pub(super) fn other_sweep(&self, reason: &impl ToString, words: impl Into<Cow<'static, str>>) -> Error {
        let advice = Some(Advice::new(Remedy::OwnStudy, words));
        Error::Study { study: self.name.clone(), reason: reason.to_string(), advice }
    }

    pub(super) fn failed<T>(&self, result: Result<T, StoreError>) -> Result<T, Error> {
        // A store may say itself what helps.
        result.map_err(|error| error.downcast::<Error>().map_or_else(|error| self.error(&error), |error| *error))
    }

    /// Returns whether a look at the study is worth its lock.
    pub(super) fn is_changed(&mut self) -> bool {
        // The look meets the same error, if it lasts.
        self.store.is_changed().unwrap_or(true)
    }

    /// Returns the number of trials that can be handed out without a decision: those that wait, and one that is decided on.
    pub(super) fn ready(&self) -> u64 {
        self.waiting.len() as u64 + u64::from(self.lost.is_some())
    }

    /// Returns whether `trial` is the last of its configuration.
    pub(super) fn is_last(&self, trial: &Trial) -> bool {
        let has_had_all = |most| trial.resources().is_none_or(|resources| resources >= most);
        trial.state() != State::Complete || self.most.is_none_or(has_had_all)
    }

    /// Requeues this process's running trials and detaches from the study.
    pub(super) fn close(&mut self, is_over: bool) -> Result<(), Error> {
        if std::mem::replace(&mut self.is_closed, true) || self.name.is_empty() {
            return Ok(());
        }
        for number in std::mem::take(&mut self.mine) {
            let requeue = self.store.requeue(number);
            self.failed(requeue)?;
        }
        let closed = self.store.close(is_over);
        self.failed(closed)
    }
}

impl Drop for StudyLink {
    /// Requeues the trial of a loop that is left by `return`, `?` or a panic.
    fn drop(&mut self) {
        // No caller is left to take an error; the trial is requeued when its process is found dead.
        self.close(false).ok();
    }
}

/// The settings of the program that the study may contradict.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    pub(super) seed: Option<u64>,
    pub(super) goals: bool,
}
