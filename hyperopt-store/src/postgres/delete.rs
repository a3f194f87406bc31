//! Deletes a study from a server.

use postgres::Error;

use super::fault::Fault;
use super::read::{connect, list_of};
use super::running::alive;
use super::session::Session;
use super::statements::{HAS_TABLES, LOCK_STUDY};
use crate::address::Server;
use crate::deleted::{Deleted, OF_STUDIES, OF_TRIALS};
use crate::error::StudyError;
use crate::settings::StudySettings;

/// What became of the attempt within its transaction.
enum Attempt {
    NoStudy,
    InUse(Vec<String>),
    Done(Deleted),
}

/// Deletes the study that `settings` name, in one transaction.
pub(crate) fn delete(settings: &StudySettings, server: &Server, is_forced: bool) -> Result<Deleted, StudyError> {
    let mut connection = connect(settings, server)?;
    let attempt = connection.run(|session| attempt(settings, session, is_forced));
    match attempt.map_err(|error| Fault::Server("deleting the study", error).error(settings))? {
        Attempt::Done(deleted) => Ok(deleted),
        Attempt::InUse(workers) => Err(settings.in_use(workers)),
        Attempt::NoStudy => {
            let names = list_of(settings, &mut connection)?.into_iter().map(|study| study.name);
            Err(settings.no_study(names.collect()))
        }
    }
}

fn attempt(settings: &StudySettings, session: &mut Session, is_forced: bool) -> Result<Attempt, Error> {
    if !session.query(HAS_TABLES, &[])?[0].get::<_, bool>(0) {
        return Ok(Attempt::NoStudy);
    }
    session.begin("", "")?;
    // The lock that processes take before they start a trial.
    let rows = session.query(LOCK_STUDY, &[&settings.name])?;
    let Some(study) = rows.first().map(|row| row.get::<_, i32>(0)) else {
        session.batch("ROLLBACK")?;
        return Ok(Attempt::NoStudy);
    };
    let workers = alive(settings, session, study)?;
    if !is_forced && !workers.is_empty() {
        session.batch("ROLLBACK")?;
        return Ok(Attempt::InUse(workers));
    }
    let trials = delete_rows(session, study)?;
    session.batch("COMMIT")?;
    Ok(Attempt::Done(Deleted { trials, workers }))
}

/// Deletes all rows of the study, in one round trip; returns the number of its trials.
fn delete_rows(session: &mut Session, study: i32) -> Result<usize, Error> {
    let count = session.query("SELECT count(*) FROM trials WHERE study_id = $1", &[&study])?;
    let of_trials = OF_TRIALS.map(|table| {
        format!("DELETE FROM {table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = {study})")
    });
    let of_studies = OF_STUDIES.map(|table| format!("DELETE FROM {table} WHERE study_id = {study}"));
    session.batch(&[of_trials.join("; "), of_studies.join("; ")].join("; "))?;
    Ok(count[0].get::<_, i64>(0) as usize)
}
