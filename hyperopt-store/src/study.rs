//! [`Study`]: the settings of a study, and its use as the store of a sweep.

use std::fmt;
use std::time::Duration;

use hyperopt_core::study::{Changes, Commit, Opened, Opening, Place, Record, Store, StoreError, TellResult, Unlocked};

use crate::address::Address;
use crate::backend::Backend;
use crate::error::StudyError;
use crate::link::Link;
use crate::settings::StudySettings;

/// The value of the setting `study`: the database that stores a sweep, and the settings of its use.
///
/// Its builder methods are settings. Nothing is read or written before the sweep opens the study. This creates the database
/// with Optuna's tables if it does not exist; its directory must exist.
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
    pub(crate) settings: StudySettings,
    link: Option<Link>,
}

impl Study {
    /// Describes a study in the database at `url`; its name is `hyperopt` unless [`name`](Self::name) sets another one.
    ///
    /// - `sqlite:sweep.db` is a file, relative to the working directory; `sqlite:/data/sweep.db` and `sqlite:///data/sweep.db`
    ///   are absolute. Any number of processes on one machine can share it, but not over a network file system.
    /// - `postgres://user:password@host:5432/database`, or `postgresql://…`, is a server that any number of machines share. The
    ///   name of a driver, as in `postgresql+psycopg2://…`, is ignored. In a password, `@` is written `%40`. Encryption is set
    ///   as in libpq (`?sslmode=verify-full&sslrootcert=ca.crt`, and `sslcert`, `sslkey`, `channel_binding`), and libpq's
    ///   variables, such as `PGHOST`, `PGPASSWORD` and `PGSSLMODE`, set what the address leaves out.
    ///
    /// This call does not open the database. If the file cannot be written, or the server cannot be reached, the sweep's
    /// [`error`](hyperopt_core::Sweep::error) says so.
    ///
    /// # Errors
    ///
    /// Fails if `url` is not the address of a database, if the directory of the file does not exist, if the crate was built
    /// without the feature that the address needs, or if an environment variable has an invalid value. No message shows a
    /// password.
    pub fn open(url: &str) -> Result<Self, StudyError> {
        let settings = StudySettings::new(Address::parse(url)?, |name| std::env::var(name).ok())?;
        settings.check_directory()?;
        Ok(Self { settings, link: None })
    }

    /// Sets the name of the study (default: `hyperopt`). A database holds any number of studies.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = name.into();
        self
    }

    /// Sets the interval between heartbeats (default: 30 s; at least 10 ms). Only processes on other machines read them.
    #[must_use]
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.settings.heartbeat = interval.max(Duration::from_millis(10));
        self
    }

    /// Sets the age of the last heartbeat at which a process on another machine counts as dead and its trials are requeued
    /// (default: 120 s; at least four heartbeat intervals). The requeueing process must have watched the last part of that
    /// silence itself, so that a clock that jumps, or a server that was away, takes no trial from a live process.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = grace;
        self
    }

    /// Sets the maximum number of times that a trial is run again after its process has died (default: the environment variable
    /// `HYPEROPT_RETRIES`, a number or `unlimited`; 3 if it is not set). After that the trial fails, and a note names it.
    /// Trials that a process requeues on SIGTERM do not count.
    ///
    /// The limit guards against hyperparameters that kill every process that tries them. Where machines are taken away without
    /// a warning, it would fail sound trials; set the variable there, as the files in `deploy/` do.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sets the timeout for a locked database, for a server that was lost, and for one without disk space or a free connection
    /// (default: 5 min). After five seconds of waiting, a line on standard error says what for. A server that keeps the
    /// connection but does not answer is an error after twice the timeout.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.settings.patience = patience;
        self
    }

    /// Makes SQLite wait for the disk at each commit, so that each outcome survives a power failure (default: off). Without
    /// this setting, outcomes survive the death of every process, but a power failure may lose the last ones. PostgreSQL
    /// follows the configuration of its server.
    #[must_use]
    pub fn durable(mut self) -> Self {
        self.settings.durable = true;
        self
    }

    /// Leaves SIGTERM to the program. By default, SIGTERM requeues the running trials, so that other processes can take them at
    /// once, and then ends the process as usual.
    #[must_use]
    pub fn without_signals(mut self) -> Self {
        self.settings.handles_signals = false;
        self
    }

    /// Returns the address of the database: its host, user and database, with `…` in place of a password.
    #[must_use]
    pub fn shown_address(&self) -> String {
        self.settings.address.to_string()
    }

    /// Returns whether the address has a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.settings.address.has_password()
    }

    fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let link = self.link.as_ref().ok_or_else(|| self.settings.closed())?;
        link.call(&self.settings, call).map_err(StudyError::for_engine)
    }
}

impl Store for Study {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        if self.link.is_none() {
            self.link = Some(Link::start(&self.settings)?);
        }
        let opening = opening.clone();
        self.call(move |backend| backend.open(&opening))
    }

    fn place(&self) -> Option<Place> {
        self.call(|backend| Ok(backend.place())).ok().flatten()
    }

    fn is_changed(&mut self) -> Result<bool, StoreError> {
        self.call(|backend| backend.is_changed())
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

    fn limit(&mut self, spend: f64) -> Result<(), StoreError> {
        self.call(move |backend| backend.limit(spend))
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        let closed = self.call(move |backend| backend.close(is_over));
        self.link = None;
        closed
    }
}

impl fmt::Debug for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let StudySettings { address, name, .. } = &self.settings;
        f.debug_struct("Study").field("address", address).field("name", name).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    #[test]
    fn heartbeats_are_as_rare_as_asked_for_and_no_more_than_a_hundred_a_second() {
        let set = |interval| Study::open("sqlite:sweep.db").unwrap().heartbeat(interval).settings;
        let settings = set(Duration::from_mins(1));
        assert_eq!((settings.heartbeat, settings.least_grace()), (Duration::from_mins(1), Duration::from_mins(4)));
        let settings = set(Duration::ZERO);
        assert_eq!((settings.heartbeat, settings.least_grace()), (Duration::from_millis(10), Duration::from_mins(2)));
    }
}
