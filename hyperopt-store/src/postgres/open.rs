use std::collections::BTreeMap;

use hyperopt_core::Goal;
use hyperopt_core::study::{Opened, Opening};
use postgres::{Config, Error};
use serde::de::DeserializeOwned;

use super::connection::{Connection, Session};
use super::fault::Fault;
use super::live::Live;
use super::schema;
use super::statements::{ADD_STUDY, BEGIN_STUDY, HAS_TRIALS, REVISION, SHOW_STUDY, STUDY};
use crate::error::StudyError;
use crate::ledger::Ledger;
use crate::rows::{Rows, key, study_attributes};
use crate::study::Settings;
use crate::worker::Worker;

/// Optuna's revision of the tables.
const EXPECTED: &str = "v3.2.0.a";

/// Begins the study that `settings` name, or finds it.
pub(super) fn open(
    settings: &Settings,
    url: &str,
    opening: &Opening,
    worker: Worker,
) -> Result<(Opened, Live), StudyError> {
    let error = |doing| move |error: Error| Fault::Server(doing, error).error(settings);
    let config: Config = url.parse().map_err(error("reading the address"))?;
    let mut connection = Connection::new(config.clone(), settings.patience, settings.least_grace());
    connection.open().map_err(error("connecting"))?;
    let revision = connection.run(|session| {
        schema::create(session)?;
        Ok(session.query(REVISION, &[])?.first().map(|row| row.get::<_, String>(0)))
    });
    match revision.map_err(error("making the tables"))? {
        Some(found) if found != EXPECTED => {
            return Err(StudyError::Revision { url: settings.address.to_string(), found, expected: EXPECTED });
        }
        _ => {}
    }
    let found = connection.run(|session| {
        session.batch("BEGIN")?;
        let found = begin(session, settings, opening)?;
        session.batch(if found.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        Ok(found)
    });
    let (id, goals, attributes) = found.map_err(error("beginning it"))?.map_err(|fault| fault.error(settings))?;
    let attribute = Attributes { settings, attributes: &attributes };
    let opened = Opened {
        name: settings.name.clone(),
        space: attribute.read(key::SPACE)?,
        goals: self::goals(&goals),
        seed: attribute.read(key::SEED)?,
        has_budgets: attribute.read(key::BUDGETS)?,
        names: attribute.read(key::METRIC_NAMES)?.unwrap_or_default(),
    };
    let space = opened.space.clone().unwrap_or_else(|| opening.space.clone());
    let has_budgets = opened.has_budgets.unwrap_or(opening.has_budgets);
    let ledger = Ledger::new(Rows::new(space, opened.goals.clone(), has_budgets));
    let live = Live::new(settings.clone(), worker, (connection, config), id, ledger, !opened.names.is_empty());
    Ok((opened, live))
}

/// The number of a study, its directions, and its attributes.
type Found = (i32, Vec<String>, BTreeMap<String, String>);

/// Finds the study, with the attributes that it had, or begins it.
fn begin(session: &mut Session, settings: &Settings, opening: &Opening) -> Result<Result<Found, Fault>, Error> {
    let (said, shown) = study_attributes(opening);
    let (keys, jsons): (Vec<_>, Vec<_>) = said.into_iter().unzip();
    let (shown_keys, shown_jsons): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
    let mut rows = session.query(STUDY, &[&settings.name])?;
    let is_new = rows.is_empty();
    if is_new {
        let goals: Vec<_> = opening.goals.iter().map(|goal| direction(*goal)).collect();
        session.query(BEGIN_STUDY, &[&settings.name, &goals, &keys, &jsons])?;
        rows = session.query(STUDY, &[&settings.name])?;
    }
    let row = &rows[0];
    let id: i32 = row.get(0);
    let jsons_there = row.get::<_, Vec<Option<String>>>(3).into_iter().map(Option::unwrap_or_default);
    let attributes: BTreeMap<_, _> = row.get::<_, Vec<String>>(2).into_iter().zip(jsons_there).collect();
    let is_adopted = !attributes.contains_key(key::SPACE);
    if is_adopted {
        if opening.has_budgets && session.query(HAS_TRIALS, &[&id])?[0].get(0) {
            let reason = "another program has begun it, and the trials of a sweep with budgets are those of its scheduler \
                          alone: choose another name";
            return Ok(Err(Fault::Study(reason.into())));
        }
        session.query(ADD_STUDY, &[&id, &keys, &jsons])?;
    }
    if is_new || is_adopted {
        session.query(SHOW_STUDY, &[&id, &shown_keys, &shown_jsons])?;
    }
    Ok(Ok((id, row.get(1), attributes)))
}

const MAXIMIZE: &str = "MAXIMIZE";

pub(super) fn goals(directions: &[String]) -> Vec<Goal> {
    directions.iter().map(|goal| if goal == MAXIMIZE { Goal::Maximize } else { Goal::Minimize }).collect()
}

fn direction(goal: Goal) -> &'static str {
    match goal {
        Goal::Minimize => "MINIMIZE",
        Goal::Maximize => MAXIMIZE,
    }
}

struct Attributes<'a> {
    settings: &'a Settings,
    attributes: &'a BTreeMap<String, String>,
}

impl Attributes<'_> {
    fn read<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StudyError> {
        let fault = |error| Fault::Study(format!("its attribute `{key}` cannot be read: {error}")).error(self.settings);
        self.attributes.get(key).map(|json| serde_json::from_str(json)).transpose().map_err(fault)
    }
}
