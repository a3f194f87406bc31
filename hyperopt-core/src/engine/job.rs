//! A trial that the engine hands out.

use std::time::Instant;

use crate::space::{Point, Space};

/// A trial that is handed out, with its point. Telling consumes it, so its outcome is recorded only once.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) resources: Option<f64>,
    /// The trial that ran its configuration before, if one did. The point then says which axes are active.
    pub(crate) before: Option<usize>,
    /// The point of the trial, without coordinates along conditional axes until their guards are found to hold.
    pub(super) point: Point,
    /// The point with a coordinate along every axis; `None` where no guard is to be evaluated.
    pub(super) proposed: Option<Point>,
    /// Whether its guards have been evaluated; they are then not evaluated again.
    pub(super) is_settled: bool,
    pub(super) asked: Instant,
}

impl Job {
    /// Makes a job that is no trial, to see which axes of `point` the guards of a space make active.
    pub(crate) fn sketch(space: &Space, mut point: Point) -> Self {
        let proposed = Some(point.clone());
        space.deactivate_conditional(&mut point);
        Self {
            number: 0,
            configuration: 0,
            resources: None,
            before: None,
            point,
            proposed,
            is_settled: false,
            asked: Instant::now(),
        }
    }

    /// Activates `axis`, and returns the point.
    pub(crate) fn activate(&mut self, axis: usize) -> &Point {
        if let Some(proposed) = &self.proposed {
            self.point.follow(axis, proposed);
        }
        &self.point
    }

    /// Returns whether guards decide which of its axes are active.
    pub(crate) fn is_conditional(&self) -> bool {
        self.proposed.is_some()
    }

    /// Ends the evaluation of its guards.
    pub(crate) fn settle(&mut self) {
        (self.proposed, self.is_settled) = (None, true);
    }

    /// Returns the point if its guards have been evaluated, such as in an earlier rung of the configuration.
    pub(crate) fn recorded(&self) -> Option<&Point> {
        (self.before.is_some() || self.is_settled).then_some(&self.point)
    }

    pub(crate) fn point(&self) -> &Point {
        &self.point
    }
}

/// The next step of the engine.
#[derive(Debug)]
pub(crate) enum Next {
    Job(Job),
    /// Waits: no trial can start until a running one has been closed.
    Wait,
    /// Ends: no trial is left.
    Over,
}
