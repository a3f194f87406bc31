//! Runs a call of `fmin`, in the calling thread or on an executor.

use super::{CallingThread, Fmin, FminTrials, Minimum, On};
use crate::error::Error;
use crate::run::{Executor, Objective, Search};
use crate::scheduler::Trials;
use crate::search_space::SearchSpace;
use crate::sweep::{Hyperoptimizer, StopReason};

impl<F, S: SearchSpace> Fmin<F, S> {
    /// Runs the search in the calling thread, and returns the best trial.
    ///
    /// # Errors
    ///
    /// Fails if no trial has a finite loss, quoting the first failure; if the space or the algorithm is faulty, before any
    /// trial; if a trial failed under `catch_eval_exceptions(false)`; or if the trials cannot be written to their file or
    /// read from it.
    pub fn run<O>(self) -> Result<Minimum<S::Params>, Error>
    where
        F: FnMut(S::Params) -> O,
        O: Objective<Trials, ()>,
    {
        self.evaluate()?.minimum()
    }

    /// Runs the search in the calling thread, and returns all trials, in any state.
    ///
    /// # Errors
    ///
    /// Fails as [`run`](Self::run) does, but not if no trial has a finite loss.
    pub fn evaluate<O>(self) -> Result<FminTrials<S::Params>, Error>
    where
        F: FnMut(S::Params) -> O,
        O: Objective<Trials, ()>,
    {
        let (search, mut fn_, CallingThread, remaining) = self.prepared()?;
        finished(match remaining {
            Some(remaining) => search.run(0..remaining, |_, params| fn_(params)),
            None => search.run(0_u64.., |_, params| fn_(params)),
        })
    }
}

impl<F, S: SearchSpace, E: Executor> Fmin<F, S, On<E>> {
    /// Runs the search on the executor, and returns the best trial.
    ///
    /// # Errors
    ///
    /// Fails as a search in the calling thread does, or if the executor cannot run the trials.
    pub fn run<O>(self) -> Result<Minimum<S::Params>, Error>
    where
        F: Fn(S::Params) -> O + Sync,
        S: Sync,
        O: Objective<Trials, ()>,
    {
        self.evaluate()?.minimum()
    }

    /// Runs the search on the executor, and returns all trials, in any state.
    ///
    /// # Errors
    ///
    /// Fails as [`run`](Self::run) does, but not if no trial has a finite loss.
    pub fn evaluate<O>(self) -> Result<FminTrials<S::Params>, Error>
    where
        F: Fn(S::Params) -> O + Sync,
        S: Sync,
        O: Objective<Trials, ()>,
    {
        let (search, fn_, On(executor), remaining) = self.prepared()?;
        finished(match remaining {
            Some(remaining) => search.run_on(executor, 0..remaining, |_, params| fn_(params)),
            None => search.run_on(executor, 0_u64.., |_, params| fn_(params)),
        })
    }
}

impl<F, S: SearchSpace, E> Fmin<F, S, E> {
    /// Returns the search, and how many trials are left to run.
    // Reading the file can fail.
    #[cfg_attr(not(feature = "export"), allow(clippy::unnecessary_wraps))]
    fn prepared(self) -> Result<(Search<S>, F, E, Option<u64>), Error> {
        let Self { executor, fn_, search, max_evals, points, save_file } = self;
        #[cfg(feature = "export")]
        let search = super::save::kept(search, save_file)?;
        #[cfg(not(feature = "export"))]
        let () = save_file;
        let done = search.trials_before();
        let remaining = max_evals.map(|max_evals| max_evals.saturating_add(points).saturating_sub(done));
        Ok((search, fn_, executor, remaining))
    }
}

fn finished<P>(ho: Hyperoptimizer<P>) -> Result<FminTrials<P>, Error> {
    if let Some(error) = ho.error() {
        return Err(error.clone());
    }
    if ho.end() == StopReason::Failure
        && let Some(trial) = ho.history().trials().iter().rev().find(|trial| trial.reason().is_some())
    {
        let reason = trial.reason().unwrap_or_default().to_owned();
        return Err(Error::Failed { number: trial.number(), reason });
    }
    Ok(FminTrials::new(ho))
}
