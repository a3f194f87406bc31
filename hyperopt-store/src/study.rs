use std::cell::Cell;
use std::fmt;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyperopt_core::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};

use crate::address::Address;
use crate::error::StudyError;
use crate::terminate;

/// A study: where a sweep is kept, and how. What stands behind `study =`.
///
/// Its methods before the sweep are settings; nothing is read or written before the sweep opens it. A database that does
/// not exist is made, with Optuna's tables.
///
/// ```
/// use std::time::Duration;
///
/// use hyperopt_store::Study;
///
/// # fn main() -> Result<(), hyperopt_store::StudyError> {
/// # #[cfg(feature = "sqlite")] {
/// let study = Study::open("sqlite:sweep.db")?.name("wine").patience(Duration::from_secs(20));
/// assert_eq!(format!("{study:?}"), r#"Study { address: "sqlite:sweep.db", name: "wine", .. }"#);
/// # }
/// # Ok(())
/// # }
/// ```
pub struct Study {
    pub(crate) settings: Settings,
    link: Option<Link>,
}

/// All that is set of a study.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) address: Address,
    pub(crate) name: String,
    pub(crate) heartbeat: Duration,
    pub(crate) grace: Duration,
    pub(crate) retries: u32,
    pub(crate) patience: Duration,
    pub(crate) durable: bool,
    pub(crate) puts_back: bool,
}

impl Settings {
    /// How old a heartbeat has to be before its process seems dead: never under four heartbeats.
    pub(crate) fn least_grace(&self) -> Duration {
        self.grace.max(self.heartbeat * 4)
    }

    /// The database is one that the program was built without.
    #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
    pub(crate) fn feature(&self) -> StudyError {
        let feature = if matches!(self.address, Address::Sqlite(_)) { "sqlite" } else { "postgres" };
        StudyError::Feature { url: self.address.to_string(), feature }
    }

    /// What `cause` is to a person.
    pub(crate) fn error(&self, doing: &'static str, cause: impl Into<String>, hint: impl Into<String>) -> StudyError {
        StudyError::Database {
            study: self.name.clone(),
            url: self.address.to_string(),
            doing,
            cause: cause.into(),
            hint: hint.into(),
        }
    }

    pub(crate) fn damaged(&self, reason: impl Into<String>) -> StudyError {
        StudyError::Damaged { study: self.name.clone(), url: self.address.to_string(), reason: reason.into() }
    }

    pub(crate) fn trial(&self, (number, reason): (usize, String)) -> StudyError {
        StudyError::Trial { study: self.name.clone(), url: self.address.to_string(), number, reason }
    }
}

/// A database, on the thread that owns it.
pub(crate) trait Backend: Store {
    /// The process is about to end: gives up a lock that is held, writes what was reported, and puts its running trials back.
    fn abandon(&mut self);
}

/// How much longer than it is waited for an answer may take.
const MARGIN: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce(&mut dyn Backend) + Send>;

/// The thread. The client of PostgreSQL blocks on an executor of its own, which a thread of an asynchronous program cannot.
struct Link {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
    registration: Option<terminate::Registration>,
    /// Whether the thread waits for a database that does not answer.
    is_stuck: Cell<bool>,
}

impl Study {
    /// A study in the database at `url`, named `hyperopt` unless [`name`](Self::name) says otherwise.
    ///
    /// - `sqlite:sweep.db` is a file, relative to the working directory; `sqlite:/data/sweep.db` and
    ///   `sqlite:///data/sweep.db` are absolute. One machine, any number of processes; not on a network file system.
    /// - `postgres://user:password@host:5432/database`, or `postgresql://…`, is a server that any number of machines share.
    ///   The name of a driver, as in `postgresql+psycopg2://…`, is left out.
    ///
    /// # Errors
    ///
    /// If that is no address of a study, or the crate was built without the feature for it.
    pub fn open(url: &str) -> Result<Self, StudyError> {
        let settings = Settings {
            address: Address::parse(url)?,
            name: "hyperopt".into(),
            heartbeat: Duration::from_secs(30),
            grace: Duration::from_secs(120),
            retries: 3,
            patience: Duration::from_secs(300),
            durable: false,
            puts_back: true,
        };
        Ok(Self { settings, link: None })
    }

    /// The name of the study: a database holds any number of them.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = name.into();
        self
    }

    /// How often this process tells that it lives; 30 seconds. Only processes on other machines look at it.
    #[must_use]
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.settings.heartbeat = interval.max(Duration::from_millis(10));
        self
    }

    /// For how long a process on another machine may be silent before its trials are put back; 120 seconds, and never
    /// under four heartbeats.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = grace;
        self
    }

    /// How many times a trial is run again after its process has died, before it counts as failed; 3.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// For how long a locked database or a lost server is waited for; 5 minutes.
    /// One that is there and says nothing is given up after twice as long.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.settings.patience = patience;
        self
    }

    /// Keeps each outcome even if the machine loses its power a moment later. Otherwise an SQLite file survives the death
    /// of every process, and the last outcomes may be lost with the power. PostgreSQL does as its server is set.
    #[must_use]
    pub fn durable(mut self) -> Self {
        self.settings.durable = true;
        self
    }

    /// Leaves SIGTERM to the program. Otherwise running trials are put back when it arrives, so that others take them at
    /// once, and the process ends as it would have.
    #[must_use]
    pub fn without_signals(mut self) -> Self {
        self.settings.puts_back = false;
        self
    }

    /// The address of its database, with `…` for a password.
    #[must_use]
    pub fn shown_address(&self) -> String {
        self.settings.address.to_string()
    }

    fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let closed = || StudyError::Closed { study: self.settings.name.clone() };
        let link = self.link.as_ref().ok_or_else(closed)?;
        let (reply, answer) = mpsc::channel();
        let job = move |backend: &mut dyn Backend| {
            // Nobody waits for the answer where the handle is gone.
            let _ = reply.send(call(backend));
        };
        if !link.is_stuck.get() {
            link.jobs.send(Box::new(job)).map_err(|_| closed())?;
            // A lock may be waited for, and a connection; what takes longer than both takes for ever.
            match answer.recv_timeout(self.settings.patience.saturating_mul(2).saturating_add(MARGIN)) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => return Err(closed().into()),
                Err(RecvTimeoutError::Timeout) => link.is_stuck.set(true),
            }
        }
        let hint = "is there a proxy or a firewall in between that has forgotten the connection?";
        Err(self.settings.error("waiting for an answer", "the connection is there, and nothing comes", hint).into())
    }

    fn link(&mut self) -> Result<(), StoreError> {
        if self.link.is_some() {
            return Ok(());
        }
        let (jobs, received) = mpsc::channel();
        let settings = self.settings.clone();
        let run = move || serve(settings, &received);
        let cause = |cause: std::io::Error| self.settings.error("starting its thread", cause.to_string(), "");
        let thread = thread::Builder::new().name("hyperopt-study".into()).spawn(run).map_err(cause)?;
        let registration = self.settings.puts_back.then(|| {
            let jobs = jobs.clone();
            terminate::register(move |done| {
                let job = move |backend: &mut dyn Backend| {
                    backend.abandon();
                    let _ = done.send(());
                    // Nothing may be started any more: the process ends within moments.
                    loop {
                        thread::park();
                    }
                };
                let _ = jobs.send(Box::new(job));
            })
        });
        self.link = Some(Link { jobs, thread, registration, is_stuck: Cell::new(false) });
        Ok(())
    }
}

/// The thread of a handle: does the jobs, and puts back what still runs when the handle is gone.
fn serve(settings: Settings, jobs: &Receiver<Job>) {
    let mut backend = backend(settings);
    for job in jobs {
        job(&mut *backend);
    }
    backend.abandon();
}

// Not consumed by a build without any database.
#[cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(clippy::needless_pass_by_value))]
fn backend(settings: Settings) -> Box<dyn Backend> {
    match &settings.address {
        #[cfg(feature = "sqlite")]
        Address::Sqlite(path) => {
            let path = path.clone();
            Box::new(crate::sqlite::SqliteStore::new(settings, path))
        }
        #[cfg(not(feature = "sqlite"))]
        Address::Sqlite(_) => unreachable!("such an address is not parsed"),
        #[cfg(feature = "postgres")]
        Address::Postgres(url) => {
            let url = url.clone();
            Box::new(crate::postgres::PostgresStore::new(settings, url))
        }
        #[cfg(not(feature = "postgres"))]
        Address::Postgres(_) => unreachable!("such an address is not parsed"),
    }
}

impl Store for Study {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        self.link()?;
        let opening = opening.clone();
        self.call(move |backend| backend.open(&opening))
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        self.call(|backend| backend.lock())
    }

    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError> {
        let (record, is_new) = match commit {
            Commit::Nothing => (None, false),
            Commit::Start(record) => (Some(record.clone()), true),
            Commit::Take(record) => (Some(record.clone()), false),
        };
        let retired = retired.to_vec();
        self.call(move |backend| {
            let commit = match &record {
                None => Commit::Nothing,
                Some(record) if is_new => Commit::Start(record),
                Some(record) => Commit::Take(record),
            };
            backend.unlock(commit, &retired)
        })
    }

    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError> {
        self.call(move |backend| backend.report(number, step, value))
    }

    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError> {
        let record = record.clone();
        self.call(move |backend| backend.tell(&record, is_last))
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        self.call(move |backend| backend.requeue(number))
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        let closed = self.call(move |backend| backend.close(is_over));
        self.end();
        closed
    }
}

impl Study {
    fn end(&mut self) {
        if let Some(Link { jobs, thread, registration, is_stuck }) = self.link.take() {
            // Both hold a sender: the thread ends with the last of them.
            drop((jobs, registration));
            if !is_stuck.get() {
                // What the thread could not do was said in the answer to a call.
                let _ = thread.join();
            }
        }
    }
}

impl Drop for Study {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { address, name, .. } = &self.settings;
        f.debug_struct("Study").field("address", address).field("name", name).finish_non_exhaustive()
    }
}
