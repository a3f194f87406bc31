use crate::candidates::Integer;

/// Says what to write where a loop without a pruner reports: its item is an integer, which has no such methods.
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

/// What has such methods: nothing that is an integer.
#[diagnostic::on_unimplemented(
    message = "a trial reports only if the sampler has a pruner; without one, the item of the loop is a number",
    label = "the sampler of this sweep has no pruner",
    note = "add a pruner to the sampler: `sampler = RandomSampler::new().pruner(MedianPruner::new())`"
)]
pub trait Reports {}
