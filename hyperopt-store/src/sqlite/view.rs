//! Reading the studies of a file without working on them.

use std::path::Path;

use hyperopt_core::Sweep;
use rusqlite::{Connection, Row};

use super::connect::{self, explain};
use super::read;
use crate::error::StudyError;
use crate::restore::restore;
use crate::rows::{TrialRow, key};
use crate::settings::StudySettings;
use crate::study_row::StudyRow;
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
        study.map(|study| summary(settings, &connection, name, &study)).transpose()
    };
    names.iter().filter_map(|name| summary(name).transpose()).collect()
}

fn summary(
    settings: &StudySettings,
    connection: &Connection,
    name: &str,
    study: &StudyRow,
) -> Result<Summary, StudyError> {
    let sql = "SELECT count(*), count(CASE state WHEN 'COMPLETE' THEN 1 END), count(CASE state WHEN 'PRUNED' THEN 1 END), \
                      count(CASE state WHEN 'FAIL' THEN 1 END), count(CASE state WHEN 'RUNNING' THEN 1 END), \
                      count(CASE state WHEN 'WAITING' THEN 1 END), substr(min(datetime_start), 1, 19), \
                      substr(max(max(coalesce(datetime_start, ''), coalesce(datetime_complete, ''), coalesce(heartbeat, ''))), 1, 19), \
                      count(CASE WHEN state = 'RUNNING' AND NOT EXISTS ( \
                          SELECT 1 FROM trial_system_attributes a \
                          WHERE a.trial_id = trials.trial_id AND a.key = 'hyperopt:worker') THEN 1 END) \
               FROM trials LEFT JOIN trial_heartbeats USING (trial_id) WHERE study_id = ?1";
    let sampler = study.attribute(settings, key::SAMPLER)?;
    let has_budgets = study.attribute(settings, key::BUDGETS)?.unwrap_or_default();
    let of = |row: &Row<'_>| {
        let count = |column: usize| row.get::<_, i64>(column).map(|count| count as usize);
        let time = |column: usize| -> rusqlite::Result<_> {
            Ok(row.get::<_, Option<String>>(column)?.filter(|time| !time.is_empty()))
        };
        // Between two rungs, a configuration is run by nobody.
        let paused = if has_budgets { count(8)? } else { 0 };
        Ok(Summary {
            name: name.to_owned(),
            goals: study.goals.clone(),
            trials: count(0)?,
            complete: count(1)?,
            pruned: count(2)?,
            failed: count(3)?,
            running: count(4)?.saturating_sub(paused),
            paused,
            waiting: count(5)?,
            sampler,
            started: time(6)?,
            active: time(7)?,
        })
    };
    connection.query_row(sql, [study.id], of).map_err(|error| explain(settings, "listing its studies", &error))
}

/// Reads the sweep in its present state.
pub(crate) fn read_sweep(settings: &StudySettings, path: &Path) -> Result<Sweep, StudyError> {
    let (study, trials) = read_rows(settings, path)?;
    restore(settings, &study, trials)
}

/// Reads the rows of the study and of its trials.
pub(crate) fn read_rows(settings: &StudySettings, path: &Path) -> Result<(StudyRow, Vec<TrialRow>), StudyError> {
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
    Ok((study, rows.into_iter().map(|(_, row)| row).collect()))
}
