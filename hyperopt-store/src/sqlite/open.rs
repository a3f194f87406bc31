//! Opening a study: finds it in the file, or begins it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use hyperopt_core::study::{Opened, Opening};
use rusqlite::Connection;

use super::connect::{self, LAST_PATIENCE, explain};
use super::open_study::OpenStudy;
use super::{read, write};
use crate::error::StudyError;
use crate::heartbeat::Heartbeat;
use crate::ledger::Ledger;
use crate::rows::study_attributes;
use crate::settings::StudySettings;
use crate::study_row::{self, FOREIGN_TRIALS, StudyRow, direction};

/// Finds the study that `settings` name, or begins it.
pub(super) fn open(
    settings: &StudySettings,
    path: &Path,
    opening: &Opening,
) -> Result<(Opened, OpenStudy), StudyError> {
    let connection = connect::connect(settings, path)?;
    connect::prepare(settings, &connection)?;
    let fault = |error| explain(settings, "opening the study", &error);
    connect::begin(settings, &connection).map_err(fault)?;
    // A connection that is dropped rolls back.
    let study = begin(settings, &connection, opening)?;
    connection.execute_batch("COMMIT").map_err(fault)?;
    let opened = study.opened(settings)?;
    let heartbeat = Heartbeat::start(settings.heartbeat, beats(settings.clone(), path.to_owned()));
    let ledger = Ledger::with_heartbeat(study_row::rows(&opened, opening), heartbeat);
    Ok((opened, OpenStudy::new(connection, study.id, ledger)))
}

/// Finds the study, with the attributes that it had, or begins it.
fn begin(settings: &StudySettings, connection: &Connection, opening: &Opening) -> Result<StudyRow, StudyError> {
    let fault = |error| explain(settings, "opening the study", &error);
    let name = &settings.name;
    let found = read::study(connection, name).map_err(fault)?;
    let is_new = found.is_none();
    let study = if let Some(study) = found {
        study
    } else {
        let directions: Vec<_> = opening.goals.iter().map(|goal| direction(*goal)).collect();
        let id = write::insert_study(connection, name, &directions).map_err(fault)?;
        StudyRow { id, goals: opening.goals.clone(), attributes: HashMap::new() }
    };
    if study.has_space() {
        return Ok(study);
    }
    if !is_new && opening.has_budgets && read::has_trials(connection, study.id).map_err(fault)? {
        return Err(settings.damaged(FOREIGN_TRIALS));
    }
    let (system, user) = study_attributes(opening);
    let system = system.iter().map(|attribute| ("system", attribute));
    for (table, (key, json)) in system.chain(user.iter().map(|attribute| ("user", attribute))) {
        write::study_attribute(connection, study.id, table, key, json).map_err(fault)?;
    }
    Ok(study)
}

/// Returns the work of the heartbeat's thread, on a connection of its own, which is opened when it is needed.
fn beats(settings: StudySettings, path: PathBuf) -> impl FnMut(&[i64]) + Send + 'static {
    let settings = StudySettings { patience: LAST_PATIENCE, ..settings };
    let mut connection = None;
    move |trials| {
        if connection.is_none() {
            connection = connect::connect(&settings, &path).ok();
        }
        let Some(open) = &connection else { return };
        let beat = |trials: &[i64]| {
            open.execute_batch("BEGIN IMMEDIATE")?;
            trials.iter().try_for_each(|&trial| write::beat(open, trial))?;
            open.execute_batch("COMMIT")
        };
        if beat(trials).is_err() {
            // The next beat begins anew.
            connection = None;
        }
    }
}
