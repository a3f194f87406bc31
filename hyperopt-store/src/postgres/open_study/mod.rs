//! An open study on a server: its connection, and what this process knows and runs.

mod closing;
mod looking;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use hyperopt_core::study::{Commit, Record, Unlocked};
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::reap::Silences;
use super::tables::{self, Fence, OpenTrial, Runner};
use crate::error::StudyError;
use crate::ledger::Ledger;
use crate::rows::{RowState, Writes, key, text_json};
use crate::settings::StudySettings;
use crate::worker::{HeldLease, Worker};

/// The number of rows in one look from which the next one begins before the lock.
const MANY: usize = 50;

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
    /// What was read and has not been returned yet: before a lock, or before an error.
    unseen: Vec<Record>,
    /// The number of rows that the last look has read.
    looked: usize,
    /// When it was last looked for old heartbeats; `None` if the next look does.
    listened: Option<Instant>,
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
            unseen: Vec::new(),
            looked: MANY,
            listened: None,
            server_start: None,
            silences: Silences::default(),
            is_mute,
        }
    }

    fn error(&self, doing: &'static str) -> impl Fn(Error) -> StudyError {
        let settings = self.settings.clone();
        move |error| Fault::Server(doing, error).error(&settings)
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

    /// Returns the id of the trial that was started under `lease`, if the commit succeeded. Waits for the end of the
    /// transaction.
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
            lease: Some(HeldLease::of(lease.clone())),
            rungs: rungs.ok().and_then(|writes| attribute(&writes, key::RUNGS)),
            retries: earlier.map_or(0, |open| open.retries),
            silent: None,
            is_mine: true,
        };
        self.open.insert(id, open);
        self.ledger.started(record, id, lease);
    }
}

/// Returns the system attribute `key` that `writes` contain.
fn attribute(writes: &Writes<'_>, key: &str) -> Option<String> {
    writes.system.iter().find(|(written, _)| written == key).map(|(_, json)| json.clone())
}
