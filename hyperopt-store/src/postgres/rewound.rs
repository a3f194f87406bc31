//! Servers that have gone back in time: a standby that lacked the last moments, or a copy that was put back. What this process
//! knows is compared with what is there, since the numbers of trials that are gone would be given a second time.

use std::collections::BTreeMap;

use postgres::Error;

use super::fault::Fault;
use super::session::Session;
use super::tables;
use crate::ledger::Ledger;
use crate::outcomes::TAIL;

/// The number of the trials of study `$1` up to the id `$2`.
const COUNT: &str = "SELECT count(*) FROM trials WHERE study_id = $1 AND trial_id <= $2";

/// When the server was started, as the lock of a study returns it.
const START: &str = "SELECT EXTRACT(epoch FROM pg_postmaster_start_time())::text";

/// Locks the study. If the server has been started since the last time, compares what is there with what is known.
pub(super) fn lock(
    session: &mut Session,
    study: i32,
    ledger: &Ledger,
    known_start: &mut Option<String>,
) -> Result<Result<(), Fault>, Error> {
    match tables::lock(session, study)? {
        Some(start) => check(session, study, ledger, known_start, start),
        None => Ok(Err(Fault::Study("its rows are gone; the study has been deleted".into()))),
    }
}

/// Compares what is there with what is known, if the study is still there and the server has been started since the last time.
pub(super) fn look(
    session: &mut Session,
    study: i32,
    ledger: &Ledger,
    known_start: &mut Option<String>,
) -> Result<Result<(), Fault>, Error> {
    let checked = match tables::lock(session, study)? {
        Some(start) => check(session, study, ledger, known_start, start)?,
        None => Ok(()),
    };
    session.batch("ROLLBACK")?;
    Ok(checked)
}

/// Returns whether the server was started when it is known to have been. If nothing is known, it is known from now on.
pub(super) fn is_same(session: &mut Session, known_start: &mut Option<String>) -> Result<bool, Error> {
    let rows = session.query(START, &[])?;
    let Some(start) = rows.first().map(|row| row.get::<_, String>(0)) else { return Ok(false) };
    Ok(*known_start.get_or_insert_with(|| start.clone()) == start)
}

fn check(
    session: &mut Session,
    study: i32,
    ledger: &Ledger,
    known_start: &mut Option<String>,
    start: String,
) -> Result<Result<(), Fault>, Error> {
    if known_start.as_ref() != Some(&start) {
        if ledger.len() > 0
            && let Err(fault) = compare(session, study, ledger)?
        {
            return Ok(Err(fault));
        }
        *known_start = Some(start);
    }
    Ok(Ok(()))
}

/// Compares the last trials that `ledger` knows with those of the study, and counts the ones before. Of a sweep with budgets,
/// all are compared: any of them may have been resumed lately.
fn compare(session: &mut Session, study: i32, ledger: &Ledger) -> Result<Result<(), Fault>, Error> {
    let first = if ledger.rows().has_budgets() { 0 } else { ledger.len().saturating_sub(TAIL) };
    let before = first.checked_sub(1).and_then(|last| ledger.id(last)).unwrap_or_default();
    let changes = match tables::changes(session, (study, before), &BTreeMap::new(), None)? {
        Ok(changes) => changes,
        Err(fault) => return Ok(Err(fault)),
    };
    let counted: i64 = session.query(COUNT, &[&study, &(before as i32)])?[0].get(0);
    let lost = ledger.lost(&changes.rows, first);
    let earlier = first.saturating_sub(counted as usize);
    Ok(match (lost.as_slice(), earlier) {
        ([], 0) => Ok(()),
        ([only], 0) => Err(fault(&format!("trial {only}, which this process knows, is"))),
        ([from, .., to], 0) if to - from + 1 == lost.len() => {
            Err(fault(&format!("trials {from} to {to}, which this process knows, are")))
        }
        _ => Err(fault(&format!("{} trials, which this process knows, are", earlier + lost.len()))),
    })
}

fn fault(what: &str) -> Fault {
    Fault::Study(format!(
        "{what} gone from the server, or not as before: the server is a standby that lacked the last moments, or a copy that \
         was put back; run the program again, and it goes on from what the server has"
    ))
}
