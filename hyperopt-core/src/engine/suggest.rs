//! Gives a new trial its values.

use crate::candidates::Dimension;
use crate::engine::{Engine, Job};
use crate::space::Point;

/// Gives a new trial its values, one hyperparameter after the other.
#[derive(Debug)]
pub struct Suggest<'a> {
    pub(crate) engine: &'a mut Engine,
    pub(crate) job: &'a Job,
}

impl Suggest<'_> {
    /// The value of the trial along `axis`.
    pub fn value<V: Clone>(&mut self, axis: usize, dimension: &Dimension<V>) -> V {
        dimension.decode(self.engine.value(self.job, axis))
    }

    /// The number of the trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.job.number
    }

    /// The number of its configuration: see [`Trial::configuration`](crate::Trial::configuration).
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.job.configuration
    }

    /// The point of the trial, if its configuration has been run before: no guard is evaluated again.
    #[must_use]
    pub fn recorded(&self) -> Option<&Point> {
        self.job.before.map(|_| self.engine.point(self.job))
    }
}
