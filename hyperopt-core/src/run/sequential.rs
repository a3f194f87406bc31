//! Drives the loop of `hyperopt!`, whose expansion calls it. This is not public API; the macro is.

use std::marker::PhantomData;

use crate::candidates::{Axes, Dimension};
use crate::engine::{Engine, EngineHandle, Job, Next, Settings, Suggest};
use crate::run::{Flow, LoopRange, Objective, States, TrialItems, save};
use crate::scheduler::Strategy;
use crate::space::Point;
use crate::sweep::{Hyperoptimizer, StopReason};
use crate::trial::{Outcome, State};

/// Runs the trials of one loop, and holds the open trial. If the next call finds that trial without an outcome, `continue`
/// ended its body; if the end of the loop finds it so, `break` did.
#[derive(Debug)]
pub struct Driver<K, S, I> {
    engine: EngineHandle,
    items: TrialItems<I, S>,
    states: States<S>,
    open: Option<Job>,
    kind: PhantomData<fn(K)>,
}

/// Starts a sweep. The sampler comes first, so that rustc knows the kind of its work when it checks the head.
///
/// The result mentions neither sampler nor head, not even as `H::Item`, so that a mistake causes only one error.
pub fn drive<M, K, S, H, I>(sampler: M, head: H, axes: impl Into<Axes>, settings: Settings) -> Driver<K, S, I>
where
    M: Strategy<Kind = K>,
    H: LoopRange<K, S, Item = I>,
{
    Driver::begin(Engine::new(axes.into(), sampler.scheduler(), settings), head.items(), 1)
}

impl<K, S, I> Driver<K, S, I> {
    pub(crate) fn begin(mut engine: Engine, mut items: TrialItems<I, S>, batch: usize) -> Self {
        engine.begin(items.work, batch);
        let states = items.begin(&mut engine);
        let engine = EngineHandle::new(engine, items.shared());
        Self { engine, items, states, open: None, kind: PhantomData }
    }

    /// Opens the next trial and returns the item for the pattern of the loop.
    pub fn ask(&mut self) -> Option<I> {
        self.close(State::Pruned);
        // Every trial is closed, so there is nothing to wait for.
        let Next::Job(mut job) = self.engine.next() else { return None };
        let state = self.state(&job);
        let item = self.items.item(&mut job, state);
        self.open = Some(job);
        Some(item)
    }

    /// Takes the state of the configuration of `job`, and drops the states that no later rung needs.
    fn state(&mut self, job: &Job) -> Option<S> {
        // Only rungs hand states on.
        job.resources?;
        let Self { engine, states, .. } = self;
        let retired = engine.with(|engine| {
            states.read(engine.sweep().history());
            engine.retired()
        });
        states.retire(&retired).forget();
        let state = states.take(job).load(|note| engine.with(|engine| engine.note(note)));
        if job.before.is_some() && state.is_none() {
            states.missed();
        }
        state
    }

    /// Returns the value of the open trial along `axis`.
    ///
    /// # Panics
    ///
    /// Panics if no trial is open; the expansion asks for one first.
    pub fn value<V: Clone>(&mut self, axis: usize, dimension: &Dimension<V>) -> V {
        let job = self.open.as_mut().expect("values belong to an open trial");
        job.activate(axis);
        if job.is_conditional() {
            self.engine.with(|engine| engine.activate(job.number, job.point()));
        }
        dimension.decode_at(job.point(), axis)
    }

    /// Returns the point of the open trial if its configuration was run before; its guards are then not evaluated again.
    #[must_use]
    pub fn recorded(&self) -> Option<&Point> {
        self.open.as_ref()?.recorded()
    }

    /// Opens the next trial; returns its item, and the result of `propose` for it, such as the parameters.
    pub(crate) fn ask_for<V>(&mut self, propose: impl FnOnce(&mut Suggest<'_>) -> V) -> Option<(I, V)> {
        let item = self.ask()?;
        let job = self.open.as_mut()?;
        let params = propose(&mut Suggest::new(job));
        if job.is_conditional() {
            self.engine.with(|engine| engine.activate(job.number, job.point()));
        }
        Some((item, params))
    }

    /// Closes the open trial with the value of the body.
    pub fn tell(&mut self, value: impl Objective<K, S>) {
        let Some(job) = self.open.take() else { return };
        let flow = value.flow();
        let is_last = matches!(flow, Flow::Last(..));
        match flow {
            Flow::Value(outcome, state) | Flow::Last(outcome, state) => self.record(job, outcome, state),
            Flow::Pruned => self.engine.with(|engine| engine.close(job, State::Pruned)),
            Flow::Stop => self.engine.with(|engine| {
                engine.end(StopReason::Break);
                engine.close(job, State::Cancelled);
            }),
        }
        if is_last {
            self.engine.with(|engine| engine.end(StopReason::Break));
        }
    }

    fn record(&mut self, job: Job, outcome: Outcome, state: Option<S>) {
        let Self { engine, states, .. } = self;
        if job.resources.is_none() {
            // Only rungs hand states on.
            return engine.with(|engine| engine.tell(job, outcome));
        }
        save(states.files(), &job, state.as_ref(), |note| engine.with(|engine| engine.note(note)));
        let replaced = states.keep(&job, state);
        engine.with(|engine| engine.tell(job, outcome));
        replaced.forget();
    }

    fn close(&mut self, state: State) {
        if let Some(job) = self.open.take() {
            self.engine.with(|engine| engine.close(job, state));
        }
    }

    /// Ends the sweep; `decode` makes the typed parameters of a point.
    pub fn finish<P>(mut self, decode: impl Fn(&Point) -> P) -> Hyperoptimizer<P> {
        self.close(State::Cancelled);
        let mut engine = self.engine.into_engine();
        engine.end(StopReason::Break);
        self.states.finish(&mut engine);
        let sweep = engine.finish();
        Hyperoptimizer::decoded(sweep, decode)
    }
}
