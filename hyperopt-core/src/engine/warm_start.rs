//! Knowledge from before the first trial: points to try first, and points of an earlier sweep.

use std::collections::VecDeque;

use crate::space::{Point, Space};
use crate::sweep::is_at;

/// Knowledge from before the first trial: points to try first, and points of an earlier sweep.
#[derive(Debug)]
pub(crate) struct WarmStart {
    /// The points to try first, in order: NaN along axes that are left to the sampler.
    pub(super) known: VecDeque<Point>,
    /// The known coordinates of the configuration that was started last.
    pub(super) taken: Option<Point>,
    /// The best points of an earlier sweep, best first, in the coordinates of this one.
    pub(super) transferred: Vec<Point>,
    /// Whether points may repeat where all axes have levels.
    pub(super) repeats: bool,
}

impl WarmStart {
    /// Removes `point` from the points to try first if it is one of them: another process has tried it.
    pub(super) fn tried(&mut self, space: &Space, point: &Point) {
        if let Some(index) = self.known.iter().position(|known| is_at(space, known, point)) {
            self.known.remove(index);
        }
    }
}
