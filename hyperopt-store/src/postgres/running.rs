//! The processes that run the trials of a study on a server.

use std::time::Duration;

use postgres::Error;

use super::fault::Fault;
use super::read::{connect, list_of};
use super::session::Session;
use super::statements::{HAS_TABLES, RUNNING, STUDY};
use crate::address::Server;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::worker::Worker;

/// Returns the process of each running trial of the study that `settings` name, if it is alive.
pub(crate) fn workers(settings: &StudySettings, server: &Server) -> Result<Vec<String>, StudyError> {
    let mut connection = connect(settings, server)?;
    let found = connection.run(|session| {
        if !session.query(HAS_TABLES, &[])?[0].get::<_, bool>(0) {
            return Ok(None);
        }
        let rows = session.query(STUDY, &[&settings.name])?;
        rows.first().map(|row| alive(settings, session, row.get(0))).transpose()
    });
    let found = found.map_err(|error| Fault::Server("reading its processes", error).error(settings))?;
    if let Some(workers) = found {
        return Ok(workers);
    }
    let names = list_of(settings, &mut connection)?.into_iter().map(|study| study.name);
    Err(settings.no_study(names.collect()))
}

/// Returns the process of each running trial, if it is alive.
pub(super) fn alive(settings: &StudySettings, session: &mut Session, study: i32) -> Result<Vec<String>, Error> {
    let this = Worker::this();
    let grace = settings.least_grace();
    let mut workers = Vec::new();
    for row in session.query(RUNNING, &[&study])? {
        let (lease, age, has_budgets) = (row.get::<_, Option<String>>(0), row.get::<_, Option<f64>>(1), row.get(2));
        // Between two rungs, a configuration is run by nobody.
        let is_free = has_budgets && lease.is_none();
        let age = age.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or_default());
        if !is_free && !this.sees_dead(lease.as_deref(), age, grace) {
            workers.push(Worker::named(lease.as_deref()));
        }
    }
    Ok(workers)
}
