use crate::engine::{Engine, Job, Next, Settings, Suggest};
use crate::error::Error;
use crate::run::{Objective, StepNumber};
use crate::scheduler::{Budgets, Pruning, Strategy, Trials, Workload};
use crate::search_space::{SearchSpace, listed, proposed};
use crate::sweep::{Hyperoptimizer, Sweep};
use crate::trial::State;
use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

/// A sweep that is asked and told by hand: what `hyperopt!` without a loop is made of.
///
/// `K` is what its sampler counts: [`Trials`], which can be asked for; trials under [`Pruning`], which
/// [report](Hyperoptimizer::report) too; or [`Budgets`], which take a function to [run](Hyperoptimizer::run).
pub struct AskTell<D, K = Trials> {
    pub(crate) engine: Engine,
    pub(crate) space: D,
    kind: PhantomData<fn(K)>,
}

/// A kind of work that a sweep without a loop can have.
#[doc(hidden)]
pub trait OpenKind {
    /// Begins with the work, if it is known without a loop's head.
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

/// A kind of trials that are asked for one by one.
#[doc(hidden)]
pub trait AskKind: OpenKind {}

impl AskKind for Trials {}

impl AskKind for Pruning {}

/// The ticket on a trial that was asked for: to be told once, in whatever order.
///
/// A ticket that is dropped leaves its trial running; [`Hyperoptimizer::finish`] cancels it.
#[derive(Debug)]
#[must_use = "a trial that is not told counts for nothing"]
pub struct Ticket {
    sweep: u64,
    job: Job,
}

impl Ticket {
    /// The number of the trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.job.number
    }

    /// The trial that it stands for in `engine`.
    fn redeem(self, engine: &Engine) -> Result<Job, Error> {
        self.check(engine)?;
        Ok(self.job)
    }

    /// The number of the trial that it stands for in `engine`.
    fn check(&self, engine: &Engine) -> Result<usize, Error> {
        let number = self.job.number;
        if self.sweep == engine.id() { Ok(number) } else { Err(Error::NotAsked { number }) }
    }
}

/// Opens a sweep without a loop. Not public API; the macro is.
#[doc(hidden)]
pub fn open<M, D>(sampler: M, settings: Settings, space: D) -> Hyperoptimizer<D::Params, AskTell<D, M::Kind>>
where
    M: Strategy,
    M::Kind: OpenKind,
    D: SearchSpace,
{
    AskTell::open(Engine::new(listed(&space), sampler.scheduler(), settings), space)
}

impl<D: SearchSpace, K: OpenKind> AskTell<D, K> {
    pub(crate) fn open(mut engine: Engine, space: D) -> Hyperoptimizer<D::Params, Self> {
        K::open(&mut engine);
        let trials = engine.sweep().history().trials();
        let params = trials.iter().map(|trial| space.decode(0, trial.point())).collect();
        Hyperoptimizer { params, source: Self { engine, space, kind: PhantomData } }
    }
}

impl<D: SearchSpace, K: AskKind> Hyperoptimizer<D::Params, AskTell<D, K>> {
    /// Asks for the next trial: its ticket, and its typed parameters.
    ///
    /// Any number of trials can be asked for before one is told.
    ///
    /// # Errors
    ///
    /// If the sweep is faulty or has ended: the sampler has nothing more to propose, the timeout was reached, a trial
    /// failed under `on_error = OnError::Stop`.
    pub fn ask(&mut self) -> Result<(Ticket, D::Params), Error> {
        let AskTell { engine, space, .. } = &mut self.source;
        let Next::Job(mut job) = engine.next() else {
            let sweep = engine.sweep();
            let ended = Error::Ended { trials: sweep.history().len(), end: sweep.end() };
            return Err(sweep.error().cloned().unwrap_or(ended));
        };
        let params = proposed(space, &mut Suggest::new(&mut job));
        if job.is_conditional() {
            engine.activate(job.number, job.point());
        }
        // Trials of other processes have come in between, where the sweep is a study.
        let trials = engine.sweep().history().trials();
        let others = trials[self.params.len().min(trials.len())..].iter();
        self.params.extend(others.map(|trial| space.decode(0, trial.point())));
        self.params[job.number] = space.decode(0, job.point());
        Ok((Ticket { sweep: engine.id(), job }, params))
    }

    /// Tells what became of a trial: whatever the body of a loop may evaluate to.
    ///
    /// # Errors
    ///
    /// If the ticket is another sweep's.
    pub fn tell<S>(&mut self, ticket: Ticket, value: impl Objective<Trials, S>) -> Result<(), Error> {
        let job = ticket.redeem(&self.source.engine)?;
        self.source.engine.tell(job, value.outcome().0);
        Ok(())
    }

    /// Gives a trial up, as `continue` does in a loop.
    ///
    /// # Errors
    ///
    /// If the ticket is another sweep's.
    pub fn prune(&mut self, ticket: Ticket) -> Result<(), Error> {
        let job = ticket.redeem(&self.source.engine)?;
        self.source.engine.close(job, State::Pruned);
        Ok(())
    }

    /// The sweep as an iterator of at most `trials` turns: a handle that is told, and typed parameters.
    ///
    /// A handle that is dropped untold gives its trial up. The iterator ends early where [`ask`](Self::ask) would fail;
    /// [`end`](Self::end) says why.
    pub fn turns(&mut self, trials: usize) -> impl Iterator<Item = (TrialHandle<'_, D, K>, D::Params)> {
        let ho = Rc::new(RefCell::new(self));
        (0..trials).map_while(move |_| {
            let (ticket, params) = ho.borrow_mut().ask().ok()?;
            Some((TrialHandle { ho: Rc::clone(&ho), ticket: Some(ticket) }, params))
        })
    }

    /// Ends the sweep; trials that still run are cancelled.
    pub fn finish(self) -> Hyperoptimizer<D::Params> {
        let AskTell { engine, space, .. } = self.source;
        finished(engine, &space)
    }
}

/// The end of a sweep. The points of trials that other processes run may have become others since they were seen first.
pub(crate) fn finished<D: SearchSpace>(engine: Engine, space: &D) -> Hyperoptimizer<D::Params> {
    let sweep = engine.finish();
    let params = sweep.history().trials().iter().map(|trial| space.decode(0, trial.point())).collect();
    Hyperoptimizer::new(sweep, params)
}

impl<D: SearchSpace> Hyperoptimizer<D::Params, AskTell<D, Pruning>> {
    /// Keeps `value` as what a trial has come to after `step`: see [`RunningTrial::report`](crate::RunningTrial::report).
    ///
    /// # Errors
    ///
    /// If the ticket is another sweep's, or the step is below 0.
    pub fn report(&mut self, ticket: &Ticket, step: impl StepNumber, value: impl Into<f64>) -> Result<(), Error> {
        let engine = &mut self.source.engine;
        engine.report(ticket.check(engine)?, step.step(), value.into())
    }

    /// Whether the pruner would give a trial up, by what it has reported so far; [`prune`](Self::prune) does so.
    ///
    /// # Errors
    ///
    /// If the ticket is another sweep's.
    pub fn should_prune(&mut self, ticket: &Ticket) -> Result<bool, Error> {
        let engine = &mut self.source.engine;
        Ok(engine.should_prune(ticket.check(engine)?))
    }
}

type Open<D, K> = Hyperoptimizer<<D as SearchSpace>::Params, AskTell<D, K>>;

/// One turn of [`Hyperoptimizer::turns`].
#[must_use = "a turn that is not told gives its trial up"]
pub struct TrialHandle<'a, D: SearchSpace, K: AskKind = Trials> {
    ho: Rc<RefCell<&'a mut Open<D, K>>>,
    ticket: Option<Ticket>,
}

impl<D: SearchSpace> TrialHandle<'_, D, Pruning> {
    /// Keeps `value` as what the trial has come to after `step`: see [`RunningTrial::report`](crate::RunningTrial::report).
    ///
    /// # Errors
    ///
    /// If the step is below 0.
    pub fn report(&self, step: impl StepNumber, value: impl Into<f64>) -> Result<(), Error> {
        self.ticket.as_ref().map_or(Ok(()), |ticket| self.ho.borrow_mut().report(ticket, step, value))
    }

    /// Whether the pruner would give the trial up, by what it has reported so far; dropping the turn does so.
    #[must_use]
    pub fn should_prune(&self) -> bool {
        let pruned = |ticket| self.ho.borrow_mut().should_prune(ticket);
        self.ticket.as_ref().is_some_and(|ticket| pruned(ticket) == Ok(true))
    }
}

impl<D: SearchSpace, K: AskKind> TrialHandle<'_, D, K> {
    /// Tells what became of the trial: whatever the body of a loop may evaluate to.
    pub fn tell<S>(mut self, value: impl Objective<Trials, S>) {
        if let Some(ticket) = self.ticket.take() {
            let told = self.ho.borrow_mut().tell(ticket, value);
            debug_assert!(told.is_ok(), "a turn belongs to its sweep");
        }
    }
}

impl<D: SearchSpace, K: AskKind> Drop for TrialHandle<'_, D, K> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            let pruned = self.ho.borrow_mut().prune(ticket);
            debug_assert!(pruned.is_ok(), "a turn belongs to its sweep");
        }
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
