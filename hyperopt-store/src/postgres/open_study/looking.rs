//! Reading what other processes have done, before a lock and under it.

use std::time::{Duration, Instant};

use hyperopt_core::study::{Changes, Record};

use super::super::reap::{Reaper, requeue_dead, silence};
use super::super::rewound;
use super::super::tables::{self, ChangedRows, Fence};
use super::{MANY, OpenStudy};
use crate::error::StudyError;
use crate::rows::RowState;

/// The number of unfinished trials up to which every read looks for old heartbeats too.
const FEW: usize = 16;

/// Returns whether a read looks for old heartbeats too, with `trials` unfinished trials, `since` the last one that did.
fn listens(trials: usize, since: Option<Duration>, grace: Duration) -> bool {
    let interval = Duration::from_millis(5).saturating_mul(trials as u32).min(grace / 10);
    trials <= FEW || since.is_none_or(|since| since >= interval)
}

impl OpenStudy {
    pub(in crate::postgres) fn lock(&mut self) -> Result<Changes, StudyError> {
        if std::mem::take(&mut self.looked) >= MANY {
            let ahead = self.read_ahead()?;
            self.unseen.extend(ahead);
        }
        loop {
            let (changes, is_done) = self.look()?;
            // Requeued trials are read again, under the next lock.
            if is_done {
                self.is_locked = true;
                let absorbed = self.absorb(changes).map_err(|fault| self.settings.trial(fault))?;
                self.unseen.extend(absorbed);
                if self.refuse()? {
                    continue;
                }
                let mut records = std::mem::take(&mut self.unseen);
                // What was read ahead may have been closed since; of two, the later one counts.
                records.reverse();
                records.sort_by_key(|record: &Record| record.trial.number());
                records.dedup_by_key(|record| record.trial.number());
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

    /// Reads the changes before the lock, so that others need not wait until a whole study, or what many workers have done, is
    /// read: what has changed since is read under the lock. As trials are started under it, none is missing among those seen.
    fn read_ahead(&mut self) -> Result<Vec<Record>, StudyError> {
        let Self { connection, study, ledger, open, server_start, .. } = self;
        let seen = (*study, ledger.last_id());
        let read = connection.run(|session| {
            session.begin("READ ONLY", "")?;
            if !rewound::is_same(session, server_start)? {
                session.batch("COMMIT")?;
                return Ok(Ok(ChangedRows::default()));
            }
            let changes = tables::changes(session, seen, open, None)?;
            session.batch("COMMIT")?;
            Ok(changes)
        });
        match read.map_err(self.error("reading it"))? {
            Ok(changes) => self.absorb(changes).map_err(|fault| self.settings.trial(fault)),
            // The same is found under the lock.
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Returns whether another process has changed the study since it was last read.
    pub(in crate::postgres) fn is_changed(&mut self) -> Result<bool, StudyError> {
        let silence = self.silence();
        let Self { settings, worker, connection, study, ledger, open, unseen, silences, .. } = self;
        let seen = (*study, ledger.last_id());
        if !unseen.is_empty() || (Reaper { settings, worker, ledger, silences }).sees_dead(open) {
            return Ok(true);
        }
        let is_changed = connection.run(|session| tables::is_changed(session, seen, open, silence));
        let is_changed = is_changed.map_err(self.error("reading it"))?;
        if silence.is_some() {
            // If a heartbeat is old, the look under the lock has to see it too.
            self.listened = (!is_changed).then(Instant::now);
        }
        Ok(is_changed)
    }

    /// Returns the age at which a heartbeat is old, if this read looks for old ones. With many workers, not every read does,
    /// since both the number of reads and their cost grow with the number of workers.
    fn silence(&self) -> Option<Duration> {
        let grace = self.settings.least_grace();
        let since = self.listened.map(|moment| moment.elapsed());
        listens(self.open.len(), since, grace).then(|| silence(&self.settings).0)
    }

    /// Locks the study and reads the changes. Returns whether it is still locked: it is not if dead trials were requeued.
    fn look(&mut self) -> Result<(ChangedRows, bool), StudyError> {
        let silence = self.silence();
        let Self { settings, worker, connection, study, ledger, open, server_start, silences, .. } = self;
        let (study, last) = (*study, ledger.last_id());
        let looked = connection.run(|session| {
            if let Err(fault) = rewound::lock(session, study, ledger, server_start)? {
                return Ok(Err(fault));
            }
            let changes = match tables::changes(session, (study, last), open, silence)? {
                Ok(changes) => changes,
                Err(fault) => return Ok(Err(fault)),
            };
            if silence.is_some() {
                silences.see(&changes.open);
            }
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
            Ok(looked) => {
                if silence.is_some() {
                    self.listened = Some(Instant::now());
                }
                Ok(looked)
            }
            Err(fault) => {
                self.roll_back();
                Err(fault.error(&self.settings))
            }
        }
    }

    fn absorb(&mut self, changes: ChangedRows) -> Result<Vec<Record>, (usize, String)> {
        self.looked += changes.rows.len();
        for (id, row) in &changes.rows {
            if row.state.is_finished() {
                self.open.remove(id);
            }
        }
        self.open.extend(changes.open);
        self.ledger.absorb(changes.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_workers_look_for_silent_ones_less_often() {
        let grace = Duration::from_mins(2);
        let after = |trials, seconds: f64| listens(trials, Some(Duration::from_secs_f64(seconds)), grace);
        assert!(listens(1000, None, grace) && after(FEW, 0.0));
        assert!(!after(100, 0.4) && after(100, 0.6));
        assert!(!after(1000, 4.0) && after(1000, 6.0));
        // A tenth of the grace, at the most.
        assert!(!after(100_000, 11.0) && after(100_000, 13.0));
    }
}
