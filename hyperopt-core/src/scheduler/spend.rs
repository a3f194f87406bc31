//! A scheduler whose sweep ends once its trials have spent a number of resources.

use std::borrow::Cow;
use std::error::Error;

use crate::history::{History, Spent, is_spent};
use crate::scheduler::{BracketPlace, Scheduler, Step, View, Workload};
use crate::sweep::{StopReason, spent_note};
use crate::trial::Record;

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

impl Spending {
    /// Limits `scheduler` to `limit` resources, from the trial `first` on.
    pub(crate) fn new(mut scheduler: Box<dyn Scheduler>, limit: f64, first: usize) -> Self {
        scheduler.run_until_stopped();
        Self { scheduler, limit, spent: Spent::new(first) }
    }

    fn is_over(&mut self, history: &History) -> bool {
        is_spent(self.spent.count(history), self.limit)
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

    fn identity(&self, work: Workload, batch: usize) -> Option<String> {
        self.scheduler.identity(work, batch)
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
        let spent = self.spent_note(view);
        self.scheduler.notes(view).into_iter().chain(spent).collect()
    }

    fn spent_note(&mut self, view: &View<'_>) -> Option<String> {
        let spent = self.spent.count(view.history);
        is_spent(spent, self.limit).then(|| spent_note(spent, self.limit))
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        self.scheduler.idle_note(view, threads)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.scheduler.retired()
    }
}
