//! What a server holds, without the programs that wrote it.

use std::collections::BTreeMap;
use std::time::Duration;

use hyperopt_core::Sweep;
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::open::goals;
use super::statements::{HAS_TABLES, LIST, STUDY};
use super::tables;
use crate::error::StudyError;
use crate::read::{Summary, restore};
use crate::study::Settings;

fn connect(settings: &Settings, url: &str) -> Result<Connection, StudyError> {
    let error = |doing| move |error: Error| Fault::Server(doing, error).error(settings);
    let config = url.parse().map_err(error("reading the address"))?;
    let mut connection = Connection::new(config, settings.patience, settings.least_grace());
    connection.open().map_err(error("connecting"))?;
    Ok(connection)
}

/// All studies on the server, in the order in which they were begun.
pub(crate) fn list(settings: &Settings, url: &str) -> Result<Vec<Summary>, StudyError> {
    list_of(settings, &mut connect(settings, url)?)
}

fn list_of(settings: &Settings, connection: &mut Connection) -> Result<Vec<Summary>, StudyError> {
    let rows = connection.run(|session| {
        let has_tables: bool = session.query(HAS_TABLES, &[])?[0].get(0);
        if has_tables { session.query(LIST, &[]) } else { Ok(Vec::new()) }
    });
    let rows = rows.map_err(|error| Fault::Server("listing the studies", error).error(settings))?;
    let summary = |row: &postgres::Row| Summary {
        name: row.get(0),
        goals: goals(&row.get::<_, Vec<String>>(1)),
        trials: row.get::<_, i64>(2) as usize,
        complete: row.get::<_, i64>(3) as usize,
    };
    Ok(rows.iter().map(summary).collect())
}

/// The sweep as it stands now.
pub(crate) fn read_sweep(settings: &Settings, url: &str) -> Result<Sweep, StudyError> {
    let mut connection = connect(settings, url)?;
    let studies = list_of(settings, &mut connection)?;
    if studies.iter().all(|study| study.name != settings.name) {
        let names = studies.into_iter().map(|study| study.name).collect();
        return Err(StudyError::NoStudy { study: settings.name.clone(), url: settings.address.to_string(), names });
    }
    let read = connection.run(|session| {
        // Both looks see the same moment.
        session.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        let rows = session.query(STUDY, &[&settings.name])?;
        let id: i32 = rows[0].get(0);
        let changes = tables::changes(session, (id, 0), &BTreeMap::new(), Duration::ZERO)?;
        session.batch("COMMIT")?;
        let jsons = rows[0].get::<_, Vec<Option<String>>>(3).into_iter().map(Option::unwrap_or_default);
        let attributes: BTreeMap<_, _> = rows[0].get::<_, Vec<String>>(2).into_iter().zip(jsons).collect();
        Ok((goals(&rows[0].get::<_, Vec<String>>(1)), attributes, changes))
    });
    let read = read.map_err(|error| Fault::Server("reading it", error).error(settings));
    let (goals, attributes, changes) = read?;
    let changes = changes.map_err(|fault| fault.error(settings))?;
    let trials = changes.rows.into_iter().map(|(_, trial)| trial).collect();
    restore(settings, &goals, |key| attributes.get(key).map(String::as_str), trials)
}
