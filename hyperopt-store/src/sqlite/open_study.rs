//! An open study in a file: its connection, and what this process knows and runs.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use hyperopt_core::study::Record;
use rusqlite::Connection;

use super::{read, write};
use crate::ledger::{self, Ledger};
use crate::rows::{RowState, Rows, Writes, key, text_json};
use crate::settings::StudySettings;
use crate::worker::{HeldLease, Processes, Worker};

/// An open study.
#[derive(Debug)]
pub(super) struct OpenStudy {
    pub(super) connection: Connection,
    study: i64,
    pub(super) ledger: Ledger,
    /// `data_version` at the last look: it changes when another connection writes. `None` to look in any case.
    pub(super) version: Option<i64>,
    pub(super) is_locked: bool,
    /// The last sign of life of the trials that other processes run, by id.
    silences: HashMap<i64, Silence>,
}

/// A lease and a heartbeat, and the time at which this process first saw them.
#[derive(Debug)]
pub(super) struct Silence {
    seen: (Option<String>, String),
    since: Instant,
}

/// The precision of a heartbeat, which may stay the same for that much longer.
const SECOND: Duration = Duration::from_secs(1);

/// An error within a transaction.
pub(super) enum Fault {
    Sqlite(rusqlite::Error),
    /// A trial cannot be read or written: its number, and the reason.
    Trial((usize, String)),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl OpenStudy {
    pub(super) fn new(connection: Connection, study: i64, ledger: Ledger) -> Self {
        Self { connection, study, ledger, version: None, is_locked: false, silences: HashMap::new() }
    }

    /// Returns the number of the study in the file.
    pub(super) fn study(&self) -> i64 {
        self.study
    }

    pub(super) fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute(()).map(|_| ())
    }

    /// Ends an open transaction without a trace.
    pub(super) fn roll_back(&mut self) {
        self.is_locked = false;
        // What was read in the transaction has to be read again.
        self.version = None;
        if !self.connection.is_autocommit() {
            // Fails only where SQLite has rolled back already.
            let _ = self.execute("ROLLBACK");
        }
    }

    /// Returns the id of the row of `trial`.
    pub(super) fn id(&self, trial: usize) -> Result<i64, Fault> {
        self.ledger.id(trial).ok_or_else(|| Fault::Trial((trial, "there is no such trial".into())))
    }

    fn rungs(&self, id: i64) -> rusqlite::Result<Option<String>> {
        if self.ledger.rows().has_budgets() { read::attribute(&self.connection, id, key::RUNGS) } else { Ok(None) }
    }

    /// Writes what `of` returns for the rungs of a trial. Returns the new state of the row, if it has one.
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

    /// Reads what other connections have written since the last look.
    pub(super) fn changes(&mut self) -> Result<Vec<Record>, Fault> {
        let version = self.connection.prepare_cached("PRAGMA data_version")?.query_row((), |row| row.get(0))?;
        if self.version == Some(version) {
            return Ok(Vec::new());
        }
        // The tables would take trials of a study that is gone.
        read::exists(&self.connection, self.study)?;
        let mut rows = Vec::new();
        for (_, id, _) in self.ledger.open() {
            rows.append(&mut read::trials(&self.connection, self.study, id, id)?);
        }
        rows.append(&mut read::trials(&self.connection, self.study, self.ledger.last_id() + 1, i64::MAX)?);
        let changes = self.ledger.absorb(rows).map_err(Fault::Trial)?;
        self.version = Some(version);
        Ok(changes)
    }

    /// Closes the trials that another program has queued outside of the space, which it would run otherwise.
    pub(super) fn refuse(&mut self) -> Result<(), Fault> {
        for (trial, id, reason) in self.ledger.refused() {
            self.write(trial, id, |rows, rungs| rows.give_up(rungs, &reason))?;
            self.ledger.moved(trial, RowState::Fail);
        }
        Ok(())
    }

    /// Requeues the trials of processes that have died, or fails those that have no retry left; returns their records.
    pub(super) fn reap(&mut self, settings: &StudySettings, worker: &Worker) -> Result<Vec<Record>, Fault> {
        let mut changes = Vec::new();
        let (running, processes) = (self.ledger.running_elsewhere(), Processes::default());
        self.silences.retain(|id, _| running.iter().any(|(_, running)| running == id));
        for (trial, id) in running {
            let (state, lease, heartbeat) = read::liveness(&self.connection, id)?;
            let age = heartbeat.map(|heartbeat| self.silence(id, lease.clone(), heartbeat));
            let grace = settings.least_grace() + SECOND;
            let lease = lease.map(HeldLease::of);
            let is_dead = self.ledger.leases.is_dead(worker, lease.as_ref(), age, grace, &processes);
            if state != RowState::Running || !is_dead {
                continue;
            }
            let retries = read::attribute(&self.connection, id, key::RETRIES)?;
            let retries = retries.and_then(|json| json.parse::<u32>().ok()).unwrap_or_default();
            self.end_run(trial, id, |rows, rungs| ledger::retry(rows, rungs, retries, settings.retries))?;
            let row = read::trials(&self.connection, self.study, id, id)?;
            changes.append(&mut self.ledger.absorb(row).map_err(Fault::Trial)?);
        }
        Ok(changes)
    }

    /// Returns the time for which the lease and the heartbeat of a trial have been the same, by the monotonic clock of this
    /// process. The time that is written in the heartbeat is of another clock.
    fn silence(&mut self, id: i64, lease: Option<String>, heartbeat: String) -> Duration {
        let seen = (lease, heartbeat);
        let silence = self.silences.entry(id).or_insert_with(|| Silence { seen: seen.clone(), since: Instant::now() });
        if silence.seen != seen {
            *silence = Silence { seen, since: Instant::now() };
        }
        silence.since.elapsed()
    }

    /// Ends the run of a trial without an outcome: writes what `of` returns for its rungs, and removes its lease and, if it
    /// waits to be run again, its reports.
    fn end_run(
        &self,
        trial: usize,
        id: i64,
        of: impl for<'a> FnOnce(&'a Rows, Option<&str>) -> Result<Writes<'a>, String>,
    ) -> Result<(), Fault> {
        let state = self.write(trial, id, of)?;
        write::release(&self.connection, id)?;
        if state == Some(RowState::Waiting) && !self.ledger.rows().has_budgets() {
            write::clear(&self.connection, id)?;
        }
        Ok(())
    }

    /// Starts `record`. Returns the id of its row and its lease, for the ledger once they are committed.
    pub(super) fn start(&mut self, worker: &Worker, record: &Record) -> Result<(i64, String), Fault> {
        let trial = record.trial.configuration();
        let id = match self.ledger.id(trial) {
            Some(id) => id,
            None if trial == self.ledger.len() => write::insert(&self.connection, self.study, trial)?,
            None => return Err(Fault::Trial((trial, format!("it would leave a gap after {}", self.ledger.len())))),
        };
        let lease = self.ledger.leases.create(worker);
        self.write(trial, id, |rows, rungs| {
            let mut writes = rows.start(record, rungs)?;
            writes.system.push((key::WORKER.into(), lease.clone()));
            writes.user.push(("worker".into(), text_json(&worker.shown())));
            Ok(writes)
        })?;
        write::beat(&self.connection, id)?;
        Ok((id, lease))
    }

    /// Returns the id of the row of `record`, if this process still holds its lease.
    pub(super) fn owned(&self, record: usize) -> Result<Option<i64>, Fault> {
        let Some(lease) = self.ledger.leases.get(record) else { return Ok(None) };
        let (state, found, _) = read::liveness(&self.connection, lease.id)?;
        Ok((state == RowState::Running && found.as_ref() == Some(&lease.json)).then_some(lease.id))
    }

    /// Writes the buffered reports.
    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        for (record, reports) in self.ledger.leases.take_reports() {
            let Some(id) = self.owned(record)? else { continue };
            for (step, value) in reports {
                write::report(&self.connection, id, step, value)?;
            }
        }
        Ok(())
    }

    /// Requeues a running record of this process, unless another process has taken it.
    pub(super) fn requeue(&self, record: usize) -> Result<(), Fault> {
        let owned = self.owned(record)?;
        if let (Some(id), Some(lease)) = (owned, self.ledger.leases.get(record)) {
            self.end_run(lease.trial, id, |rows, rungs| rows.requeue(rungs, None))?;
        }
        Ok(())
    }

    /// Writes the resources after which the sweep ends.
    pub(super) fn limit(&self, spend: f64) -> Result<(), Fault> {
        let json = serde_json::to_string(&spend).unwrap_or_default();
        Ok(write::replace_attribute(&self.connection, self.study, key::SPEND, &json)?)
    }

    /// Names the objectives of the study for Optuna's figures, unless they are named.
    pub(super) fn name_objectives(&self, record: &Record) -> Result<(), Fault> {
        let names = serde_json::to_string(&record.names).unwrap_or_default();
        Ok(write::study_attribute(&self.connection, self.study, "system", key::METRIC_NAMES, &names)?)
    }
}
