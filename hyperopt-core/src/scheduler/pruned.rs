//! Trials that a pruner may end early.

use std::borrow::Cow;
use std::error::Error;

use crate::pruner::{Compared, Pruned, Pruner};
use crate::sampler::Sampler;
use crate::scheduler::{Pruning, Scheduler, SingleFidelity, Step, Strategy, View, Workload};
use crate::trial::Record;

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static, P> Strategy for Pruned<S, P> {
    type Kind = Pruning;

    fn scheduler(self) -> Box<dyn Scheduler> {
        let pruner = (self.boxed)(self.pruner);
        let trials = SingleFidelity::new(self.sampler).batch(self.batch);
        Box::new(PrunedTrials { trials, pruner, compared: 0 })
    }
}

/// The trials of a sampler, each of which a pruner may end early.
#[derive(Debug)]
struct PrunedTrials<S> {
    trials: SingleFidelity<S>,
    pruner: Box<dyn Pruner>,
    /// In batches, the number of trials that were closed when the present batch began.
    compared: usize,
}

impl<S: Sampler> Scheduler for PrunedTrials<S> {
    fn name(&self) -> Cow<'_, str> {
        format!("{} with {}", self.trials.name(), self.pruner.name()).into()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if let goals @ 2.. = view.goals.as_slice().len() {
            let reason = "gives trials up by one value that they report";
            return Err(format!("{reason}, and there are {goals} goals; give one, or leave out the pruner").into());
        }
        self.pruner.check()?;
        self.trials.prepare(view, work, batch)
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if view.history.running() == 0 {
            self.compared = view.history.len();
        }
        self.trials.next(view)
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        if view.history.running() == 0 {
            self.compared = view.history.len();
        }
        self.trials.replay(view, record)
    }

    fn begun_while_reading(&self) -> usize {
        self.trials.begun_while_reading()
    }

    fn is_within_batch(&self) -> bool {
        self.trials.is_within_batch()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.trials.ready(view)
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        self.trials.notes(view)
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        self.trials.idle_note(view, threads)
    }

    fn is_sampler_ours(&self) -> bool {
        self.trials.is_sampler_ours()
    }

    fn is_pruner_ours(&self) -> bool {
        self.pruner.is_ours()
    }

    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.trials.begin(view)
    }

    fn should_prune(&mut self, view: &View<'_>, number: usize) -> bool {
        let history = view.history;
        let count = if self.trials.is_in_batches() { self.compared } else { history.len() };
        self.pruner.prune_among(Compared::new(history, count), &history.trials()[number], view.goal)
    }
}
