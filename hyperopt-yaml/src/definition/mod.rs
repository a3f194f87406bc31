//! The definition of a sweep: the section `hyperopt` of a file, with all defaults.

mod check;
mod hidden;
mod metrics;
mod names;
mod parameter;
mod rounds;
mod scheduling;
mod search;
mod section;
mod sections;
mod steps;

pub(crate) use hidden::Hidden;
pub(crate) use metrics::{is_better_large, metrics_of};
pub use names::samplers;
pub(crate) use names::{Named, named, unknown};
pub use parameter::{Parameter, ParameterKind};
pub(crate) use parameter::{Scale, Space};
pub(crate) use rounds::rounds;
pub(crate) use search::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod, SecondsRule};

pub use sections::named as parameter_named;
pub(crate) use sections::{NEW as NEW_SECTION, OLD as OLD_SECTION, own_section};

use std::time::Duration;

use hyperopt_core::{Goal, Value};

use crate::definition::sections::renamed;
use crate::mark::Mark;

/// A point to try first: labels of hyperparameters. The sampler proposes those that are missing.
pub(crate) type InitialPoint = Vec<(String, Value)>;

/// A sweep as a file defines it, with all defaults. The setters are for options of a command line, which override the file.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) goal: Goal,
    pub(crate) metric: String,
    pub(crate) split: String,
    pub(crate) eval_split: String,
    pub(crate) output_feature: String,
    pub(crate) method: SearchMethod,
    /// The place of a scheduler of `executor` with budgets.
    pub(crate) scheduler_mark: Option<Mark>,
    /// The place of a `time_attr` that counts seconds.
    pub(crate) seconds_mark: Option<Mark>,
    /// What the median rule of the file counts, and its place.
    pub(crate) median_note: Option<(Mark, String)>,
    pub(crate) num_samples: Option<u64>,
    pub(crate) workers: usize,
    pub(crate) study: Option<Hidden>,
    pub(crate) study_name: Option<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) spend: Option<f64>,
    pub(crate) repeats: bool,
    pub(crate) try_first: Vec<InitialPoint>,
    /// The path in the configuration that a budget is written to.
    pub(crate) budget_path: Option<String>,
    /// Whether budgets are epochs of the trainer.
    pub(crate) is_epochs: bool,
    /// The number of epochs in the configuration, for a scheduler that is set later; `None` without a trainer.
    pub(crate) epochs: Option<EpochsSetting>,
}

/// The setting of a trainer that holds its number of epochs.
#[derive(Clone, Debug)]
pub(crate) struct EpochsSetting {
    pub(crate) path: String,
    pub(crate) number: Option<f64>,
}

/// Formats a number with its noun: `1 second`, `2.5 seconds`.
pub(crate) fn plural(count: f64, noun: &str) -> String {
    let ending = if count == 1.0 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

impl Definition {
    /// Returns the hyperparameters, in the order of the file.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// Returns this definition with hyperparameters called as in a study that was begun with them under the other name of the
    /// trainer's section; `None` if `has` knows all of them by their own names, or one of them by neither.
    pub(crate) fn as_begun(&self, has: impl Fn(&str) -> bool) -> Option<Self> {
        let mut other = self.clone();
        for parameter in other.parameters.iter_mut().filter(|parameter| !has(&parameter.name)) {
            let renamed = renamed(&parameter.name).filter(|name| has(name))?;
            for known in other.try_first.iter_mut().flatten().filter(|(name, _)| *name == parameter.name) {
                known.0.clone_from(&renamed);
            }
            parameter.name = renamed;
        }
        let is_same = self.parameters.iter().zip(&other.parameters).all(|(own, other)| own.name == other.name);
        (!is_same).then_some(other)
    }

    /// Returns whether the metric is minimized or maximized (default: minimized).
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// Sets whether the metric is minimized or maximized.
    pub fn set_goal(&mut self, goal: Goal) {
        self.goal = goal;
    }

    /// Returns the name of the metric (default: `loss`).
    #[must_use]
    pub fn metric(&self) -> &str {
        &self.metric
    }

    /// Sets the name of the metric.
    pub fn set_metric(&mut self, metric: impl Into<String>) {
        self.metric = metric.into();
    }

    /// Returns the part of the data on which the metric is measured: `training`, `validation` or `test` (default: `validation`).
    #[must_use]
    pub fn split(&self) -> &str {
        &self.split
    }

    /// Returns the additional part of the data on which a trained model is evaluated (default: `validation`).
    #[must_use]
    pub fn eval_split(&self) -> &str {
        &self.eval_split
    }

    /// Returns the name of the output feature that the metric belongs to (default: `combined`, all of them together).
    #[must_use]
    pub fn output_feature(&self) -> &str {
        &self.output_feature
    }

    /// Returns the name of the sampler (default: `random`).
    #[must_use]
    pub fn sampler(&self) -> &'static str {
        self.method.sampler.name()
    }

    /// Returns the name of the scheduler; `None` without one (`fifo`), when every trial runs to its end.
    #[must_use]
    pub fn scheduler(&self) -> Option<&'static str> {
        self.method.scheduler.as_ref().map(SchedulerMethod::name)
    }

    /// Returns the smallest and the largest budget of a trial, in the unit of the scheduler; `None` without a scheduler with
    /// budgets.
    #[must_use]
    pub fn budgets(&self) -> Option<(f64, f64)> {
        match self.method.scheduler {
            Some(SchedulerMethod::Budgets { min, max, .. }) => Some((min, max)),
            Some(SchedulerMethod::Seconds { grace, max: Some(max), .. }) => Some((grace, max)),
            _ => None,
        }
    }

    /// Returns whether the budgets are seconds since the start of a trial (`time_attr: time_total_s`). Each report of a trial
    /// then counts at its time, whatever its step.
    #[must_use]
    pub fn counts_seconds(&self) -> bool {
        matches!(self.method.scheduler, Some(SchedulerMethod::Seconds { .. }))
    }

    /// Returns whether trials may be pruned by their reports, as with the scheduler `median_stopping_rule` and those that count
    /// seconds.
    #[must_use]
    pub fn is_pruning(&self) -> bool {
        self.has_pruner()
    }

    /// Returns `num_samples`, the number of samples of all hyperparameters without a `grid_search`, each of which runs with
    /// every combination of the lists of `grid_search`; `None` if it is not set.
    #[must_use]
    pub fn num_samples(&self) -> Option<u64> {
        self.num_samples
    }

    /// Sets `num_samples`, the number of samples of all hyperparameters without a `grid_search`, each of which runs with every
    /// combination of the lists of `grid_search`.
    pub fn set_num_samples(&mut self, samples: u64) {
        self.num_samples = Some(samples);
    }

    /// Returns the product of the lengths of all lists of `grid_search`; 1 if there are none.
    #[must_use]
    pub fn grid(&self) -> u64 {
        self.parameters.iter().filter_map(Parameter::grid).fold(1, |all, size| all.saturating_mul(size as u64))
    }

    /// Returns the number of configurations: `num_samples` (default: 10, or 1 with lists of `grid_search`) times the product of
    /// the lengths of these lists. With the sampler `grid` it is `num_samples`, or `None` without it, for the whole grid.
    #[must_use]
    pub fn configurations(&self) -> Option<u64> {
        let has_grid = self.parameters.iter().any(|parameter| parameter.grid().is_some());
        if self.method.sampler == SamplerName::Grid {
            return self.num_samples;
        }
        Some(self.num_samples.unwrap_or(if has_grid { 1 } else { 10 }).saturating_mul(self.grid()))
    }

    /// Returns whether trials may be pruned by their reports.
    pub(crate) fn has_pruner(&self) -> bool {
        matches!(self.method.scheduler, Some(SchedulerMethod::Median { .. } | SchedulerMethod::Seconds { .. }))
    }

    /// Returns the maximum number of trials that run at a time (default: 1).
    #[must_use]
    pub fn workers(&self) -> usize {
        self.workers
    }

    /// Sets the maximum number of trials that run at a time, clamped to 1..=1024.
    pub fn set_workers(&mut self, workers: usize) {
        self.workers = workers.clamp(1, 1024);
    }

    /// Returns the address of the database that stores the sweep, `sqlite:sweep.db` or `postgres://…`; `None` if the sweep is
    /// kept in memory only. It may contain a password.
    #[must_use]
    pub fn study(&self) -> Option<&str> {
        self.study.as_ref().map(Hidden::text)
    }

    /// Sets the address of the database that stores the sweep, `sqlite:sweep.db` or `postgres://…`.
    pub fn set_study(&mut self, url: impl Into<String>) {
        self.study = Some(Hidden::new(url.into()));
    }

    /// Keeps the sweep in memory only.
    pub fn unset_study(&mut self) {
        self.study = None;
    }

    /// Returns the name of the study in the database (default: `hyperopt`).
    #[must_use]
    pub fn study_name(&self) -> &str {
        self.study_name.as_deref().unwrap_or("hyperopt")
    }

    /// Returns whether the file or [`set_study_name`](Self::set_study_name) sets the name of the study.
    #[must_use]
    pub fn has_study_name(&self) -> bool {
        self.study_name.is_some()
    }

    /// Sets the name of the study in the database.
    pub fn set_study_name(&mut self, name: impl Into<String>) {
        self.study_name = Some(name.into());
    }

    /// Returns the seed; `None` if it is drawn at random when the sweep starts.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// Sets the seed (default: drawn at random when the sweep starts).
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = Some(seed);
    }

    /// Returns the duration of the sweep after which no more trials start; `None` without a limit.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Sets the duration of the sweep after which no more trials start.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Returns the total budget of all trials together, in the unit of the scheduler; `None` without a limit.
    #[must_use]
    pub fn spend(&self) -> Option<f64> {
        self.spend
    }

    /// Sets the total budget of all trials together, in the unit of the scheduler, after which no more trials start. It is not
    /// checked: see [`check_spend`](Self::check_spend).
    pub fn set_spend(&mut self, spend: f64) {
        self.spend = Some(spend);
    }

    /// Returns whether points may repeat if all hyperparameters are discrete (default: false).
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// Sets whether points may repeat if all hyperparameters are discrete (default: false).
    pub fn set_repeats(&mut self, repeats: bool) {
        self.repeats = repeats;
    }
}
