use std::collections::BTreeMap;

use postgres::Error;

use super::connection::Session;
use super::fault::Fault;
use super::tables::{ChangedRows, Fence, Open, write};
use crate::ledger::Ledger;
use crate::rows::{RowState, Rows, Writes};
use crate::study::Settings;
use crate::worker::Worker;

/// What decides whether the process of a trial has died.
pub(super) struct Reaper<'a> {
    pub(super) settings: &'a Settings,
    pub(super) worker: &'a Worker,
    pub(super) ledger: &'a Ledger,
}

impl<'a> Reaper<'a> {
    /// The running trials of processes that have died, with what becomes of them.
    pub(super) fn dead<'o>(
        &self,
        known: &'o BTreeMap<i64, Open>,
        changes: &'o ChangedRows,
    ) -> Result<Vec<(i64, &'o Open, Writes<'a>)>, Fault> {
        let is_stale =
            |id: &i64| changes.open.contains_key(id) || changes.rows.iter().any(|(changed, _)| changed == id);
        let unchanged = known.iter().filter(|(id, open)| !open.is_mine && !is_stale(id));
        let running = unchanged.chain(&changes.open).filter(|(_, open)| open.state == RowState::Running);
        running.filter(|(_, open)| self.is_dead(open)).map(|(&id, open)| Ok((id, open, self.writes(open)?))).collect()
    }

    fn is_dead(&self, open: &Open) -> bool {
        let lease = open.lease.as_deref();
        match lease {
            // Between two rungs, no process runs it.
            None if self.ledger.rows().has_budgets() => false,
            // Of this process, which has forgotten it, such as one that it could not put back.
            Some(lease) if self.worker.gave(lease) => !self.ledger.has_lease(lease),
            _ => {
                let grace = self.settings.least_grace();
                let age = open.is_silent.then(|| grace.saturating_mul(2));
                self.worker.sees_dead(lease, age, grace)
            }
        }
    }

    fn writes(&self, open: &Open) -> Result<Writes<'a>, Fault> {
        let (rows, rungs): (&'a Rows, _) = (self.ledger.rows(), open.rungs.as_deref());
        let writes = if open.retries < self.settings.retries {
            rows.requeue(rungs, Some(open.retries + 1))
        } else {
            let retries = open.retries;
            rows.give_up(rungs, &format!("given up after {retries} retries: its process died each time"))
        };
        writes.map_err(|reason| Fault::Trial(open.number, reason))
    }
}

/// Writes what becomes of them. One that somebody has told in between is left.
pub(super) fn requeue_dead(session: &mut Session, rows: &Rows, dead: &[(i64, &Open, Writes<'_>)]) -> Result<(), Error> {
    for (id, open, writes) in dead {
        let is_void = writes.state == Some(RowState::Waiting) && !rows.has_budgets();
        write(session, *id, Fence::Unchanged(&open.version), writes, is_void)?;
    }
    Ok(())
}
