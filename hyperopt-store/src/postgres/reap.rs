//! Requeueing the trials of processes that have died.

use std::collections::BTreeMap;

use postgres::Error;

use super::fault::Fault;
use super::session::Session;
use super::tables::{ChangedRows, Fence, OpenTrial, write};
use crate::ledger::{self, Ledger};
use crate::rows::{RowState, Rows, Writes};
use crate::settings::StudySettings;
use crate::worker::{Processes, Worker};

/// Finds the trials whose processes have died.
pub(super) struct Reaper<'a> {
    pub(super) settings: &'a StudySettings,
    pub(super) worker: &'a Worker,
    pub(super) ledger: &'a Ledger,
}

impl<'a> Reaper<'a> {
    /// Whether one of the trials that were running when they were last read has lost its process on this machine.
    pub(super) fn sees_dead(&self, known: &BTreeMap<i64, OpenTrial>) -> bool {
        let processes = Processes::default();
        let mut theirs = known.values().filter(|open| !open.is_mine && open.state == RowState::Running);
        theirs.any(|open| self.is_dead(open, &processes))
    }

    /// The running trials of processes that have died, with the writes that requeue or fail them.
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
        let dead = running.filter(|(_, open)| self.is_dead(open, &processes));
        dead.map(|(&id, open)| Ok((id, open, self.writes(open)?))).collect()
    }

    fn is_dead(&self, open: &OpenTrial, processes: &Processes) -> bool {
        let is_between_rungs = open.lease.is_none() && self.ledger.rows().has_budgets();
        let grace = self.settings.least_grace();
        let age = open.is_silent.then(|| grace.saturating_mul(2));
        !is_between_rungs && self.ledger.leases.is_dead(self.worker, open.lease.as_ref(), age, grace, processes)
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
