use hyperopt_core::RunningTrial;
use serde_json::Value;

use crate::config::Config;
use crate::tree::Node;

/// One trial of a sweep, as the function that trains it sees it.
#[derive(Debug)]
pub struct Trial<'a> {
    number: usize,
    configuration: usize,
    budget: Option<f64>,
    parameters: &'a [(String, Value)],
    node: Node,
    config: Value,
    running: Option<RunningTrial>,
    stopped: bool,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(
        source: &Config,
        (number, configuration): (usize, usize),
        parameters: &'a [(String, Value)],
        budget: Option<f64>,
        running: Option<RunningTrial>,
    ) -> Self {
        let node = source.resolved(parameters, budget);
        let config = node.to_value();
        Self { number, configuration, budget, parameters, node, config, running, stopped: false }
    }

    /// Its number in the sweep, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// The number of its configuration, from 0. A scheduler that hands out budgets runs one configuration several times, each
    /// time as a trial with more; elsewhere this is the number of the trial.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.configuration
    }

    /// How much to train: the total for the configuration, in epochs, say. `None` where trials run to their end.
    #[must_use]
    pub fn budget(&self) -> Option<f64> {
        self.budget
    }

    /// The hyperparameters with their values, in the order of the file.
    #[must_use]
    pub fn parameters(&self) -> &[(String, Value)] {
        self.parameters
    }

    /// The value of a hyperparameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The complete configuration, without the section `hyperopt`: see [`Config::resolve`].
    #[must_use]
    pub fn config(&self) -> &Value {
        &self.config
    }

    /// The same as a YAML file: see [`Config::resolve_yaml`].
    #[must_use]
    pub fn config_yaml(&self) -> String {
        self.node.to_yaml()
    }

    /// Keeps `value` as what the trial has come to after `step`, an epoch, say. Only a sweep that can give trials up looks at
    /// it: one with the scheduler `median_stopping_rule`.
    pub fn report(&mut self, step: u64, value: f64) {
        if let Some(running) = &self.running {
            running.report(step, value);
        }
    }

    /// Whether the trial is to stop, by what it has reported so far. Once this has said yes, the trial counts as given up,
    /// whatever its function returns.
    #[must_use = "a trial that is to stop should return"]
    pub fn should_stop(&mut self) -> bool {
        self.stopped |= self.running.as_ref().is_some_and(RunningTrial::should_prune);
        self.stopped
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }
}
