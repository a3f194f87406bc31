//! What a sweep would run next, without running it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use hyperopt_core::{Goal, StopReason};
use serde_json::Value;

use crate::config::Config;
use crate::sweep::execution::Execution;
use crate::sweep::training::{Error, Training, begun};
use crate::sweep::trial::Trial;

/// The trials that a sweep would run next, which [`Training::preview`] returns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Preview {
    /// The next trials, up to the first that depends on the results of those before it.
    pub trials: Vec<PreviewedTrial>,
    /// The number of the first trial that depends on the results of those before it; `None` if no trial of the preview does.
    pub depends: Option<usize>,
    /// Whether these trials also depend on which of those before them ends first.
    pub depends_on_order: bool,
    /// The seed of the configuration or of the study, or else one that was drawn for this preview.
    pub seed: u64,
    /// Whether the seed was drawn, so that another run proposes other trials.
    pub is_seed_drawn: bool,
    /// The name of the sampler.
    pub sampler: String,
    /// The number of trials that the study holds already.
    pub kept: usize,
    /// Why the sweep would end after fewer trials than were asked for; `None` if it would not, or if that depends on results.
    pub end: Option<StopReason>,
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
    /// Returns the next `count` trials as [`run`](Self::run) would propose them, without running or writing anything. The same
    /// seed gives the same trials. If the sweep has a study, its trials are read, and the preview continues from them.
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
    /// Fails where [`run`](Self::run) would fail before its first trial.
    pub fn preview(self, count: usize) -> Result<Preview, Error> {
        let begun = begun(self.config);
        let mut config = begun.as_ref().unwrap_or(self.config).clone();
        let is_seed_drawn = config.definition().seed().is_none();
        let name = self.objective.as_deref();
        let workers = config.definition().workers();
        let depends_on_order = config.definition().depends_on_order();
        let (first, certain, seed, sampler, kept, end) = if depends_on_order {
            // One trial more tells whether any depends on these.
            let together = together(&config, count);
            config.definition_mut().set_workers(workers.min(together.max(2)));
            let asked = if together < count { together + 1 } else { count };
            // Each result is better than those before, so that whatever may follow does.
            let sign = if config.definition().goal() == Goal::Maximize { 1.0 } else { -1.0 };
            let rehearsed = rehearse(&config, name, (asked, together), |number| sign * number as f64)?;
            let Rehearsed { trials, together, seed, sampler, kept, end } = rehearsed;
            (trials, together, seed, sampler, kept, end)
        } else {
            // One and several workers propose in different ways, two and more in the same.
            config.definition_mut().set_workers(workers.min(2));
            let Rehearsed { trials: first, seed, sampler, kept, end, .. } =
                rehearse(&config, name, (count, 1), |number| number as f64)?;
            config.definition_mut().set_seed(seed);
            // Trials that depend on results differ from those after other results.
            let second = rehearse(&config, name, (count, 1), |number| -(number as f64))?;
            let certain = first.iter().zip(&second.trials).take_while(|(first, second)| first == second).count();
            (first, certain, seed, sampler, kept, end)
        };
        let depends = first.get(certain).map(|trial| trial.number);
        let mut trials = first;
        trials.truncate(certain);
        let is_seed_drawn = is_seed_drawn && kept == 0;
        let end = end.filter(|_| depends.is_none());
        Ok(Preview { trials, depends, depends_on_order, seed, is_seed_drawn, sampler, kept, end })
    }
}

/// What a rehearsal has proposed.
struct Rehearsed {
    trials: Vec<PreviewedTrial>,
    /// How many of them were proposed before any had a result.
    together: usize,
    seed: u64,
    sampler: String,
    kept: usize,
    /// Why fewer trials were proposed than were asked for.
    end: Option<StopReason>,
}

/// The time after which a worker that got no trial is no longer waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Returns how many of the next `count` trials all workers together are given before any of them has a result.
fn together(config: &Config, count: usize) -> usize {
    let definition = config.definition();
    let planned = definition.configurations().map_or(usize::MAX, |all| usize::try_from(all).unwrap_or(usize::MAX));
    count.min(definition.workers()).min(planned)
}

/// Proposes `count` trials, whose results are those of `value`. The first `together` of them are proposed before any has a result.
fn rehearse(
    config: &Config,
    name: Option<&str>,
    (count, together): (usize, usize),
    value: impl Fn(usize) -> f64 + Sync,
) -> Result<Rehearsed, Error> {
    let stop = Arc::new(AtomicBool::new(count == 0));
    let proposed = Mutex::new(Vec::new());
    let (came, held) = (Condvar::new(), OnceLock::new());
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
        came.notify_all();
        let lacks = |proposed: &mut Vec<PreviewedTrial>| proposed.len() < together;
        // A sweep that is continued may have fewer trials left.
        let waited = came.wait_timeout_while(proposed, PATIENCE, lacks);
        let (proposed, _) = waited.unwrap_or_else(PoisonError::into_inner);
        held.get_or_init(|| proposed.len().min(together));
        drop(proposed);
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
    let end = Some(ho.sweep().end()).filter(|_| trials.len() < count);
    let together = held.into_inner().unwrap_or(0);
    Ok(Rehearsed { trials, together, seed, sampler, kept, end })
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
#[expect(clippy::unnecessary_wraps, reason = "stands for the function that reads a study")]
fn snapshot(search: Search, _: &Config) -> Result<(Search, usize), Error> {
    Ok((search, 0))
}
