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
    message = "a trial reports only where the sampler has a pruner; this is the loop's number",
    label = "the sampler of this sweep has no pruner",
    note = "write `sampler = RandomSampler::new().pruner(MedianPruner::new())`, or whichever sampler and pruner it is"
)]
pub trait Reports {}
