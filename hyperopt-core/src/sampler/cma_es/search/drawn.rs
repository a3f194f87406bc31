//! A configuration as the distributions give it, and what a trial was of that.

use crate::trial::Trial;

/// What a trial was.
#[derive(Clone, Copy, Debug)]
pub(super) enum Recalled<'h> {
    /// What the distributions give.
    Own,
    /// An even draw, no better than the earlier trial whose point would have been repeated.
    Repeat(&'h Trial),
    /// A better one.
    Better,
    /// Anything else.
    Foreign,
}

/// A configuration as it is drawn from the distributions.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) direction: Vec<f64>,
    pub(super) step: Vec<f64>,
    pub(super) place: Vec<f64>,
    pub(super) levels: Vec<usize>,
}
