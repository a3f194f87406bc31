use std::borrow::Cow;
use std::error::Error;

use crate::sampler::{Sampler, Setup};
use crate::scheduler::batches::Batches;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::{Scheduler, Step, View, Workload};
use crate::sweep::StopReason;
use crate::trial::Record;

/// One trial for each configuration, as the sampler proposes them.
#[derive(Debug)]
pub(crate) struct SingleFidelity<S> {
    sampler: S,
    batches: Batches,
    /// The size of the batches, whatever the sampler says.
    batch: Option<usize>,
    /// How many trials are still wanted.
    left: u64,
    /// Whether what is tried first comes before the sampler's own trials, so that no plan loses any of its points.
    comes_after: bool,
    is_planned: bool,
    repeats: Dedup,
}

impl<S: Sampler> SingleFidelity<S> {
    pub(crate) fn new(sampler: S) -> Self {
        Self {
            sampler,
            batches: Batches::default(),
            batch: None,
            left: 0,
            comes_after: false,
            is_planned: false,
            repeats: Dedup::default(),
        }
    }

    /// Sets the size of the batches.
    pub(crate) fn batch(self, batch: Option<usize>) -> Self {
        Self { batch, ..self }
    }

    /// Whether no trial starts before all of the batch before are closed.
    pub(crate) fn is_in_batches(&self) -> bool {
        self.batches.any()
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
        let wanted = if let Workload::Count(count) = work { Some(count) } else { None };
        self.comes_after = !self.sampler.is_adaptive();
        let ahead = if self.comes_after { view.known } else { 0 };
        let asked = wanted.map(|wanted| wanted.saturating_sub(ahead as u64));
        let planned = self.sampler.prepare(&Setup { ahead, ..view.setup(asked, 0) })?;
        self.is_planned = planned.is_some();
        self.repeats.begin(view);
        let planned = planned.map(|planned| planned.saturating_add(ahead as u64));
        // After `prepare`: the size of a batch may depend on the space.
        self.batches = self.batch.map_or_else(|| Batches::new(&self.sampler, batch), Batches::of);
        self.left = match work {
            Workload::Count(most) | Workload::Open(most) => most,
            Workload::Planned | Workload::Budgets { .. } => planned.unwrap_or(u64::MAX),
        };
        Ok(wanted.into_iter().chain(planned).min())
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if self.left == 0 {
            return Step::Done(StopReason::Planned);
        }
        if !self.batches.next(view.history.running() > 0) {
            return Step::Wait;
        }
        let proposed = if self.comes_after && view.known > 0 {
            Some(view.drawn())
        } else {
            self.repeats.propose(&mut self.sampler, self.is_planned, view)
        };
        match proposed {
            None => Step::Done(StopReason::Exhausted),
            Some(point) => {
                self.left -= 1;
                Step::Start { point, resources: None }
            }
        }
    }

    /// Any trial will do: samplers learn from what was tried, whoever proposed it.
    fn replay(&mut self, view: &View<'_>, _: &Record) -> Option<bool> {
        self.batches.next(view.history.running() > 0);
        self.left = self.left.saturating_sub(1);
        Some(true)
    }

    fn is_within_batch(&self) -> bool {
        self.batches.is_within()
    }

    fn ready(&mut self, _: &View<'_>) -> u64 {
        self.batches.ready(self.left)
    }
}
