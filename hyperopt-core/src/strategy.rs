//! Which heads a sampler can drive, decided by types.

use crate::sampler::Sampler;

/// What can stand behind `sampler =`, and the kind of work it hands out.
///
/// Every [`Sampler`] counts trials. The kind decides, when the program is compiled, which ranges may stand in the head of
/// the loop: see [`Head`](crate::Head).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sampler",
    label = "expected a sampler such as `RandomSampler::new()` or `GridSampler::new()`",
    note = "a sampler of your own implements the trait `Sampler`"
)]
pub trait Strategy {
    /// What the loop counts.
    type Kind;
}

#[diagnostic::do_not_recommend]
impl<S: Sampler> Strategy for S {
    type Kind = Trials;
}

/// The kind of samplers that are asked for one trial after the other, in a loop that counts them.
#[derive(Clone, Copy, Debug)]
pub struct Trials;
