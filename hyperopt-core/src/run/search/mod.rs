//! Sweeps over search spaces that are values.

mod branches;
mod run;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::engine::{Earlier, Engine, OnError, OnInterrupt, Progress, Seed, Settings, Spend};
use crate::error::Error;
use crate::history::IntoGoals;
use crate::sampler::RandomSampler;
use crate::scheduler::{Chosen, Strategy, Trials};
use crate::search_space::{SearchSpace, listed};
use crate::study::Store;
use crate::sweep::{InitialPoints, IntoInitialPoints, StopReason, Sweep, TryFirst};

/// A sweep over a search space that is a value, with the settings of `hyperopt!` as methods.
///
/// With the same space, sampler and seed, the sweep has the same history as the loop of `hyperopt!`.
///
/// ```
/// use hyperopt_core::{Candidates, Parameters, Search, TpeSampler};
///
/// let space = Parameters::new().with("x", (-10.0..=10.0).dimension());
/// let ho = Search::new(space).sampler(TpeSampler::new()).seed(7).run(0..60, |_, params| params[0].1.powi(2));
/// assert!(ho.best()?.value < 1.0);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[must_use = "a search does nothing until it is run or opened"]
pub struct Search<P, K = Trials> {
    pub(super) space: P,
    pub(super) sampler: Chosen<K>,
    pub(super) settings: Settings,
    /// Batch size of an adaptive sampler in the calling thread.
    pub(super) batch: usize,
}

impl<P: SearchSpace> Search<P> {
    /// Makes a sweep over `space`, by random search unless [`sampler`](Self::sampler) sets another sampler.
    pub fn new(space: P) -> Self {
        Self { space, sampler: Chosen::new(RandomSampler::new()), settings: Settings::new(), batch: 1 }
    }
}

impl<P: SearchSpace, K> Search<P, K> {
    /// Sets the sampler or scheduler (default: [`RandomSampler`](crate::RandomSampler)).
    pub fn sampler<M: Strategy>(self, sampler: M) -> Search<P, M::Kind> {
        let Self { space, settings, batch, .. } = self;
        Search { space, sampler: Chosen::new(sampler), settings, batch }
    }

    /// Sets the seed (default: drawn from the operating system, and shown by the table).
    pub fn seed(mut self, seed: impl Seed) -> Self {
        self.settings.seed = Some(seed.seed());
        self
    }

    /// Sets the goal, or an array with one goal for each objective (default: [`Minimize`](crate::Goal::Minimize)).
    pub fn goal(mut self, goal: impl IntoGoals) -> Self {
        self.settings.goal = Some(goal.goals());
        self
    }

    /// Sets the names of the objectives, in the order of the goals, for outcomes that do not [name](crate::Metrics::objectives)
    /// them (default: `objective`). A study that has named its objectives keeps their names.
    ///
    /// ```
    /// use hyperopt_core::{Candidates, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    /// let ho = Search::new(space).objective_names(["loss"]).run(0..6, |_, params| params[0].1);
    /// assert_eq!(ho.sweep().objective_names(), ["loss"]);
    /// ```
    pub fn objective_names<N: Into<Cow<'static, str>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.settings.names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Stores the sweep in a study, and resumes it if the study has trials (default: no study).
    pub fn study(mut self, study: impl Store + 'static) -> Self {
        self.settings.study = Some(Box::new(study));
        self
    }

    /// Resumes an earlier sweep over the same space (default: none).
    pub fn earlier(mut self, earlier: impl Earlier) -> Self {
        self.settings.ho = Some(earlier.earlier());
        self
    }

    /// Sets the points to try first, which count among the trials (default: none).
    pub fn try_first(mut self, points: impl IntoInitialPoints) -> Self {
        self.settings.try_first = TryFirst::Known(points.points());
        self
    }

    /// Transfers from a sweep on another problem (default: none): its best points are tried first, and guide some samplers.
    pub fn transfer(mut self, earlier: impl Earlier) -> Self {
        self.settings.transfer = Some(InitialPoints::transferred(&earlier.earlier()));
        self
    }

    /// Sets the time after which no trial starts (default: no limit). Running trials finish.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Ends the sweep once its best objective is strictly better than `threshold`: below it, or above it under
    /// [`Maximize`](crate::Goal::Maximize) (default: no threshold). In a sweep over budgets, the best trial is one of those with
    /// the most resources so far. Running trials finish.
    ///
    /// NaN and a sweep with several goals are errors of the sweep.
    pub fn loss_threshold(mut self, threshold: impl Into<f64>) -> Self {
        self.settings.loss_threshold = Some(threshold.into());
        self
    }

    /// Ends the sweep after `trials` trials in a row, by their numbers, none of which is better than the best before it
    /// (default: no limit). Failed and pruned trials count; in a sweep over budgets, a trial is compared with those of the same
    /// resources. The trials of an earlier sweep that this one resumes count too.
    ///
    /// 0 and a sweep with several goals are errors of the sweep.
    pub fn no_progress(mut self, trials: u64) -> Self {
        self.settings.no_progress = Some(trials);
        self
    }

    /// Ends the sweep of a scheduler once its trials have spent `resources`, in the unit of its budgets (default: no limit).
    ///
    /// A trial spends its resources when it starts, minus those that its configuration has had before: of three rungs with 1, 3
    /// and 9 epochs, the last spends 6. The trial that reaches the limit still runs, so the sweep may spend somewhat more. In a
    /// study, the resources of all runs and processes count; those of an earlier sweep that this one [resumes](Self::earlier)
    /// do not. A scheduler whose rounds or configurations are not set runs rounds until the limit.
    ///
    /// NaN, a number that is not above 0, and a loop that counts trials are errors of the sweep.
    ///
    /// ```
    /// use hyperopt_core::{Hyperband, Parameters, Search, StopReason};
    ///
    /// let space = Parameters::new().with("x", 0.0..=1.0);
    /// let search = Search::new(space).sampler(Hyperband::new(3.0)).spend(500);
    /// let ho = search.run_trials(1..=9, |trial, params| params["x"] / trial.resources().unwrap_or(1.0));
    /// assert_eq!(ho.end(), StopReason::Spent);
    /// ```
    pub fn spend(mut self, resources: impl Spend) -> Self {
        self.settings.spend = Some(resources.resources());
        self
    }

    /// Sets how progress is shown on standard error (default: [`Progress::Off`]).
    pub fn progress(mut self, progress: impl Into<Progress>) -> Self {
        self.settings.progress = progress.into();
        self
    }

    /// Sets what the sweep does after a failed trial (default: [`OnError::Continue`]).
    pub fn on_error(mut self, on_error: OnError) -> Self {
        self.settings.on_error = on_error;
        self
    }

    /// Sets what Ctrl-C does (default: [`OnInterrupt::Kill`]).
    pub fn on_interrupt(mut self, on_interrupt: OnInterrupt) -> Self {
        self.settings.on_interrupt = on_interrupt;
        self
    }

    /// Ends the sweep once `stop` is `true`: no further trial starts, and running trials finish.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// use hyperopt_core::{Candidates, StopReason, Parameters, Search};
    ///
    /// let stop = Arc::new(AtomicBool::new(false));
    /// let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    /// let ho = Search::new(space).stop_when(Arc::clone(&stop)).run(0..60, |trial, params| {
    ///     stop.store(trial == 4, Ordering::Relaxed);
    ///     params[0].1
    /// });
    /// assert_eq!((ho.len(), ho.end()), (5, StopReason::Interrupt));
    /// ```
    pub fn stop_when(mut self, stop: Arc<AtomicBool>) -> Self {
        self.settings.stop = Some(stop);
        self
    }

    /// Sets whether points may repeat where all hyperparameters have levels (default: `false`).
    ///
    /// With `false`, no point is tried twice without need. A sampler that learns proposes the best untried point by its own
    /// model, and lets a point repeat where no untried one is promising. Random search draws a repeat again along
    /// hyperparameters whose values are equally likely, and not along a logarithm, weights or a normal distribution. At the
    /// end, a note of the sweep says how many trials repeat an earlier one, and whether all points have been tried. `true` is
    /// for noisy objectives.
    pub fn repeats(mut self, repeats: bool) -> Self {
        self.settings.repeats = repeats;
        self
    }

    #[cfg(feature = "export")]
    pub(crate) fn space(&self) -> &P {
        &self.space
    }

    /// Returns the number of trials of the earlier sweep; those of a study are not included.
    pub(crate) fn trials_before(&self) -> u64 {
        self.settings.ho.as_ref().map_or(0, |earlier| earlier.history().len() as u64)
    }

    /// Resumes an untyped sweep.
    #[cfg(feature = "export")]
    pub(crate) fn earlier_sweep(mut self, earlier: Sweep) -> Self {
        self.settings.ho = Some(earlier);
        self
    }

    /// Adds a watcher, which is called before the first trial and after each.
    pub(crate) fn watcher(
        mut self,
        watcher: impl FnMut(&Sweep) -> Result<Option<StopReason>, Error> + Send + 'static,
    ) -> Self {
        self.settings.watchers.all.push(Box::new(watcher));
        self
    }

    /// Sets how many suggestions an adaptive sampler makes before the first of them is evaluated.
    pub(crate) fn batch(mut self, batch: usize) -> Self {
        self.batch = batch.max(1);
        self
    }

    /// Returns the space and an engine that has not begun.
    pub(super) fn engine(self) -> (P, Engine) {
        let Self { space, sampler, mut settings, .. } = self;
        settings.try_first = branches::chosen(&space, settings.try_first);
        let engine = Engine::new(listed(&space), sampler.scheduler(), settings);
        (space, engine)
    }
}

impl<P: SearchSpace, K> fmt::Debug for Search<P, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search")
            .field("axes", &self.space.len())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
