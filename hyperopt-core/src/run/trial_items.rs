//! The items that a loop takes from its range, one for each trial.

use std::sync::Arc;

use crate::engine::{Engine, Job, SharedEngine, Suggest};
use crate::run::{Files, Owner, RunningTrial, States};
use crate::scheduler::Workload;

/// The work that the head of a loop asks for, and how an item for its pattern is made.
#[derive(Debug)]
pub struct TrialItems<I, S> {
    pub(crate) work: Workload,
    /// The item of the first trial.
    start: i128,
    /// The number of trials before this sweep: those of an earlier sweep are not counted by the range, those of a study
    /// are.
    first: usize,
    item: MakeItem<I, S>,
    /// The engine that the trials report to, if they do.
    shared: Option<Arc<SharedEngine>>,
    files: Option<Files<S>>,
}

#[derive(Debug)]
enum MakeItem<I, S> {
    Count(fn(i128) -> I),
    Budget(fn(f64, Option<S>) -> I),
    Trial(fn(RunningTrial) -> I),
}

impl<I, S> TrialItems<I, S> {
    fn new(work: Workload, item: MakeItem<I, S>) -> Self {
        Self { work, start: 0, first: 0, item, shared: None, files: None }
    }

    pub(super) fn count(start: i128, end: i128, open: bool, item: fn(i128) -> I) -> Self {
        let count = u64::try_from((end - start).max(0)).unwrap_or(u64::MAX);
        let work = if open { Workload::Open(count) } else { Workload::Count(count) };
        Self { start, ..Self::new(work, MakeItem::Count(item)) }
    }

    pub(super) fn planned(item: fn(i128) -> I) -> Self {
        Self::new(Workload::Planned, MakeItem::Count(item))
    }

    pub(super) fn budgets(min: f64, max: f64, integer: bool, item: fn(f64, Option<S>) -> I) -> Self {
        Self::new(Workload::Budgets { min, max, integer }, MakeItem::Budget(item))
    }

    /// Makes items of trials that report.
    pub(super) fn reporting(work: Workload, item: fn(RunningTrial) -> I) -> Self {
        Self { shared: Some(Arc::default()), ..Self::new(work, MakeItem::Trial(item)) }
    }

    /// Keeps the states in `files` too.
    pub(crate) fn kept_in(self, files: Files<S>) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Returns the engine that the trials report to, if they do.
    pub(crate) fn shared(&self) -> Option<&Arc<SharedEngine>> {
        self.shared.as_ref()
    }

    /// Makes the trials report to `engine`, in every kind of loop.
    pub(crate) fn reporting_to(self, engine: Arc<SharedEngine>) -> Self {
        Self { shared: Some(engine), ..self }
    }

    /// Reads the first number from `engine`, which has begun; returns the place for the states. The engine fails if another
    /// study keeps its states there.
    pub(crate) fn begin(&mut self, engine: &mut Engine) -> States<S> {
        self.first = if engine.study_name().is_some() { 0 } else { engine.sweep().history().len() };
        if self.files.is_some() && engine.study_name().is_none() && engine.sweep().error().is_none() {
            let message = "checkpoint: the states are written to files, which only a study reads again; write `study = …` \
                           too, or leave `checkpoint` out";
            engine.note(message.to_owned());
        }
        if let Some(files) = &mut self.files
            && engine.sweep().error().is_none()
        {
            let sweep = engine.sweep();
            let owner = Owner {
                study: engine.study_name(),
                place: engine.study_place(),
                seed: sweep.seed(),
                space: sweep.space(),
                is_new: sweep.history().is_empty(),
            };
            if let Err(reason) = files.claim(&owner) {
                engine.fail(engine.study_error(&reason));
            }
        }
        States::new(self.files.take())
    }

    /// Makes the item for the trial of `job`, with the state of its configuration.
    ///
    /// # Panics
    ///
    /// Never panics: a loop whose items are trials has an engine that they report to.
    pub(crate) fn item(&self, job: &mut Job, state: Option<S>) -> I {
        match &self.item {
            MakeItem::Count(item) => item(self.start + job.number as i128 - self.first as i128),
            MakeItem::Budget(item) => item(job.resources.unwrap_or(f64::NAN), state),
            MakeItem::Trial(item) => {
                let engine = self.shared.as_ref().expect("trials report to an engine");
                item(RunningTrial::new(&Suggest::new(job), engine))
            }
        }
    }
}
