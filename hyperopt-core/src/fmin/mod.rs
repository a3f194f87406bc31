//! The function `fmin` of Python's hyperopt, with the same names: see [`fmin`](fn@fmin).

mod algo;
mod argmin;
mod early_stop;
mod run;
#[cfg(feature = "export")]
mod save;
mod space_eval;
mod trials;

pub use algo::{Tpe, anneal, mix, rand, tpe};
pub use argmin::Argmin;
pub use early_stop::no_progress_loss;
pub use space_eval::space_eval;
pub use trials::{FminTrials, Minimum, STATUS_FAIL, STATUS_OK};

use crate::engine::{Earlier, OnError, Progress, check_threshold};
use crate::run::{Executor, Search};
use crate::scheduler::{Strategy, Trials};
use crate::search_space::SearchSpace;
use crate::study::Store;
use crate::sweep::{IntoInitialPoints, StopReason, Sweep};
use std::fmt;
#[cfg(feature = "export")]
use std::path::PathBuf;
use std::time::Duration;

/// Minimises `fn_` over the parameters in `space`.
///
/// The function takes the parameters of the space, and returns any value that the body of a loop may have: a number, a `Result`
/// or `Option` of one, [`Metrics`](crate::Metrics), or an [`Outcome`](crate::Outcome). A trial that fails, or whose loss is NaN
/// or infinite, is recorded as failed, and the search continues.
///
/// ```
/// use hyperopt_core::{fmin, hp};
///
/// let best = fmin(|x| x * x, hp::uniform("x", -10, 10)).max_evals(100).rstate(7).run()?;
/// assert!(best.loss() < 0.1);
/// println!("{best}"); // {'x': 0.03…}
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
///
/// The call is a [`Search`]: one seed gives the same history as `hyperopt!` over the same space with the same sampler.
pub fn fmin<F, S, O>(fn_: F, space: S) -> Fmin<F, S>
where
    S: SearchSpace,
    F: FnMut(S::Params) -> O,
    O: crate::run::Objective<Trials, ()>,
{
    Fmin::new(fn_, space, CallingThread)
}

/// Minimises on the threads of `executor`, in place of `SparkTrials`, as `phyperopt!` does. The history depends on the seed
/// and not on the number of threads.
///
/// ```
/// use hyperopt_core::{hp, pfmin, workers};
///
/// let best = pfmin(workers(2), |x| x * x, hp::uniform("x", -10, 10)).max_evals(100).rstate(7).run()?;
/// assert!(best.loss() < 0.1);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
pub fn pfmin<E, F, S, O>(executor: E, fn_: F, space: S) -> Fmin<F, S, On<E>>
where
    E: Executor,
    S: SearchSpace + Sync,
    F: Fn(S::Params) -> O + Sync,
    O: crate::run::Objective<Trials, ()>,
{
    Fmin::new(fn_, space, On(executor))
}

/// Evaluates in the calling thread; used by [`fmin`](fn@fmin).
#[derive(Clone, Copy, Debug)]
pub struct CallingThread;

/// Evaluates on the threads of an executor; used by [`pfmin`].
#[derive(Clone, Copy, Debug)]
pub struct On<E>(E);

/// A call of [`fmin`](fn@fmin) with its settings; [`run`](Self::run) runs it.
#[must_use = "nothing is evaluated before `run`"]
pub struct Fmin<F, S, E = CallingThread> {
    executor: E,
    fn_: F,
    search: Search<S>,
    max_evals: Option<u64>,
    /// The number of points evaluated first, in addition to `max_evals`.
    points: u64,
    save_file: SaveFile,
}

/// The file that keeps the trials, if any.
#[cfg(feature = "export")]
type SaveFile = Option<PathBuf>;
#[cfg(not(feature = "export"))]
type SaveFile = ();

impl<F, S: SearchSpace, E> Fmin<F, S, E> {
    fn new(fn_: F, space: S, executor: E) -> Self {
        let search = Search::new(space).sampler(tpe());
        Self { executor, fn_, search, max_evals: None, points: 0, save_file: SaveFile::default() }
    }

    /// Sets the algorithm: [`tpe()`] (default), [`rand()`], [`anneal()`], [`mix`], or any [`Sampler`](crate::Sampler).
    pub fn algo(self, algo: impl Strategy<Kind = Trials>) -> Self {
        Self { search: self.search.sampler(algo), ..self }
    }

    /// Sets the total number of trials, including those of earlier [`trials`](Self::trials) (default: no limit).
    pub fn max_evals(self, max_evals: u64) -> Self {
        Self { max_evals: Some(max_evals), ..self }
    }

    /// Sets the time after which no trial starts (default: no limit).
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { search: self.search.timeout(timeout), ..self }
    }

    /// Stops once the best loss is strictly below `threshold` (default: no threshold). NaN is an error of the
    /// search.
    pub fn loss_threshold(self, threshold: f64) -> Self {
        let is_below = move |sweep: &Sweep| {
            check_threshold(threshold)?;
            let best = sweep.best_for(sweep.goal()).ok();
            Ok(best.is_some_and(|(_, loss)| loss < threshold).then_some(StopReason::Threshold))
        };
        Self { search: self.search.watcher(is_below), ..self }
    }

    /// Stops once `stop` returns `true`. It is called with the sweep after each trial: [`no_progress_loss`], or a function
    /// of your own.
    pub fn early_stop_fn(self, mut stop: impl FnMut(&Sweep) -> bool + Send + 'static) -> Self {
        let watcher = move |sweep: &Sweep| {
            let is_over = !sweep.history().is_empty() && stop(sweep);
            Ok(is_over.then_some(StopReason::EarlyStop))
        };
        Self { search: self.search.watcher(watcher), ..self }
    }

    /// Sets points to evaluate first, in addition to [`max_evals`](Self::max_evals) (default: none): values by label, as in
    /// [`InitialPoints::named`](crate::InitialPoints::named). Points of earlier trials are not evaluated again.
    pub fn points_to_evaluate(self, points: impl IntoInitialPoints) -> Self {
        let points = points.points();
        Self { points: points.len() as u64, search: self.search.try_first(points), ..self }
    }

    /// Resumes earlier trials over the same space (default: none).
    pub fn trials(self, earlier: impl Earlier) -> Self {
        Self { search: self.search.earlier(earlier), ..self }
    }

    /// Stores the trials in this JSON file, to which each trial is appended. If the file exists and no [`trials`](Self::trials)
    /// are given, the search resumes from it. If it is a symbolic link, the file that it leads to is written.
    ///
    /// The file is complete after each trial and survives the death of the process; a power failure may lose the last trials.
    /// For several processes, use [`study`](Self::study).
    #[cfg(feature = "export")]
    pub fn trials_save_file(self, file: impl Into<PathBuf>) -> Self {
        Self { save_file: Some(file.into()), ..self }
    }

    /// Stores the trials in a study, which other processes may share; [`max_evals`](Self::max_evals) is its total.
    pub fn study(self, study: impl Store + 'static) -> Self {
        Self { search: self.search.study(study), ..self }
    }

    /// Sets how many suggestions are made before the first of them is evaluated (default: 1). With a larger number, an
    /// algorithm that learns has fewer results for each suggestion.
    pub fn max_queue_len(self, max_queue_len: usize) -> Self {
        Self { search: self.search.batch(max_queue_len), ..self }
    }

    /// Sets whether the search continues after a failed trial (default: `true`). With `false` it stops, and
    /// [`run`](Self::run) returns the error of the trial.
    pub fn catch_eval_exceptions(self, catch: bool) -> Self {
        let on_error = if catch { OnError::Continue } else { OnError::Stop };
        Self { search: self.search.on_error(on_error), ..self }
    }

    /// Sets whether points may repeat where all parameters have levels (default: `false`): see [`Search::repeats`].
    pub fn repeats(self, repeats: bool) -> Self {
        Self { search: self.search.repeats(repeats), ..self }
    }

    /// Sets the seed (default: drawn from the operating system).
    pub fn rstate(self, seed: u64) -> Self {
        Self { search: self.search.seed(seed), ..self }
    }

    /// Sets how progress is shown on standard error (default: `false`).
    pub fn show_progressbar(self, progress: impl Into<Progress>) -> Self {
        Self { search: self.search.progress(progress), ..self }
    }
}

impl<F, S: SearchSpace, E> fmt::Debug for Fmin<F, S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { search, max_evals, points, .. } = self;
        let mut shown = f.debug_struct("Fmin");
        shown.field("search", search).field("max_evals", max_evals).field("points", points).finish_non_exhaustive()
    }
}
