//! What this process knows of a study, whatever the database: the rows that it has read, and the trials that it runs.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use hyperopt_core::State;
use hyperopt_core::study::{Record, given_up};

use crate::heartbeat::Heartbeat;
use crate::leases::{Lease, Leases};
use crate::outcomes::Outcomes;
use crate::rows::{RowState, Rows, TrialRow, Writes};

/// What the engine has received of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Not,
    Open,
    Closed,
}

/// The knowledge of this process about a study.
#[derive(Debug)]
pub(crate) struct Ledger {
    rows: Rows,
    /// `trial_id` by number.
    ids: Vec<i64>,
    /// The unfinished trials, by number: the state in which they were last seen, and whether a process runs them. Between
    /// two rungs, no process does.
    open: BTreeMap<usize, (RowState, bool)>,
    /// What the engine has received, by the number of the record.
    known: Vec<Known>,
    /// The waiting records, by the number of their trial.
    waiting: BTreeMap<usize, usize>,
    /// The reasons why trials that another program has queued fail, because no program can run them, by number. If they were
    /// left as they are, that program would run them.
    refused: BTreeMap<usize, String>,
    pub(crate) leases: Leases,
    pub(crate) outcomes: Outcomes,
}

// `PostgreSQL` studies keep what is open with its version.
#[cfg_attr(not(feature = "sqlite"), allow(dead_code))]
impl Ledger {
    /// Returns the ledger of a study that is only read.
    pub(crate) fn new(rows: Rows) -> Self {
        Self {
            rows,
            ids: Vec::new(),
            open: BTreeMap::new(),
            known: Vec::new(),
            waiting: BTreeMap::new(),
            refused: BTreeMap::new(),
            leases: Leases::new(None),
            outcomes: Outcomes::default(),
        }
    }

    /// Returns the ledger of a study in which this process runs trials, for which `heartbeat` beats.
    pub(crate) fn with_heartbeat(rows: Rows, heartbeat: Heartbeat) -> Self {
        Self { leases: Leases::new(Some(heartbeat)), ..Self::new(rows) }
    }

    pub(crate) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Returns the number of trials, as far as is known.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the `trial_id` of the last known trial; 0 before the first.
    pub(crate) fn last_id(&self) -> i64 {
        self.ids.last().copied().unwrap_or_default()
    }

    /// Returns the `trial_id` of the trial with this number.
    pub(crate) fn id(&self, trial: usize) -> Option<i64> {
        self.ids.get(trial).copied()
    }

    /// Returns the unfinished trials: number, id, and the state in which they were last seen.
    pub(crate) fn open(&self) -> Vec<(usize, i64, RowState)> {
        self.open.iter().map(|(&trial, &(state, _))| (trial, self.ids[trial], state)).collect()
    }

    /// Returns whether `trial` is known and unfinished.
    pub(crate) fn is_open(&self, trial: usize) -> bool {
        self.open.contains_key(&trial)
    }

    /// Returns the trials that, as far as is known, other processes run: number and id.
    pub(crate) fn running_elsewhere(&self) -> Vec<(usize, i64)> {
        let running = self.open.iter().filter(|&(trial, &(_, runs))| runs && !self.leases.has_trial(*trial));
        running.map(|(&trial, _)| (trial, self.ids[trial])).collect()
    }

    /// Takes rows that are new, in the order of their numbers, or have changed. Returns the records that the engine has not
    /// received yet, or not yet with their outcome.
    ///
    /// # Errors
    ///
    /// Returns the number of a trial that cannot be read, and the reason.
    pub(crate) fn absorb(&mut self, rows: Vec<(i64, TrialRow)>) -> Result<Vec<Record>, (usize, String)> {
        let mut changes = Vec::new();
        for (id, row) in rows {
            let number = row.number;
            match self.ids.get(number) {
                None if number == self.ids.len() => self.ids.push(id),
                Some(known) if *known == id => {}
                _ => {
                    return Err((
                        number,
                        "its number is not the next one: trials are missing, or there are two".into(),
                    ));
                }
            }
            let decoded = self.rows.decode(&row).map_err(|reason| (number, reason))?;
            let runs = decoded.waiting.is_none()
                && decoded.records.iter().any(|record| record.trial.state() == State::Running);
            if row.state.is_finished() {
                self.open.remove(&number);
            } else {
                self.open.insert(number, (row.state, runs));
            }
            let reason = decoded.records.first().and_then(|record| record.trial.reason());
            match reason.filter(|_| row.state == RowState::Waiting) {
                Some(reason) => self.refused.insert(number, reason.to_owned()),
                None => self.refused.remove(&number),
            };
            match decoded.waiting {
                Some(record) => self.waiting.insert(number, record),
                None => self.waiting.remove(&number),
            };
            for record in decoded.records {
                let closes = record.trial.state() != State::Running;
                if closes {
                    self.outcomes.remember(&record);
                }
                if self.note(record.trial.number(), closes) {
                    changes.push(record);
                }
            }
        }
        changes.sort_unstable_by_key(|record| record.trial.number());
        Ok(changes)
    }

    /// Notes that `record` exists or, if it `closes`, has its outcome. Returns whether the engine has yet to receive that.
    fn note(&mut self, record: usize, closes: bool) -> bool {
        if record >= self.known.len() {
            // Rungs arrive configuration by configuration, so their numbers leave gaps for a while.
            self.known.resize(record + 1, Known::Not);
        }
        let known = &mut self.known[record];
        let is_news = *known == Known::Not || (*known == Known::Open && closes);
        if is_news {
            *known = if closes { Known::Closed } else { Known::Open };
        }
        is_news
    }

    /// Returns the numbers of the records from `first` on that are known and are not in `rows`, or not with the outcome that
    /// they had.
    #[cfg(feature = "postgres")]
    pub(crate) fn lost(&self, rows: &[(i64, TrialRow)], first: usize) -> Vec<usize> {
        let mut found = BTreeMap::new();
        for (_, row) in rows.iter().filter(|(id, row)| self.id(row.number).is_none_or(|known| known == *id)) {
            let records = self.rows.decode(row).map(|decoded| decoded.records).unwrap_or_default();
            found.extend(records.into_iter().map(|record| (record.trial.number(), record)));
        }
        let is_lost = |number: &usize| match (self.known[*number], found.get(number)) {
            (Known::Not, _) | (Known::Open, Some(_)) => false,
            (Known::Open | Known::Closed, None) => true,
            (Known::Closed, Some(record)) => !self.outcomes.may_be(record),
        };
        (first..self.known.len()).filter(is_lost).collect()
    }

    /// Returns the numbers of the waiting records, in order.
    pub(crate) fn waiting(&self) -> Vec<usize> {
        let mut waiting: Vec<_> = self.waiting.values().copied().collect();
        waiting.sort_unstable();
        waiting
    }

    /// Returns the queued trials that have to be closed as failed: number, id, and the reason.
    pub(crate) fn refused(&self) -> Vec<(usize, i64, String)> {
        self.refused.iter().map(|(&trial, reason)| (trial, self.ids[trial], reason.clone())).collect()
    }

    /// Notes that this process has started `record` under `lease`, in the row `id`, which is a new one if its number is the
    /// next.
    pub(crate) fn started(&mut self, record: &Record, id: i64, lease: String) {
        let trial = record.trial.configuration();
        if trial == self.ids.len() {
            self.ids.push(id);
        }
        self.open.insert(trial, (RowState::Running, true));
        self.waiting.remove(&trial);
        self.note(record.trial.number(), false);
        self.leases.insert(record.trial.number(), Lease { trial, id, json: lease });
    }

    /// Ends the lease of `record`, because its outcome was written (then it `closes`), it was requeued, or another process
    /// has taken it. Returns the lease that ended.
    pub(crate) fn release(&mut self, record: usize, closes: bool) -> Option<Lease> {
        if closes {
            self.note(record, true);
        }
        self.leases.remove(record)
    }

    /// Notes that this process has written a new state of `trial`, which it no longer runs.
    pub(crate) fn moved(&mut self, trial: usize, state: RowState) {
        if state.is_finished() {
            self.open.remove(&trial);
        } else {
            self.open.insert(trial, (state, false));
        }
        self.waiting.remove(&trial);
        self.refused.remove(&trial);
    }
}

/// Returns the writes for a trial whose process has died after `retries` retries: it waits to be run again or, if those were
/// `limit`, fails.
///
/// # Errors
///
/// Fails if its rungs cannot be read.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn retry<'a>(rows: &'a Rows, rungs: Option<&str>, retries: u32, limit: u32) -> Result<Writes<'a>, String> {
    if retries < limit { rows.requeue(rungs, Some(retries + 1)) } else { rows.give_up(rungs, &given_up(retries)) }
}
