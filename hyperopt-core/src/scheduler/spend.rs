//! A scheduler whose sweep ends once its trials have spent a number of resources.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;

use crate::history::History;
use crate::scheduler::{BracketPlace, Scheduler, Step, View, Workload};
use crate::sweep::{StopReason, spent_note};
use crate::trial::Record;

/// The share of the limit by which sums of rounded numbers may miss it.
const TOLERANCE: f64 = 1e-9;

/// A scheduler whose sweep ends once its trials have spent a number of resources.
///
/// A trial spends its resources when it starts, minus those that its configuration has had before, whatever its outcome is. So
/// the end depends neither on the threads nor on which trial is closed first.
#[derive(Debug)]
pub(crate) struct Spending {
    scheduler: Box<dyn Scheduler>,
    limit: f64,
    spent: Spent,
}

/// The resources that the trials so far have spent.
#[derive(Debug, Default)]
struct Spent {
    /// The number of the first trial that counts.
    first: usize,
    /// The number of trials that have been counted.
    counted: usize,
    resources: f64,
    /// The resources that each configuration has had.
    had: HashMap<usize, f64>,
}

impl Spending {
    /// Limits `scheduler` to `limit` resources, from the trial `first` on.
    pub(crate) fn new(mut scheduler: Box<dyn Scheduler>, limit: f64, first: usize) -> Self {
        scheduler.run_until_stopped();
        Self { scheduler, limit, spent: Spent::new(first) }
    }

    fn is_over(&mut self, history: &History) -> bool {
        self.spent.count(history);
        self.spent.resources >= self.limit * (1.0 - TOLERANCE)
    }
}

impl Spent {
    fn count(&mut self, history: &History) {
        let new = &history.trials()[self.counted.min(history.len())..];
        for trial in new {
            let Some(resources) = trial.resources() else { continue };
            let had = self.had.entry(trial.configuration()).or_default();
            if trial.number() >= self.first {
                self.resources += (resources - *had).max(0.0);
            }
            *had = had.max(resources);
    fn identity(&self, work: Workload, batch: usize) -> Option<String> {
        self.scheduler.identity(work, batch)
    }

        }
        self.counted = history.len();
    }

    /// Forgets the trials counted so far, of which the last was taken back.
    fn recount(&mut self) {
        *self = Self { first: self.first, ..Self::default() };
    }
}

impl Scheduler for Spending {
    fn name(&self) -> Cow<'_, str> {
        self.scheduler.name()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        // How many trials the limit allows depends on the promotions.
        self.scheduler.prepare(view, work, batch).map(|_| None)
    }

    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.scheduler.begin(view).map(|_| None)
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if self.is_over(view.history) { Step::Done(StopReason::Spent) } else { self.scheduler.next(view) }
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.scheduler.replay(view, record)
    }

    fn depends_on(&self) -> Option<&'static str> {
        self.scheduler.depends_on()
    }

    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        self.spent.recount();
        self.scheduler.retract(view, number)
    }

    fn is_within_batch(&self) -> bool {
        self.scheduler.is_within_batch()
    }

    fn begun_while_reading(&self) -> usize {
        self.scheduler.begun_while_reading()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        // The next step ends the sweep.
        if self.is_over(view.history) { 1 } else { self.scheduler.ready(view) }
    }

    fn place(&self) -> Option<BracketPlace> {
        self.scheduler.place()
    }

    fn should_prune(&mut self, view: &View<'_>, number: usize) -> bool {
        self.scheduler.should_prune(view, number)
    }

    fn is_sampler_ours(&self) -> bool {
        self.scheduler.is_sampler_ours()
    }

    fn is_pruner_ours(&self) -> bool {
        self.scheduler.is_pruner_ours()
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let is_over = self.is_over(view.history);
        let mut notes = self.scheduler.notes(view);
        if is_over {
            let (limit, spent) = (number(self.limit), number(self.spent.resources));
            notes.push(format!("spend: the sweep ended as its trials had spent {spent} of {limit} resources"));
        }
        notes
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        self.scheduler.idle_note(view, threads)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.scheduler.retired()
    }
}
