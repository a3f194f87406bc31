//! Studies in a file.

mod connect;
mod read;
mod session;
mod view;
mod write;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use hyperopt_core::Goal;
use hyperopt_core::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};
use rusqlite::Connection;
use serde::Serialize;

use self::connect::explain;
use self::read::StudyRow;
use self::session::{Fault, Session};
pub(crate) use self::view::{list, read as read_sweep};
use crate::error::StudyError;
use crate::heartbeat::Heartbeat;
use crate::ledger::Ledger;
use crate::rows::{RowState, Rows, key, study_attributes};
use crate::study::{Backend, Settings};
use crate::worker::Worker;

/// How often reports are written that no outcome takes along.
const FLUSH: Duration = Duration::from_secs(1);

/// How long a process that ends waits for a lock.
const LAST_PATIENCE: Duration = Duration::from_secs(3);

/// A study in a file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    settings: Settings,
    path: PathBuf,
    worker: Worker,
    open: Option<Session>,
}

impl SqliteStore {
    pub(crate) fn new(settings: Settings, path: PathBuf) -> Self {
        Self { settings, path, worker: Worker::this(), open: None }
    }

    fn fault(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StudyError {
        move |error| explain(&self.settings, doing, &error)
    }

    fn begin_study(&self, connection: &Connection, opening: &Opening) -> Result<StudyRow, StudyError> {
        let fault = self.fault("opening the study");
        let name = &self.settings.name;
        let found = read::study(connection, name).map_err(&fault)?;
        let is_new = found.is_none();
        let study = if let Some(study) = found {
            study
        } else {
            let directions: Vec<_> = opening.goals.iter().map(|goal| direction(*goal)).collect();
            let id = write::insert_study(connection, name, &directions).map_err(&fault)?;
            StudyRow { id, goals: opening.goals.clone(), attributes: HashMap::new() }
        };
        if study.attributes.contains_key(key::SPACE) {
            return Ok(study);
        }
        if !is_new && opening.has_budgets && has_trials(connection, study.id).map_err(&fault)? {
            let reason = "another program has begun it, and the trials of a sweep with budgets are those of its scheduler \
                          alone: choose another name";
            return Err(self.settings.damaged(reason));
        }
        let (said, shown) = study_attributes(opening);
        let said = said.iter().map(|attribute| ("system", attribute));
        for (whose, (key, json)) in said.chain(shown.iter().map(|attribute| ("user", attribute))) {
            write::study_attribute(connection, study.id, whose, key, json).map_err(&fault)?;
        }
        Ok(study)
    }

    fn opened(&self, study: &StudyRow) -> Result<Opened, StudyError> {
        let damaged = |reason| self.settings.damaged(reason);
        Ok(Opened {
            name: self.settings.name.clone(),
            space: study.space().transpose().map_err(damaged)?,
            goals: study.goals.clone(),
            seed: study.attribute(key::SEED).transpose().map_err(damaged)?,
            has_budgets: study.attribute(key::BUDGETS).transpose().map_err(damaged)?,
            names: study.attribute(key::METRIC_NAMES).transpose().map_err(damaged)?.unwrap_or_default(),
        })
    }

    /// Does `work` in one transaction, that of the lock where it is held. Nothing of it is left if it fails.
    fn transact<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Settings, &Worker, &mut Session) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let Self { settings, worker, open, .. } = self;
        let open = open.as_mut().ok_or_else(|| StudyError::Closed { study: settings.name.clone() })?;
        let explained = |fault| match fault {
            Fault::Sqlite(error) => explain(settings, doing, &error),
            Fault::Trial(fault) => settings.trial(fault),
        };
        if open.is_locked {
            return work(settings, worker, open).map_err(|fault| explained(fault).into());
        }
        open.execute("BEGIN IMMEDIATE").map_err(|error| explained(error.into()))?;
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
        let connection = connect::connect(&self.settings, &self.path)?;
        connect::prepare(&self.settings, &connection)?;
        let fault = |error| explain(&self.settings, "opening the study", &error);
        connection.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
        // A connection that is dropped rolls back.
        let study = self.begin_study(&connection, opening)?;
        connection.execute_batch("COMMIT").map_err(fault)?;
        let opened = self.opened(&study)?;
        let space = opened.space.clone().unwrap_or_else(|| opening.space.clone());
        let has_budgets = opened.has_budgets.unwrap_or(opening.has_budgets);
        let heartbeat =
            Heartbeat::start(self.settings.heartbeat, session::beats(self.settings.clone(), self.path.clone()));
        self.open = Some(Session {
            connection,
            study: study.id,
            ledger: Ledger::new(Rows::new(space, study.goals, has_budgets)),
            version: None,
            is_locked: false,
            reports: BTreeMap::new(),
            flushed: Instant::now(),
            heartbeat,
            leases: 0,
            silences: HashMap::new(),
        });
        Ok(opened)
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        let changes = self.transact_open("locking it and reading what is new", |settings, worker, open| {
            let mut records = open.changes()?;
            let given_up = open.reap(settings, worker)?;
            // A trial that has just been seen running may have been given up since.
            records.retain(|record| given_up.iter().all(|later| later.trial.number() != record.trial.number()));
            records.extend(given_up);
            records.sort_unstable_by_key(|record| record.trial.number());
            Ok(Changes { records, waiting: open.ledger.waiting() })
        })?;
        Ok(changes)
    }

    fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StoreError> {
        let done = self.transact("starting a trial", |_, worker, open| {
            // One that has ended is not resumed either, and stays what it is.
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
                open.ledger.moved(trial, RowState::Pruned, None);
            }
            if let Some((record, (id, lease))) = started {
                open.ledger.started(record, id, lease);
                open.heartbeat.add(id);
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
        open.reports.insert((number, step), value);
        if open.flushed.elapsed() < FLUSH {
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
            open.release(record.trial.number(), told.is_some());
            if let Some(state) = told {
                open.ledger.moved(record.trial.configuration(), state, None);
            }
        }
        Ok(if told.is_some() { TellResult::Kept } else { TellResult::Dropped })
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        self.transact("putting a trial back", |_, _, open| open.requeue(number))?;
        if let Some(open) = &mut self.open {
            let trial = open.ledger.lease(number).map(|lease| lease.trial);
            open.release(number, false);
            // The next look says whether it waits.
            open.version = trial.map_or(open.version, |_| None);
        }
        Ok(())
    }

    fn close(&mut self, is_over: bool) -> Result<(), StoreError> {
        self.transact("closing the study", |_, _, open| {
            open.flush()?;
            for (record, _) in open.ledger.leases() {
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
        work: impl FnOnce(&Settings, &Worker, &mut Session) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let Some(open) = &mut self.open else {
            return Err(StudyError::Closed { study: self.settings.name.clone() }.into());
        };
        if !open.is_locked {
            open.execute("BEGIN IMMEDIATE").map_err(|error| explain(&self.settings, doing, &error))?;
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
        let _ = open.connection.busy_timeout(LAST_PATIENCE);
        let leases = open.ledger.leases();
        if !leases.is_empty() {
            // Where it fails, others see that this process is dead, and put its trials back themselves.
            let _ = self.transact("putting its trials back", |_, _, open| {
                leases.iter().try_for_each(|(record, _)| open.requeue(*record))
            });
        }
        self.open = None;
    }
}

fn has_trials(connection: &Connection, study: i64) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM trials WHERE study_id = ?1)", [study], |row| row.get(0))
}

fn direction(goal: Goal) -> &'static str {
    match goal {
        Goal::Minimize => "MINIMIZE",
        Goal::Maximize => "MAXIMIZE",
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
