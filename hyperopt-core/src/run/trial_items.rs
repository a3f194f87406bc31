//! The items that a loop takes from its range, one for each trial, and the states that wait for a next rung.

use crate::engine::{Desk, Engine, Job};
use crate::run::{Files, RunningTrial};
use crate::scheduler::Workload;
use std::collections::HashMap;

/// The work that the head of a loop asks for, how an item for its pattern is made, and the states that wait for a next rung.
#[derive(Clone, Debug)]
pub struct TrialItems<I, S> {
    pub(crate) work: Workload,
    next: i128,
    item: MakeItem<I, S>,
    /// By configuration.
    states: HashMap<usize, S>,
    /// Where the states are kept besides.
    files: Option<Files<S>>,
    /// Whether any state has been returned.
    has_states: bool,
    /// How many configurations were resumed without the state that an earlier run had returned for them.
    anew: usize,
}

#[derive(Clone, Debug)]
enum MakeItem<I, S> {
    Count(fn(i128) -> I),
    Budget(fn(f64, Option<S>) -> I),
    Trial(fn(RunningTrial) -> I, Desk),
}

impl<I, S> TrialItems<I, S> {
    fn new(work: Workload, item: MakeItem<I, S>) -> Self {
        Self { work, next: 0, item, states: HashMap::new(), files: None, has_states: false, anew: 0 }
    }

    pub(super) fn count(start: i128, end: i128, open: bool, item: fn(i128) -> I) -> Self {
        let count = u64::try_from((end - start).max(0)).unwrap_or(u64::MAX);
        let work = if open { Workload::Open(count) } else { Workload::Count(count) };
        Self { next: start, ..Self::new(work, MakeItem::Count(item)) }
    }

    pub(super) fn planned(item: fn(i128) -> I) -> Self {
        Self::new(Workload::Planned, MakeItem::Count(item))
    }

    pub(super) fn budgets(min: f64, max: f64, integer: bool, item: fn(f64, Option<S>) -> I) -> Self {
        let work = Workload::Budgets { min, max, integer };
        Self::new(work, MakeItem::Budget(item))
    }

    /// Trials that report.
    pub(super) fn reporting(work: Workload, item: fn(RunningTrial) -> I) -> Self {
        Self::new(work, MakeItem::Trial(item, Desk::default()))
    }

    /// Where the trials report, if they do.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        if let MakeItem::Trial(_, desk) = &self.item { Some(desk) } else { None }
    }

    /// Keeps what the body returned for the configuration of `job`, for its next rung; the trial has been told.
    pub(crate) fn keep(&mut self, job: &Job, state: Option<S>) {
        if let (Some(files), Some(before)) = (&self.files, job.before) {
            files.forget(before);
        }
        self.has_states |= state.is_some();
        self.states.extend(state.map(|state| (job.configuration, state)));
    }

    /// Keeps the states in files besides.
    pub(crate) fn kept_in(self, files: Files<S>) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Where the states are kept besides.
    pub(crate) fn files(&self) -> Option<&Files<S>> {
        self.files.as_ref()
    }

    /// Runs the turns of a sweep that has begun.
    pub(crate) fn begin(&mut self, engine: &Engine) {
        if let Some(files) = &mut self.files {
            files.name(engine.study_name().unwrap_or("sweep"));
        }
    }

    /// Says what a person should know of the states.
    pub(crate) fn finish(&self, engine: &mut Engine) {
        if self.has_states && self.anew > 0 {
            let (anew, plural) = (self.anew, if self.anew == 1 { "" } else { "s" });
            engine.note(format!(
                "{anew} resumed configuration{plural} began anew, as the state from before was not there; `checkpoint = \"directory\"` \
                 keeps states"
            ));
        }
    }

    /// The state of the configuration of `job`; forgets those that no rung will ask for.
    fn state(&mut self, engine: &mut Engine, job: &Job) -> Option<S> {
        if self.states.is_empty() && self.files.is_none() {
            self.anew += usize::from(job.before.is_some());
            return None;
        }
        for configuration in engine.retired() {
            self.states.remove(&configuration);
            if let (Some(files), Some(number)) = (&self.files, engine.last_of(configuration)) {
                files.forget(number);
            }
        }
        let before = job.before?;
        let state = self.states.remove(&job.configuration);
        let state = state.or_else(|| match self.files.as_ref()?.load(before) {
            Ok(state) => Some(state),
            Err(error) => {
                engine.note(format!("the state of trial {before} cannot be read: {error}"));
                None
            }
        });
        self.anew += usize::from(state.is_none());
        state
    }

    /// The item for the trial of `job`, with the state of its configuration; forgets those that no rung will ask for.
    pub(crate) fn item(&mut self, engine: &mut Engine, job: &Job) -> I {
        let state = self.state(engine, job);
        // In a study, trials of earlier runs and of other processes are counted too.
        let index = if engine.study_name().is_some() { self.next + job.number as i128 } else { self.next };
        self.next += i128::from(engine.study_name().is_none());
        match &self.item {
            MakeItem::Count(item) => item(index),
            MakeItem::Budget(item) => item(job.resources.unwrap_or(f64::NAN), state),
            MakeItem::Trial(item, desk) => item(RunningTrial::new(job.number, desk.clone())),
        }
    }
}
