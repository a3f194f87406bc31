use std::time::{Duration, Instant};

use hyperopt_core::State;
use hyperopt_core::study::{Commit, Record, TellResult, Unlocked};

use super::super::statements::{ADD_STUDY, REPORT};
use super::super::tables::{self, Fence, Reports};
use super::{Live, attribute};
use crate::error::StudyError;
use crate::rows::{RowState, key};

/// How often reports are written before their trial is told.
const REPORTING: Duration = Duration::from_secs(1);

impl Live {
    pub(in crate::postgres) fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StudyError> {
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

    pub(in crate::postgres) fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StudyError> {
        let number = record.trial.number();
        self.reports.remove(&number);
        let Some(lease) = self.ledger.lease(number).cloned() else { return Ok(TellResult::Dropped) };
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
            return Ok(TellResult::Dropped);
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
        Ok(TellResult::Kept)
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
        if self.has_names || record.names.is_empty() || record.trial.state() != State::Complete {
            return Ok(());
        }
        let names = serde_json::to_string(&record.names).unwrap_or_default();
        let (study, keys, jsons) = (self.study, [key::METRIC_NAMES], [names.as_str()]);
        let written = self.connection.still(|session| session.query(ADD_STUDY, &[&study, &&keys[..], &&jsons[..]]));
        self.has_names = written.map_err(self.error("naming the objectives"))?.is_some();
        Ok(())
    }

    pub(in crate::postgres) fn requeue(&mut self, number: usize) -> Result<(), StudyError> {
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
        let writes = rows.requeue(rungs, None).map_err(unreadable)?;
        let is_void = !rows.has_budgets();
        let write =
            self.connection.run(|session| tables::write(session, id, Fence::Leased(&lease.json), &writes, is_void));
        // Whether it went back, or was put back by others before: the next look tells.
        write.map_err(self.error("putting a trial back"))?;
        self.lost(number, id);
        Ok(())
    }

    pub(in crate::postgres) fn close(&mut self, is_over: bool) -> Result<(), StudyError> {
        if self.is_locked {
            self.unlocked();
        }
        self.flush()?;
        for (number, _) in self.ledger.leases() {
            self.requeue(number)?;
        }
        while is_over && self.ledger.rows().has_budgets() {
            self.lock()?;
            let free: Vec<_> = self.open.values().filter(|open| open.is_free()).map(|open| open.number).collect();
            if self.unlock(Commit::Nothing, &free)? == Unlocked::Done {
                break;
            }
        }
        Ok(())
    }

    /// Puts back what runs, waiting for a lost server no longer than `patience`.
    pub(in crate::postgres) fn abandon(&mut self, patience: Duration) {
        self.connection.patience = patience;
        for (number, _) in self.ledger.leases() {
            // Where that fails, others see that this process is gone.
            if self.requeue(number).is_err() {
                return;
            }
        }
    }
}

/// Whether `found` is the outcome of `record`.
fn is_same(found: &Record, record: &Record) -> bool {
    let (found, told) = (&found.trial, &record.trial);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    found.number() == told.number()
        && found.state() == told.state()
        && bits(found.values()) == bits(told.values())
        && found.duration().abs_diff(told.duration()) < Duration::from_micros(1)
}
