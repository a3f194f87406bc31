//! A trial as the function that trains it sees it.

use std::time::Instant;

use hyperopt_core::{Outcome, RunningTrial, State};
use serde_json::Value;

use crate::config::Config;
use crate::definition::parameter_named;
use crate::tree::Node;

/// A running trial, which the function that trains it receives.
#[derive(Debug)]
pub struct Trial<'a> {
    running: &'a RunningTrial,
    /// Whether the sweep has a pruner.
    reports: bool,
    parameters: &'a [(String, Value)],
    node: Node,
    config: Value,
    /// Whether the trial has been told to stop, and why.
    stop: Option<Stop>,
    /// The time of the trial, if the scheduler counts seconds.
    clock: Option<Clock>,
    last: Option<f64>,
}

/// The reason why a trial is to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Pruned,
    /// The trial has run for the full number of seconds.
    FullBudget,
}

/// The seconds of a trial.
#[derive(Clone, Copy, Debug)]
struct Clock {
    started: Instant,
    /// The seconds after which the trial ends.
    max: Option<f64>,
    /// The time of the last report, in milliseconds.
    reported: Option<u64>,
}

impl Clock {
    /// Returns the milliseconds since the start, more than at the last call.
    fn tick(&mut self) -> u64 {
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let now = self.reported.map_or(now, |last| now.max(last.saturating_add(1)));
        self.reported = Some(now);
        now
    }

    fn is_over(&self) -> bool {
        self.reported.zip(self.max).is_some_and(|(now, max)| now as f64 >= max * 1000.0)
    }
}

impl<'a> Trial<'a> {
    pub(crate) fn new(source: &Config, running: &'a RunningTrial, parameters: &'a [(String, Value)]) -> Self {
        let node = source.resolved(parameters, running.resources());
        let config = node.to_value();
        let definition = source.definition();
        let reports = definition.has_pruner();
        let max = definition.budgets().map(|(_, max)| max);
        let clock = definition.counts_seconds().then(|| Clock { started: Instant::now(), max, reported: None });
        Self { running, reports, parameters, node, config, stop: None, clock, last: None }
    }

    /// Returns the number of the trial, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.running.number()
    }

    /// Returns the number of the configuration, from 0. A scheduler with budgets runs a configuration several times, each time as
    /// a trial with a larger budget. Without one, this is the number of the trial.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.running.configuration()
    }

    /// Returns the budget of the trial, in the unit of the scheduler, such as epochs: the total for the configuration,
    /// including its earlier trials. If the scheduler counts seconds, it is the number of seconds after which the trial ends.
    /// `None` in a sweep without budgets.
    #[must_use]
    pub fn budget(&self) -> Option<f64> {
        self.running.resources().or(self.clock.and_then(|clock| clock.max))
    }

    /// Returns the hyperparameters with their values, in the order of the file.
    #[must_use]
    pub fn parameters(&self) -> &[(String, Value)] {
        self.parameters
    }

    /// Returns the value of a hyperparameter; `None` if there is none of this name. Names in the section of the trainer may
    /// begin with either `training.` or `trainer.`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        parameter_named(name, self.parameters, |(own, _)| own).map(|(_, value)| value)
    }

    /// Returns the complete configuration, without the section `hyperopt`: see [`Config::resolve`].
    #[must_use]
    pub fn config(&self) -> &Value {
        &self.config
    }

    /// Returns the complete configuration as a YAML file: see [`Config::resolve_yaml`].
    #[must_use]
    pub fn config_yaml(&self) -> String {
        self.node.to_yaml()
    }

    /// Reports `value`, the metric after `step`, which counts epochs, for example. Reports are recorded only in a sweep with
    /// the scheduler `median_stopping_rule` or one that counts seconds. The latter ignores `step` and records the milliseconds
    /// since the start of the trial instead. All other sweeps only show the last report with their progress.
    pub fn report(&mut self, step: u64, value: f64) {
        if self.reports {
            let step = self.clock.as_mut().map_or(step, Clock::tick);
            self.last = Some(value);
            self.running.report(step, value);
        } else {
            self.running.show(step, value);
        }
    }

    /// Returns whether the trial should stop, by its reports so far. Once this has returned true, the trial is recorded as
    /// pruned, whatever its function returns. A trial that has run for the full number of seconds is recorded as complete
    /// instead, with the result of its function or, without one, with its last report.
    #[must_use = "a trial that should stop has to return"]
    pub fn should_stop(&mut self) -> bool {
        if self.stop.is_none() {
            if self.clock.is_some_and(|clock| clock.is_over()) {
                self.stop = Some(Stop::FullBudget);
            } else if self.running.should_prune() {
                self.stop = Some(Stop::Pruned);
            }
        }
        self.stop.is_some()
    }

    /// Returns whether [`should_stop`](Self::should_stop) returned true because the trial has run for the full number of
    /// seconds, so that its last report may be its result.
    #[must_use]
    pub fn had_full_budget(&self) -> bool {
        self.stop == Some(Stop::FullBudget)
    }

    /// Returns the outcome of the trial, whose function has returned `outcome`.
    pub(crate) fn ended(&self, outcome: Outcome) -> Outcome {
        match (self.stop, outcome.state(), self.last) {
            (None, ..) | (_, State::Cancelled, _) | (Some(Stop::FullBudget), State::Complete, _) => outcome,
            (Some(Stop::FullBudget), _, Some(last)) => Outcome::value(last),
            _ => Outcome::pruned(),
        }
    }
}
