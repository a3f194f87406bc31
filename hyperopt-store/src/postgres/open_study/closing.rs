//! The end of trials and of the study: reports, outcomes, requeueing, closing.

use std::sync::atomic::Ordering;
use std::time::Duration;

use hyperopt_core::State;
use hyperopt_core::study::{Commit, Record, TellResult, Unlocked};

use super::super::columns::Reports;
use super::super::rewound;
use super::super::statements::{ADD_STUDY, REPLACE_ATTRIBUTES, REPORT};
use super::super::tables::{self, Fence};
use super::{OpenStudy, attribute};
use crate::error::StudyError;
use crate::rows::{RowState, key};

impl OpenStudy {
    pub(in crate::postgres) fn report(&mut self, number: usize, step: u64, value: f64) -> Result<(), StudyError> {
        if self.ledger.leases.report(number, step, value) && !self.is_locked {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes the buffered reports. If the connection is lost, they stay in the buffer; the outcome of a trial contains its
    /// reports too.
    fn flush(&mut self) -> Result<(), StudyError> {
        let reports = self.ledger.leases.take_reports();
        for (&number, by_step) in &reports {
            let Some(lease) = self.ledger.leases.get(number) else { continue };
            let Reports { steps, values, kinds } = Reports::of(by_step.iter().map(|(&step, &value)| (step, value)));
            let (id, json) = (lease.id as i32, &lease.json);
            let written = self.connection.still(|session| session.query(REPORT, &[&id, json, &steps, &values, &kinds]));
            if written.map_err(self.error("writing reports"))?.is_none() {
                self.ledger.leases.keep_reports(reports);
                return Ok(());
            }
        }
        Ok(())
    }

    pub(in crate::postgres) fn tell(&mut self, record: &Record, is_last: bool) -> Result<TellResult, StudyError> {
        let number = record.trial.number();
        let Some(lease) = self.ledger.leases.get(number).cloned() else { return Ok(TellResult::Dropped) };
        let unreadable = |reason| self.settings.trial((lease.trial, reason));
        let id = lease.id;
        let rungs = self.open.get(&id).and_then(|open| open.rungs.as_deref());
        let writes = self.ledger.rows().tell(record, is_last, rungs).map_err(unreadable)?;
        let state = writes.state;
        let rungs = attribute(&writes, key::RUNGS);
        if self.is_locked {
            // An outcome must not be lost with the transaction of the lock.
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
            // The answer to an earlier attempt is lost; the attempt may have succeeded.
            let read = tables::read(session, study, id)?;
            let is_ours = read.is_some_and(|row| {
                let records = rows.decode(&row).map(|decoded| decoded.records).unwrap_or_default();
                records.iter().any(|found| is_same(found, record))
            });
            Ok(is_ours.then(String::new))
        });
        let told = told.map_err(self.error("telling a trial"))?;
        self.connection.has_written();
        let Some(version) = told else {
            self.disown(number, id);
            self.check_server()?;
            return Ok(TellResult::Dropped);
        };
        self.ledger.outcomes.remember(record);
        self.ledger.release(number, true);
        let state = state.unwrap_or(RowState::Running);
        self.ledger.moved(lease.trial, state);
        if state.is_finished() {
            self.open.remove(&id);
        } else if let Some(open) = self.open.get_mut(&id) {
            (open.version, open.lease, open.rungs, open.is_mine) = (version, None, rungs, false);
        }
        self.name_objectives(record)?;
        Ok(TellResult::Kept)
    }

    /// Ends the lease of a record that another process has, or may take.
    fn disown(&mut self, number: usize, id: i64) {
        self.ledger.release(number, false);
        if let Some(open) = self.open.get_mut(&id) {
            // Without a version, its row is read under the next lock.
            (open.version, open.lease, open.is_mine) = (String::new(), None, false);
        }
    }

    /// Fails if the server has lost trials, rather than that another process has taken one.
    fn check_server(&mut self) -> Result<(), StudyError> {
        let Self { connection, study, ledger, server_start, .. } = self;
        let checked = connection.run(|session| rewound::look(session, *study, ledger, server_start));
        checked.map_err(self.error("telling a trial"))?.map_err(|fault| fault.error(&self.settings))
    }

    /// Writes the heartbeats of the running trials, where the connection that is there for that does not work: the server may
    /// take no more of them.
    pub(in crate::postgres) fn beat(&mut self) {
        let trials: Vec<_> = self.ledger.leases.ids().map(|id| id as i32).collect();
        if self.is_locked || trials.is_empty() || !self.is_mute.load(Ordering::Relaxed) {
            return;
        }
        let token = self.worker.token();
        // The next beat is the retry.
        let _ = self.connection.still(|session| session.query(tables::BEAT, &[&trials, &token]));
    }

    /// Writes the names of the objectives, once they are known.
    fn name_objectives(&mut self, record: &Record) -> Result<(), StudyError> {
        if self.has_names || record.names.is_empty() || record.trial.state() != State::Complete {
            return Ok(());
        }
        let names = serde_json::to_string(&record.names).unwrap_or_default();
        let (study, keys, jsons) = (self.study, [key::METRIC_NAMES], [names.as_str()]);
        let written = self.connection.still(|session| session.query(ADD_STUDY, &[&study, &&keys[..], &&jsons[..]]));
        self.has_names = written.map_err(self.error("naming the objectives"))?.is_some();
        Ok(())
    }

    /// Writes the resources after which the sweep ends.
    pub(in crate::postgres) fn limit(&mut self, spend: f64) -> Result<(), StudyError> {
        let json = serde_json::to_string(&spend).unwrap_or_default();
        let (study, keys, jsons) = (self.study, [key::SPEND], [json.as_str()]);
        let written =
            self.connection.run(|session| session.query(REPLACE_ATTRIBUTES, &[&study, &&keys[..], &&jsons[..]]));
        written.map(|_| ()).map_err(self.error("writing its limit"))
    }

    pub(in crate::postgres) fn requeue(&mut self, number: usize) -> Result<(), StudyError> {
        let Some(lease) = self.ledger.leases.get(number).cloned() else { return Ok(()) };
        if self.is_locked {
            self.roll_back();
        }
        let unreadable = |reason| self.settings.trial((lease.trial, reason));
        let id = lease.id;
        self.ledger.leases.stop_heartbeat(number);
        let rows = self.ledger.rows();
        let rungs = self.open.get(&id).and_then(|open| open.rungs.as_deref());
        let writes = rows.requeue(rungs, None).map_err(unreadable)?;
        let is_void = !rows.has_budgets();
        let write =
            self.connection.run(|session| tables::write(session, id, Fence::Leased(&lease.json), &writes, is_void));
        // The next look reads whether it waits, or was requeued by another process before.
        write.map_err(self.error("requeueing a trial"))?;
        self.disown(number, id);
        Ok(())
    }

    pub(in crate::postgres) fn close(&mut self, is_over: bool) -> Result<(), StudyError> {
        if self.is_locked {
            self.roll_back();
        }
        self.flush()?;
        for number in self.ledger.leases.records() {
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

    /// Requeues the running trials of this process; the timeout for a lost server is `patience`.
    pub(in crate::postgres) fn abandon(&mut self, patience: Duration) {
        self.connection.patience = patience;
        for number in self.ledger.leases.records() {
            // If that fails, other processes see that this one has ended.
            if self.requeue(number).is_err() {
                return;
            }
        }
    }
}

/// Returns whether `found` is `record` as it was written.
fn is_same(found: &Record, record: &Record) -> bool {
    let (found, told) = (&found.trial, &record.trial);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    found.number() == told.number()
        && found.state() == told.state()
        && bits(found.values()) == bits(told.values())
        && found.duration().abs_diff(told.duration()) < Duration::from_micros(1)
}
