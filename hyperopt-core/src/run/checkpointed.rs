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

#[diagnostic::do_not_recommend]
impl<S, H: LoopRange<Budgets, S>> LoopRange<Budgets, S> for Checkpointed<H, S> {
    type Item = H::Item;

    fn items(self) -> TrialItems<H::Item, S> {
        self.head.items().kept_in(self.files)
    }
}
