//! Runs searches: in the calling thread, on an executor, or by ask and tell.

use std::sync::Arc;

use super::branches;
use crate::engine::{SharedEngine, Suggest};
use crate::run::{
    AskTell, Driver, Executor, LoopRange, Objective, OpenKind, RunningTrial, Search, TrialItems, parallel,
};
use crate::search_space::{SearchSpace, listed, proposed};
use crate::sweep::Hyperoptimizer;

impl<P: SearchSpace, K> Search<P, K> {
    /// Begins an ask-and-tell sweep, as `hyperopt!` without a loop does.
    pub fn open(self) -> Hyperoptimizer<P::Params, AskTell<P, K>>
    where
        K: OpenKind,
    {
        let (space, engine) = self.engine();
        AskTell::open(engine, space)
    }

    /// Runs a function for each trial, in the calling thread. `head` sets the amount of work, as in the head of a loop:
    /// `0..50`, `..`, or `1.0..=81.0` for a scheduler. The function takes an item of the head and the typed parameters; it
    /// returns any value that the body of a loop may have: see [`Objective`].
    ///
    /// Faulty candidates do not panic: no trial is run, and [`Hyperoptimizer::best`] and the table report the error.
    pub fn run<S, H, O>(self, head: H, mut body: impl FnMut(H::Item, P::Params) -> O) -> Hyperoptimizer<P::Params>
    where
        H: LoopRange<K, S>,
        O: Objective<K, S>,
    {
        let batch = self.batch;
        let (space, engine) = self.engine();
        let mut driver = Driver::<K, S, _>::begin(engine, head.items(), batch);
        while let Some((item, params)) = driver.ask_for(|suggest| proposed(&space, suggest)) {
            driver.tell(body(item, params));
        }
        driver.finish(|point| space.decode(0, point))
    }

    /// Runs a function for each trial on the threads of `executor`, as `phyperopt!` does.
    pub fn run_on<S, H, O>(
        self,
        executor: impl Executor,
        head: H,
        body: impl Fn(H::Item, P::Params) -> O + Sync,
    ) -> Hyperoptimizer<P::Params>
    where
        P: Sync,
        H: LoopRange<K, S>,
        S: Send,
        O: Objective<K, S>,
    {
        let Self { space, sampler, mut settings, .. } = self;
        settings.try_first = branches::chosen(&space, settings.try_first);
        let axes = listed(&space);
        let ran = parallel::run(
            sampler,
            head,
            &executor,
            axes,
            settings,
            |suggest| proposed(&space, suggest),
            |params, item, tell| tell.value(body(item, params)),
        );
        ran.finish(|point| space.decode(0, point))
    }

    /// Runs a function for each trial, in the calling thread. The function takes a [`RunningTrial`](crate::RunningTrial),
    /// which knows its number, configuration and resources, reports, and asks its pruner, in every kind of sweep. `head`
    /// sets the amount of work, as in [`run`](Self::run).
    ///
    /// ```
    /// use hyperopt_core::{Candidates, Hyperband, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    /// let search = Search::new(space).sampler(Hyperband::new(3.0)).seed(7);
    /// let ho = search.run_trials(1..=9, |trial, params| params[0].1 / trial.resources().unwrap_or(1.0));
    /// assert!(ho.best()?.value < 0.1);
    /// # Ok::<_, hyperopt_core::Error>(())
    /// ```
    pub fn run_trials<H, O>(
        self,
        head: H,
        mut body: impl FnMut(&RunningTrial, P::Params) -> O,
    ) -> Hyperoptimizer<P::Params>
    where
        H: LoopRange<K, ()>,
        O: Objective<K, ()>,
    {
        let batch = self.batch;
        let (space, engine) = self.engine();
        let shared = Arc::default();
        let items = head.items().reporting_to(Arc::clone(&shared));
        let mut driver = Driver::<K, (), _>::begin(engine, items, batch);
        let propose = |suggest: &mut Suggest<'_>| (RunningTrial::new(suggest, &shared), proposed(&space, suggest));
        while let Some((_, (trial, params))) = driver.ask_for(propose) {
            driver.tell(body(&trial, params));
        }
        driver.finish(|point| space.decode(0, point))
    }

    /// Runs a function for each trial on the threads of `executor`; otherwise like [`run_trials`](Self::run_trials).
    pub fn run_trials_on<H, O>(
        self,
        executor: impl Executor,
        head: H,
        body: impl Fn(&RunningTrial, P::Params) -> O + Sync,
    ) -> Hyperoptimizer<P::Params>
    where
        P: Sync,
        H: LoopRange<K, ()>,
        O: Objective<K, ()>,
    {
        let Self { space, sampler, mut settings, .. } = self;
        settings.try_first = branches::chosen(&space, settings.try_first);
        let axes = listed(&space);
        let shared = Arc::default();
        let ran = parallel::run(
            sampler,
            ReportingTo { head, engine: Arc::clone(&shared) },
            &executor,
            axes,
            settings,
            |suggest| (RunningTrial::new(suggest, &shared), proposed(&space, suggest)),
            |(trial, params), _, tell| tell.value(body(&trial, params)),
        );
        ran.finish(|point| space.decode(0, point))
    }
}

/// A head whose trials report to an engine, in every kind of loop.
struct ReportingTo<H> {
    head: H,
    engine: Arc<SharedEngine>,
}

impl<K, S, H: LoopRange<K, S>> LoopRange<K, S> for ReportingTo<H> {
    type Item = H::Item;

    fn items(self) -> TrialItems<H::Item, S> {
        self.head.items().reporting_to(self.engine)
    }
}
