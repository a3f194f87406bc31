//! Deletes a study from a file.

use std::path::Path;

use rusqlite::{Connection, Result};

use super::connect::{self, explain};
use super::read;
use super::running::alive;
use crate::deleted::{Deleted, OF_STUDIES, OF_TRIALS};
use crate::error::StudyError;
use crate::settings::StudySettings;

/// Deletes the study that `settings` name, in one transaction.
pub(crate) fn delete(settings: &StudySettings, path: &Path, is_forced: bool) -> Result<Deleted, StudyError> {
    // A file that does not exist is not created.
    drop(connect::connect_to_read(settings, path)?);
    let connection = connect::connect(settings, path)?;
    let fault = |error| explain(settings, "deleting the study", &error);
    if connect::revision(&connection).map_err(fault)?.is_none() {
        return Err(settings.no_study(Vec::new()));
    }
    connection.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    // A connection that is dropped rolls back.
    let Some(study) = read::study(&connection, &settings.name).map_err(fault)? else {
        return Err(settings.no_study(read::names(&connection).map_err(fault)?));
    };
    let workers = alive(settings, &connection, study.id).map_err(fault)?;
    if !is_forced && !workers.is_empty() {
        return Err(settings.in_use(workers));
    }
    let trials = delete_rows(&connection, study.id).map_err(fault)?;
    connection.execute_batch("COMMIT").map_err(fault)?;
    Ok(Deleted { trials, workers })
}

/// Deletes all rows of the study; returns the number of its trials.
fn delete_rows(connection: &Connection, study: i64) -> Result<usize> {
    for table in OF_TRIALS {
        let sql = format!("DELETE FROM {table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?1)");
        connection.execute(&sql, [study])?;
    }
    let mut trials = 0;
    for table in OF_STUDIES {
        let rows = connection.execute(&format!("DELETE FROM {table} WHERE study_id = ?1"), [study])?;
        if table == "trials" {
            trials = rows;
        }
    }
    Ok(trials)
}
