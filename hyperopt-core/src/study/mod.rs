//! Studies, which keep a sweep outside its process and share it with others: the interface between the engine and a store.
//!
//! A study is the log of a sweep. Under a lock, the engine reads the entries that it does not have yet, and appends its
//! next decision; so resuming after a crash and working beside other processes are the same operation.

mod given_up;

pub use self::given_up::given_up;
#[doc(hidden)]
pub use self::given_up::given_up_note;
pub use crate::trial::{Record, Stretch};

use std::error::Error;
use std::fmt::{self, Debug};
use std::path::PathBuf;

use crate::history::Goal;
use crate::space::Space;

/// An error of a store; its message names the cause.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Stores a sweep outside its process: the value of `study = …`.
///
/// The crate `hyperopt-store` implements it for SQLite and PostgreSQL. The engine calls [`open`](Self::open) first, then any
/// number of times, for each trial: [`lock`](Self::lock) and [`unlock`](Self::unlock), [`report`](Self::report),
/// [`tell`](Self::tell) or [`requeue`](Self::requeue); and [`close`](Self::close) last.
///
/// A call that fails ends the sweep with its error, so a store itself retries where that may help.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a study",
    label = "expected a study such as `Study::open(\"sqlite:sweep.db\")?`",
    note = "opening a study can fail: add a `?`",
    note = "a hyperparameter of this name is written raw: `r#study = …`"
)]
pub trait Store: Debug + Send {
    /// Creates the study, or opens an existing one.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be reached, created or read.
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError>;

    /// Returns where the study is stored; `None` if it is not open, or if the store does not say. It distinguishes files that
    /// belong to the study, such as the states of a sweep with budgets, from those of other studies.
    fn place(&self) -> Option<Place> {
        None
    }

    /// Returns whether the study has changed since the last call of [`lock`](Self::lock), without locking it: processes that
    /// wait for the trials of others call this. It returns `true` if it cannot know; a trial whose process has died is a
    /// change.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be read.
    fn is_changed(&mut self) -> Result<bool, StoreError> {
        Ok(true)
    }

    /// Keeps all other processes from starting a trial until [`unlock`](Self::unlock), requeues the trials of processes
    /// that have died, and returns the changes of the study since the last call. The first call returns the whole study.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be locked or read.
    fn lock(&mut self) -> Result<Changes, StoreError>;

    /// Writes the decision made under the lock, and releases the lock. `retired` are configurations of a sweep with budgets
    /// that will not be resumed.
    ///
    /// # Errors
    ///
    /// Fails if the decision cannot be written; the lock is released nevertheless.
    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError>;

    /// Records a report of a running trial of this process for `step`. The report may be written later, but no later than
    /// the outcome of the trial.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be written.
    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError>;

    /// Records the outcome of a trial of this process, durably when the call returns. `is_last` says that its configuration
    /// will not be resumed, which holds for all trials of a sweep without budgets.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be written.
    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError>;

    /// Requeues a running trial of this process, to be run again by this process or another one, with the same number and
    /// hyperparameters.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be written.
    fn requeue(&mut self, number: usize) -> Result<(), StoreError>;

    /// Records the resources after which the sweep ends, the setting `spend`, in place of those that an earlier run has set.
    /// They are in [`Opened::spend`] from then on. Does nothing by default: a later run without the setting is not told of it.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be written.
    fn limit(&mut self, spend: f64) -> Result<(), StoreError> {
        let _ = spend;
        Ok(())
    }

    /// Detaches this process from the study, after its sweep has ended. `is_over` says that no process needs a further
    /// trial: configurations of a sweep with budgets that wait for a next rung are closed.
    ///
    /// # Errors
    ///
    /// Fails if the study cannot be written.
    fn close(&mut self, is_over: bool) -> Result<(), StoreError>;
}

/// The sweep that a study is to store, as the program defines it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opening {
    /// The axes.
    pub space: Space,
    /// The goals, one for each objective.
    pub goals: Vec<Goal>,
    /// The seed, used if the study is created now.
    pub seed: u64,
    /// The name of the sampler.
    pub sampler: String,
    /// Whether the sweep has budgets: several trials may then share a configuration.
    pub has_budgets: bool,
    /// The scheduler, in words; `None` without budgets.
    pub scheduler: Option<String>,
}

impl Opening {
    /// Makes the description of a sweep for a store. The engine calls it, and so do the tests of stores.
    #[must_use]
    pub fn new(space: Space, goals: Vec<Goal>, seed: u64, sampler: String, has_budgets: bool) -> Self {
        Self { space, goals, seed, sampler, has_budgets, scheduler: None }
    }

    /// Sets the scheduler, in words (default: none).
    #[must_use]
    pub fn scheduler(self, scheduler: Option<String>) -> Self {
        Self { scheduler, ..self }
    }
}

/// The sweep that a study stores.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The name of the study.
    pub name: String,
    /// The axes; `None` if another program has created the study without recording them.
    pub space: Option<Space>,
    /// The goals.
    pub goals: Vec<Goal>,
    /// The seed; `None` if another program has created the study.
    pub seed: Option<u64>,
    /// Whether the sweep has budgets; `None` if another program has created the study.
    pub has_budgets: Option<bool>,
    /// The [scheduler](Opening::scheduler); `None` if the study has none, if another program has created it, or a version that did
    /// not record it.
    pub scheduler: Option<String>,
    /// The resources after which the sweep ends, as [`Store::limit`] has recorded them; `None` if no run has set them.
    pub spend: Option<f64>,
    /// The names of the objectives; empty until they are known.
    pub names: Vec<String>,
}

/// The place of a study, which is the same for every process that opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The database.
    pub database: Database,
    /// The number of the study in the database.
    pub id: i64,
}

/// The identity of a database, which does not depend on how it is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Database {
    /// A file, by its absolute path without symbolic links.
    File(PathBuf),
    /// A database on a server, by the identifier of the server and its name there.
    Server(String),
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file {:?}", path.to_string_lossy()),
            Self::Server(server) => write!(f, "server {server:?}"),
        }
    }
}

/// The changes of a study since it was last read.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The trials that are new, in the order of their numbers, and those that have been closed by other processes.
    pub records: Vec<Record>,
    /// The numbers of all trials that wait for a process to run them, in order. Each is in `records` now, or was earlier.
    pub waiting: Vec<usize>,
}

/// The decision of the engine about a locked study.
#[derive(Clone, Copy, Debug)]
pub enum Commit<'a> {
    /// Starts nothing.
    Nothing,
    /// Starts the trial with the next number, of a new or an existing configuration.
    Start(&'a Record),
    /// Takes a waiting trial, whose missing hyperparameters may have been filled in.
    Take(&'a Record),
}

/// The result of [`Store::unlock`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// The decision was written.
    Done,
    /// The lock was lost in the meantime, and other processes have changed the study: nothing was written. The next [`Changes`]
    /// hold their steps.
    Lost,
}

/// The result of [`Store::tell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellResult {
    /// The outcome was recorded.
    Kept,
    /// The outcome was dropped: this process seemed dead, and another one took over the trial.
    Dropped,
}
