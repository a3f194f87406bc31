//! A trial that the engine hands out.

use crate::space::Point;

/// A trial that is handed out.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) resources: Option<f64>,
    /// The trial that ran its configuration before, if one did: the point says then which axes are active.
    pub(crate) before: Option<usize>,
    /// The point as proposed, conditional axes included: their guards are still to be evaluated.
    pub(super) proposed: Option<Point>,
}

/// What the engine has to hand out.
#[derive(Debug)]
pub(crate) enum Next {
    Job(Job),
    /// Nothing until a running trial has been closed.
    Wait,
    /// Nothing any more.
    Over,
}
