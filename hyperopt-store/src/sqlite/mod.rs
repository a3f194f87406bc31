//! Studies in a file.

mod connect;
mod delete;
mod open;
mod open_study;
mod read;
mod running;
mod view;
mod write;

use std::path::PathBuf;

use hyperopt_core::study::{
    Changes, Commit, Database, Opened, Opening, Place, Record, Store, StoreError, TellResult, Unlocked,
};

use self::connect::{LAST_PATIENCE, begin, explain};
pub(crate) use self::delete::delete;
use self::open_study::{Fault, OpenStudy};
pub(crate) use self::running::workers;
pub(crate) use self::view::{list, read_rows, read_sweep};
use crate::backend::Backend;
use crate::rows::{RowState, Rows};
use crate::settings::StudySettings;
use crate::worker::Worker;

/// A study in a file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    settings: StudySettings,
    path: PathBuf,
    worker: Worker,
    open: Option<OpenStudy>,
}

impl SqliteStore {
    pub(crate) fn new(settings: StudySettings, path: PathBuf) -> Self {
        Self { settings, path, worker: Worker::this(), open: None }
    }

    /// Runs `work` in one transaction: that of the lock if it is held, else one of its own, which is rolled back if `work`
    /// fails.
    fn transact<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&StudySettings, &Worker, &mut OpenStudy) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let Self { settings, worker, open, .. } = self;
        let open = open.as_mut().ok_or_else(|| settings.closed())?;
        let explained = |fault| match fault {
            Fault::Sqlite(error) => explain(settings, doing, &error),
            Fault::Trial(fault) => settings.trial(fault),
        };
        if open.is_locked {
            return work(settings, worker, open).map_err(|fault| explained(fault).into());
        }
        begin(settings, &open.connection).map_err(|error| explained(error.into()))?;
        let done = work(settings, worker, open).and_then(|done| {
            open.execute("COMMIT")?;
            Ok(done)
        });
        done.map_err(|fault| {
            open.roll_back();
            explained(fault).into()
        })
    }
}

impl Store for SqliteStore {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        let (opened, open) = open::open(&self.settings, &self.path, opening)?;
        self.open = Some(open);
        Ok(opened)
    }

    fn place(&self) -> Option<Place> {
        let database = Database::File(self.path.canonicalize().ok()?);
        Some(Place { database, id: self.open.as_ref()?.study() })
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        let changes = self.transact_open("locking it and reading what is new", |settings, worker, open| {
            let mut records = open.changes()?;
            open.refuse()?;
            let failed = open.reap(settings, worker)?;
            // A trial that was just read as running may have failed since.
            records.retain(|record| failed.iter().all(|later| later.trial.number() != record.trial.number()));
            records.extend(failed);
            records.sort_unstable_by_key(|record| record.trial.number());
            Ok(Changes { records, waiting: open.ledger.waiting() })
        })?;
        Ok(changes)
    }

    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError> {
        let done = self.transact("starting a trial", |_, worker, open| {
            // A trial that has an outcome keeps it.
            let retired: Vec<_> = retired.iter().copied().filter(|&trial| open.ledger.is_open(trial)).collect();
            for &trial in &retired {
                let id = open.id(trial)?;
                open.write(trial, id, Rows::settle)?;
            }
            let started = match commit {
                Commit::Nothing => None,
                Commit::Start(record) | Commit::Take(record) => Some((record, open.start(worker, record)?)),
            };
            if open.is_locked {
                open.execute("COMMIT")?;
                open.is_locked = false;
            }
            for trial in retired {
                open.ledger.moved(trial, RowState::Pruned);
            }
            if let Some((record, (id, lease))) = started {
                open.ledger.started(record, id, lease);
            }
            Ok(Unlocked::Done)
        });
        if let (Err(_), Some(open)) = (&done, &mut self.open) {
            open.roll_back();
        }
        done
    }

    fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if !open.ledger.leases.report(number, step, value) {
            return Ok(());
        }
        self.transact("writing reports", |_, _, open| open.flush())
    }

    fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StoreError> {
        let told = self.transact("writing an outcome", |_, _, open| {
            let Some(id) = open.owned(record.trial.number())? else { return Ok(None) };
            let state =
                open.write(record.trial.configuration(), id, |rows, rungs| rows.tell(record, is_last, rungs))?;
            if state.is_none() {
                write::release(&open.connection, id)?;
            }
            if !record.names.is_empty() {
                open.name_objectives(record)?;
            }
            Ok(Some(state.unwrap_or(RowState::Running)))
        })?;
        if let Some(open) = &mut self.open {
            open.ledger.release(record.trial.number(), told.is_some());
            if let Some(state) = told {
                open.ledger.moved(record.trial.configuration(), state);
            }
        }
        Ok(if told.is_some() { TellResult::Kept } else { TellResult::Dropped })
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        self.transact("requeueing a trial", |_, _, open| open.requeue(number))?;
        if let Some(open) = &mut self.open
            && open.ledger.release(number, false).is_some()
        {
            // The next look reads whether it waits.
            open.version = None;
        }
        Ok(())
    }

    fn limit(&mut self, spend: f64) -> Result<(), StoreError> {
        self.transact("writing its limit", |_, _, open| open.limit(spend))
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        self.transact("closing the study", |_, _, open| {
            open.flush()?;
            for record in open.ledger.leases.records() {
                open.requeue(record)?;
            }
            if is_over && open.ledger.rows().has_budgets() {
                for (trial, id, _) in open.ledger.open() {
                    let (state, lease, _) = read::liveness(&open.connection, id)?;
                    if state == RowState::Waiting || (state == RowState::Running && lease.is_none()) {
                        open.write(trial, id, Rows::settle)?;
                    }
                }
            }
            Ok(())
        })?;
        self.open = None;
        Ok(())
    }
}

impl SqliteStore {
    /// Begins the transaction that [`unlock`](Store::unlock) ends.
    fn transact_open<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&StudySettings, &Worker, &mut OpenStudy) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let Some(open) = &mut self.open else {
            return Err(self.settings.closed().into());
        };
        if !open.is_locked {
            begin(&self.settings, &open.connection).map_err(|error| explain(&self.settings, doing, &error))?;
            open.is_locked = true;
        }
        let done = self.transact(doing, work);
        if let (Err(_), Some(open)) = (&done, &mut self.open) {
            open.roll_back();
        }
        done
    }
}

impl Backend for SqliteStore {
    fn abandon(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.is_locked {
            open.roll_back();
        }
        self.settings.patience = LAST_PATIENCE;
        let records = open.ledger.leases.records();
        if !records.is_empty() {
            // If it fails, other processes see that this one is dead, and requeue its trials.
            let _ = self.transact("requeueing its trials", |_, _, open| {
                records.iter().try_for_each(|&record| open.requeue(record))
            });
        }
        self.open = None;
    }
}
