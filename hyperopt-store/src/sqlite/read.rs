//! The statements that read.

use hyperopt_core::Goal;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row};

use crate::rows::{RowState, TrialRow, loaded};
use crate::study_row::{self, StudyRow};

/// Reads the study with this name.
pub(super) fn study(connection: &Connection, name: &str) -> Result<Option<StudyRow>> {
    let id = "SELECT study_id FROM studies WHERE study_name = ?1";
    let Some(id) = connection.query_row(id, [name], |row| row.get(0)).optional()? else { return Ok(None) };
    let directions = "SELECT direction FROM study_directions WHERE study_id = ?1 ORDER BY objective";
    let goals = connection.prepare(directions)?.query_map([id], goal)?.collect::<Result<_>>()?;
    let attributes = "SELECT key, value_json FROM study_system_attributes WHERE study_id = ?1";
    let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let attributes = connection.prepare(attributes)?.query_map([id], pair)?.collect::<Result<_>>()?;
    Ok(Some(StudyRow { id, goals, attributes }))
}

fn goal(row: &Row<'_>) -> Result<Goal> {
    Ok(study_row::goal(row.get_ref(0)?.as_str()?))
}

/// Returns the names of all studies, in the order of their creation.
pub(super) fn names(connection: &Connection) -> Result<Vec<String>> {
    let names = "SELECT study_name FROM studies ORDER BY study_id";
    connection.prepare(names)?.query_map((), |row| row.get(0))?.collect()
}

/// Checks that a study has not been deleted.
pub(super) fn exists(connection: &Connection, study: i64) -> Result<()> {
    connection.prepare_cached("SELECT 1 FROM studies WHERE study_id = ?1")?.query_row([study], |_| Ok(()))
}

/// Returns whether a study has any trial.
pub(super) fn has_trials(connection: &Connection, study: i64) -> Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM trials WHERE study_id = ?1)", [study], |row| row.get(0))
}

/// Reads the trials of a study whose ids are from `first` to `last`, in the order of their ids.
pub(super) fn trials(connection: &Connection, study: i64, first: i64, last: i64) -> Result<Vec<(i64, TrialRow)>> {
    let mut trials = rows(connection, study, first, last)?;
    let (Some(&(first, _)), Some(&(last, _))) = (trials.first(), trials.last()) else { return Ok(trials) };
    attach(connection, SYSTEM, &mut trials, (first, last), |trial, row| {
        trial.system.put(row.get_ref(1)?.as_str()?, row.get(2)?);
        Ok(())
    })?;
    attach(connection, VALUES, &mut trials, (first, last), |trial, row| {
        trial.values.push(loaded(row.get(1)?, row.get_ref(2)?.as_str()?));
        Ok(())
    })?;
    attach(connection, REPORTS, &mut trials, (first, last), |trial, row| {
        trial.reports.push((row.get::<_, i64>(1)?.cast_unsigned(), loaded(row.get(2)?, row.get_ref(3)?.as_str()?)));
        Ok(())
    })?;
    let mut foreign = trials.iter().filter(|(_, trial)| trial.system.point.is_none()).map(|(id, _)| *id);
    if let Some(first) = foreign.next() {
        let last = foreign.next_back().unwrap_or(first);
        attach_foreign(connection, &mut trials, (first, last))?;
    }
    Ok(trials)
}

/// Reads the parameters, user attributes and durations of the trials that other programs have written. The attributes of
/// ours contain all of it, and these tables are the largest part of a database.
fn attach_foreign(connection: &Connection, trials: &mut [(i64, TrialRow)], range: (i64, i64)) -> Result<()> {
    attach(connection, PARAMS, trials, range, |trial, row| {
        if trial.system.point.is_none() {
            trial.params.push((row.get(1)?, row.get(2)?, row.get(3)?));
        }
        Ok(())
    })?;
    attach(connection, USER, trials, range, |trial, row| {
        if trial.system.point.is_none() {
            trial.user.push((row.get(1)?, row.get(2)?));
        }
        Ok(())
    })?;
    attach(connection, SECONDS, trials, range, |trial, row| {
        trial.seconds = row.get(1)?;
        Ok(())
    })
}

const SYSTEM: &str = "SELECT trial_id, key, value_json FROM trial_system_attributes \
                      WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id";
const VALUES: &str = "SELECT trial_id, value, value_type FROM trial_values \
                      WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id, objective";
const REPORTS: &str = "SELECT trial_id, step, intermediate_value, intermediate_value_type FROM trial_intermediate_values \
                       WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id, step";
const PARAMS: &str = "SELECT trial_id, param_name, param_value, distribution_json FROM trial_params \
                      WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id, param_id";
const USER: &str = "SELECT trial_id, key, value_json FROM trial_user_attributes \
                    WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id, trial_user_attribute_id";
const SECONDS: &str = "SELECT trial_id, (julianday(datetime_complete) - julianday(datetime_start)) * 86400.0 FROM trials \
                       WHERE trial_id BETWEEN ?1 AND ?2 ORDER BY trial_id";

fn rows(connection: &Connection, study: i64, first: i64, last: i64) -> Result<Vec<(i64, TrialRow)>> {
    let sql = "SELECT trial_id, number, state FROM trials \
               WHERE study_id = ?1 AND trial_id BETWEEN ?2 AND ?3 ORDER BY trial_id";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &Row<'_>| {
        let fault = |fault: String| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, fault.into());
        let state = RowState::parse(row.get_ref(2)?.as_str()?).map_err(fault)?;
        Ok((row.get(0)?, TrialRow::new(row.get::<_, i64>(1)? as usize, state)))
    };
    statement.query_map([study, first, last], row)?.collect()
}

/// Calls `take` with each row of `sql` and its trial; both are in the order of their ids.
fn attach(
    connection: &Connection,
    sql: &str,
    trials: &mut [(i64, TrialRow)],
    (first, last): (i64, i64),
    mut take: impl FnMut(&mut TrialRow, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([first, last])?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        while trials.get(at).is_some_and(|(trial, _)| *trial < id) {
            at += 1;
        }
        // The rows in between are those of other studies.
        if let Some((_, trial)) = trials.get_mut(at).filter(|(trial, _)| *trial == id) {
            take(trial, row)?;
        }
    }
    Ok(())
}

/// Reads a system attribute of a trial.
pub(super) fn attribute(connection: &Connection, trial: i64, key: &str) -> Result<Option<String>> {
    let sql = "SELECT value_json FROM trial_system_attributes WHERE trial_id = ?1 AND key = ?2";
    connection.prepare_cached(sql)?.query_row((trial, key), |row| row.get(0)).optional()
}

/// Reads the state of a trial, its lease, and the text of its last heartbeat.
pub(super) fn liveness(connection: &Connection, trial: i64) -> Result<(RowState, Option<String>, Option<String>)> {
    let sql = "SELECT state, (SELECT value_json FROM trial_system_attributes a \
                              WHERE a.trial_id = t.trial_id AND a.key = 'hyperopt:worker'), \
                      (SELECT CAST(heartbeat AS TEXT) FROM trial_heartbeats h WHERE h.trial_id = t.trial_id) \
               FROM trials t WHERE trial_id = ?1";
    connection.prepare_cached(sql)?.query_row([trial], |row| {
        let fault = |fault: String| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, fault.into());
        Ok((RowState::parse(row.get_ref(0)?.as_str()?).map_err(fault)?, row.get(1)?, row.get(2)?))
    })
}
