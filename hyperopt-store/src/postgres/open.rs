//! Opening a study: finds it on the server, or begins it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyperopt_core::study::{Opened, Opening};
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::open_study::OpenStudy;
use super::schema;
use super::session::Session;
use super::statements::{ADD_STUDY, BEGIN_STUDY, HAS_TRIALS, REVISION, SHOW_STUDY, STUDY};
use super::tables::{BEAT, study_row};
use crate::address::Server;
use crate::delay::Delay;
use crate::error::StudyError;
use crate::heartbeat::Heartbeat;
use crate::ledger::Ledger;
use crate::rows::study_attributes;
use crate::settings::StudySettings;
use crate::study_row::{self, FOREIGN_TRIALS, StudyRow, direction};
use crate::worker::Worker;

/// Whether this user may ask for the identifier of the server.
const KNOWS_SERVER: &str =
    "SELECT COALESCE(has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE'), false)";

/// The identifier of the server, and the name of the database.
const SERVER: &str = "SELECT system_identifier::text || '/' || current_database() FROM pg_control_system()";

/// The name of the database.
const DATABASE: &str = "SELECT current_database()::text";

/// Finds the study that `settings` name, or begins it.
pub(super) fn open(
    settings: &StudySettings,
    server: &Server,
    opening: &Opening,
    worker: Worker,
) -> Result<(Opened, OpenStudy), StudyError> {
    let error = |doing| move |error: Error| Fault::Server(doing, error).error(settings);
    let mut connection =
        Connection::new(server.clone(), settings.patience, settings.least_grace(), settings.delay.clone());
    connection.open().map_err(error("connecting"))?;
    let revision = connection.run(|session| {
        schema::create(session)?;
        Ok(session.query(REVISION, &[])?.first().map(|row| row.get::<_, String>(0)))
    });
    match revision.map_err(error("making the tables"))? {
        Some(found) if found != study_row::REVISION => {
            return Err(StudyError::Revision {
                url: settings.address.to_string(),
                found,
                expected: study_row::REVISION,
            });
        }
        _ => {}
    }
    let found = connection.run(|session| {
        session.begin("", "")?;
        let found = begin(session, settings, opening)?;
        session.batch(if found.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        Ok(found)
    });
    let study = found.map_err(error("beginning it"))?.map_err(|fault| fault.error(settings))?;
    let opened = study.opened(settings)?;
    let is_mute = Arc::<AtomicBool>::default();
    let heartbeat = heartbeat(settings, &worker, server.clone(), Arc::clone(&is_mute));
    let ledger = Ledger::with_heartbeat(study_row::rows(&opened, opening), heartbeat);
    let has_names = !opened.names.is_empty();
    let place = place(&mut connection).map_err(error("asking which server it is"))?;
    let place = (place, study.id as i32);
    let open = OpenStudy::new(settings.clone(), worker, connection, place, ledger, has_names, is_mute);
    Ok((opened, open))
}

/// Returns the identifier of the server, which is the same under all its addresses, and the name of the database there.
fn place(connection: &mut Connection) -> Result<String, Error> {
    connection.run(|session| {
        let is_known: bool = session.query(KNOWS_SERVER, &[])?[0].get(0);
        Ok(session.query(if is_known { SERVER } else { DATABASE }, &[])?[0].get(0))
    })
}

/// Starts the heartbeat, on a connection of its own: that of the study may be busy, or waiting for the lock. Where it cannot be
/// had it `is_mute`, and that of the study beats between its calls.
fn heartbeat(settings: &StudySettings, worker: &Worker, server: Server, is_mute: Arc<AtomicBool>) -> Heartbeat {
    let mut connection = Connection::new(server, settings.heartbeat, settings.heartbeat, Delay::default());
    let token = worker.token().to_owned();
    Heartbeat::start(settings.heartbeat, move |trials| {
        let trials: Vec<_> = trials.iter().map(|&id| id as i32).collect();
        // The next beat is the retry.
        let beaten = connection.once(|session| session.query(BEAT, &[&trials, &token]));
        is_mute.store(beaten.is_err(), Ordering::Relaxed);
    })
}

/// Finds the study, with the attributes that it had, or begins it.
fn begin(session: &mut Session, settings: &StudySettings, opening: &Opening) -> Result<Result<StudyRow, Fault>, Error> {
    let (said, shown) = study_attributes(opening);
    let (keys, jsons): (Vec<_>, Vec<_>) = said.into_iter().unzip();
    let (shown_keys, shown_jsons): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
    let mut rows = session.query(STUDY, &[&settings.name])?;
    let is_new = rows.is_empty();
    if is_new {
        let goals: Vec<_> = opening.goals.iter().map(|goal| direction(*goal)).collect();
        session.query(BEGIN_STUDY, &[&settings.name, &goals, &keys, &jsons])?;
        rows = session.query(STUDY, &[&settings.name])?;
    }
    let Some(study) = rows.first().map(study_row) else {
        return Ok(Err(Fault::Study("it is deleted at this moment: begin again".into())));
    };
    let (id, is_adopted) = (study.id as i32, !study.has_space());
    if is_adopted {
        if opening.has_budgets && session.query(HAS_TRIALS, &[&id])?[0].get(0) {
            return Ok(Err(Fault::Study(FOREIGN_TRIALS.into())));
        }
        session.query(ADD_STUDY, &[&id, &keys, &jsons])?;
    }
    if is_new || is_adopted {
        session.query(SHOW_STUDY, &[&id, &shown_keys, &shown_jsons])?;
    }
    Ok(Ok(study))
}
