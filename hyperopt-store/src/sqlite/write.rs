//! The statements that write.

use rusqlite::{Connection, Result};

use crate::rows::{Writes, key, stored};

/// The time of the database, as Optuna writes it.
const NOW: &str = "strftime('%Y-%m-%d %H:%M:%f000', 'now')";

/// Inserts a running trial and returns its id.
pub(super) fn insert(connection: &Connection, study: i64, number: usize) -> Result<i64> {
    let sql = format!("INSERT INTO trials (number, study_id, state, datetime_start) VALUES (?1, ?2, 'RUNNING', {NOW})");
    connection.prepare_cached(&sql)?.insert((number as i64, study))
}

/// Applies `writes` to a trial.
pub(super) fn apply(connection: &Connection, trial: i64, writes: &Writes<'_>) -> Result<()> {
    if let Some(state) = writes.state {
        let completed = if state.is_finished() { NOW } else { "NULL" };
        let sql = format!(
            "UPDATE trials SET state = ?2, datetime_start = coalesce(datetime_start, {NOW}), \
             datetime_complete = {completed} WHERE trial_id = ?1"
        );
        connection.prepare_cached(&sql)?.execute((trial, state.name()))?;
    }
    let sql = "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT DO NOTHING";
    for param in &writes.params {
        connection.prepare_cached(sql)?.execute((trial, param.name, param.value, param.distribution))?;
    }
    let sql = "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (trial_id, objective) DO UPDATE SET value = excluded.value, value_type = excluded.value_type";
    for (objective, &value) in writes.values.iter().enumerate() {
        let (value, kind) = stored(value);
        connection.prepare_cached(sql)?.execute((trial, objective as i64, value, kind))?;
    }
    for &(step, value) in &writes.reports {
        report(connection, trial, step, value)?;
    }
    for (table, attributes) in [("system", &writes.system), ("user", &writes.user)] {
        let sql = format!(
            "INSERT INTO trial_{table}_attributes (trial_id, key, value_json) VALUES (?1, ?2, ?3) \
             ON CONFLICT (trial_id, key) DO UPDATE SET value_json = excluded.value_json"
        );
        for (key, json) in attributes {
            connection.prepare_cached(&sql)?.execute((trial, key, json))?;
        }
    }
    Ok(())
}

/// Writes one report; it replaces an earlier one of the same step.
pub(super) fn report(connection: &Connection, trial: i64, step: u64, value: f64) -> Result<()> {
    let sql = "INSERT INTO trial_intermediate_values \
               (trial_id, step, intermediate_value, intermediate_value_type) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (trial_id, step) DO UPDATE SET intermediate_value = excluded.intermediate_value, \
               intermediate_value_type = excluded.intermediate_value_type";
    let (value, kind) = stored(value);
    connection.prepare_cached(sql)?.execute((trial, step.cast_signed(), value, kind))?;
    Ok(())
}

/// Writes the heartbeat of a running trial.
pub(super) fn beat(connection: &Connection, trial: i64) -> Result<()> {
    let sql = "INSERT INTO trial_heartbeats (trial_id, heartbeat) \
               SELECT trial_id, CURRENT_TIMESTAMP FROM trials WHERE trial_id = ?1 AND state = 'RUNNING' \
               ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat";
    connection.prepare_cached(sql)?.execute([trial])?;
    Ok(())
}

/// Deletes the lease and the heartbeat of a trial that no process runs any more.
pub(super) fn release(connection: &Connection, trial: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM trial_heartbeats WHERE trial_id = ?1")?.execute([trial])?;
    let sql = "DELETE FROM trial_system_attributes WHERE trial_id = ?1 AND key = ?2";
    connection.prepare_cached(sql)?.execute((trial, key::WORKER))?;
    Ok(())
}

/// Deletes the reports and the start of a trial that is to begin anew.
pub(super) fn clear(connection: &Connection, trial: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM trial_intermediate_values WHERE trial_id = ?1")?.execute([trial])?;
    connection.prepare_cached("UPDATE trials SET datetime_start = NULL WHERE trial_id = ?1")?.execute([trial])?;
    Ok(())
}

/// Inserts a study without trials and returns its id.
pub(super) fn insert_study(connection: &Connection, name: &str, directions: &[&str]) -> Result<i64> {
    let study = connection.prepare("INSERT INTO studies (study_name) VALUES (?1)")?.insert([name])?;
    let sql = "INSERT INTO study_directions (direction, study_id, objective) VALUES (?1, ?2, ?3)";
    for (objective, direction) in directions.iter().enumerate() {
        connection.prepare_cached(sql)?.execute((direction, study, objective as i64))?;
    }
    Ok(study)
}

/// Writes a system attribute of a study in place of the one that it has.
pub(super) fn replace_attribute(connection: &Connection, study: i64, key: &str, json: &str) -> Result<()> {
    let sql = "INSERT INTO study_system_attributes (study_id, key, value_json) VALUES (?1, ?2, ?3) \
               ON CONFLICT (study_id, key) DO UPDATE SET value_json = excluded.value_json";
    connection.prepare_cached(sql)?.execute((study, key, json))?;
    Ok(())
}

/// Inserts an attribute of a study into the table of `system` or `user` attributes, unless it is there.
pub(super) fn study_attribute(connection: &Connection, study: i64, table: &str, key: &str, json: &str) -> Result<()> {
    let sql = format!("INSERT OR IGNORE INTO study_{table}_attributes (study_id, key, value_json) VALUES (?1, ?2, ?3)");
    connection.prepare_cached(&sql)?.execute((study, key, json))?;
    Ok(())
}
