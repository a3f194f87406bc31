//! The compiler's advice for a loop without a pruner that reports or asks whether to prune.

use crate::candidates::Integer;

/// Gives integers the methods of a running trial, with an unmet bound whose error says how to add a pruner.
pub trait WithoutPruner: Integer {
    #[doc(hidden)]
    fn report(&self, _: impl Sized, _: impl Sized)
    where
        Self: Reports,
    {
    }

    #[doc(hidden)]
    fn should_prune(&self) -> bool
    where
        Self: Reports,
    {
        false
    }
}

impl<T: Integer> WithoutPruner for T {}

/// The unmet bound; no type implements it.
#[diagnostic::on_unimplemented(
    message = "a trial reports only if the sampler has a pruner; without one, the item of the loop is a number",
    label = "the sampler of this sweep has no pruner",
    note = "add a pruner to the sampler: `sampler = RandomSampler::new().pruner(MedianPruner::new())`"
)]
pub trait Reports {}
