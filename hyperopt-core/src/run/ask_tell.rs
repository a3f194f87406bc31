//! The ask-and-tell interface of a sweep.

use crate::engine::{Engine, Next, Settings, Suggest};
use crate::error::Error;
use crate::run::ticket::Dropped;
use crate::run::{Flow, Objective, StepNumber, Ticket};
use crate::scheduler::{Budgets, Pruning, Strategy, Trials, Workload};
use crate::search_space::{SearchSpace, listed, proposed};
use crate::sweep::{Hyperoptimizer, Params, StopReason, Sweep};
use crate::trial::State;
use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

/// The ask-and-tell state of a sweep: `hyperopt!` without a loop evaluates to a [`Hyperoptimizer`] that holds one.
///
/// `K` is the kind of the sampler. Trials of the kinds [`Trials`] and [`Pruning`] can be asked for at once, and those of
/// [`Pruning`] can also [report](Hyperoptimizer::report); with [`Budgets`], [`over`](Hyperoptimizer::over) sets their range
/// first.
pub struct AskTell<D, K = Trials> {
    pub(crate) engine: Engine,
    pub(crate) space: D,
    pub(super) dropped: Arc<Dropped>,
    pub(super) kind: PhantomData<fn(K)>,
}

/// The kinds of work that a sweep without a loop can have.
#[doc(hidden)]
pub trait OpenKind {
    /// Begins the sweep if the work is known without the head of a loop.
    #[allow(private_interfaces)]
    fn open(engine: &mut Engine);
}

impl OpenKind for Trials {
    #[allow(private_interfaces)]
    fn open(engine: &mut Engine) {
        engine.begin(Workload::Open(u64::MAX), 0);
    }
}

impl OpenKind for Pruning {
    #[allow(private_interfaces)]
    fn open(engine: &mut Engine) {
        Trials::open(engine);
    }
}

impl OpenKind for Budgets {
    #[allow(private_interfaces)]
    fn open(_: &mut Engine) {}
}

/// The kinds of trials that are asked for one by one.
#[diagnostic::on_unimplemented(
    message = "the trials of a scheduler are asked for over a range of budgets",
    label = "the budgets are not known yet",
    note = "begin the sweep over them first: `let mut ho = ho.over(1..=81);`"
)]
#[doc(hidden)]
pub trait AskKind: OpenKind {}

impl AskKind for Trials {}

impl AskKind for Pruning {}

/// Opens a sweep without a loop. This is not public API; the macro is.
#[doc(hidden)]
pub fn open<M, D>(sampler: M, settings: Settings, space: D) -> Hyperoptimizer<D::Params, AskTell<D, M::Kind>>
where
    M: Strategy,
    M::Kind: OpenKind,
    D: SearchSpace,
{
    AskTell::open(Engine::new(listed(&space), sampler.scheduler(), settings), space)
}

impl<D, K> AskTell<D, K> {
    /// Closes the trials whose tickets were dropped.
    fn cancel_dropped(&mut self) {
        for job in self.dropped.take() {
            self.engine.give_back(job);
        }
    }
}

impl<D: SearchSpace, K: OpenKind> AskTell<D, K> {
    pub(crate) fn open(mut engine: Engine, space: D) -> Hyperoptimizer<D::Params, Self> {
        K::open(&mut engine);
        let params = Params::of(engine.sweep().history().trials(), |point| space.decode(0, point));
        Hyperoptimizer { params, source: Self { engine, space, dropped: Arc::default(), kind: PhantomData } }
    }
}

// The bound is that of each method: its message then says what is missing.
impl<D: SearchSpace, K> Hyperoptimizer<D::Params, AskTell<D, K>> {
    /// Asks for the next trial; returns its ticket and its typed parameters.
    ///
    /// Any number of trials can be asked for before the outcome of one is recorded.
    ///
    /// # Errors
    ///
    /// Fails if the sweep has an error, or if it has ended: because the sampler has nothing more to propose, the timeout was
    /// reached, or a trial failed under `on_error = OnError::Stop`. It also fails, with [`Error::Waiting`], while a sampler
    /// that plans generations, such as CMA-ES, waits for the outcomes of running trials.
    pub fn ask(&mut self) -> Result<(Ticket, D::Params), Error>
    where
        K: AskKind,
    {
        self.source.cancel_dropped();
        let AskTell { engine, space, dropped, .. } = &mut self.source;
        let Next::Job(mut job) = engine.next() else {
            let sweep = engine.sweep();
            let ended = match sweep.end() {
                StopReason::Open => Error::Waiting { running: sweep.history().count(State::Running) },
                end => Error::Ended { trials: sweep.history().len(), end },
            };
            return Err(sweep.error().cloned().unwrap_or(ended));
        };
        let params = proposed(space, &mut Suggest::new(&mut job));
        if job.is_conditional() {
            engine.activate(job.number, job.point());
        }
        self.params.set(job.number, engine.sweep().history().trials(), |point| space.decode(0, point));
        Ok((Ticket::new(engine.id(), job, dropped), params))
    }

    /// Records the outcome of a trial. `value` has any type that the body of a loop may have: see [`Objective`].
    ///
    /// # Errors
    ///
    /// Fails if another sweep issued the ticket.
    pub fn tell<S>(&mut self, ticket: Ticket, value: impl Objective<Trials, S>) -> Result<(), Error>
    where
        K: AskKind,
    {
        let job = ticket.redeem(&self.source.engine)?;
        self.source.cancel_dropped();
        let engine = &mut self.source.engine;
        match value.flow() {
            Flow::Value(outcome, _) => engine.tell(job, outcome),
            Flow::Last(outcome, _) => {
                engine.tell(job, outcome);
                engine.end(StopReason::Break);
            }
            Flow::Pruned => engine.close(job, State::Pruned),
            Flow::Stop => {
                engine.end(StopReason::Break);
                engine.close(job, State::Cancelled);
            }
        }
        Ok(())
    }

    /// Prunes a trial, as `continue` does in a loop.
    ///
    /// # Errors
    ///
    /// Fails if another sweep issued the ticket.
    pub fn prune(&mut self, ticket: Ticket) -> Result<(), Error>
    where
        K: AskKind,
    {
        let job = ticket.redeem(&self.source.engine)?;
        self.source.engine.close(job, State::Pruned);
        Ok(())
    }

    /// Asks for at most `trials` trials, one after the other; iterates over their handles and typed parameters.
    ///
    /// Dropping a handle without telling it cancels its trial, as dropping a [`Ticket`] does. The iterator ends early where [`ask`](Self::ask) would fail;
    /// [`end`](Self::end) says why.
    pub fn turns(&mut self, trials: usize) -> impl Iterator<Item = (TrialHandle<'_, D, K>, D::Params)>
    where
        K: AskKind,
    {
        let ho = Rc::new(RefCell::new(self));
        (0..trials).map_while(move |_| {
            let (ticket, params) = ho.borrow_mut().ask().ok()?;
            Some((TrialHandle { ho: Rc::clone(&ho), ticket: Some(ticket) }, params))
        })
    }

    /// Ends the sweep and cancels the trials that still run.
    pub fn finish(mut self) -> Hyperoptimizer<D::Params>
    where
        K: AskKind,
    {
        self.source.cancel_dropped();
        let AskTell { engine, space, .. } = self.source;
        finished(engine, &space)
    }
}

/// Ends the sweep and decodes the parameters of all trials again: the points of trials that other processes run may have
/// changed since they were first read.
pub(crate) fn finished<D: SearchSpace>(engine: Engine, space: &D) -> Hyperoptimizer<D::Params> {
    let sweep = engine.finish();
    Hyperoptimizer::decoded(sweep, |point| space.decode(0, point))
}

impl<D: SearchSpace> Hyperoptimizer<D::Params, AskTell<D, Pruning>> {
    /// Records `value` as the report of a trial for `step`: see [`RunningTrial::report`](crate::RunningTrial::report).
    ///
    /// # Errors
    ///
    /// Fails if another sweep issued the ticket, or if the step is negative.
    pub fn report(&mut self, ticket: &Ticket, step: impl StepNumber, value: impl Into<f64>) -> Result<(), Error> {
        let engine = &mut self.source.engine;
        engine.report(ticket.check(engine)?, step.step(), value.into())
    }

    /// Returns whether the pruner would end the trial, judging by its reports so far. To end it, call
    /// [`prune`](Self::prune).
    ///
    /// # Errors
    ///
    /// Fails if another sweep issued the ticket.
    pub fn should_prune(&mut self, ticket: &Ticket) -> Result<bool, Error> {
        let engine = &mut self.source.engine;
        Ok(engine.should_prune(ticket.check(engine)?))
    }
}

type Open<D, K> = Hyperoptimizer<<D as SearchSpace>::Params, AskTell<D, K>>;

/// A handle to a trial of [`Hyperoptimizer::turns`], which takes one outcome. Dropping it does what dropping a [`Ticket`] does.
#[must_use = "dropping it cancels its trial"]
pub struct TrialHandle<'a, D: SearchSpace, K: AskKind = Trials> {
    ho: Rc<RefCell<&'a mut Open<D, K>>>,
    ticket: Option<Ticket>,
}

impl<D: SearchSpace> TrialHandle<'_, D, Pruning> {
    /// Records `value` as the report of the trial for `step`: see [`RunningTrial::report`](crate::RunningTrial::report).
    ///
    /// # Errors
    ///
    /// Fails if the step is negative.
    pub fn report(&self, step: impl StepNumber, value: impl Into<f64>) -> Result<(), Error> {
        self.ticket.as_ref().map_or(Ok(()), |ticket| self.ho.borrow_mut().report(ticket, step, value))
    }

    /// Returns whether the pruner would end the trial, judging by its reports so far. To end it, call
    /// [`prune`](Self::prune).
    #[must_use]
    pub fn should_prune(&self) -> bool {
        let pruned = |ticket| self.ho.borrow_mut().should_prune(ticket);
        self.ticket.as_ref().is_some_and(|ticket| pruned(ticket) == Ok(true))
    }
}

impl<D: SearchSpace, K: AskKind> TrialHandle<'_, D, K> {
    /// Returns the number of the trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.ticket.as_ref().map_or(0, Ticket::number)
    }

    /// Returns the number of the configuration of the trial: see [`Ticket::configuration`].
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.ticket.as_ref().map_or(0, Ticket::configuration)
    }

    /// Returns the resources of the trial: see [`Ticket::resources`].
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.ticket.as_ref().and_then(Ticket::resources)
    }

    /// Records the outcome of the trial. `value` has any type that the body of a loop may have: see [`Objective`].
    pub fn tell<S>(mut self, value: impl Objective<Trials, S>) {
        if let Some(ticket) = self.ticket.take() {
            let told = self.ho.borrow_mut().tell(ticket, value);
            debug_assert!(told.is_ok(), "a turn belongs to its sweep");
        }
    }

    /// Prunes the trial, as `continue` does in a loop.
    pub fn prune(mut self) {
        if let Some(ticket) = self.ticket.take() {
            let pruned = self.ho.borrow_mut().prune(ticket);
            debug_assert!(pruned.is_ok(), "a turn belongs to its sweep");
        }
    }
}

impl<D: SearchSpace, K: AskKind> Drop for TrialHandle<'_, D, K> {
    fn drop(&mut self) {
        drop(self.ticket.take());
        // At once: nobody else has the sweep.
        self.ho.borrow_mut().source.cancel_dropped();
    }
}

impl<D, K> AsRef<Sweep> for AskTell<D, K> {
    fn as_ref(&self) -> &Sweep {
        self.engine.sweep()
    }
}

impl<D, K> fmt::Debug for AskTell<D, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AskTell").field(&self.engine).finish()
    }
}

impl<D: SearchSpace, K: AskKind> fmt::Debug for TrialHandle<'_, D, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TrialHandle").field(&self.ticket).finish()
    }
}
