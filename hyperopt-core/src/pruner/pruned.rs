//! A sampler with a pruner.

use crate::pruner::Pruner;
use crate::sampler::Sampler;

/// Adds a pruner to any sampler.
///
/// ```
/// use hyperopt_core::{MedianPruner, RandomSampler, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(MedianPruner::new());
/// ```
pub trait WithPruner: Sampler + Sized {
    /// Adds a pruner, so that trials report while they run and unpromising ones are pruned. The item of the loop is then a
    /// [`RunningTrial`](crate::RunningTrial).
    fn pruner<P: Pruner + 'static>(self, pruner: P) -> Pruned<Self, P> {
        Pruned::new(self, pruner)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler> WithPruner for S {}

/// A sampler with a pruner; made by [`WithPruner::pruner`].
#[derive(Clone, Debug)]
pub struct Pruned<S, P> {
    pub(crate) sampler: S,
    pub(crate) pruner: P,
    /// Boxes the pruner; set where its type is known to be a pruner, so that a value that is not one is reported once.
    pub(crate) boxed: fn(P) -> Box<dyn Pruner>,
    pub(crate) batch: Option<usize>,
}

impl<S: Sampler, P: Pruner + 'static> Pruned<S, P> {
    fn new(sampler: S, pruner: P) -> Self {
        Self { sampler, pruner, boxed: |pruner| Box::new(pruner), batch: None }
    }

    /// Sets the batch size, which is the number of trials that start before all of them must have finished. In batches, a trial
    /// is compared with those of earlier batches alone, so that one seed gives one history on any number of threads.
    ///
    /// By default, a sampler that learns proposes in the batches that it would have without a pruner. A sampler that does not
    /// learn never waits, and in the parallel macros its history then depends on timing. With 0, no sampler waits.
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.batch = Some(trials);
        self
    }
}
