//! The values of a new trial.

use crate::candidates::Dimension;
use crate::engine::Job;
use crate::space::Point;

/// Proposes the values of a new trial, one hyperparameter after the other.
#[derive(Debug)]
pub struct Suggest<'a> {
    job: &'a mut Job,
    /// The axis whose value is being decoded: decoding clones a candidate, which runs user code.
    decoding: Option<usize>,
}

impl<'a> Suggest<'a> {
    pub(crate) fn new(job: &'a mut Job) -> Self {
        Self { job, decoding: None }
    }

    /// Returns the value of the trial along `axis`, which becomes active.
    pub fn value<V: Clone>(&mut self, axis: usize, dimension: &Dimension<V>) -> V {
        let point = self.job.activate(axis);
        self.decoding = Some(axis);
        let value = dimension.decode_at(point, axis);
        self.decoding = None;
        value
    }

    /// Returns the number of the trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.job.number
    }

    /// Returns the number of the trial's configuration: see [`Trial::configuration`](crate::Trial::configuration).
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.job.configuration
    }

    /// Returns the resources of the trial, as the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.job.resources
    }

    /// Returns the point of the trial if its configuration was run before: its guards have been evaluated and are not
    /// evaluated again.
    #[must_use]
    pub fn recorded(&self) -> Option<&Point> {
        self.job.recorded()
    }

    /// Returns the axis whose candidate panicked when it was cloned, if one did.
    pub(crate) fn panicked_at(&self) -> Option<usize> {
        self.decoding
    }
}
