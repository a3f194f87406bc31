//! Drives the loop of `thyperopt!` and `phyperopt!`, whose expansions call it. This is not public API; the macros are.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::candidates::Axes;
use crate::engine::{Engine, Job, Looks, Next, Settings, SharedEngine, Suggest, catch_panic, panic_message};
use crate::error::{Error, counted};
use crate::run::{Executor, Flow, LoopRange, Objective, States, TrialItems, save};
use crate::scheduler::Strategy;
use crate::space::Point;
use crate::sweep::{Hyperoptimizer, Params, StopReason, Sweep};
use crate::trial::State;

/// Batch size of an adaptive sampler that does not set one. It does not depend on the number of threads, so the history
/// does not either.
const BATCH: usize = 8;

/// Largest number of trials handed to the executor at a time; a loop without an end has no total to hand over.
const CHUNK: u64 = 4096;

/// Takes the value of the body and checks its type.
#[derive(Clone, Copy, Debug)]
pub struct Tell<K, S> {
    kind: PhantomData<fn(K, S)>,
}

impl<K, S> Tell<K, S> {
    /// Wraps the value at the end of the body.
    // `self` fixes the types.
    #[allow(clippy::unused_self)]
    pub fn value<O: Objective<K, S>>(self, value: O) -> Flow<S> {
        value.flow()
    }
}

/// The state that the threads of one sweep share.
struct Shared<I, S> {
    engine: Arc<SharedEngine>,
    items: TrialItems<I, S>,
    states: Mutex<States<S>>,
    /// Whether guards decide which axes of a trial are active. If so, they are evaluated before the next trial is proposed.
    is_conditional: bool,
    /// The number of calls of the executor, and of trials that they have taken.
    calls: AtomicU64,
    taken: AtomicU64,
}

type Panic = Box<dyn Any + Send>;

/// A trial that a thread has taken, with the error of its guards, if any.
struct Taken {
    job: Job,
    guards: Result<(), Unvalued>,
    retired: Vec<usize>,
}

/// The reason why a trial has no values.
enum Unvalued {
    /// A guard panicked: the trial fails.
    Guard(Panic),
    /// The candidate along this axis panicked when it was cloned: the sweep fails.
    Candidate(usize, Panic),
}

/// Proposes the values of the trial of `job`.
fn values<V>(job: &mut Job, propose: &impl Fn(&mut Suggest<'_>) -> V) -> Result<V, Unvalued> {
    let mut suggest = Suggest::new(job);
    catch_panic(|| propose(&mut suggest)).map_err(|panic| match suggest.panicked_at() {
        Some(axis) => Unvalued::Candidate(axis, panic),
        None => Unvalued::Guard(panic),
    })
}

/// Locks the mutex. Poisoning does not matter: panics of the user's code are caught, so none leaves the data half written.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A finished sweep whose parameters are not typed yet.
#[derive(Debug)]
pub struct Ran {
    sweep: Sweep,
}

impl Ran {
    /// Returns the result; `decode` makes the typed parameters of a point.
    pub fn finish<P>(self, decode: impl Fn(&Point) -> P) -> Hyperoptimizer<P> {
        let mut sweep = self.sweep;
        let (params, panic) = Params::caught(sweep.history().trials(), decode);
        if let Some(panic) = panic
            && sweep.error().is_none()
        {
            let (part, reason) = ("cloning a candidate".to_owned(), panic_message(&*panic));
            sweep.fail(Error::Panicked { part, reason });
        }
        Hyperoptimizer::new(sweep, params)
    }
}

/// Runs a sweep on the threads of `executor`. The sampler comes first, so that rustc knows the kind of its work when it
/// checks the head.
///
/// `propose` gives a trial its values, and `body` runs it.
pub fn run<M, K, S, H, I, V>(
    sampler: M,
    head: H,
    executor: &dyn Executor,
    axes: impl Into<Axes>,
    settings: Settings,
    propose: impl Fn(&mut Suggest<'_>) -> V + Sync,
    body: impl Fn(V, I, Tell<K, S>) -> Flow<S> + Sync,
) -> Ran
where
    M: Strategy<Kind = K>,
    H: LoopRange<K, S, Item = I>,
    S: Send,
{
    let mut items = head.items();
    let mut engine = Engine::new(axes.into(), sampler.scheduler(), settings);
    engine.begin(items.work, BATCH);
    let states = Mutex::new(items.begin(&mut engine));
    let is_conditional = engine.is_conditional();
    let shared = items.shared().map_or_else(Arc::default, Arc::clone);
    shared.place(Box::new(engine));
    let shared =
        Shared { engine: shared, items, states, is_conditional, calls: AtomicU64::new(0), taken: AtomicU64::new(0) };
    let trial = |_| {
        shared.calls.fetch_add(1, Ordering::Relaxed);
        let Some(Taken { mut job, guards, .. }) = shared.take(&propose) else { return };
        shared.taken.fetch_add(1, Ordering::Relaxed);
        let values = match guards.and_then(|()| values(&mut job, &propose)) {
            Ok(values) => values,
            Err(Unvalued::Guard(panic)) => return shared.close(job, Err(panic)),
            Err(Unvalued::Candidate(index, panic)) => return shared.fail(job, index, &*panic),
        };
        let state = shared.state(&job);
        let item = shared.items.item(&mut job, state);
        let ended = catch_panic(|| body(values, item, Tell { kind: PhantomData }));
        shared.close(job, ended);
    };
    let mut looks = Looks::new();
    loop {
        let ready = shared.engine.ask(|engine| engine.ready().min(CHUNK));
        let ready = ready.and_then(|ready| shared.caught(ready)).unwrap_or_default();
        if ready == 0 {
            break;
        }
        let count = || (shared.calls.load(Ordering::Relaxed), shared.taken.load(Ordering::Relaxed));
        let (calls, taken) = count();
        let mapped = executor.map(ready as usize, &trial);
        let (called, run) = count();
        shared.engine.with(|engine| {
            if let Err(reason) = mapped {
                engine.fail(Error::Executor { reason: reason.to_string() });
            } else if called == calls && engine.is_open() {
                engine.fail(Error::Executor { reason: format!("ran none of {}", counted(ready as usize, "trial")) });
            }
        });
        if run > taken {
            looks = Looks::new();
        } else {
            // Other processes run what comes before. This thread waits for them, as those of a pool may have to help them.
            looks.pause(|| shared.engine.with(Engine::is_open) == Some(true));
        }
    }
    shared.finish(executor.threads())
}

impl<I, S> Shared<I, S> {
    /// Takes the next trial; returns `None` if no trial is left. A sampler that panics ends the sweep.
    fn take<V>(&self, propose: &(impl Fn(&mut Suggest<'_>) -> V + Sync)) -> Option<Taken>
    where
        S: Send,
    {
        let is_conditional = self.is_conditional;
        let take = |engine: &mut Engine| {
            let Next::Job(mut job) = engine.next_now() else { return None };
            let mut guards = Ok(());
            if job.is_conditional() {
                // Only the guards matter here; the values are dropped.
                guards = values(&mut job, propose).map(drop);
                job.settle();
                engine.activate(job.number, job.point());
            }
            lock(&self.states).read(engine.sweep().history());
            Some(Taken { job, guards, retired: engine.retired() })
        };
        // Guards are the user's, whatever the sampler.
        let taken = if is_conditional { self.engine.aside(take) } else { self.engine.ask(take) };
        let taken = self.caught(taken?)??;
        let retired = lock(&self.states).retire(&taken.retired);
        retired.forget();
        Some(taken)
    }

    /// What the engine was asked for; a sampler that panicked ends the sweep.
    fn caught<R>(&self, asked: thread::Result<R>) -> Option<R> {
        asked
            .map_err(|panic| {
                let reason = panic_message(&*panic);
                self.engine.with(|engine| engine.fail(engine.sampler_panicked(&reason)));
            })
            .ok()
    }

    /// Returns the state of the configuration of `job`.
    fn state(&self, job: &Job) -> Option<S> {
        let found = lock(&self.states).take(job);
        let state = found.load(|note| self.engine.send(move |engine| engine.note(note)));
        if job.before.is_some() && state.is_none() {
            lock(&self.states).missed();
        }
        state
    }

    /// Ends the sweep because a candidate of the trial of `job` panicked when it was cloned.
    fn fail(&self, job: Job, axis: usize, panic: &(dyn Any + Send)) {
        let reason = panic_message(panic);
        self.engine.send(move |engine| {
            engine.fail(engine.candidate_panicked(axis, &reason));
            engine.close(job, State::Cancelled);
        });
    }

    fn close(&self, job: Job, ended: Result<Flow<S>, Panic>) {
        let note = |note| self.engine.send(move |engine| engine.note(note));
        let is_last = matches!(ended, Ok(Flow::Last(..)));
        match ended {
            Ok(Flow::Value(outcome, state) | Flow::Last(outcome, state)) => {
                let files = lock(&self.states).files().cloned();
                save(files.as_ref(), &job, state.as_ref(), note);
                let replaced = lock(&self.states).keep(&job, state);
                self.engine.send(move |engine| {
                    engine.tell(job, outcome);
                    if is_last {
                        engine.end(StopReason::Break);
                    }
                });
                replaced.forget();
            }
            Ok(Flow::Pruned) => self.engine.send(move |engine| engine.close(job, State::Pruned)),
            Ok(Flow::Stop) => self.engine.send(move |engine| {
                engine.end(StopReason::Break);
                engine.close(job, State::Cancelled);
            }),
            Err(panic) => {
                let reason = panic_message(&*panic);
                self.engine.send(move |engine| engine.tell_panic(job, &reason));
            }
        }
    }

    fn finish(self, threads: Option<usize>) -> Ran {
        let mut engine = self.engine.close().expect("the engine stays until the end of the loop");
        // Once every trial is closed, the next step says why no trial follows.
        match catch_panic(|| engine.next()) {
            Ok(Next::Job(_) | Next::Wait) => engine.end(StopReason::Break),
            Ok(Next::Over) => {}
            Err(panic) => engine.fail(engine.sampler_panicked(&panic_message(&*panic))),
        }
        lock(&self.states).finish(&mut engine);
        engine.note_idle(threads);
        Ran { sweep: engine.finish() }
    }
}
