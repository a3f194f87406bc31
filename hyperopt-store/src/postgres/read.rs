//! Reading the studies of a server without working on them.

use std::collections::BTreeMap;

use hyperopt_core::Sweep;
use postgres::Error;

use super::connection::Connection;
use super::fault::Fault;
use super::statements::{HAS_TABLES, LIST, STUDY};
use super::tables::{self, goals, study_row};
use crate::address::Server;
use crate::error::StudyError;
use crate::restore::restore;
use crate::rows::TrialRow;
use crate::settings::StudySettings;
use crate::study_row::StudyRow;
use crate::summary::Summary;

pub(super) fn connect(settings: &StudySettings, server: &Server) -> Result<Connection, StudyError> {
    let error = |doing| move |error: Error| Fault::Server(doing, error).error(settings);
    let mut connection =
        Connection::new(server.clone(), settings.patience, settings.least_grace(), settings.delay.clone());
    connection.open().map_err(error("connecting"))?;
    Ok(connection)
}

/// Lists the studies, in the order of their creation.
pub(crate) fn list(settings: &StudySettings, server: &Server) -> Result<Vec<Summary>, StudyError> {
    list_of(settings, &mut connect(settings, server)?)
}

pub(super) fn list_of(settings: &StudySettings, connection: &mut Connection) -> Result<Vec<Summary>, StudyError> {
    let rows = connection.run(|session| {
        let has_tables: bool = session.query(HAS_TABLES, &[])?[0].get(0);
        if has_tables { session.query(LIST, &[]) } else { Ok(Vec::new()) }
    });
    let rows = rows.map_err(|error| Fault::Server("listing the studies", error).error(settings))?;
    let count = |row: &postgres::Row, column: usize| row.get::<_, i64>(column) as usize;
    let summary = |row: &postgres::Row| Summary {
        name: row.get(0),
        goals: goals(row, 1),
        trials: count(row, 2),
        complete: count(row, 3),
        pruned: count(row, 4),
        failed: count(row, 5),
        running: count(row, 6) - count(row, 11),
        paused: count(row, 11),
        waiting: count(row, 7),
        sampler: row.get::<_, Option<String>>(8).and_then(|json| serde_json::from_str(&json).ok()),
        started: row.get(9),
        active: row.get(10),
    };
    Ok(rows.iter().map(summary).collect())
}

/// Reads the sweep in its present state.
pub(crate) fn read_sweep(settings: &StudySettings, server: &Server) -> Result<Sweep, StudyError> {
    let (study, trials) = read_rows(settings, server)?;
    restore(settings, &study, trials)
}

/// Reads the rows of the study and of its trials.
pub(crate) fn read_rows(settings: &StudySettings, server: &Server) -> Result<(StudyRow, Vec<TrialRow>), StudyError> {
    let mut connection = connect(settings, server)?;
    let studies = list_of(settings, &mut connection)?;
    if studies.iter().all(|study| study.name != settings.name) {
        return Err(settings.no_study(studies.into_iter().map(|study| study.name).collect()));
    }
    let read = connection.run(|session| {
        // Both queries see the same moment.
        session.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", "")?;
        let rows = session.query(STUDY, &[&settings.name])?;
        // It may have been deleted since it was listed.
        let Some(study) = rows.first().map(study_row) else {
            session.batch("ROLLBACK")?;
            return Ok(None);
        };
        let changes = tables::changes(session, (study.id as i32, 0), &BTreeMap::new(), None)?;
        session.batch("COMMIT")?;
        Ok(Some((study, changes)))
    });
    let read = read.map_err(|error| Fault::Server("reading it", error).error(settings));
    let Some((study, changes)) = read? else { return Err(settings.no_study(Vec::new())) };
    let changes = changes.map_err(|fault| fault.error(settings))?;
    Ok((study, changes.rows.into_iter().map(|(_, trial)| trial).collect()))
}
