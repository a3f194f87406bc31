use crate::run::{AskTell, Driver, Executor, LoopRange, Objective, OpenKind, Search, parallel};
use crate::search_space::{SearchSpace, listed, proposed};
use crate::sweep::Hyperoptimizer;

impl<P: SearchSpace, K> Search<P, K> {
    /// Begins a sweep that is asked and told by hand, as `hyperopt!` without a loop does.
    pub fn open(self) -> Hyperoptimizer<P::Params, AskTell<P, K>>
    where
        K: OpenKind,
    {
        let (space, engine) = self.engine();
        AskTell::open(engine, space)
    }

    /// Runs a function for each trial, in the calling thread. `head` says how much work there is, as in the head of a loop:
    /// `0..50`, `..`, or `1.0..=81.0` where the sampler hands out budgets. The function takes an item of it, and the typed
    /// parameters; it returns whatever the body of a loop may evaluate to.
    ///
    /// Faulty candidates are no panics: no trial is run, and [`Hyperoptimizer::best`] and the table say why.
    pub fn run<S, H, O>(self, head: H, mut body: impl FnMut(H::Item, P::Params) -> O) -> Hyperoptimizer<P::Params>
    where
        H: LoopRange<K, S>,
        O: Objective<K, S>,
    {
        let batch = self.batch;
        let (space, engine) = self.engine();
        let mut driver = Driver::<K, S, _>::begin(engine, head.items(), batch);
        while let Some((item, params)) = driver.ask_for(&space) {
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
        let Self { space, sampler, settings, .. } = self;
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
}
