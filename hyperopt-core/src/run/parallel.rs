//! The loop of `thyperopt!` and `phyperopt!`: what their expansion calls. Not public API; the macros are.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::candidates::Axes;
use crate::engine::{Engine, Hold, Job, Next, Settings, Suggest};
use crate::error::Error;
use crate::run::{Executor, LoopRange, Objective, TrialItems, save};
use crate::scheduler::Strategy;
use crate::space::Point;
use crate::sweep::{Hyperoptimizer, StopReason, Sweep};
use crate::trial::{Outcome, State};

/// Suggestions of an adaptive sampler between two waits, unless it sets their number itself. Not the number of threads: the
/// history must not depend on that.
const BATCH: usize = 8;

/// Trials that the executor is given at a time, at the most: a loop without an end has no number to give.
const CHUNK: u64 = 4096;

/// How the body of a parallel loop was left.
#[derive(Clone, Debug)]
pub enum Flow<S> {
    /// At its end, with an outcome and the state for the next rung.
    Value(Outcome, Option<S>),
    /// By `continue`.
    Pruned,
    /// By `break`.
    Stop,
}

/// Takes the value of the body, where its type is checked.
#[derive(Clone, Copy, Debug)]
pub struct Tell<K, S> {
    kind: PhantomData<fn(K, S)>,
}

impl<K, S> Tell<K, S> {
    /// The body has come to its end.
    // `self` fixes the types.
    #[allow(clippy::unused_self)]
    pub fn value<O: Objective<K, S>>(self, value: O) -> Flow<S> {
        let (outcome, state) = value.outcome();
        Flow::Value(outcome, state)
    }
}

/// A sweep that has been run, until its parameters get their types.
#[derive(Debug)]
pub struct Ran {
    sweep: Sweep,
}

impl Ran {
    /// The result; `decode` makes the typed parameters of a point.
    pub fn finish<P>(self, decode: impl Fn(&Point) -> P) -> Hyperoptimizer<P> {
        let params = self.sweep.history().trials().iter().map(|trial| decode(trial.point())).collect();
        Hyperoptimizer::new(self.sweep, params)
    }
}

/// What the threads share.
struct Shared<I, S> {
    engine: Hold,
    turns: TrialItems<I, S>,
    closed: u64,
}

/// Runs a sweep on the threads of `executor`. The sampler comes first, so that rustc knows what it counts when it comes to
/// the head.
///
/// `propose` gives a trial its values, on the thread that runs it, and `body` runs it.
pub fn run<M, S, H, V>(
    sampler: M,
    head: H,
    executor: &dyn Executor,
    axes: impl Into<Axes>,
    settings: Settings,
    propose: impl Fn(&mut Suggest<'_>) -> V + Sync,
    body: impl Fn(V, H::Item, Tell<M::Kind, S>) -> Flow<S> + Sync,
) -> Ran
where
    M: Strategy,
    H: LoopRange<M::Kind, S>,
    S: Send,
{
    let mut turns = head.turns();
    let mut engine = Engine::new(axes.into(), sampler.scheduler(), settings);
    engine.begin(turns.work, BATCH);
    turns.begin(&engine);
    let files = turns.files().cloned();
    let engine = Hold::new(engine, turns.desk());
    let shared = Mutex::new(Shared { engine, turns, closed: 0 });
    let trial = |_| {
        let Some((job, asked, item, values)) = lock(&shared).take(&propose) else { return };
        let ended = match values {
            Ok(values) => catch_unwind(AssertUnwindSafe(|| body(values, item, Tell { kind: PhantomData }))),
            Err(panic) => Err(panic),
        };
        if let Ok(Flow::Value(_, state)) = &ended {
            let note = |note| lock(&shared).engine.with(|engine| engine.note(note));
            save(files.as_ref(), &job, state.as_ref(), note);
        }
        lock(&shared).close(&job, asked, ended);
    };
    loop {
        let (ready, closed) = {
            let mut shared = lock(&shared);
            (shared.engine.with(Engine::ready).min(CHUNK), shared.closed)
        };
        if ready == 0 {
            break;
        }
        let mapped = executor.map(ready as usize, &trial);
        let mut shared = lock(&shared);
        let is_stuck = shared.closed == closed;
        shared.engine.with(|engine| {
            if let Err(reason) = mapped {
                engine.fail(Error::Executor { reason: reason.to_string() });
            } else if is_stuck && engine.is_open() {
                engine.fail(Error::Executor { reason: format!("ran none of {ready} trials") });
            }
        });
    }
    let Shared { engine, turns, .. } = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut engine = engine.into_engine();
    // With every trial closed the next step says why there is none.
    if matches!(engine.next(), Next::Job(_) | Next::Wait) {
        engine.end(StopReason::Break);
    }
    turns.finish(&mut engine);
    Ran { sweep: engine.finish() }
}

/// No panic can leave the shared part half written: those of guards and bodies are caught.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

type Panic = Box<dyn Any + Send>;
type Taken<I, V> = (Job, Instant, I, Result<V, Panic>);

impl<I, S> Shared<I, S> {
    fn take<V>(&mut self, propose: impl Fn(&mut Suggest<'_>) -> V) -> Option<Taken<I, V>> {
        let Self { engine, turns, .. } = self;
        engine.with(|engine| {
            let Next::Job(job) = engine.next() else { return None };
            let item = turns.item(engine, &job);
            let mut suggest = Suggest { engine, job: &job };
            let values = catch_unwind(AssertUnwindSafe(|| propose(&mut suggest)));
            Some((job, Instant::now(), item, values))
        })
    }

    fn close(&mut self, job: &Job, asked: Instant, ended: Result<Flow<S>, Panic>) {
        self.closed += 1;
        let Self { engine, turns, .. } = self;
        let closed = engine.with(|engine| match ended {
            Ok(Flow::Value(outcome, state)) => {
                let told = engine.tell(job.number, outcome, asked);
                turns.keep(job, state);
                told
            }
            Ok(Flow::Pruned) => engine.close(job.number, State::Pruned, asked),
            Ok(Flow::Stop) => {
                engine.end(StopReason::Break);
                engine.close(job.number, State::Cancelled, asked)
            }
            Err(panic) => engine.tell(job.number, Outcome::failed(message(&*panic)), asked),
        });
        debug_assert!(closed.is_ok(), "each job is handed out once");
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without a message"))
}
