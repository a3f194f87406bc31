//! Sweeps that run one trial for each configuration.

use std::borrow::Cow;
use std::error::Error;
use std::mem;

use crate::sampler::{Sampler, Setup};
use crate::scheduler::batches::Batches;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::{Scheduler, Step, View, Workload};
use crate::sweep::StopReason;
use crate::trial::Record;

/// Runs one trial for each configuration, in the order of the sampler's proposals.
#[derive(Debug)]
pub(crate) struct SingleFidelity<S> {
    sampler: S,
    batches: Batches,
    /// The batch size, if it overrides that of the sampler.
    batch: Option<usize>,
    /// The number of trials left.
    left: u64,
    plan: Plan,
    /// Whether points to try first come before the sampler's own trials, so that no plan loses any of its points.
    comes_after: bool,
    is_planned: bool,
    dedup: Dedup,
}

/// The arguments with which the sampler is prepared.
#[derive(Clone, Debug)]
struct Plan {
    work: Workload,
    /// The size of the batches, unless the sampler sets it itself.
    batch: usize,
    /// The number of configurations tried before the first that the sampler proposes.
    ahead: usize,
    /// The number of that first configuration.
    first: usize,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The trials of a study are still being read; for each, the list says whether others were running at its start.
    Reading(Vec<bool>),
    Ready,
    /// Another process has started trials since the sampler was prepared.
    Outdated,
}

impl<S: Sampler> SingleFidelity<S> {
    pub(crate) fn new(sampler: S) -> Self {
        let stage = Stage::Reading(Vec::new());
        Self {
            sampler,
            batches: Batches::default(),
            batch: None,
            left: 0,
            plan: Plan { work: Workload::Planned, batch: 0, ahead: 0, first: 0, stage },
            comes_after: false,
            is_planned: false,
            dedup: Dedup::default(),
        }
    }

    /// Sets the size of the batches.
    pub(crate) fn batch(self, batch: Option<usize>) -> Self {
        Self { batch, ..self }
    }

    /// Returns whether trials run in batches, each after all trials of the one before are closed.
    pub(crate) fn is_in_batches(&self) -> bool {
        self.batches.any()
    }

    /// Whether the head asks for all that the sampler plans: `for i in ..`.
    fn is_whole_plan(&self) -> bool {
        self.is_planned && self.plan.work == Workload::Planned
    }

    /// Prepares the sampler for the history so far; returns how many trials it will still propose, if they are limited.
    fn prepare_sampler(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let Plan { work, ahead, first, .. } = self.plan;
        let asked = if let Workload::Count(count) = work { Some(count.saturating_sub(ahead as u64)) } else { None };
        let planned = self.sampler.prepare(&Setup { first, ..view.setup(asked, 0) })?;
        self.plan.stage = Stage::Ready;
        if let (Workload::Planned, Some(planned)) = (work, planned) {
            self.left = planned.saturating_add(view.known.min(ahead) as u64);
        }
        Ok(planned)
    }
}

impl<S: Sampler> Scheduler for SingleFidelity<S> {
    fn name(&self) -> Cow<'_, str> {
        self.sampler.name().into()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.comes_after = !self.sampler.is_adaptive();
        let ahead = if self.comes_after { view.known } else { 0 };
        let first = view.history.configurations() + ahead;
        self.plan = Plan { work, batch, ahead, first, stage: Stage::Reading(Vec::new()) };
        self.dedup.begin(view);
        self.left = match work {
            Workload::Count(most) | Workload::Open(most) => most,
            Workload::Planned | Workload::Budgets { .. } => u64::MAX,
        };
        Ok(None)
    }

    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let Stage::Reading(read) = mem::replace(&mut self.plan.stage, Stage::Ready) else { return Ok(None) };
        let planned = self.prepare_sampler(view)?;
        self.is_planned = planned.is_some();
        // This follows the preparation of the sampler, whose batch size may depend on the space.
        self.batches = self.batch.map_or_else(|| Batches::new(&self.sampler, self.plan.batch), Batches::of);
        for &running in &read {
            self.batches.next(running);
        }
        let wanted = if let Workload::Count(count) = self.plan.work { Some(count) } else { None };
        let done = (read.len() + view.known.min(self.plan.ahead)) as u64;
        Ok(wanted.into_iter().chain(planned.map(|planned| planned.saturating_add(done))).min())
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if matches!(self.plan.stage, Stage::Outdated)
            && let Err(reason) = self.prepare_sampler(view)
        {
            return Step::Fault(reason.to_string());
        }
        if self.left == 0 {
            return Step::Done(StopReason::Planned);
        }
        if !self.batches.next(view.history.running() > 0) {
            return Step::Wait;
        }
        let proposed = if self.comes_after && view.known > 0 {
            Some(view.drawn())
        } else {
            self.dedup.propose(&mut self.sampler, self.is_planned, view)
        };
        match proposed {
            // The whole plan was asked for, and it is shorter by what guards left out, or by points to try first that are among
            // its own.
            None if self.is_whole_plan() && (has_guards(view) || self.plan.ahead > 0) => {
                Step::Done(StopReason::Planned)
            }
            None => Step::Done(StopReason::Exhausted),
            Some(point) => {
                self.left -= 1;
                Step::Start { point, resources: None }
            }
        }
    }

    /// Accepts any trial: samplers learn from trials, whoever proposed them.
    fn replay(&mut self, view: &View<'_>, _: &Record) -> Option<bool> {
        let running = view.history.running() > 0;
        match &mut self.plan.stage {
            Stage::Reading(read) => read.push(running),
            Stage::Ready | Stage::Outdated => {
                self.batches.next(running);
                // Samplers of this crate read the history with each suggestion, and need no second preparation.
                if !self.sampler.is_ours() {
                    self.plan.stage = Stage::Outdated;
                }
            }
        }
        self.left = self.left.saturating_sub(1);
        Some(true)
    }

    fn begun_while_reading(&self) -> usize {
        self.batches.begun()
    }

    fn is_within_batch(&self) -> bool {
        self.batches.is_within()
    }

    fn ready(&mut self, _: &View<'_>) -> u64 {
        self.batches.ready(self.left)
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        self.dedup.note(self.is_whole_plan(), view).into_iter().collect()
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        let size = self.batches.size();
        let is_set = self.batch.is_some() || self.sampler.batch().is_some();
        // A sweep of one batch would not have been faster.
        if is_set || size == 0 || threads <= size || view.history.len() <= size {
            return None;
        }
        // Without what a name says of the trials so far.
        let name = self.sampler.name();
        let name = name.split_once(" (").map_or(name, |(name, _)| name);
        let advice = match self.sampler.batch_setting() {
            Some(new) => format!("; write `{new}.batch({threads})`"),
            None if self.sampler.is_ours() => String::new(),
            None => format!("; let its `batch` return `Some({threads})`"),
        };
        Some(format!("{size} of {threads} threads at work at a time: {name} waits for batches of {size}{advice}"))
    }

    fn is_sampler_ours(&self) -> bool {
        self.sampler.is_ours()
    }
}

fn has_guards(view: &View<'_>) -> bool {
    view.space.axes().iter().any(|axis| !axis.parents().is_empty())
}
