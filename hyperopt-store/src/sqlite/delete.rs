//! Deletes a study from a file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Result, Row};

use super::connect::{self, explain};
use super::read;
use crate::deleted::{Deleted, OF_STUDIES, OF_TRIALS};
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::worker::Worker;

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
    let workers = workers(settings, &connection, study.id).map_err(fault)?;
    if !is_forced && !workers.is_empty() {
        return Err(settings.in_use(workers));
    }
    let trials = delete_rows(&connection, study.id).map_err(fault)?;
    connection.execute_batch("COMMIT").map_err(fault)?;
    Ok(Deleted { trials, workers })
}

/// The processes that run a trial of the study and are alive.
fn workers(settings: &StudySettings, connection: &Connection, study: i64) -> Result<Vec<String>> {
    let sql = "SELECT (SELECT value_json FROM trial_system_attributes a \
                       WHERE a.trial_id = t.trial_id AND a.key = 'hyperopt:worker'), \
                      (SELECT (julianday('now') - julianday(heartbeat)) * 86400.0 FROM trial_heartbeats h \
                       WHERE h.trial_id = t.trial_id) \
               FROM trials t WHERE study_id = ?1 AND state = 'RUNNING' ORDER BY number";
    let has_budgets = "SELECT EXISTS (SELECT 1 FROM study_system_attributes \
                       WHERE study_id = ?1 AND key = 'hyperopt:budgets' AND value_json = 'true')";
    let has_budgets: bool = connection.query_row(has_budgets, [study], |row| row.get(0))?;
    let this = Worker::this();
    let pair = |row: &Row<'_>| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<f64>>(1)?));
    let running = connection.prepare(sql)?.query_map([study], pair)?.collect::<Result<Vec<_>>>()?;
    let alive = running.into_iter().filter(|(lease, age)| {
        // Between two rungs, a configuration is run by nobody.
        let is_free = has_budgets && lease.is_none();
        let age = age.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or_default());
        !is_free && !this.sees_dead(lease.as_deref(), age, settings.least_grace())
    });
    Ok(alive.map(|(lease, _)| Worker::named(lease.as_deref())).collect())
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
