//! Reading the studies of a file without working on them.

use std::path::Path;

use hyperopt_core::Sweep;
use rusqlite::{Connection, Row};

use super::connect::{self, explain};
use super::read;
use crate::error::StudyError;
use crate::restore::restore;
use crate::settings::StudySettings;
use crate::summary::Summary;

/// Lists the studies, in the order of their creation.
pub(crate) fn list(settings: &StudySettings, path: &Path) -> Result<Vec<Summary>, StudyError> {
    let connection = connect::connect_to_read(settings, path)?;
    let fault = |error| explain(settings, "listing its studies", &error);
    if connect::revision(&connection).map_err(fault)?.is_none() {
        return Ok(Vec::new());
    }
    let names = read::names(&connection).map_err(fault)?;
    let summary = |name: &String| {
        let study = read::study(&connection, name).map_err(fault)?;
        let goals = study.as_ref().map(|study| study.goals.clone()).unwrap_or_default();
        let (trials, complete) = study.map_or(Ok((0, 0)), |study| counts(&connection, study.id)).map_err(fault)?;
        Ok(Summary { name: name.clone(), goals, trials, complete })
    };
    names.iter().map(summary).collect()
}

fn counts(connection: &Connection, study: i64) -> rusqlite::Result<(usize, usize)> {
    let sql = "SELECT count(*), count(CASE state WHEN 'COMPLETE' THEN 1 END) FROM trials WHERE study_id = ?1";
    let pair = |row: &Row<'_>| Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize));
    connection.query_row(sql, [study], pair)
}

/// Reads the sweep in its present state.
pub(crate) fn read_sweep(settings: &StudySettings, path: &Path) -> Result<Sweep, StudyError> {
    let connection = connect::connect_to_read(settings, path)?;
    let fault = |error| explain(settings, "reading the study", &error);
    // One transaction, so that all tables are of one moment.
    connection.execute_batch("BEGIN").map_err(fault)?;
    let has_tables = connect::revision(&connection).map_err(fault)?.is_some();
    let study = if has_tables { read::study(&connection, &settings.name).map_err(fault)? } else { None };
    let Some(study) = study else {
        let names = if has_tables { read::names(&connection).map_err(fault)? } else { Vec::new() };
        return Err(settings.no_study(names));
    };
    let rows = read::trials(&connection, study.id, 0, i64::MAX).map_err(fault)?;
    let trials = rows.into_iter().map(|(_, row)| row).collect();
    restore(settings, &study, trials)
}
