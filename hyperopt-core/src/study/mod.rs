//! Where a sweep is kept outside its process, and shared with others: what the engine asks of a store.
//!
//! A study is the log of a sweep. The engine reads what it does not have yet, under a lock, and appends what it decides
//! next; so going on after a crash and working beside other processes are the same thing.

pub use crate::trial::Record;

use std::error::Error;
use std::fmt::Debug;

use crate::history::Goal;
use crate::space::Space;

/// Why a store could not do what was asked of it, in words that name the cause.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Keeps a sweep outside its process: what stands behind `study =`.
///
/// The crate `hyperopt-store` implements it for SQLite and PostgreSQL. The engine calls [`open`](Self::open) first, then any
/// number of times, for each trial: [`lock`](Self::lock) and [`unlock`](Self::unlock), [`report`](Self::report),
/// [`tell`](Self::tell) or [`requeue`](Self::requeue); and [`close`](Self::close) last.
///
/// A call that fails ends the sweep with the error. So a store tries again itself where that may help.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a study",
    label = "expected a study such as `Study::open(\"sqlite:sweep.db\")?`",
    note = "opening a study can fail: add a `?`",
    note = "a hyperparameter of this name is written raw: `r#study = …`"
)]
pub trait Store: Debug + Send {
    /// Begins the study, or finds it.
    ///
    /// # Errors
    ///
    /// If it cannot be reached, created or read.
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError>;

    /// Keeps all other processes from starting a trial until [`unlock`](Self::unlock), puts back the trials of processes that
    /// have died, and gives what has become of the study since the last call. The first call gives all of it.
    ///
    /// # Errors
    ///
    /// If the study cannot be locked or read.
    fn lock(&mut self) -> Result<Changes, StoreError>;

    /// Ends the lock with what was decided in it. `retired` are configurations of a sweep with budgets that will not be
    /// resumed.
    ///
    /// # Errors
    ///
    /// If it cannot be written. The lock is gone all the same.
    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError>;

    /// Keeps what a running trial of this process has come to after `step`; may be written later, with its outcome at the
    /// latest.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError>;

    /// Keeps the outcome of a trial of this process; durable when the call returns. `is_last` says that its configuration
    /// will not be resumed, as is so for all trials of a sweep without budgets.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError>;

    /// Lets a running trial of this process be run again, by this or another one, with the same number and hyperparameters.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn requeue(&mut self, number: usize) -> Result<(), StoreError>;

    /// The sweep has ended in this process. `is_over` says that no trial is wanted any more in any process: configurations
    /// of a sweep with budgets that wait for a next rung are given up.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn close(&mut self, is_over: bool) -> Result<(), StoreError>;
}

/// The sweep that a study is to keep, as the program has it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opening {
    /// The axes.
    pub space: Space,
    /// The goals, one for each objective.
    pub goals: Vec<Goal>,
    /// The seed of a study that is begun now.
    pub seed: u64,
    /// The name of the sampler.
    pub sampler: String,
    /// Whether it is a sweep with budgets: several trials may share a configuration then.
    pub has_budgets: bool,
}

impl Opening {
    /// What a program asks a store for; the engine does, and the tests of stores.
    #[must_use]
    pub fn new(space: Space, goals: Vec<Goal>, seed: u64, sampler: String, has_budgets: bool) -> Self {
        Self { space, goals, seed, sampler, has_budgets }
    }
}

/// The sweep that a study keeps.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The name of the study.
    pub name: String,
    /// The axes; `None` where another program has begun the study and not said what they are.
    pub space: Option<Space>,
    /// The goals.
    pub goals: Vec<Goal>,
    /// The seed; `None` where another program has begun the study.
    pub seed: Option<u64>,
    /// Whether it is a sweep with budgets; `None` where another program has begun the study.
    pub has_budgets: Option<bool>,
    /// The names of the objectives, once they are known.
    pub names: Vec<String>,
}

/// What has become of a study since the last look.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The trials that are new, in the order of their numbers, and those that have been closed by other processes.
    pub records: Vec<Record>,
    /// The numbers of all trials that wait for a process to run them, in order: each has been a record, now or before.
    pub waiting: Vec<usize>,
}

/// What the engine does with a study that it has locked.
#[derive(Clone, Copy, Debug)]
pub enum Commit<'a> {
    /// Nothing.
    Nothing,
    /// Starts a trial: the next number, of a new configuration or of one there is.
    Start(&'a Record),
    /// Takes a trial that waits, with hyperparameters that may have been completed.
    Take(&'a Record),
}

/// How the end of a lock went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// As decided.
    Done,
    /// The lock had been lost in between, and other processes have been faster: nothing was written. What they did is in the
    /// next [`Changes`].
    Lost,
}

/// What became of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellResult {
    /// It is kept.
    Kept,
    /// It is dropped: the trial was taken from this process, which seemed dead, and another one runs it or has run it.
    Dropped,
}
