use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use hyperopt_core::State;
use hyperopt_core::study::{Decided, News, Record, Told, Unlocked};
use postgres::{Config, Error};

use super::connection::Connection;
use super::fault::Fault;
use super::reap::{Reaper, bury};
use super::statements::{ADD_STUDY, BEAT, REPORT};
use super::tables::{self, Changes, Fence, Open, Reports, Runner};
use crate::error::StudyError;
use crate::heartbeat::Heartbeat;
use crate::ledger::Ledger;
use crate::rows::{RowState, Writes, key, text_json};
use crate::study::Settings;
use crate::worker::Worker;

/// How often reports are written before their trial is told.
const REPORTING: Duration = Duration::from_secs(1);

/// An open study.
pub(super) struct Live {
    settings: Settings,
    worker: Worker,
    connection: Connection,
    study: i32,
    ledger: Ledger,
    /// The trials that are not finished, by id.
    open: BTreeMap<i64, Open>,
    heartbeat: Heartbeat,
    /// How many leases were given.
    leases: u64,
    has_names: bool,
    is_locked: bool,
    /// Reports that are not written yet, by the number of the record.
    reports: BTreeMap<usize, Vec<(u64, f64)>>,
    reported: Instant,
}

impl Live {
    pub(super) fn new(
        settings: Settings,
        worker: Worker,
        (connection, config): (Connection, Config),
        study: i32,
        ledger: Ledger,
        has_names: bool,
    ) -> Self {
        let heartbeat = beating(&settings, &worker, config);
        Self {
            settings,
            worker,
            connection,
            study,
            ledger,
            open: BTreeMap::new(),
            heartbeat,
            leases: 0,
            has_names,
            is_locked: false,
            reports: BTreeMap::new(),
            reported: Instant::now(),
        }
    }

    fn error(&self, doing: &'static str) -> impl Fn(Error) -> StudyError {
        let settings = self.settings.clone();
        move |error| Fault::Server(doing, error).error(&settings)
    }

    pub(super) fn lock(&mut self) -> Result<News, StudyError> {
        loop {
            let (changes, is_done) = self.look()?;
            // What was put back is read again, under the next lock.
            if is_done {
                self.is_locked = true;
                let absorbed = self.absorb(changes);
                let records = absorbed.map_err(|fault| self.settings.trial(fault))?;
                return Ok(News { records, waiting: self.ledger.waiting() });
            }
        }
    }

    /// What has changed; whether the study is locked now, and not only reaped.
    fn look(&mut self) -> Result<(Changes, bool), StudyError> {
        let Self { settings, worker, connection, study, ledger, open, .. } = self;
        let (study, grace, last) = (*study, settings.least_grace(), ledger.last_id());
        let reaper = Reaper { settings, worker, ledger };
        let looked = connection.run(|session| {
            tables::lock(session, study)?;
            let changes = match tables::news(session, (study, last), open, grace)? {
                Ok(changes) => changes,
                Err(fault) => return Ok(Err(fault)),
            };
            let dead = match reaper.dead(open, &changes) {
                Ok(dead) => dead,
                Err(fault) => return Ok(Err(fault)),
            };
            let is_done = dead.is_empty();
            if !is_done {
                bury(session, ledger.rows(), &dead)?;
                session.batch("COMMIT")?;
            }
            drop(dead);
            Ok(Ok((changes, is_done)))
        });
        match looked.map_err(self.error("locking it"))? {
            Ok(looked) => Ok(looked),
            Err(fault) => {
                self.unlocked();
                Err(fault.error(&self.settings))
            }
        }
    }

    fn absorb(&mut self, changes: Changes) -> Result<Vec<Record>, (usize, String)> {
        for (id, row) in &changes.rows {
            if row.state.is_finished() {
                self.open.remove(id);
            }
        }
        self.open.extend(changes.open);
        self.ledger.absorb(changes.rows)
    }

    /// Ends the transaction of the lock without a trace.
    fn unlocked(&mut self) {
        self.is_locked = false;
        // Where this fails, the connection is gone, and the transaction with it.
        let _ = self.connection.still(|session| session.batch("ROLLBACK"));
    }

    pub(super) fn unlock(&mut self, decided: Decided<'_>, settled: &[usize]) -> Result<Unlocked, StudyError> {
        if !self.is_locked {
            return Ok(Unlocked::Lost);
        }
        let record = match decided {
            Decided::Nothing => None,
            Decided::Start(record) | Decided::Take(record) => Some((record, matches!(decided, Decided::Take(_)))),
        };
        if record.is_none() && settled.is_empty() {
            self.unlocked();
            return Ok(Unlocked::Done);
        }
        self.leases += 1;
        let lease = self.worker.leases(self.leases);
        let written = self.decide(record, settled, &lease);
        self.is_locked = false;
        let Some((id, settled)) = written? else { return Ok(Unlocked::Lost) };
        let committed =
            self.connection.still(|session| session.batch("COMMIT")).map_err(self.error("starting a trial"))?;
        let id = match (committed, record) {
            (Some(()), _) => id,
            (None, None) => return Ok(Unlocked::Lost),
            // The answer is lost, and perhaps not the trial.
            (None, Some((record, _))) => match self.find(record.configuration, &lease)? {
                Some(id) => Some(id),
                None => return Ok(Unlocked::Lost),
            },
        };
        for (id, trial) in settled {
            self.open.remove(&id);
            self.ledger.moved(trial, RowState::Pruned, None);
        }
        if let (Some(id), Some((record, _))) = (id, record) {
            self.started(record, id, lease);
        }
        Ok(Unlocked::Done)
    }

    /// Writes what was decided, without a commit: the id of the trial that was started, and the ids and numbers of those that
    /// were settled. `None` if that could not be done under this lock.
    #[expect(clippy::type_complexity)]
    fn decide(
        &mut self,
        record: Option<(&Record, bool)>,
        settled: &[usize],
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
        let settle = settled.iter().filter_map(settle).collect::<Result<Vec<_>, _>>();
        let start = record.map(|(record, waits)| {
            let id = ledger.id(record.configuration);
            let rungs = id.and_then(|id| open.get(&id)).and_then(|open| open.rungs.as_deref());
            let writes = rows.start(record, rungs).map_err(unreadable(record.configuration))?;
            Ok((record.configuration, id, waits, writes))
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

    /// The trial that was started under `lease`, if the commit went through. Waits for the end of the transaction.
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

    fn started(&mut self, record: &Record, id: i64, lease: String) {
        let (number, is_new) = (record.configuration, self.ledger.id(record.configuration).is_none());
        debug_assert!(!is_new || number == self.ledger.len());
        let earlier = self.open.remove(&id);
        let rungs = self.ledger.rows().start(record, earlier.as_ref().and_then(|open| open.rungs.as_deref()));
        let open = Open {
            number,
            version: String::new(),
            state: RowState::Running,
            lease: Some(lease.clone()),
            rungs: rungs.ok().and_then(|writes| attribute(&writes, key::RUNGS)),
            retries: earlier.map_or(0, |open| open.retries),
            is_silent: false,
            is_mine: true,
        };
        self.open.insert(id, open);
        self.ledger.started(record, id, lease);
        self.heartbeat.add(id);
    }

    pub(super) fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StudyError> {
        self.reports.entry(number).or_default().push((step, value));
        if self.reported.elapsed() >= REPORTING && !self.is_locked {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes the reports there are. On a server that is lost they wait, for the tell at the latest.
    fn flush(&mut self) -> Result<(), StudyError> {
        self.reported = Instant::now();
        let reports = std::mem::take(&mut self.reports);
        for (&number, told) in &reports {
            let Some(lease) = self.ledger.lease(number) else { continue };
            let Some(id) = self.ledger.id(lease.trial) else { continue };
            let Reports { steps, values, kinds } = Reports::of(told);
            let (id, json) = (id as i32, &lease.json);
            let written = self.connection.still(|session| session.query(REPORT, &[&id, json, &steps, &values, &kinds]));
            if written.map_err(self.error("writing reports"))?.is_none() {
                self.reports = reports;
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn tell(&mut self, record: &Record, is_last: bool) -> Result<Told, StudyError> {
        let number = record.number;
        self.reports.remove(&number);
        let Some(lease) = self.ledger.lease(number).cloned() else { return Ok(Told::Dropped) };
        let unreadable = |reason| self.settings.trial((lease.trial, reason));
        let id = self.ledger.id(lease.trial).unwrap_or_default();
        let rungs = self.open.get(&id).and_then(|open| open.rungs.as_deref());
        let writes = self.ledger.rows().tell(record, is_last, rungs).map_err(unreadable)?;
        let state = writes.state;
        let rungs = attribute(&writes, key::RUNGS);
        if self.is_locked {
            // An outcome does not wait for the end of a lock, which may be lost.
            self.is_locked = false;
            let _ = self.connection.still(|session| session.batch("ROLLBACK"));
        }
        let mut is_first = true;
        let (study, rows) = (self.study, self.ledger.rows());
        let told = self.connection.run(|session| {
            let is_again = !std::mem::replace(&mut is_first, false);
            let version = tables::write(session, id, Fence::Leased(&lease.json), &writes, false)?;
            if version.is_some() || !is_again {
                return Ok(version);
            }
            // The answer to an earlier try is lost; perhaps it went through.
            let read = tables::read(session, study, id)?;
            let is_ours = read.is_some_and(|row| {
                let records = rows.decode(&row).map(|decoded| decoded.records).unwrap_or_default();
                records.iter().any(|found| is_same(found, record))
            });
            Ok(is_ours.then(String::new))
        });
        let told = told.map_err(self.error("telling a trial"))?;
        self.heartbeat.remove(id);
        let Some(version) = told else {
            self.lost(number, id);
            return Ok(Told::Dropped);
        };
        self.ledger.release(number, true);
        let state = state.unwrap_or(RowState::Running);
        self.ledger.moved(lease.trial, state, None);
        if state.is_finished() {
            self.open.remove(&id);
        } else if let Some(open) = self.open.get_mut(&id) {
            (open.version, open.lease, open.rungs, open.is_mine) = (version, None, rungs, false);
        }
        self.name(record)?;
        Ok(Told::Kept)
    }

    /// Another process has the trial, or has had it.
    fn lost(&mut self, number: usize, id: i64) {
        self.ledger.release(number, false);
        if let Some(open) = self.open.get_mut(&id) {
            // Without a version, it is read under the next lock.
            (open.version, open.lease, open.is_mine) = (String::new(), None, false);
        }
    }

    /// Says how the objectives are called, once that is known.
    fn name(&mut self, record: &Record) -> Result<(), StudyError> {
        if self.has_names || record.names.is_empty() || record.state != State::Complete {
            return Ok(());
        }
        let names = serde_json::to_string(&record.names).unwrap_or_default();
        let (study, keys, jsons) = (self.study, [key::METRIC_NAMES], [names.as_str()]);
        let written = self.connection.still(|session| session.query(ADD_STUDY, &[&study, &&keys[..], &&jsons[..]]));
        self.has_names = written.map_err(self.error("naming the objectives"))?.is_some();
        Ok(())
    }

    pub(super) fn put_back(&mut self, number: usize) -> Result<(), StudyError> {
        self.reports.remove(&number);
        let Some(lease) = self.ledger.lease(number).cloned() else { return Ok(()) };
        if self.is_locked {
            self.unlocked();
        }
        let unreadable = |reason| self.settings.trial((lease.trial, reason));
        let id = self.ledger.id(lease.trial).unwrap_or_default();
        self.heartbeat.remove(id);
        let rows = self.ledger.rows();
        let rungs = self.open.get(&id).and_then(|open| open.rungs.as_deref());
        let writes = rows.put_back(rungs, None).map_err(unreadable)?;
        let is_void = !rows.has_budgets();
        let write =
            self.connection.run(|session| tables::write(session, id, Fence::Leased(&lease.json), &writes, is_void));
        // Whether it went back, or was put back by others before: the next look tells.
        write.map_err(self.error("putting a trial back"))?;
        self.lost(number, id);
        Ok(())
    }

    pub(super) fn close(&mut self, is_over: bool) -> Result<(), StudyError> {
        if self.is_locked {
            self.unlocked();
        }
        self.flush()?;
        for (number, _) in self.ledger.leases() {
            self.put_back(number)?;
        }
        while is_over && self.ledger.rows().has_budgets() {
            self.lock()?;
            let free: Vec<_> = self.open.values().filter(|open| open.is_free()).map(|open| open.number).collect();
            if self.unlock(Decided::Nothing, &free)? == Unlocked::Done {
                break;
            }
        }
        Ok(())
    }

    /// Puts back what runs, waiting for a lost server no longer than `patience`.
    pub(super) fn abandon(&mut self, patience: Duration) {
        self.connection.patience = patience;
        for (number, _) in self.ledger.leases() {
            // Where that fails, others see that this process is gone.
            if self.put_back(number).is_err() {
                return;
            }
        }
    }
}

/// Signs of life on a connection of their own: that of the study may be busy, or waiting for the lock.
fn beating(settings: &Settings, worker: &Worker, config: Config) -> Heartbeat {
    let mut connection = Connection::new(config, settings.heartbeat, settings.heartbeat);
    // What all leases of this process have in them.
    let lease = worker.token().to_owned();
    Heartbeat::start(settings.heartbeat, move |trials| {
        let trials: Vec<_> = trials.iter().map(|&id| id as i32).collect();
        // The next beat tries again.
        let _ = connection.once(|session| session.query(BEAT, &[&trials, &lease]));
    })
}

fn attribute(writes: &Writes<'_>, key: &str) -> Option<String> {
    writes.system.iter().find(|(written, _)| written == key).map(|(_, json)| json.clone())
}

/// Whether `found` is what was told of `record`.
fn is_same(found: &Record, record: &Record) -> bool {
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    found.number == record.number
        && found.state == record.state
        && bits(&found.values) == bits(&record.values)
        && found.duration.abs_diff(record.duration) < Duration::from_micros(1)
}
