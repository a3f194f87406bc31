//! Studies on a `PostgreSQL` server.
//!
//! Asking is one transaction under a lock of the row in `studies`, which Optuna's programs take too: the lock, a query of the
//! changes, the new rows and the commit, each in one round trip. What is long is read before the lock. Telling, and waiting for
//! the trials of others, is one statement, outside of the lock.

mod blocker;
mod columns;
mod connect;
mod connection;
mod delete;
mod fault;
mod open;
mod open_study;
mod read;
mod reap;
mod rewound;
mod running;
mod schema;
mod session;
mod statements;
mod tables;
mod tls;
mod transient;

use std::fmt;
use std::time::Duration;

pub(crate) use self::blocker::blocker;
pub(crate) use self::delete::delete;
use self::open_study::OpenStudy;
pub(crate) use self::read::{list, read_rows, read_sweep};
pub(crate) use self::running::workers;
use crate::address::Server;
use crate::backend::Backend;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::worker::Worker;
use hyperopt_core::study::{
    Changes, Commit, Database, Opened, Opening, Place, Record, Store, StoreError, TellResult, Unlocked,
};

/// The timeout for a lost server in a process that is about to end.
const LAST_PATIENCE: Duration = Duration::from_secs(2);

/// A study on a server.
pub(crate) struct PostgresStore {
    settings: StudySettings,
    /// With the password.
    server: Server,
    open: Option<OpenStudy>,
}

impl PostgresStore {
    pub(crate) fn new(settings: StudySettings, server: Server) -> Self {
        Self { settings, server, open: None }
    }

    fn study(&mut self) -> Result<&mut OpenStudy, StudyError> {
        self.open.as_mut().ok_or_else(|| self.settings.closed())
    }
}

impl Store for PostgresStore {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        let (opened, open) = open::open(&self.settings, &self.server, opening, Worker::this())?;
        self.open = Some(open);
        Ok(opened)
    }

    fn place(&self) -> Option<Place> {
        let open = self.open.as_ref()?;
        Some(Place { database: Database::Server(open.server.clone()), id: open.study.into() })
    }

    fn is_changed(&mut self) -> Result<bool, StoreError> {
        Ok(self.study()?.is_changed()?)
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        Ok(self.study()?.lock()?)
    }

    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError> {
        Ok(self.study()?.unlock(commit, retired)?)
    }

    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError> {
        Ok(self.study()?.report(number, step, value)?)
    }

    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError> {
        Ok(self.study()?.tell(record, is_last)?)
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        Ok(self.study()?.requeue(number)?)
    }

    fn limit(&mut self, spend: f64) -> Result<(), StoreError> {
        Ok(self.study()?.limit(spend)?)
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        match self.open.take() {
            Some(mut open) => Ok(open.close(is_over)?),
            None => Ok(()),
        }
    }
}

impl Backend for PostgresStore {
    fn abandon(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.abandon(LAST_PATIENCE);
        }
    }

    fn idle(&mut self) {
        if let Some(open) = &mut self.open {
            open.beat();
        }
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("settings", &self.settings).finish_non_exhaustive()
    }
}
