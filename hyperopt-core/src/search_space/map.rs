//! A space whose parameters are mapped by a function.

/// A space whose parameters are mapped by a function; made by [`SearchSpace::map`](crate::SearchSpace::map).
#[derive(Debug)]
pub struct Map<S, F> {
    pub(super) space: S,
    pub(super) f: F,
}
