//! What a file says of a sweep.

mod metrics;
mod parameter;
mod search;

pub(crate) use metrics::{is_better_large, metrics_of};
pub use parameter::{Parameter, ParameterKind};
pub(crate) use parameter::{Scale, Space, spaced};
pub(crate) use search::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod};

use std::time::Duration;

use hyperopt_core::Goal;
use serde_json::{Value, json};

use crate::errors::Findings;
use crate::read::by_name;
use crate::sweep::{a_round, rounds};

/// A sweep as a file defines it, with all defaults. The setters are for what a command line says otherwise.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) goal: Goal,
    pub(crate) metric: String,
    pub(crate) split: String,
    pub(crate) eval_split: String,
    pub(crate) output_feature: String,
    pub(crate) method: SearchMethod,
    pub(crate) num_samples: Option<u64>,
    pub(crate) workers: usize,
    pub(crate) study: Option<String>,
    pub(crate) study_name: Option<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) timeout: Option<Duration>,
    /// Where a budget is written into the configuration.
    pub(crate) budget_path: Option<String>,
    /// Options of the trainer that go with budgets.
    pub(crate) is_epochs: bool,
}

impl Definition {
    /// The hyperparameters, in the order of the file.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// Whether a small or a large metric is good; `minimize` unless the file says otherwise.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// Chooses whether a small or a large metric is good.
    pub fn set_goal(&mut self, goal: Goal) {
        self.goal = goal;
    }

    /// The name of the metric; `loss` unless the file says otherwise.
    #[must_use]
    pub fn metric(&self) -> &str {
        &self.metric
    }

    /// Chooses the metric.
    pub fn set_metric(&mut self, metric: impl Into<String>) {
        self.metric = metric.into();
    }

    /// On which part of the data the metric is measured: `training`, `validation` or `test`; `validation` by default.
    #[must_use]
    pub fn split(&self) -> &str {
        &self.split
    }

    /// Which part of the data a trained model is evaluated on: that of [`split`](Self::split) by default.
    #[must_use]
    pub fn eval_split(&self) -> &str {
        &self.eval_split
    }

    /// Whose metric it is: `combined`, or the name of an output feature.
    #[must_use]
    pub fn output_feature(&self) -> &str {
        &self.output_feature
    }

    /// The name of the sampler.
    #[must_use]
    pub fn sampler(&self) -> &'static str {
        self.method.sampler.name()
    }

    /// Chooses the sampler by its name, as a file does; one that hands out budgets replaces the scheduler.
    ///
    /// # Errors
    ///
    /// If there is no sampler of the name: what to write instead.
    pub fn set_sampler(&mut self, name: &str) -> Result<(), String> {
        let (sampler, scheduler) = by_name(name)?;
        self.method.sampler = sampler;
        if let Some(kind) = scheduler {
            let (max, eta) = kind.standard();
            let (min, max) = self.budgets().unwrap_or((1.0, max));
            self.method.scheduler = Some(SchedulerMethod::Budgets { kind, min, max, eta });
        }
        Ok(())
    }

    /// Chooses the smallest and the largest budget of a sweep whose scheduler hands out budgets; without effect on others.
    pub fn set_budgets(&mut self, smallest: f64, largest: f64) {
        if let Some(SchedulerMethod::Budgets { min, max, .. }) = &mut self.method.scheduler {
            (*min, *max) = (smallest, largest);
        }
    }

    /// The name of the scheduler; `None` where every trial runs to its end.
    #[must_use]
    pub fn scheduler(&self) -> Option<&'static str> {
        self.method.scheduler.as_ref().map(SchedulerMethod::name)
    }

    /// The smallest and the largest budget of a trial, where a scheduler hands out budgets.
    #[must_use]
    pub fn budgets(&self) -> Option<(f64, f64)> {
        match self.method.scheduler {
            Some(SchedulerMethod::Budgets { min, max, .. }) => Some((min, max)),
            _ => None,
        }
    }

    /// Whether trials are asked for reports while they run, so that they can be given up.
    #[must_use]
    pub fn is_pruning(&self) -> bool {
        matches!(self.method.scheduler, Some(SchedulerMethod::Median { .. }))
    }

    /// How often everything but the lists of `grid_search` is sampled, if the file says so.
    #[must_use]
    pub fn num_samples(&self) -> Option<u64> {
        self.num_samples
    }

    /// Chooses how often everything but the lists of `grid_search` is sampled.
    pub fn set_num_samples(&mut self, samples: u64) {
        self.num_samples = Some(samples);
    }

    /// The product of the lengths of all lists of `grid_search`: 1 without any.
    #[must_use]
    pub fn grid(&self) -> u64 {
        self.parameters.iter().filter_map(Parameter::grid).fold(1, |all, size| all.saturating_mul(size as u64))
    }

    /// How many configurations are sampled: `num_samples`, by default 10, or 1 where there are lists of `grid_search`, times
    /// their product. `None` for the sampler `grid` without `num_samples`, which runs its whole grid.
    #[must_use]
    pub fn configurations(&self) -> Option<u64> {
        let has_grid = self.parameters.iter().any(|parameter| parameter.grid().is_some());
        if self.method.sampler == SamplerName::Grid {
            return self.num_samples;
        }
        Some(self.num_samples.unwrap_or(if has_grid { 1 } else { 10 }).saturating_mul(self.grid()))
    }

    /// How many trials run at a time, at the most; 1 unless the file says otherwise.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.workers
    }

    /// Chooses how many trials run at a time, at the most; 0 is taken for 1.
    pub fn set_workers(&mut self, workers: usize) {
        self.workers = workers.max(1);
    }

    /// The database that keeps the sweep: `sqlite:sweep.db`, `postgres://…`.
    #[must_use]
    pub fn study(&self) -> Option<&str> {
        self.study.as_deref()
    }

    /// Keeps the sweep in a database.
    pub fn set_study(&mut self, url: impl Into<String>) {
        self.study = Some(url.into());
    }

    /// The name of the sweep in its database: `hyperopt` unless something else is said.
    #[must_use]
    pub fn study_name(&self) -> &str {
        self.study_name.as_deref().unwrap_or("hyperopt")
    }

    /// Names the sweep in its database.
    pub fn set_study_name(&mut self, name: impl Into<String>) {
        self.study_name = Some(name.into());
    }

    /// The seed; drawn where there is none.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// Chooses the seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = Some(seed);
    }

    /// For how long trials are started.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Chooses for how long trials are started.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// The section `hyperopt` with all defaults, as statistics quote it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let parameters = self.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.definition.clone()));
        let goal = if self.goal == Goal::Maximize { "maximize" } else { "minimize" };
        let kind = if self.workers > 1 { "parallel" } else { "serial" };
        let mut executor = json!({ "type": kind, "num_workers": self.workers, "scheduler": self.scheduler_value() });
        if let Some(samples) = self.configurations() {
            executor["num_samples"] = (samples / self.grid().max(1)).into();
        }
        if let Some(timeout) = self.timeout {
            executor["time_budget_s"] = timeout.as_secs_f64().into();
        }
        let mut section = json!({
            "parameters": parameters.collect::<serde_json::Map<_, _>>(),
            "goal": goal,
            "metric": self.metric,
            "split": self.split,
            "eval_split": self.eval_split,
            "output_feature": self.output_feature,
            "search_alg": { "type": self.sampler() },
            "executor": executor,
        });
        if let Some(seed) = self.seed {
            section["search_alg"]["seed"] = seed.into();
        }
        section
    }

    fn scheduler_value(&self) -> Value {
        match self.method.scheduler {
            None => json!({ "type": "fifo" }),
            Some(SchedulerMethod::Budgets { kind, min, max, eta }) => {
                json!({ "type": kind.name(), "grace_period": min, "max_t": max, "reduction_factor": eta })
            }
            Some(SchedulerMethod::Median { grace, startup, min_trials: _ }) => {
                json!({ "type": "median_stopping_rule", "grace_period": grace, "min_samples_required": startup })
            }
        }
    }
}

impl Definition {
    /// What can only be seen of all parts together.
    pub(crate) fn check(&self, findings: &mut Findings) {
        if let (Some(SchedulerMethod::Budgets { kind, min, max, eta }), Some(samples), Some(all)) =
            (self.method.scheduler, self.num_samples, self.configurations())
            && matches!(kind, SchedulerName::Hyperband | SchedulerName::Dehb)
            && let Some(first) = self.parameters.first()
        {
            let (a_round, rounds) = (a_round(min, max, eta), rounds(all, min, max, eta));
            let message = format!(
                "`{}` starts {a_round} configurations a round, and `num_samples: {samples}` makes that {rounds} round{}",
                kind.name(),
                if rounds == 1 { "" } else { "s" }
            );
            findings.note(first.mark, message);
        }
        let grids: Vec<_> = self.parameters.iter().filter(|parameter| parameter.grid().is_some()).collect();
        if self.method.sampler == SamplerName::Grid {
            for parameter in &self.parameters {
                if matches!(parameter.space, Space::Float { .. } | Space::Normal { q: None, .. })
                    && self.method.resolution.is_none()
                {
                    let name = &parameter.name;
                    let message =
                        format!("hyperparameter `{name}` has no end of values for a grid; write `steps: 5`, say");
                    findings.fault(parameter.mark, message);
                }
            }
        } else if let Some(first) = grids.first()
            && grids.len() == self.parameters.len()
            && let Some(samples @ 2..) = self.num_samples
        {
            let message = format!(
                "all hyperparameters are searched as a grid, so `num_samples: {samples}` runs each of its points {samples} times"
            );
            findings.note(first.mark, message);
        }
    }
}
