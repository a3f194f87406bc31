//! An open study: its connection, and what this process knows and runs.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use hyperopt_core::study::Record;
use rusqlite::Connection;

use super::{LAST_PATIENCE, connect, json, read, write};
use crate::heartbeat::Heartbeat;
use crate::ledger::Ledger;
use crate::rows::{RowState, Rows, Writes, key, text_json};
use crate::study::Settings;
use crate::worker::Worker;

#[derive(Debug)]
pub(super) struct Session {
    pub(super) connection: Connection,
    pub(super) study: i64,
    pub(super) ledger: Ledger,
    /// `data_version` at the last look: another one tells that other connections have written.
    pub(super) version: Option<i64>,
    pub(super) is_locked: bool,
    /// Reports that are not written yet, by number and step.
    pub(super) reports: BTreeMap<(usize, u64), f64>,
    pub(super) flushed: Instant,
    pub(super) heartbeat: Heartbeat,
    /// How many leases were given.
    pub(super) leases: u64,
    /// Since when the trials of other processes have given no other sign of life.
    pub(super) silences: HashMap<i64, Silence>,
}

/// A lease and a heartbeat, and when they were first seen.
#[derive(Debug)]
pub(super) struct Silence {
    seen: (Option<String>, String),
    since: Instant,
}

/// A heartbeat is written in whole seconds, so that it may look the same for one of them more.
const SECOND: Duration = Duration::from_secs(1);

/// What can go wrong in a transaction.
pub(super) enum Fault {
    Sqlite(rusqlite::Error),
    /// The number of a trial, and what is wrong with it.
    Trial((usize, String)),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Session {
    pub(super) fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute(()).map(|_| ())
    }

    pub(super) fn roll_back(&mut self) {
        self.is_locked = false;
        // What was seen in a transaction that is no more has to be looked at again.
        self.version = None;
        if !self.connection.is_autocommit() {
            // Fails only where SQLite has rolled back already.
            let _ = self.execute("ROLLBACK");
        }
    }

    pub(super) fn id(&self, trial: usize) -> Result<i64, Fault> {
        self.ledger.id(trial).ok_or_else(|| Fault::Trial((trial, "there is no such trial".into())))
    }

    pub(super) fn rungs(&self, id: i64) -> rusqlite::Result<Option<String>> {
        if self.ledger.rows().has_budgets() { read::attribute(&self.connection, id, key::RUNGS) } else { Ok(None) }
    }

    /// Writes what `of` makes of the rungs of a trial.
    pub(super) fn write(
        &self,
        trial: usize,
        id: i64,
        of: impl for<'a> FnOnce(&'a Rows, Option<&str>) -> Result<Writes<'a>, String>,
    ) -> Result<Option<RowState>, Fault> {
        let rungs = self.rungs(id)?;
        let writes = of(self.ledger.rows(), rungs.as_deref()).map_err(|reason| Fault::Trial((trial, reason)))?;
        write::apply(&self.connection, id, &writes)?;
        Ok(writes.state)
    }

    /// What other connections have written since the last look.
    pub(super) fn changes(&mut self) -> Result<Vec<Record>, Fault> {
        let version = self.connection.prepare_cached("PRAGMA data_version")?.query_row((), |row| row.get(0))?;
        if self.version == Some(version) {
            return Ok(Vec::new());
        }
        let mut rows = Vec::new();
        for (_, id, _) in self.ledger.open() {
            rows.append(&mut read::trials(&self.connection, self.study, id, id)?);
        }
        rows.append(&mut read::trials(&self.connection, self.study, self.ledger.last_id() + 1, i64::MAX)?);
        let changes = self.ledger.absorb(rows).map_err(Fault::Trial)?;
        self.version = Some(version);
        Ok(changes)
    }

    /// Puts back the trials of processes that have died. What comes of it is changes where a trial is given up.
    pub(super) fn reap(&mut self, settings: &Settings, worker: &Worker) -> Result<Vec<Record>, Fault> {
        let mut changes = Vec::new();
        let running = self.ledger.running_elsewhere();
        self.silences.retain(|id, _| running.iter().any(|(_, running)| running == id));
        for (trial, id) in running {
            let (state, lease, heartbeat) = read::liveness(&self.connection, id)?;
            let age = heartbeat.map(|heartbeat| self.silence(id, lease.clone(), heartbeat));
            let is_stray = lease.as_deref().is_some_and(|lease| worker.gave(lease) && !self.ledger.has_lease(lease));
            let is_dead = is_stray || worker.sees_dead(lease.as_deref(), age, settings.least_grace() + SECOND);
            if state != RowState::Running || !is_dead {
                continue;
            }
            let retries = read::attribute(&self.connection, id, key::RETRIES)?;
            let retries = retries.and_then(|json| json.parse::<u32>().ok()).unwrap_or_default();
            if retries >= settings.retries {
                let reason = format!("given up after {retries} retries: its process died each time");
                self.write(trial, id, |rows, rungs| rows.give_up(rungs, &reason))?;
                write::release(&self.connection, id)?;
            } else {
                self.requeue_row(trial, id, Some(retries + 1))?;
            }
            let row = read::trials(&self.connection, self.study, id, id)?;
            changes.append(&mut self.ledger.absorb(row).map_err(Fault::Trial)?);
        }
        Ok(changes)
    }

    /// For how long a trial has given no other sign of life, by the clock of this process, which cannot be set. The time in
    /// the heartbeat is by a clock of its process.
    fn silence(&mut self, id: i64, lease: Option<String>, heartbeat: String) -> Duration {
        let seen = (lease, heartbeat);
        let silence = self.silences.entry(id).or_insert_with(|| Silence { seen: seen.clone(), since: Instant::now() });
        if silence.seen != seen {
            *silence = Silence { seen, since: Instant::now() };
        }
        silence.since.elapsed()
    }

    pub(super) fn requeue_row(&self, trial: usize, id: i64, retries: Option<u32>) -> Result<(), Fault> {
        self.write(trial, id, |rows, rungs| rows.requeue(rungs, retries))?;
        write::release(&self.connection, id)?;
        if !self.ledger.rows().has_budgets() {
            write::clear(&self.connection, id)?;
        }
        Ok(())
    }

    /// Starts `record`; gives the id of its row and its lease, for the ledger once they are committed.
    pub(super) fn start(&mut self, worker: &Worker, record: &Record) -> Result<(i64, String), Fault> {
        let trial = record.trial.configuration();
        let id = match self.ledger.id(trial) {
            Some(id) => id,
            None if trial == self.ledger.len() => write::insert(&self.connection, self.study, trial)?,
            None => return Err(Fault::Trial((trial, format!("it would leave a gap after {}", self.ledger.len())))),
        };
        self.leases += 1;
        let lease = worker.leases(self.leases);
        self.write(trial, id, |rows, rungs| {
            let mut writes = rows.start(record, rungs)?;
            writes.system.push((key::WORKER.into(), lease.clone()));
            writes.user.push(("worker".into(), text_json(&worker.shown())));
            Ok(writes)
        })?;
        write::beat(&self.connection, id)?;
        Ok((id, lease))
    }

    /// Whether `record` is still this process' to tell, and the id of its row.
    pub(super) fn owned(&self, record: usize) -> Result<Option<i64>, Fault> {
        let Some(lease) = self.ledger.lease(record) else { return Ok(None) };
        let id = self.id(lease.trial)?;
        let (state, found, _) = read::liveness(&self.connection, id)?;
        Ok(write::is_leased(state, found.as_deref(), &lease.json).then_some(id))
    }

    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        let reports = std::mem::take(&mut self.reports);
        let mut owned = None;
        for ((number, step), value) in reports {
            let id = match owned {
                Some((last, id)) if last == number => id,
                _ => self.owned(number)?,
            };
            owned = Some((number, id));
            if let Some(id) = id {
                write::report(&self.connection, id, step, value)?;
            }
        }
        self.flushed = Instant::now();
        Ok(())
    }

    /// Puts back a running record of this process.
    pub(super) fn requeue(&mut self, record: usize) -> Result<(), Fault> {
        let owned = self.owned(record)?;
        if let (Some(id), Some(lease)) = (owned, self.ledger.lease(record)) {
            self.requeue_row(lease.trial, id, None)?;
        }
        Ok(())
    }

    /// Forgets a lease that is over.
    pub(super) fn release(&mut self, record: usize, closes: bool) {
        self.reports.retain(|(number, _), _| *number != record);
        let id = self.ledger.release(record, closes).and_then(|lease| self.ledger.id(lease.trial));
        if let Some(id) = id {
            self.heartbeat.remove(id);
        }
    }

    /// Names the objectives of the study for Optuna's figures, unless they are named.
    pub(super) fn name_objectives(&self, record: &Record) -> Result<(), Fault> {
        let sql = "INSERT OR IGNORE INTO study_system_attributes (study_id, key, value_json) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute((self.study, key::METRIC_NAMES, json(&record.names)))?;
        Ok(())
    }
}

/// What the thread of the heartbeat does, on a connection of its own that is opened when it is needed.
pub(super) fn beats(settings: Settings, path: PathBuf) -> impl FnMut(&[i64]) + Send + 'static {
    let settings = Settings { patience: LAST_PATIENCE, ..settings };
    let mut connection = None;
    move |trials| {
        if connection.is_none() {
            connection = connect::connect(&settings, &path).ok();
        }
        let Some(open) = &connection else { return };
        let beat = |trials: &[i64]| {
            open.execute_batch("BEGIN IMMEDIATE")?;
            trials.iter().try_for_each(|&trial| write::beat(open, trial))?;
            open.execute_batch("COMMIT")
        };
        if beat(trials).is_err() {
            // The next beat begins anew.
            connection = None;
        }
    }
}
