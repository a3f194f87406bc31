//! Requeueing the trials of processes that have died.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use postgres::Error;

use super::fault::Fault;
use super::session::Session;
use super::tables::{ChangedRows, Fence, OpenTrial, write};
use crate::ledger::{self, Ledger};
use crate::rows::{RowState, Rows, Writes};
use crate::settings::StudySettings;
use crate::worker::{Processes, Worker};

/// The silences of trials that other processes run, by id: the lease and the last heartbeat, and the time at which this process
/// first saw them. The clock of the server may have jumped, or the server may have been away, so that all are silent at once.
#[derive(Debug, Default)]
pub(super) struct Silences(HashMap<i64, ((Option<String>, String), Instant)>);

impl Silences {
    /// Takes the trials that are silent by the clock of the server.
    pub(super) fn see(&mut self, open: &BTreeMap<i64, OpenTrial>) {
        let now = Instant::now();
        self.0.retain(|id, _| open.get(id).is_some_and(|open| open.silent.is_some()));
        for (&id, open) in open {
            let Some(heartbeat) = &open.silent else { continue };
            let lease = open.lease.as_ref().map(|lease| lease.json.clone());
            let seen = (lease, heartbeat.clone());
            let known = self.0.entry(id).or_insert_with(|| (seen.clone(), now));
            if known.0 != seen {
                *known = (seen, now);
            }
        }
    }

    /// Returns the time for which a trial has been silent, by the clock of this process.
    fn of(&self, id: i64) -> Option<Duration> {
        self.0.get(&id).map(|(_, since)| since.elapsed())
    }
}

/// Returns the least age of a heartbeat that is a silence by the clock of the server, and the time for which this process has
/// to see it unchanged; together, they are the grace.
pub(super) fn silence(settings: &StudySettings) -> (Duration, Duration) {
    let seen = settings.heartbeat * 2;
    (settings.least_grace().saturating_sub(seen), seen)
}

/// Finds the trials whose processes have died.
pub(super) struct Reaper<'a> {
    pub(super) settings: &'a StudySettings,
    pub(super) worker: &'a Worker,
    pub(super) ledger: &'a Ledger,
    pub(super) silences: &'a Silences,
}

impl<'a> Reaper<'a> {
    /// Returns whether one of the trials that were running when they were last read has lost its process on this machine.
    pub(super) fn sees_dead(&self, known: &BTreeMap<i64, OpenTrial>) -> bool {
        let processes = Processes::default();
        let mut theirs = known.iter().filter(|(_, open)| !open.is_mine && open.state == RowState::Running);
        theirs.any(|(&id, open)| self.is_dead(id, open, &processes))
    }

    /// Returns the running trials of processes that have died, with the writes that requeue or fail them.
    pub(super) fn dead<'o>(
        &self,
        known: &'o BTreeMap<i64, OpenTrial>,
        changes: &'o ChangedRows,
    ) -> Result<Vec<(i64, &'o OpenTrial, Writes<'a>)>, Fault> {
        let processes = Processes::default();
        // In the order of their ids.
        let is_stale = |id: &i64| changes.rows.binary_search_by_key(id, |(changed, _)| *changed).is_ok();
        let unchanged = known.iter().filter(|(id, open)| !open.is_mine && !is_stale(id));
        let running = unchanged.chain(&changes.open).filter(|(_, open)| open.state == RowState::Running);
        let dead = running.filter(|&(&id, open)| self.is_dead(id, open, &processes));
        dead.map(|(&id, open)| Ok((id, open, self.writes(open)?))).collect()
    }

    fn is_dead(&self, id: i64, open: &OpenTrial, processes: &Processes) -> bool {
        let is_between_rungs = open.lease.is_none() && self.ledger.rows().has_budgets();
        let (_, least) = silence(self.settings);
        let age = self.silences.of(id);
        !is_between_rungs && self.ledger.leases.is_dead(self.worker, open.lease.as_ref(), age, least, processes)
    }

    fn writes(&self, open: &OpenTrial) -> Result<Writes<'a>, Fault> {
        let (rows, rungs): (&'a Rows, _) = (self.ledger.rows(), open.rungs.as_deref());
        let writes = ledger::retry(rows, rungs, open.retries, self.settings.retries);
        writes.map_err(|reason| Fault::Trial(open.number, reason))
    }
}

/// Requeues or fails `dead` trials, except those that another process has written since they were read.
pub(super) fn requeue_dead(
    session: &mut Session,
    rows: &Rows,
    dead: &[(i64, &OpenTrial, Writes<'_>)],
) -> Result<(), Error> {
    for (id, open, writes) in dead {
        let is_void = writes.state == Some(RowState::Waiting) && !rows.has_budgets();
        write(session, *id, Fence::Unchanged(&open.version), writes, is_void)?;
    }
    Ok(())
}
