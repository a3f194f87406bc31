//! The processes that run the trials of a study in a file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Result, Row};

use super::connect::{self, explain};
use super::read;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::worker::Worker;

/// Returns the process of each running trial of the study that `settings` name, if it is alive.
pub(crate) fn workers(settings: &StudySettings, path: &Path) -> Result<Vec<String>, StudyError> {
    let connection = connect::connect_to_read(settings, path)?;
    let fault = |error| explain(settings, "reading its processes", &error);
    if connect::revision(&connection).map_err(fault)?.is_none() {
        return Err(settings.no_study(Vec::new()));
    }
    let Some(study) = read::study(&connection, &settings.name).map_err(fault)? else {
        return Err(settings.no_study(read::names(&connection).map_err(fault)?));
    };
    alive(settings, &connection, study.id).map_err(fault)
}

/// Returns the process of each running trial, if it is alive.
pub(super) fn alive(settings: &StudySettings, connection: &Connection, study: i64) -> Result<Vec<String>> {
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
