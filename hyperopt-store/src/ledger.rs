//! What one process knows of a study, whatever the database: which rows it has seen, and which trials are its own.

use std::collections::{BTreeMap, HashMap};

use hyperopt_core::State;
use hyperopt_core::study::Record;

use crate::rows::{RowState, Rows, TrialRow};

/// A trial of this process: what its tell must find in the row.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    /// The number of the trial, which is that of the configuration in a sweep with budgets.
    pub(crate) trial: usize,
    /// The attribute `hyperopt:worker`.
    pub(crate) json: String,
}

/// As what the engine has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Not,
    Open,
    Closed,
}

/// What is known of a study.
#[derive(Debug)]
pub(crate) struct Ledger {
    rows: Rows,
    /// `trial_id` by number.
    ids: Vec<i64>,
    /// Trials of which something may yet become, by number: their state when they were last seen, and whether a process
    /// runs them. Between two rungs, none does.
    open: BTreeMap<usize, (RowState, bool)>,
    /// By the number of the record.
    known: Vec<Known>,
    /// By the number of the trial: the record that waits.
    waiting: BTreeMap<usize, usize>,
    /// By the number of the record.
    leases: HashMap<usize, Lease>,
}

// `PostgreSQL` studies keep what is open with its version.
#[cfg_attr(not(feature = "sqlite"), allow(dead_code))]
impl Ledger {
    pub(crate) fn new(rows: Rows) -> Self {
        Self {
            rows,
            ids: Vec::new(),
            open: BTreeMap::new(),
            known: Vec::new(),
            waiting: BTreeMap::new(),
            leases: HashMap::new(),
        }
    }

    pub(crate) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// How many trials there are, as far as is known.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The `trial_id` of the last trial that is known; 0 before the first.
    pub(crate) fn last_id(&self) -> i64 {
        self.ids.last().copied().unwrap_or_default()
    }

    pub(crate) fn id(&self, trial: usize) -> Option<i64> {
        self.ids.get(trial).copied()
    }

    /// The unfinished trials: number, id, and the state when they were last seen.
    pub(crate) fn open(&self) -> Vec<(usize, i64, RowState)> {
        self.open.iter().map(|(&trial, &(state, _))| (trial, self.ids[trial], state)).collect()
    }

    /// Whether something may yet become of `trial`.
    pub(crate) fn is_open(&self, trial: usize) -> bool {
        self.open.contains_key(&trial)
    }

    /// Those that other processes, as far as is known, run: number and id.
    pub(crate) fn running_elsewhere(&self) -> Vec<(usize, i64)> {
        let running = self.open.iter().filter(|&(trial, &(_, runs))| runs && !self.has_lease_on(*trial));
        running.map(|(&trial, _)| (trial, self.ids[trial])).collect()
    }

    /// Takes rows that are new, in order, or have changed, and gives the records that the engine does not have yet.
    ///
    /// # Errors
    ///
    /// The number of the trial that cannot be read, and why.
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
            match decoded.waiting {
                Some(record) => self.waiting.insert(number, record),
                None => self.waiting.remove(&number),
            };
            for record in decoded.records {
                let closes = record.trial.state() != State::Running;
                if self.note(record.trial.number(), closes) {
                    changes.push(record);
                }
            }
        }
        changes.sort_unstable_by_key(|record| record.trial.number());
        Ok(changes)
    }

    /// Whether it is changes that there is such a record, or that it is closed.
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

    /// The numbers of the records that wait, in order.
    pub(crate) fn waiting(&self) -> Vec<usize> {
        let mut waiting: Vec<_> = self.waiting.values().copied().collect();
        waiting.sort_unstable();
        waiting
    }

    /// This process has started `record` in the row `id`, which is new if it is the next one, with this lease.
    pub(crate) fn started(&mut self, record: &Record, id: i64, lease: String) {
        let trial = record.trial.configuration();
        if trial == self.ids.len() {
            self.ids.push(id);
        }
        self.open.insert(trial, (RowState::Running, true));
        self.waiting.remove(&trial);
        self.note(record.trial.number(), false);
        self.leases.insert(record.trial.number(), Lease { trial, json: lease });
    }

    /// The lease of a running record of this process.
    pub(crate) fn lease(&self, record: usize) -> Option<&Lease> {
        self.leases.get(&record)
    }

    /// All of them, by the number of the record.
    pub(crate) fn leases(&self) -> Vec<(usize, Lease)> {
        self.leases.iter().map(|(&record, lease)| (record, lease.clone())).collect()
    }

    /// Whether this process runs `trial`, as far as it knows.
    pub(crate) fn has_lease_on(&self, trial: usize) -> bool {
        self.leases.values().any(|lease| lease.trial == trial)
    }

    /// Whether it is one of this process' leases that are not over.
    pub(crate) fn has_lease(&self, json: &str) -> bool {
        self.leases.values().any(|lease| lease.json == json)
    }

    /// The lease is over: its record is told, put back, or another process has it. `closes` where it was told here.
    pub(crate) fn release(&mut self, record: usize, closes: bool) -> Option<Lease> {
        if closes {
            self.note(record, true);
        }
        self.leases.remove(&record)
    }

    /// The row of `trial` has come to a new state by this process, which does not run it any more.
    pub(crate) fn moved(&mut self, trial: usize, state: RowState, waiting: Option<usize>) {
        if state.is_finished() {
            self.open.remove(&trial);
        } else {
            self.open.insert(trial, (state, false));
        }
        match waiting {
            Some(record) => self.waiting.insert(trial, record),
            None => self.waiting.remove(&trial),
        };
    }
}

#[cfg(test)]
mod tests {
    use hyperopt_core::{Axis, Goal, Space};

    use super::*;

    fn ledger() -> Ledger {
        let space = Space::try_from(vec![Axis::float("x", 0.0..=1.0).unwrap()]).unwrap();
        Ledger::new(Rows::new(space, vec![Goal::Minimize], false))
    }

    fn row(number: usize, state: RowState) -> (i64, TrialRow) {
        let mut row = TrialRow::new(number, state);
        row.system.put("hyperopt:point", r#"{"units":[0.5]}"#.into());
        (10 + number as i64, row)
    }

    #[test]
    fn each_record_is_news_once_and_once_more_when_closed() {
        let mut ledger = ledger();
        let mut changes = |rows| {
            let changes = ledger.absorb(rows).unwrap();
            (
                changes.iter().map(|record| record.trial.number()).collect::<Vec<_>>(),
                ledger.waiting(),
                ledger.open().len(),
            )
        };
        let first = vec![row(0, RowState::Pruned), row(1, RowState::Running), row(2, RowState::Waiting)];
        assert_eq!(changes(first), (vec![0, 1, 2], vec![2], 2));
        assert_eq!(changes(vec![row(1, RowState::Running)]), (vec![], vec![2], 2));
        assert_eq!(changes(vec![row(1, RowState::Waiting)]), (vec![], vec![1, 2], 2));
        assert_eq!(changes(vec![row(1, RowState::Fail), row(2, RowState::Running)]), (vec![1], vec![], 1));
        assert_eq!(changes(vec![row(1, RowState::Fail)]), (vec![], vec![], 1));
    }

    #[test]
    fn what_this_process_does_is_no_news_to_it() {
        let mut ledger = ledger();
        let (id, running) = row(0, RowState::Running);
        let record = ledger.rows().decode(&running).unwrap().records.remove(0);
        ledger.started(&record, id, "lease".into());
        assert!(ledger.absorb(vec![row(0, RowState::Running)]).unwrap().is_empty());
        assert_eq!(ledger.lease(0).map(|lease| lease.trial), Some(0));
        ledger.release(0, true);
        ledger.moved(0, RowState::Complete, None);
        assert!(ledger.open().is_empty());
        assert!(ledger.absorb(vec![row(0, RowState::Complete)]).unwrap().is_empty());
    }

    #[test]
    fn a_trial_that_another_process_finished_is_news_although_it_was_begun_here() {
        let mut ledger = ledger();
        let (id, running) = row(0, RowState::Running);
        let record = ledger.rows().decode(&running).unwrap().records.remove(0);
        ledger.started(&record, id, "lease".into());
        ledger.release(0, false);
        assert_eq!(ledger.absorb(vec![row(0, RowState::Fail)]).unwrap().len(), 1);
    }

    #[test]
    fn numbers_with_gaps_are_damage() {
        assert_eq!(ledger().absorb(vec![row(0, RowState::Fail), row(2, RowState::Fail)]).unwrap_err().0, 2);
        assert_eq!(ledger().absorb(vec![row(1, RowState::Fail)]).unwrap_err().0, 1);
    }
}
