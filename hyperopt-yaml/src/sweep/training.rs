use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use hyperopt_core::{
    Asha, Budgets, Dehb, Hyperband, Hyperoptimizer, InitialPoints, LoopRange, MedianPruner, Objective, OnError,
    OnInterrupt, Outcome, Pasha, Progress, RunningTrial, Search, Strategy, Sweep, Trials, WithPruner as _, workers,
};
use serde_json::Value;
use thiserror::Error;

use crate::config::Config;
use crate::definition::{SchedulerMethod, SchedulerName};
use crate::sweep::sampler::{rounds, sampler};
use crate::sweep::space::{Drawn, Numbered};
use crate::sweep::trial::Trial;

/// Why no trial of a configuration was run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The sweep itself is faulty.
    #[error(transparent)]
    Sweep(#[from] hyperopt_core::Error),
    /// The study cannot be opened.
    #[error("{0}")]
    Study(String),
}

/// A finished sweep, with the hyperparameters of each trial by name.
pub type Trained = Hyperoptimizer<Vec<(String, Value)>>;

/// Runs the sweep that `config` defines: `body` trains each trial, and returns the metric, or whatever else the body of a sweep
/// may evaluate to. An `Err` or `None` is a failed trial, which is kept; the sweep goes on.
///
/// At most [`workers`](crate::Definition::workers) trials run at a time, each on a thread of its own; one seed gives the same
/// history as `hyperopt!` with the same candidates.
///
/// ```
/// use hyperopt_yaml::{Config, train};
///
/// let text = "
/// model: {width: 8}
/// hyperopt:
///   parameters:
///     model.width: {type: int, low: 1, high: 64}
///     rate: {type: float, low: 0.0001, high: 0.1, steps: 4, scale: log}
///   sampler: {type: grid}
/// ";
/// let config = Config::parse("sweep.yaml", text)?;
/// let ho = train(&config, |trial| {
///     let width = trial.config()["model"]["width"].as_f64()?;
///     let rate = trial.config()["rate"].as_f64()?;
///     Some((width - 32.0).abs() + (rate - 0.01).abs())
/// })?;
/// assert_eq!(ho.len(), 64 * 4);
/// assert_eq!(ho.best()?.params[0].1, 32);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the study cannot be opened, or the sampler cannot work on these hyperparameters. What goes wrong after the first trial is
/// in [`Hyperoptimizer::error`].
pub fn train<O: Objective<Trials, ()>>(
    config: &Config,
    body: impl Fn(&mut Trial<'_>) -> O + Sync,
) -> Result<Trained, Error> {
    Training::new(config).run(body)
}

impl Config {
    /// A sweep of this configuration that was read from its study, with the hyperparameters of each trial by name.
    ///
    /// # Errors
    ///
    /// If the sweep is over other hyperparameters.
    pub fn trained(&self, sweep: Sweep) -> Result<Trained, hyperopt_core::Error> {
        Ok(sweep.typed(&Numbered::new(self.definition()))?.map(|drawn| drawn.values))
    }
}

/// A sweep of a configuration that is about to begin, with what a file does not say.
#[derive(Debug)]
pub struct Training<'a> {
    config: &'a Config,
    progress: Progress,
    on_interrupt: OnInterrupt,
    on_error: OnError,
    without_signals: bool,
    stop: Option<Arc<AtomicBool>>,
}

impl<'a> Training<'a> {
    /// The sweep of `config`.
    #[must_use]
    pub fn new(config: &'a Config) -> Self {
        let (progress, on_interrupt, on_error) = (Progress::default(), OnInterrupt::default(), OnError::default());
        Self { config, progress, on_interrupt, on_error, without_signals: false, stop: None }
    }

    /// Ends the sweep once `stop` is set: no trial starts any more, and running ones finish.
    #[must_use]
    pub fn stop_when(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Leaves SIGTERM to the program, which otherwise makes a study put its running trials back and ends the process.
    #[must_use]
    pub fn without_signals(mut self) -> Self {
        self.without_signals = true;
        self
    }

    /// Where to show how far it is.
    #[must_use]
    pub fn progress(mut self, progress: impl Into<Progress>) -> Self {
        self.progress = progress.into();
        self
    }

    /// What Ctrl-C does.
    #[must_use]
    pub fn on_interrupt(mut self, on_interrupt: OnInterrupt) -> Self {
        self.on_interrupt = on_interrupt;
        self
    }

    /// What to do after a trial that failed.
    #[must_use]
    pub fn on_error(mut self, on_error: OnError) -> Self {
        self.on_error = on_error;
        self
    }

    /// Runs it: see [`train`].
    ///
    /// # Errors
    ///
    /// As [`train`].
    pub fn run<O: Objective<Trials, ()>>(self, body: impl Fn(&mut Trial<'_>) -> O + Sync) -> Result<Trained, Error> {
        let Self { config, progress, on_interrupt, on_error, without_signals, stop } = self;
        let definition = config.definition();
        let mut search = Search::new(Numbered::new(definition)).goal(definition.goal());
        search = search.progress(progress).on_interrupt(on_interrupt).on_error(on_error);
        search = search.repeats(definition.repeats());
        if let Some(stop) = stop {
            search = search.stop_when(stop);
        }
        if let Some(seed) = definition.seed() {
            search = search.seed(seed);
        }
        if !definition.try_first.is_empty() {
            search = search.try_first(InitialPoints::named(definition.try_first.iter().cloned()));
        }
        if let Some(timeout) = definition.timeout() {
            search = search.timeout(timeout);
        }
        if let Some(url) = definition.study() {
            search = open(search, url, definition.study_name(), without_signals)?;
        }
        let work = Workload { config, workers: definition.workers(), body: &body };
        let ho = work.by_method(search);
        match ho.error() {
            Some(error) if ho.is_empty() => Err(Error::Sweep(error.clone())),
            _ => Ok(ho),
        }
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn open(search: Search<Numbered>, url: &str, name: &str, without_signals: bool) -> Result<Search<Numbered>, Error> {
    let study = hyperopt_store::Study::open(url).map_err(|error| Error::Study(error.to_string()))?.name(name);
    Ok(search.study(if without_signals { study.without_signals() } else { study }))
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn open(_: Search<Numbered>, url: &str, _: &str, _: bool) -> Result<Search<Numbered>, Error> {
    Err(Error::Study(format!(
        "`{url}`: this program keeps no studies; build it with the feature `sqlite` or `postgres`"
    )))
}

/// What the item of a head says of a trial.
trait Item {
    fn budget(&self) -> Option<f64> {
        None
    }

    fn running(self) -> Option<RunningTrial>
    where
        Self: Sized,
    {
        None
    }
}

impl Item for u64 {}

impl Item for usize {}

impl Item for RunningTrial {
    fn running(self) -> Option<RunningTrial> {
        Some(self)
    }
}

impl Item for (f64, Option<()>) {
    fn budget(&self) -> Option<f64> {
        Some(self.0)
    }
}

impl Item for (u64, Option<()>) {
    fn budget(&self) -> Option<f64> {
        Some(self.0 as f64)
    }
}

/// A sweep without its sampler.
struct Workload<'a, F> {
    config: &'a Config,
    workers: usize,
    body: &'a F,
}

impl<O: Objective<Trials, ()>, F: Fn(&mut Trial<'_>) -> O + Sync> Workload<'_, F> {
    fn by_method(&self, search: Search<Numbered>) -> Trained {
        let definition = self.config.definition();
        let inner = sampler(definition);
        let configurations = definition.configurations();
        match definition.method.scheduler {
            None => self.counted(search.sampler(inner), configurations),
            Some(SchedulerMethod::Median { grace, startup, min_trials }) => {
                let pruner = MedianPruner::new().n_startup_trials(startup).n_warmup_steps(grace);
                self.counted(search.sampler(inner.pruner(pruner.n_min_trials(min_trials))), configurations)
            }
            Some(SchedulerMethod::Budgets { kind, min, max, eta }) => {
                let budgets = (min, max);
                let rounds = definition.num_samples().and(configurations).map_or(1, |all| rounds(all, min, max, eta));
                let starts = configurations.unwrap_or(10);
                match kind {
                    SchedulerName::Hyperband => {
                        self.budgeted(search, Hyperband::new(eta).inner(inner).rounds(rounds), budgets)
                    }
                    SchedulerName::Dehb => self.budgeted(search, Dehb::new(eta).rounds(rounds), budgets),
                    SchedulerName::Asha => {
                        self.budgeted(search, Asha::new(eta).inner(inner).configurations(starts), budgets)
                    }
                    SchedulerName::Pasha => {
                        self.budgeted(search, Pasha::new(eta).inner(inner).configurations(starts), budgets)
                    }
                }
            }
        }
    }

    fn counted<K, I, J>(&self, search: Search<Numbered, K>, configurations: Option<u64>) -> Trained
    where
        std::ops::Range<u64>: LoopRange<K, (), Item = I>,
        std::ops::RangeFull: LoopRange<K, (), Item = J>,
        I: Item,
        J: Item,
        Outcome: Objective<K, ()>,
    {
        match configurations {
            Some(count) => self.run(search, 0..count),
            None => self.run(search, ..),
        }
    }

    fn budgeted(
        &self,
        search: Search<Numbered>,
        scheduler: impl Strategy<Kind = Budgets>,
        (min, max): (f64, f64),
    ) -> Trained {
        let search = search.sampler(scheduler);
        let is_whole = |budget: f64| budget.fract() == 0.0 && (1.0..9e15).contains(&budget);
        if is_whole(min) && is_whole(max) {
            self.run(search, min as u64..=max as u64)
        } else {
            self.run(search, min..=max)
        }
    }

    fn run<K, H>(&self, search: Search<Numbered, K>, head: H) -> Trained
    where
        H: LoopRange<K, ()>,
        H::Item: Item,
        Outcome: Objective<K, ()>,
    {
        let body = |item: H::Item, drawn: Drawn| {
            let budget = item.budget();
            let mut trial = Trial::new(self.config, drawn.numbers, &drawn.values, budget, item.running());
            let (outcome, _) = (self.body)(&mut trial).outcome();
            if trial.is_stopped() { Outcome::pruned() } else { outcome }
        };
        let ho = match self.workers {
            0 | 1 => search.run(head, body),
            count => search.run_on(workers(count), head, body),
        };
        ho.map(|drawn| drawn.values)
    }
}
