use std::borrow::Cow;
use std::time::Duration;

use crate::space::Point;
use crate::trial::{Metric, Outcome, State, Trial};

/// A trial as a study keeps it: one entry of its log.
///
/// In a sweep with budgets it is one rung of a configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number in the sweep, from 0, without gaps.
    pub number: usize,
    /// The number of its configuration, from 0, without gaps; that of the trial in a sweep without budgets.
    pub configuration: usize,
    /// The resources that it was given; `None` in a sweep without budgets.
    pub resources: Option<f64>,
    /// Its place in the unit cube, one coordinate for each axis: none along those that are inactive, or, in a trial that
    /// waits, still open.
    pub point: Point,
    /// The same with a coordinate along every axis, before guards were evaluated; `None` where no axis is conditional.
    pub proposed: Option<Point>,
    /// Where it stands. One that waits is a running one; one that is running in the study, but of which there is no sign of
    /// life and never will be, as another program gives none, is a cancelled one.
    pub state: State,
    /// The objectives as they were told, finite or not; empty where there are none.
    pub values: Vec<f64>,
    /// The names of the objectives; empty where they have none.
    pub names: Vec<Cow<'static, str>>,
    /// Why it failed.
    pub reason: Option<String>,
    /// Named values beside the objectives.
    pub metrics: Vec<Metric>,
    /// Named constraints.
    pub constraints: Vec<Metric>,
    /// What was reported, by increasing step.
    pub reports: Vec<(u64, f64)>,
    /// The time from asking to telling.
    pub duration: Duration,
    /// How many trials there were when it was closed; `None` where that is unknown.
    pub closed_after: Option<usize>,
}

impl Record {
    /// A trial that runs, of a configuration of its own.
    #[must_use]
    pub fn new(number: usize, point: Point) -> Self {
        Self::of(&Trial::running(number, number, None, point), &[])
    }

    pub(crate) fn of(trial: &Trial, names: &[Cow<'static, str>]) -> Self {
        Self {
            number: trial.number(),
            configuration: trial.configuration(),
            resources: trial.resources(),
            point: trial.point().clone(),
            proposed: None,
            state: trial.state(),
            values: trial.values().to_vec(),
            names: names.to_vec(),
            reason: trial.reason().map(ToOwned::to_owned),
            metrics: trial.metrics().to_vec(),
            constraints: trial.constraints().to_vec(),
            reports: trial.reports().to_vec(),
            duration: trial.duration(),
            closed_after: None,
        }
    }

    /// The trial at its start.
    pub(crate) fn opened(&self) -> Trial {
        Trial::running(self.number, self.configuration, self.resources, self.point.clone())
    }

    /// Lets `trial`, which is running, come to what is recorded.
    pub(crate) fn closes(&self, trial: &mut Trial) {
        *trial.point_mut() = self.point.clone();
        for &(step, value) in &self.reports {
            trial.report(step, value);
        }
        match self.state {
            State::Running => {}
            State::Complete | State::Failed => trial.tell(self.outcome(), self.duration),
            State::Pruned | State::Cancelled => trial.close(self.state, self.duration),
        }
    }

    fn outcome(&self) -> Outcome {
        let reason = match self.state {
            State::Failed => Some(self.reason.as_deref().unwrap_or("failed").into()),
            _ => None,
        };
        Outcome {
            value: self.values.first().copied(),
            reason,
            metrics: self.metrics.clone(),
            several: if self.values.len() > 1 { self.values.clone() } else { Vec::new() },
            names: self.names.clone(),
            constraints: self.constraints.clone(),
            left: None,
        }
    }
}
