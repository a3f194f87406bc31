//! What a sweep would run next, without running it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::config::Config;
use crate::sweep::execution::Execution;
use crate::sweep::training::{Error, Training, begun};
use crate::sweep::trial::Trial;

/// What a sweep would run next, which [`Training::preview`] returns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Preview {
    /// The next trials, as far as they do not depend on the results of each other.
    pub trials: Vec<PreviewedTrial>,
    /// The number of the first trial that depends on the results of those before it; `None` if none of those asked for does.
    pub depends: Option<usize>,
    /// The seed: that of the configuration or of the study, else one that was drawn for this preview.
    pub seed: u64,
    /// Whether the seed was drawn, so that another run proposes other trials.
    pub is_seed_drawn: bool,
    /// The name of the sampler.
    pub sampler: String,
    /// The number of trials that the study holds already.
    pub kept: usize,
}

/// A trial that would be run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PreviewedTrial {
    /// The number of the trial.
    pub number: usize,
    /// The number of its configuration.
    pub configuration: usize,
    /// Its budget; `None` in a sweep without budgets.
    pub budget: Option<f64>,
    /// Its hyperparameters, in the order of the file.
    pub parameters: Vec<(String, Value)>,
    /// Its complete configuration as a YAML file.
    pub config_yaml: String,
}

impl Training<'_> {
    /// Returns the next `count` trials as [`run`](Self::run) would propose them, without running or writing anything: the same
    /// seed gives the same trials. What a study holds is read.
    ///
    /// ```
    /// use hyperopt_yaml::{Config, Training};
    ///
    /// let text = "hyperopt: {seed: 7, parameters: {rate: {type: float, low: 0.0, high: 1.0}}}";
    /// let config = Config::parse("sweep.yaml", text)?;
    /// let preview = Training::new(&config).preview(3)?;
    /// let ho = Training::new(&config).run(|trial| trial.config()["rate"].as_f64())?;
    /// assert_eq!(preview.trials.len(), 3);
    /// for (trial, (_, run)) in preview.trials.iter().zip(ho.trials()) {
    ///     assert_eq!(trial.parameters, *run);
    /// }
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those that [`run`](Self::run) has before its first trial.
    pub fn preview(self, count: usize) -> Result<Preview, Error> {
        let begun = begun(self.config);
        let mut config = begun.as_ref().unwrap_or(self.config).clone();
        let is_seed_drawn = config.definition().seed().is_none();
        // One and several workers propose in different ways, two and more in the same.
        let workers = config.definition().workers().min(2);
        config.definition_mut().set_workers(workers);
        let name = self.objective.as_deref();
        let (first, seed, sampler, kept) = rehearse(&config, name, count, |number| number as f64)?;
        config.definition_mut().set_seed(seed);
        // Trials that depend on results differ from those after other results.
        let (second, ..) = rehearse(&config, name, count, |number| -(number as f64))?;
        let certain = first.iter().zip(&second).take_while(|(first, second)| first == second).count();
        let depends = first.get(certain).map(|trial| trial.number);
        let mut trials = first;
        trials.truncate(certain);
        Ok(Preview { trials, depends, seed, is_seed_drawn: is_seed_drawn && kept == 0, sampler, kept })
    }
}

type Rehearsed = (Vec<PreviewedTrial>, u64, String, usize);

/// Proposes `count` trials, whose results are those of `value`.
fn rehearse(
    config: &Config,
    name: Option<&str>,
    count: usize,
    value: impl Fn(usize) -> f64 + Sync,
) -> Result<Rehearsed, Error> {
    let stop = Arc::new(AtomicBool::new(count == 0));
    let proposed = Mutex::new(Vec::new());
    let body = |trial: &mut Trial<'_>| {
        let previewed = PreviewedTrial {
            number: trial.number(),
            configuration: trial.configuration(),
            budget: trial.budget(),
            parameters: trial.parameters().to_vec(),
            config_yaml: trial.config_yaml(),
        };
        let mut proposed = proposed.lock().unwrap_or_else(PoisonError::into_inner);
        proposed.push(previewed);
        if proposed.len() >= count {
            stop.store(true, Ordering::SeqCst);
        }
        value(trial.number())
    };
    let (search, kept) = snapshot(Training::search(config, name).stop_when(Arc::clone(&stop)), config)?;
    let ho = Execution { config, body: &body }.start(search);
    if let Some(error) = ho.error() {
        return Err(Error::Sweep(error.clone()));
    }
    let (seed, sampler) = (ho.sweep().seed(), ho.sweep().sampler().to_owned());
    let mut trials = proposed.into_inner().unwrap_or_else(PoisonError::into_inner);
    trials.sort_by_key(|trial| trial.number);
    trials.truncate(count);
    Ok((trials, seed, sampler, kept))
}

type Search = hyperopt_core::Search<hyperopt_core::Parameters<Value>>;

/// Continues from what the study of `config` holds, and returns the number of its trials.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn snapshot(search: Search, config: &Config) -> Result<(Search, usize), Error> {
    let definition = config.definition();
    let Some(url) = definition.study() else { return Ok((search, 0)) };
    let study = hyperopt_store::Study::open(url).map_err(|error| Error::Study(error.to_string()))?;
    let snapshot = study.name(definition.study_name()).snapshot().map_err(|error| Error::Sweep(error.of_sweep()))?;
    let kept = snapshot.len();
    Ok((search.study(snapshot), kept))
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn snapshot(search: Search, _: &Config) -> Result<(Search, usize), Error> {
    Ok((search, 0))
}
