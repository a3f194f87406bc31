//! Studies on a `PostgreSQL` server.
//!
//! To ask is one transaction under a lock of the row in `studies`, which Optuna's own programs take too: the lock, a look at
//! what is new, the new rows and the commit, each in one round trip. To tell is one statement, outside of the lock.

mod connection;
mod fault;
mod live;
mod open;
mod read;
mod reap;
mod schema;
mod statements;
mod tables;

use std::fmt;
use std::time::Duration;

use hyperopt_core::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};

use self::live::Live;
pub(crate) use self::read::{list, read_sweep};
use crate::error::StudyError;
use crate::study::{Backend, Settings};
use crate::worker::Worker;

/// For how long a process that is about to end waits for a lost server.
const LAST: Duration = Duration::from_secs(2);

/// A study on a server.
pub(crate) struct PostgresStore {
    settings: Settings,
    /// With its password.
    url: String,
    live: Option<Live>,
}

impl PostgresStore {
    pub(crate) fn new(settings: Settings, url: String) -> Self {
        Self { settings, url, live: None }
    }

    fn live(&mut self) -> Result<&mut Live, StudyError> {
        self.live.as_mut().ok_or_else(|| StudyError::Closed { study: self.settings.name.clone() })
    }
}

impl Store for PostgresStore {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        let (opened, live) = open::open(&self.settings, &self.url, opening, Worker::this())?;
        self.live = Some(live);
        Ok(opened)
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        Ok(self.live()?.lock()?)
    }

    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError> {
        Ok(self.live()?.unlock(commit, retired)?)
    }

    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError> {
        Ok(self.live()?.report(number, step, value)?)
    }

    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError> {
        Ok(self.live()?.tell(record, is_last)?)
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        Ok(self.live()?.requeue(number)?)
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        match self.live.take() {
            Some(mut live) => Ok(live.close(is_over)?),
            None => Ok(()),
        }
    }
}

impl Backend for PostgresStore {
    fn abandon(&mut self) {
        if let Some(mut live) = self.live.take() {
            live.abandon(LAST);
        }
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("settings", &self.settings).finish_non_exhaustive()
    }
}
