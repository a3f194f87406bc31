//! Opening a study: finds it on the server, or begins it.

use hyperopt_core::study::{Opened, Opening};
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::open_study::OpenStudy;
use super::schema;
use super::session::Session;
use super::statements::{ADD_STUDY, BEGIN_STUDY, HAS_TRIALS, REVISION, SHOW_STUDY, STUDY};
use super::tables::study_row;
use crate::address::Server;
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
    let mut connection = Connection::new(server.clone(), settings.patience, settings.least_grace());
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
    let heartbeat = heartbeat(settings, &worker, server.clone());
    let ledger = Ledger::with_heartbeat(study_row::rows(&opened, opening), heartbeat);
    let has_names = !opened.names.is_empty();
    let place = place(&mut connection).map_err(error("asking which server it is"))?;
    let open = OpenStudy::new(settings.clone(), worker, connection, (place, study.id as i32), ledger, has_names);
    Ok((opened, open))
}

/// The identifier of the server, which is the same under all its addresses, and the name of the database there.
fn place(connection: &mut Connection) -> Result<String, Error> {
    connection.run(|session| {
        let is_known: bool = session.query(KNOWS_SERVER, &[])?[0].get(0);
        Ok(session.query(if is_known { SERVER } else { DATABASE }, &[])?[0].get(0))
    })
}

/// Writes the heartbeats of those trials `$1` whose leases still contain `$2`.
const BEAT: &str = "
    INSERT INTO trial_heartbeats (trial_id, heartbeat)
    SELECT trial_id, clock_timestamp()::timestamp FROM (
        SELECT t.trial_id FROM trials t JOIN trial_system_attributes a USING (trial_id)
        WHERE t.trial_id = ANY($1::int4[]) AND t.state = 'RUNNING' AND a.key = 'hyperopt:worker' AND strpos(a.value_json, $2) > 0
        ORDER BY t.trial_id
        FOR SHARE OF t, a
    ) leased
    ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat";

/// Starts the heartbeat, on a connection of its own: that of the study may be busy, or waiting for the lock.
fn heartbeat(settings: &StudySettings, worker: &Worker, server: Server) -> Heartbeat {
    let mut connection = Connection::new(server, settings.heartbeat, settings.heartbeat);
    let token = worker.token().to_owned();
    Heartbeat::start(settings.heartbeat, move |trials| {
        let trials: Vec<_> = trials.iter().map(|&id| id as i32).collect();
        // The next beat is the retry.
        let _ = connection.once(|session| session.query(BEAT, &[&trials, &token]));
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
