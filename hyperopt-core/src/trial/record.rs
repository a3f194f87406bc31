//! A trial as a study records it.

use std::borrow::Cow;

use crate::space::Point;
use crate::trial::{Stretch, Trial};

/// A trial as a study records it: one entry of its log.
///
/// In a sweep with budgets it is one rung of a configuration.
///
/// ```
/// use std::time::Duration;
///
/// use hyperopt_core::study::Record;
/// use hyperopt_core::{Outcome, Point, State, Trial};
///
/// let mut trial = Trial::running(4, 4, None, Point::from(vec![0.25, 0.5]));
/// trial.close(Outcome::value(0.31), Duration::from_secs(2));
/// let record = Record::new(trial).names(["loss"]).closed_after(7);
/// assert_eq!((record.trial.number(), record.trial.state()), (4, State::Complete));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// The trial. Coordinates of its point that are inactive or, in a trial that waits, still open, are `None`.
    ///
    /// A waiting trial is recorded as a running one. A trial that another program runs, without heartbeats, is recorded as a
    /// cancelled one.
    pub trial: Trial,
    /// The point with a coordinate along every axis, before guards were evaluated; `None` where no axis is conditional.
    pub proposed: Option<Point>,
    /// The names of the objectives; empty where they have none.
    pub names: Vec<Cow<'static, str>>,
    /// The number of trials in the sweep when this one was closed; `None` if it is unknown.
    pub closed_after: Option<usize>,
    /// The time in which the process that closed the trial worked on the sweep; `None` if it is unknown.
    pub stretch: Option<Stretch>,
}

impl Record {
    /// Makes a record of `trial`; all other fields are empty.
    #[must_use]
    pub fn new(trial: Trial) -> Self {
        Self { trial, proposed: None, names: Vec::new(), closed_after: None, stretch: None }
    }

    /// Sets the point before guards were evaluated.
    #[must_use]
    pub fn proposed(mut self, point: impl Into<Option<Point>>) -> Self {
        self.proposed = point.into();
        self
    }

    /// Sets the names of the objectives.
    #[must_use]
    pub fn names<N: Into<Cow<'static, str>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the number of trials in the sweep when this one was closed.
    #[must_use]
    pub fn closed_after(mut self, trials: impl Into<Option<usize>>) -> Self {
        self.closed_after = trials.into();
        self
    }

    /// Sets the time in which the process that closed the trial worked on the sweep.
    #[must_use]
    pub fn stretch(mut self, stretch: impl Into<Option<Stretch>>) -> Self {
        self.stretch = stretch.into();
        self
    }
}
