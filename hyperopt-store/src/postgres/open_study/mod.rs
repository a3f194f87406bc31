//! An open study on a server: its connection, and what this process knows and runs.

mod closing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use hyperopt_core::study::{Changes, Commit, Record, Unlocked};
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::reap::{Reaper, Silences, requeue_dead, silence};
use super::rewound;
use super::tables::{self, ChangedRows, Fence, OpenTrial, Runner};
use crate::error::StudyError;
use crate::ledger::Ledger;
use crate::rows::{RowState, Writes, key, text_json};
use crate::settings::StudySettings;
use crate::worker::Worker;

/// An open study.
pub(super) struct OpenStudy {
    settings: StudySettings,
    worker: Worker,
    connection: Connection,
    /// What stays the same however the database is addressed.
    pub(super) server: String,
    pub(super) study: i32,
    ledger: Ledger,
    /// The unfinished trials, by id.
    open: BTreeMap<i64, OpenTrial>,
    /// Whether the study names its objectives.
    has_names: bool,
    is_locked: bool,
    /// When the server was started, at the last lock.
    server_start: Option<String>,
    silences: Silences,
    /// Whether the connection of the heartbeat does not work.
    is_mute: Arc<AtomicBool>,
}

impl OpenStudy {
    pub(super) fn new(
        settings: StudySettings,
        worker: Worker,
        connection: Connection,
        (server, study): (String, i32),
        ledger: Ledger,
        has_names: bool,
        is_mute: Arc<AtomicBool>,
    ) -> Self {
        Self {
            settings,
            worker,
            connection,
            server,
            study,
            ledger,
            open: BTreeMap::new(),
            has_names,
            is_locked: false,
            server_start: None,
            silences: Silences::default(),
            is_mute,
        }
    }

    fn error(&self, doing: &'static str) -> impl Fn(Error) -> StudyError {
        let settings = self.settings.clone();
        move |error| Fault::Server(doing, error).error(&settings)
    }

    pub(super) fn lock(&mut self) -> Result<Changes, StudyError> {
        let mut records = Vec::new();
        loop {
            let (changes, is_done) = self.look()?;
            // Requeued trials are read again, under the next lock.
            if is_done {
                self.is_locked = true;
                let absorbed = self.absorb(changes);
                records.extend(absorbed.map_err(|fault| self.settings.trial(fault))?);
                if self.refuse()? {
                    continue;
                }
                records.sort_by_key(|record: &Record| record.trial.number());
                return Ok(Changes { records, waiting: self.ledger.waiting() });
            }
        }
    }

    /// Closes the trials that another program has queued outside of the space, which it would run otherwise. Returns whether
    /// there were some, so that the lock is released.
    fn refuse(&mut self) -> Result<bool, StudyError> {
        let refused = self.ledger.refused();
        if refused.is_empty() {
            return Ok(false);
        }
        let Self { settings, connection, ledger, open, .. } = self;
        let writes = refused.iter().filter_map(|(trial, id, reason)| {
            let (rows, open) = (ledger.rows(), open.get(id)?);
            let writes = rows.give_up(open.rungs.as_deref(), reason);
            Some(writes.map(|writes| (*id, &open.version, writes)).map_err(|reason| settings.trial((*trial, reason))))
        });
        let writes = writes.collect::<Result<Vec<_>, _>>()?;
        let written = connection.still(|session| {
            for (id, version, writes) in &writes {
                // One that another process has taken in the meantime stays as it is.
                tables::write(session, *id, Fence::Unchanged(version), writes, false)?;
            }
            session.batch("COMMIT")
        });
        self.is_locked = false;
        // With the connection, the lock is lost; the next one finds them again.
        if written.map_err(self.error("closing queued trials"))?.is_none() {
            return Ok(true);
        }
        for (trial, id, _) in refused {
            self.open.remove(&id);
            self.ledger.moved(trial, RowState::Fail);
        }
        Ok(true)
    }

    /// Locks the study and reads the changes. Returns whether it is still locked: it is not if dead trials were requeued.
    fn look(&mut self) -> Result<(ChangedRows, bool), StudyError> {
        let Self { settings, worker, connection, study, ledger, open, server_start, silences, .. } = self;
        let (study, (silence, _), last) = (*study, silence(settings), ledger.last_id());
        let looked = connection.run(|session| {
            if let Err(fault) = rewound::lock(session, study, ledger, server_start)? {
                return Ok(Err(fault));
            }
            let changes = match tables::changes(session, (study, last), open, silence)? {
                Ok(changes) => changes,
                Err(fault) => return Ok(Err(fault)),
            };
            silences.see(&changes.open);
            let reaper = Reaper { settings, worker, ledger, silences };
            let dead = match reaper.dead(open, &changes) {
                Ok(dead) => dead,
                Err(fault) => return Ok(Err(fault)),
            };
            let is_done = dead.is_empty();
            if !is_done {
                requeue_dead(session, ledger.rows(), &dead)?;
                session.batch("COMMIT")?;
            }
            drop(dead);
            Ok(Ok((changes, is_done)))
        });
        match looked.map_err(self.error("locking it"))? {
            Ok(looked) => Ok(looked),
            Err(fault) => {
                self.roll_back();
                Err(fault.error(&self.settings))
            }
        }
    }

    fn absorb(&mut self, changes: ChangedRows) -> Result<Vec<Record>, (usize, String)> {
        for (id, row) in &changes.rows {
            if row.state.is_finished() {
                self.open.remove(id);
            }
        }
        self.open.extend(changes.open);
        self.ledger.absorb(changes.rows)
    }

    /// Ends the transaction of the lock without a trace.
    fn roll_back(&mut self) {
        self.is_locked = false;
        // If this fails, the connection is lost, and the transaction with it.
        let _ = self.connection.still(|session| session.batch("ROLLBACK"));
    }

    pub(super) fn unlock(&mut self, commit: Commit<'_>, retired: &[usize]) -> Result<Unlocked, StudyError> {
        if !self.is_locked {
            return Ok(Unlocked::Lost);
        }
        let record = match commit {
            Commit::Nothing => None,
            Commit::Start(record) | Commit::Take(record) => Some((record, matches!(commit, Commit::Take(_)))),
        };
        if record.is_none() && retired.is_empty() {
            self.roll_back();
            return Ok(Unlocked::Done);
        }
        let lease = self.ledger.leases.create(&self.worker);
        let written = self.write_commit(record, retired, &lease);
        self.is_locked = false;
        let Some((id, retired)) = written? else { return Ok(Unlocked::Lost) };
        let committed =
            self.connection.still(|session| session.batch("COMMIT")).map_err(self.error("starting a trial"))?;
        let id = match (committed, record) {
            (Some(()), _) => {
                self.connection.has_written();
                id
            }
            (None, None) => return Ok(Unlocked::Lost),
            // The answer is lost; the trial may have been started.
            (None, Some((record, _))) => match self.find(record.trial.configuration(), &lease)? {
                Some(id) => Some(id),
                None => return Ok(Unlocked::Lost),
            },
        };
        for (id, trial) in retired {
            self.open.remove(&id);
            self.ledger.moved(trial, RowState::Pruned);
        }
        if let (Some(id), Some((record, _))) = (id, record) {
            self.started(record, id, lease);
        }
        Ok(Unlocked::Done)
    }

    /// Writes a started trial and the `retired` ones, without the commit. Returns the id of the started trial, and the ids and
    /// numbers of the retired ones; `None` if the lock is lost.
    #[expect(clippy::type_complexity)]
    fn write_commit(
        &mut self,
        record: Option<(&Record, bool)>,
        retired: &[usize],
        lease: &str,
    ) -> Result<Option<(Option<i64>, Vec<(i64, usize)>)>, StudyError> {
        let Self { settings, worker, connection, study, ledger, open, .. } = self;
        let (study, rows) = (*study, ledger.rows());
        let unreadable = |number| move |reason| Fault::Trial(number, reason);
        let settle = |&trial: &usize| {
            let id = ledger.id(trial)?;
            let open = open.get(&id).filter(|open| open.is_free())?;
            Some(rows.settle(open.rungs.as_deref()).map(|writes| (id, trial, open, writes)).map_err(unreadable(trial)))
        };
        let settle = retired.iter().filter_map(settle).collect::<Result<Vec<_>, _>>();
        let start = record.map(|(record, waits)| {
            let id = ledger.id(record.trial.configuration());
            let rungs = id.and_then(|id| open.get(&id)).and_then(|open| open.rungs.as_deref());
            let writes = rows.start(record, rungs).map_err(unreadable(record.trial.configuration()))?;
            Ok((record.trial.configuration(), id, waits, writes))
        });
        let (settle, start) = match (settle, start.transpose()) {
            (Ok(settle), Ok(start)) => (settle, start),
            (Err(fault), _) | (_, Err(fault)) => return Err(fault.error(settings)),
        };
        let shown = text_json(&worker.shown());
        let runner = Runner { lease, worker: &shown };
        let written = connection.still(|session| {
            for (id, _, open, writes) in &settle {
                tables::write(session, *id, Fence::Unchanged(&open.version), writes, false)?;
            }
            let id = match &start {
                None => None,
                Some((number, None, _, writes)) => Some(tables::start(session, (study, *number), writes, runner)?),
                Some((_, Some(id), waits, writes)) if tables::take(session, *id, *waits, writes, runner)? => Some(*id),
                Some(_) => {
                    session.batch("ROLLBACK")?;
                    return Ok(None);
                }
            };
            Ok(Some((id, settle.iter().map(|&(id, trial, ..)| (id, trial)).collect())))
        });
        let written = written.map_err(|error| Fault::Server("starting a trial", error).error(settings))?;
        Ok(written.flatten())
    }

    /// The id of the trial that was started under `lease`, if the commit succeeded. Waits for the end of the transaction.
    fn find(&mut self, trial: usize, lease: &str) -> Result<Option<i64>, StudyError> {
        let study = self.study;
        let found = self.connection.run(|session| {
            tables::lock(session, study)?;
            let id = tables::leased(session, study, trial, lease)?;
            session.batch("ROLLBACK")?;
            Ok(id)
        });
        found.map_err(self.error("looking for a trial that was started"))
    }

    /// Notes that this process has started `record`.
    fn started(&mut self, record: &Record, id: i64, lease: String) {
        let (number, is_new) = (record.trial.configuration(), self.ledger.id(record.trial.configuration()).is_none());
        debug_assert!(!is_new || number == self.ledger.len());
        let earlier = self.open.remove(&id);
        let rungs = self.ledger.rows().start(record, earlier.as_ref().and_then(|open| open.rungs.as_deref()));
        let open = OpenTrial {
            number,
            version: String::new(),
            state: RowState::Running,
            lease: Some(lease.clone()),
            rungs: rungs.ok().and_then(|writes| attribute(&writes, key::RUNGS)),
            retries: earlier.map_or(0, |open| open.retries),
            silent: None,
            is_mine: true,
        };
        self.open.insert(id, open);
        self.ledger.started(record, id, lease);
    }
}

/// The system attribute `key` that `writes` contain.
fn attribute(writes: &Writes<'_>, key: &str) -> Option<String> {
    writes.system.iter().find(|(written, _)| written == key).map(|(_, json)| json.clone())
}
