//! What a file says of a sweep.

mod check;
mod metrics;
mod parameter;
mod search;
mod section;

pub(crate) use metrics::{is_better_large, metrics_of};
pub use parameter::{Parameter, ParameterKind};
pub(crate) use parameter::{Scale, Space};
pub(crate) use search::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod};

use std::time::Duration;

use hyperopt_core::Goal;

use crate::read::{Known, by_name};

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
    pub(crate) repeats: bool,
    pub(crate) try_first: Vec<Known>,
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

    /// Which part of the data a trained model is evaluated on; `validation` by default.
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

    /// Chooses how many trials run at a time, at the most: from 1 to 1024.
    pub fn set_workers(&mut self, workers: usize) {
        self.workers = workers.clamp(1, 1024);
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

    /// Whether a point may be tried again while there are others, where all hyperparameters have levels; not by default.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// Chooses whether a point may be tried again while there are others.
    pub fn set_repeats(&mut self, repeats: bool) {
        self.repeats = repeats;
    }
}
