//! A trial as the function that trains it sees it.

use hyperopt_core::RunningTrial;
use serde_json::Value;

use crate::config::Config;
use crate::tree::Node;

/// One trial of a sweep, as the function that trains it sees it.
#[derive(Debug)]
pub struct Trial<'a> {
    running: &'a RunningTrial,
    /// Whether the sweep has a pruner.
    reports: bool,
    parameters: &'a [(String, Value)],
    node: Node,
    config: Value,
    stopped: bool,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(source: &Config, running: &'a RunningTrial, parameters: &'a [(String, Value)]) -> Self {
        let node = source.resolved(parameters, running.resources());
        let config = node.to_value();
        let reports = source.definition().has_pruner();
        Self { running, reports, parameters, node, config, stopped: false }
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

    /// Returns the budget: the total for the configuration, in epochs, say. `None` in a sweep without budgets.
    #[must_use]
    pub fn budget(&self) -> Option<f64> {
        self.running.resources()
    }

    /// Returns the hyperparameters with their values, in the order of the file.
    #[must_use]
    pub fn parameters(&self) -> &[(String, Value)] {
        self.parameters
    }

    /// Returns the value of a hyperparameter; `None` if there is none of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value)
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

    /// Reports `value`, the metric after `step`, an epoch, say. Reports are recorded only in a sweep with the scheduler
    /// `median_stopping_rule`.
    pub fn report(&mut self, step: u64, value: f64) {
        if self.reports {
            self.running.report(step, value);
        }
    }

    /// Whether the trial should stop, by its reports so far. Once this has returned true, the trial is recorded as pruned, whatever
    /// its function returns.
    #[must_use = "a trial that should stop has to return"]
    pub fn should_stop(&mut self) -> bool {
        self.stopped |= self.running.should_prune();
        self.stopped
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }
}
