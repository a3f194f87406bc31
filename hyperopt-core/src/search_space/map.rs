//! A space with what a function makes of its parameters.

/// A space with what a function makes of its parameters; made by [`SearchSpace::map`].
#[derive(Debug)]
pub struct Map<S, F> {
    pub(super) space: S,
    pub(super) f: F,
}
