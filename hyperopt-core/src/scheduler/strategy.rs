//! Strategies, whose types decide which heads a sampler can drive.

use crate::sampler::Sampler;
use crate::scheduler::{Scheduler, SingleFidelity, Trials};
use std::marker::PhantomData;

/// The value of `sampler = …`, a sampler or a scheduler.
///
/// A [`Sampler`] counts trials; a scheduler such as [`Hyperband`](crate::Hyperband) gives them budgets; with a
/// [pruner](crate::WithPruner::pruner), trials report and may be pruned. The kind decides at compile time which ranges the head
/// of the loop may have: see [`LoopRange`](crate::LoopRange).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sampler",
    label = "expected a sampler such as `RandomSampler::new()` or `Hyperband::new(3.0)`",
    note = "a pruner is added to a sampler: `RandomSampler::new().pruner(MedianPruner::new())`",
    note = "a sampler of your own implements the trait `Sampler`"
)]
pub trait Strategy {
    /// The kind: [`Trials`], [`Budgets`](crate::Budgets), or trials under [`Pruning`](crate::Pruning).
    type Kind;

    /// Returns the scheduler that hands out the trials.
    #[doc(hidden)]
    fn scheduler(self) -> Box<dyn Scheduler>;
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static> Strategy for S {
    type Kind = Trials;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(SingleFidelity::new(self))
    }
}

/// A type-erased sampler, of which only the kind is known, so that a value that is not a sampler is reported once.
#[doc(hidden)]
#[derive(Debug)]
pub struct Chosen<K> {
    scheduler: Box<dyn Scheduler>,
    kind: PhantomData<fn() -> K>,
}

impl<K> Chosen<K> {
    pub(crate) fn new(sampler: impl Strategy<Kind = K>) -> Self {
        Self { scheduler: sampler.scheduler(), kind: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<K> Strategy for Chosen<K> {
    type Kind = K;

    fn scheduler(self) -> Box<dyn Scheduler> {
        self.scheduler
    }
}
