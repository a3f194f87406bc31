//! The values of a new trial.

use crate::candidates::Dimension;
use crate::engine::Job;
use crate::space::Point;

/// Gives a new trial its values, one hyperparameter after the other.
#[derive(Debug)]
pub struct Suggest<'a> {
    job: &'a mut Job,
    /// The axis whose value is being made: candidates are cloned, which is code of the user's.
    decoding: Option<usize>,
}

impl<'a> Suggest<'a> {
    pub(crate) fn new(job: &'a mut Job) -> Self {
        Self { job, decoding: None }
    }

    /// Returns the value of the trial along `axis`, which becomes active.
    pub fn value<V: Clone>(&mut self, axis: usize, dimension: &Dimension<V>) -> V {
        let unit = self.job.activate(axis);
        self.decoding = Some(axis);
        let value = dimension.decode(unit);
        self.decoding = None;
        value
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

    /// The resources that the trial is given, the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.job.resources
    }

    /// The point of the trial, if its guards have been evaluated, as those of a configuration that was run
    /// before: they are not evaluated again.
    #[must_use]
    pub fn recorded(&self) -> Option<&Point> {
        self.job.recorded()
    }

    /// The axis whose candidate panicked when it was cloned, once something has panicked.
    pub(crate) fn panicked_at(&self) -> Option<usize> {
        self.decoding
    }
}
