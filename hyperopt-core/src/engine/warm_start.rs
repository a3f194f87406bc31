//! What is known before the first trial.

use std::collections::VecDeque;

use crate::space::{Point, Space};
use crate::sweep::is_at;

/// What is known before the first trial.
#[derive(Debug)]
pub(crate) struct WarmStart {
    /// What is to be tried first, in order: NaN along axes that are left to the sampler.
    pub(super) known: VecDeque<Point>,
    /// What was known of the configuration that was started last.
    pub(super) taken: Option<Point>,
    /// The best points of an earlier sweep, best first, in the coordinates of this one.
    pub(super) transferred: Vec<Point>,
    /// Whether a grid's points may come again before all have been tried.
    pub(super) repeats: bool,
}

impl WarmStart {
    /// Takes `point` off the points to try first, if it is one of them: another process has tried it.
    pub(super) fn tried(&mut self, space: &Space, point: &Point) {
        if let Some(index) = self.known.iter().position(|known| is_at(space, known, point)) {
            self.known.remove(index);
        }
    }
}
