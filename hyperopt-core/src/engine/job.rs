//! A trial that the engine hands out.

use std::time::Instant;

use crate::space::Point;

/// A trial that is handed out, with its point. It is told by value, so it is told once.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) resources: Option<f64>,
    /// The trial that ran its configuration before, if one did: the point says then which axes are active.
    pub(crate) before: Option<usize>,
    /// Its point: without coordinates along conditional axes until their guards are found to hold.
    pub(super) point: Point,
    /// The point with a coordinate along every axis; `None` where no guard is to be evaluated.
    pub(super) proposed: Option<Point>,
    /// Whether its guards have been evaluated, and are not to be again.
    pub(super) is_settled: bool,
    pub(super) asked: Instant,
}

impl Job {
    /// The coordinate along `axis`, which is active from now on.
    pub(crate) fn activate(&mut self, axis: usize) -> f64 {
        if let Some(proposed) = &self.proposed {
            self.point.set(axis, proposed.unit(axis));
        }
        self.point.unit(axis)
    }

    /// Whether guards decide which of its axes are active.
    pub(crate) fn is_conditional(&self) -> bool {
        self.proposed.is_some()
    }

    /// Ends the evaluation of its guards.
    pub(crate) fn settle(&mut self) {
        (self.proposed, self.is_settled) = (None, true);
    }

    /// The point, if its guards have been evaluated: in an earlier rung of the configuration, for one.
    pub(crate) fn recorded(&self) -> Option<&Point> {
        (self.before.is_some() || self.is_settled).then_some(&self.point)
    }

    pub(crate) fn point(&self) -> &Point {
        &self.point
    }
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
