//! The head of a loop over budgets whose states are kept on disk.

use std::fmt;

use crate::run::{Checkpoint, Files, LoopRange, TrialItems};
use crate::scheduler::Budgets;

/// The head of a loop over budgets whose states are kept on disk.
#[doc(hidden)]
pub struct Checkpointed<H, S> {
    head: H,
    files: Files<S>,
}

impl<H: fmt::Debug, S> fmt::Debug for Checkpointed<H, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Checkpointed").field(&self.head).field(&self.files).finish()
    }
}

/// Adds the value of `checkpoint = …` to the head.
#[doc(hidden)]
pub fn checkpointed<S, H, C: Checkpoint<S> + Send + Sync + 'static>(head: H, checkpoint: C) -> Checkpointed<H, S> {
    Checkpointed { head, files: Files::new(checkpoint) }
}

/// A kind of work whose trials hand states on.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`checkpoint` is for budgets, and the sampler of this sweep is one for `{Self}`",
    label = "leave `checkpoint` out, or write `for (resources, state) in 1..=81`, with `sampler = Hyperband::new(3.0)`"
)]
pub trait KeepsStates {}

impl KeepsStates for Budgets {}

impl<K: KeepsStates, S, H: LoopRange<K, S>> LoopRange<K, S> for Checkpointed<H, S> {
    type Item = H::Item;

    fn items(self) -> TrialItems<H::Item, S> {
        self.head.items().kept_in(self.files)
    }
}
