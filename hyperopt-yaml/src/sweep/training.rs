//! Runs a sweep from a file: the function `train`, and the settings that a file does not have.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use hyperopt_core::{InitialPoints, Objective, OnError, OnInterrupt, Parameters, Progress, Search, Trials};
use serde_json::Value;
use thiserror::Error;

use crate::config::Config;
use crate::sweep::execution::Execution;
use crate::sweep::space::space;
use crate::sweep::trained::Trained;
use crate::sweep::trial::Trial;

/// The reason why a sweep did not run.
#[derive(Error)]
#[non_exhaustive]
pub enum Error {
    /// The sampler cannot work on these hyperparameters, or the study cannot be read.
    #[error(transparent)]
    Sweep(#[from] hyperopt_core::Error),
    /// The study cannot be opened.
    #[error("{0}")]
    Study(String),
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Runs the sweep that `config` defines. `body` trains each trial and returns the metric, or any other [`Objective`]. An `Err`,
/// a `None` or a NaN is recorded as a failed trial, and the sweep continues.
///
/// At most [`workers`](crate::Definition::workers) trials run at a time, each on a thread of its own. The same seed gives the
/// same history as `hyperopt!` with the same candidates.
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
/// Fails if the study cannot be opened, or if the sampler cannot work on these hyperparameters.
/// [`Hyperoptimizer::error`](hyperopt_core::Hyperoptimizer::error) of the result is the error that ended the sweep later, if
/// any.
pub fn train<O: Objective<Trials, ()>>(
    config: &Config,
    body: impl Fn(&mut Trial<'_>) -> O + Sync,
) -> Result<Trained, Error> {
    Training::new(config).run(body)
}

/// The sweep of a configuration, with the settings that a file cannot have.
#[derive(Debug)]
pub struct Training<'a> {
    pub(crate) config: &'a Config,
    progress: Progress,
    on_interrupt: OnInterrupt,
    on_error: OnError,
    without_signals: bool,
    stop: Option<Arc<AtomicBool>>,
    pub(crate) objective: Option<String>,
}

impl<'a> Training<'a> {
    /// Creates the sweep of `config`.
    #[must_use]
    pub fn new(config: &'a Config) -> Self {
        let (progress, on_interrupt, on_error) = (Progress::default(), OnInterrupt::default(), OnError::default());
        Self { config, progress, on_interrupt, on_error, without_signals: false, stop: None, objective: None }
    }

    /// Ends the sweep when `stop` is set: no more trials start, and the running ones finish.
    #[must_use]
    pub fn stop_when(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Sets the name of the objective in tables, figures and studies (default: the metric of the file).
    #[must_use]
    pub fn objective_name(mut self, name: impl Into<String>) -> Self {
        self.objective = Some(name.into());
        self
    }

    /// Leaves SIGTERM to the program. By default, a study requeues its running trials on SIGTERM and ends the process.
    #[must_use]
    pub fn without_signals(mut self) -> Self {
        self.without_signals = true;
        self
    }

    /// Sets where progress is shown (default: nowhere).
    #[must_use]
    pub fn progress(mut self, progress: impl Into<Progress>) -> Self {
        self.progress = progress.into();
        self
    }

    /// Sets what Ctrl-C does (default: it ends the program).
    #[must_use]
    pub fn on_interrupt(mut self, on_interrupt: OnInterrupt) -> Self {
        self.on_interrupt = on_interrupt;
        self
    }

    /// Sets what a failed trial does (default: the sweep continues).
    #[must_use]
    pub fn on_error(mut self, on_error: OnError) -> Self {
        self.on_error = on_error;
        self
    }

    /// Returns the search of `config`, with the settings that decide on what is proposed.
    pub(crate) fn search(config: &Config, objective: Option<&str>) -> Search<Parameters<Value>> {
        let definition = config.definition();
        let mut search = Search::new(space(definition)).goal(definition.goal()).repeats(definition.repeats());
        search = search.objective_names([objective.unwrap_or(definition.metric()).to_owned()]);
        if let Some(seed) = definition.seed() {
            search = search.seed(seed);
        }
        if let Some(spend) = definition.spend() {
            search = search.spend(spend);
        }
        if !definition.try_first.is_empty() {
            search = search.try_first(InitialPoints::named(definition.try_first.iter().cloned()));
        }
        search
    }

    /// Runs the sweep as [`train`] does, with these settings.
    ///
    /// # Errors
    ///
    /// Fails as [`train`] does.
    pub fn run<O: Objective<Trials, ()>>(self, body: impl Fn(&mut Trial<'_>) -> O + Sync) -> Result<Trained, Error> {
        let Self { config, progress, on_interrupt, on_error, without_signals, stop, objective } = self;
        let begun = begun(config);
        let config = begun.as_ref().unwrap_or(config);
        let definition = config.definition();
        let mut search = Self::search(config, objective.as_deref());
        search = search.progress(progress).on_interrupt(on_interrupt).on_error(on_error);
        if let Some(stop) = stop {
            search = search.stop_when(stop);
        }
        if let Some(timeout) = definition.timeout() {
            search = search.timeout(timeout);
        }
        if let Some(url) = definition.study() {
            search = open(search, url, definition.study_name(), without_signals)?;
        }
        let mut ho = Execution { config, body: &body }.start(search);
        config.notes().iter().for_each(|note| ho.add_note(note));
        if definition.has_pruner() && ho.trials().all(|(trial, _)| trial.reports().is_empty()) {
            ho.add_note(
                "no trial reported its metric while it ran, so that none was compared with others or ended early",
            );
        }
        match ho.error() {
            Some(error) if ho.is_empty() => Err(Error::Sweep(error.clone())),
            _ => Ok(ho),
        }
    }
}

/// Returns the configuration with the names that its study was begun with; `None` if these are its own, or there is no study yet.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn begun(config: &Config) -> Option<Config> {
    let definition = config.definition();
    if !definition.parameters().iter().any(|parameter| parameter.name().starts_with("training.")) {
        return None;
    }
    let study = hyperopt_store::Study::open(definition.study()?).ok()?.name(definition.study_name());
    let sweep = study.read().ok()?;
    let names: std::collections::HashSet<&str> = sweep.space().parameters().collect();
    config.as_begun(|name| names.contains(name))
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
pub(crate) fn begun(_: &Config) -> Option<Config> {
    None
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn open(
    search: Search<Parameters<Value>>,
    url: &str,
    name: &str,
    without_signals: bool,
) -> Result<Search<Parameters<Value>>, Error> {
    let study = hyperopt_store::Study::open(url).map_err(|error| Error::Study(error.to_string()))?.name(name);
    Ok(search.study(if without_signals { study.without_signals() } else { study }))
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn open(_: Search<Parameters<Value>>, url: &str, _: &str, _: bool) -> Result<Search<Parameters<Value>>, Error> {
    Err(Error::Study(format!(
        "`{url}`: this program keeps no studies; build it with the feature `sqlite` or `postgres`"
    )))
}
