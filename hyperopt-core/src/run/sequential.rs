//! The loop of `hyperopt!`: what its expansion calls. Not public API; the macro is.

use std::marker::PhantomData;
use std::time::Instant;

use crate::candidates::{Axes, Dimension};
use crate::engine::{Engine, Hold, Job, Next, Settings, Suggest};
use crate::run::{LoopRange, Objective, TrialItems, save};
use crate::scheduler::Strategy;
use crate::search_space::{SearchSpace, proposed};
use crate::space::Point;
use crate::sweep::{Hyperoptimizer, StopReason};
use crate::trial::State;

/// Runs the turns of one loop. Holds the trial that is open: one that the next turn finds untold was left by `continue`,
/// one that the end finds untold by `break`.
#[derive(Debug)]
pub struct Driver<K, S, I> {
    engine: Hold,
    turns: TrialItems<I, S>,
    open: Option<(Job, Instant)>,
    kind: PhantomData<fn(K)>,
}

/// Starts a sweep. The sampler comes first, so that rustc knows what it counts when it comes to the head.
pub fn drive<M, S, H>(sampler: M, head: H, axes: impl Into<Axes>, settings: Settings) -> Driver<M::Kind, S, H::Item>
where
    M: Strategy,
    H: LoopRange<M::Kind, S>,
{
    Driver::begin(Engine::new(axes.into(), sampler.scheduler(), settings), head.turns(), 1)
}

impl<K, S, I> Driver<K, S, I> {
    pub(crate) fn begin(mut engine: Engine, mut turns: TrialItems<I, S>, batch: usize) -> Self {
        engine.begin(turns.work, batch);
        turns.begin(&engine);
        Self { engine: Hold::new(engine, turns.desk()), turns, open: None, kind: PhantomData }
    }

    /// The next turn: opens a trial and gives the item for the pattern of the loop.
    pub fn ask(&mut self) -> Option<I> {
        self.close(State::Pruned);
        // With every trial closed there is nothing to wait for.
        let turns = &mut self.turns;
        let (job, item) = self.engine.with(|engine| {
            let Next::Job(job) = engine.next() else { return None };
            let item = turns.item(engine, &job);
            Some((job, item))
        })?;
        self.open = Some((job, Instant::now()));
        Some(item)
    }

    /// The value of the open trial along `axis`.
    pub fn value<V: Clone>(&mut self, axis: usize, dimension: &Dimension<V>) -> V {
        let Self { engine, open, .. } = self;
        dimension.decode(open.as_ref().map_or(f64::NAN, |(job, _)| engine.with(|engine| engine.value(job, axis))))
    }

    /// The point of the open trial, if its configuration has been run before: no guard is evaluated again.
    pub fn recorded(&self) -> Option<&Point> {
        let (job, _) = self.open.as_ref().filter(|(job, _)| job.before.is_some())?;
        // Trials that report are of one rung only.
        if let Hold::Alone(engine) = &self.engine { Some(engine.point(job)) } else { None }
    }

    /// The next turn, with the parameters that `space` makes of its trial.
    pub(crate) fn ask_for<P: SearchSpace>(&mut self, space: &P) -> Option<(I, P::Params)> {
        let item = self.ask()?;
        let (job, _) = self.open.as_ref()?;
        let params = self.engine.with(|engine| proposed(space, &mut Suggest { engine, job }));
        Some((item, params))
    }

    /// Closes the open trial with the value of the body.
    pub fn tell(&mut self, value: impl Objective<K, S>) {
        if let Some((job, asked)) = self.open.take() {
            let (outcome, state) = value.outcome();
            save(self.turns.files(), &job, state.as_ref(), |note| self.engine.with(|engine| engine.note(note)));
            let told = self.engine.with(|engine| engine.tell(job.number, outcome, asked));
            self.turns.keep(&job, state);
            debug_assert!(told.is_ok(), "the slot holds only trials that are running");
        }
    }

    fn close(&mut self, state: State) {
        if let Some((job, asked)) = self.open.take() {
            let closed = self.engine.with(|engine| engine.close(job.number, state, asked));
            debug_assert!(closed.is_ok(), "the slot holds only trials that are running");
        }
    }

    /// Ends the sweep; `decode` makes the typed parameters of a point.
    pub fn finish<P>(mut self, decode: impl Fn(&Point) -> P) -> Hyperoptimizer<P> {
        self.close(State::Cancelled);
        let mut engine = self.engine.into_engine();
        engine.end(StopReason::Break);
        self.turns.finish(&mut engine);
        let sweep = engine.finish();
        let params = sweep.history().trials().iter().map(|trial| decode(trial.point())).collect();
        Hyperoptimizer::new(sweep, params)
    }
}
