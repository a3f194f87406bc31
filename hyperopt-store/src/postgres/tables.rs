//! The rows of the tables as the statements take and return them.

use std::collections::BTreeMap;
use std::time::Duration;

use hyperopt_core::Goal;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Error, Row};

use super::columns::{Columns, Value};
use super::fault::Fault;
use super::session::Session;
use super::statements::{ALL, IS_CHANGED, LEASED, NEWS, START, TAKE, WRITE_LEASED, WRITE_UNCHANGED};
use crate::rows::{RowState, TrialRow, Writes, key, loaded};
use crate::study_row::{self, StudyRow};
use crate::worker::HeldLease;

/// An unfinished trial as it was last seen.
#[derive(Clone, Debug)]
pub(super) struct OpenTrial {
    pub(super) number: usize,
    /// The version of its row in `trials`, which each write changes.
    pub(super) version: String,
    pub(super) state: RowState,
    pub(super) lease: Option<HeldLease>,
    pub(super) rungs: Option<String>,
    pub(super) retries: u32,
    /// Its last heartbeat, if that is not a recent one by the clock of the server.
    pub(super) silent: Option<String>,
    /// Whether this process runs it; then no other process writes to it.
    pub(super) is_mine: bool,
}

impl OpenTrial {
    /// Returns whether no process runs it, because it waits or is between two rungs.
    pub(super) fn is_free(&self) -> bool {
        self.state == RowState::Waiting || self.lease.is_none()
    }
}

/// The rows that are new or have changed, in the order of their ids, and the unfinished trials among them, by id.
#[derive(Debug, Default)]
pub(super) struct ChangedRows {
    pub(super) rows: Vec<(i64, TrialRow)>,
    pub(super) open: BTreeMap<i64, OpenTrial>,
}

/// Returns the row of a study that `STUDY` returns.
pub(super) fn study_row(row: &Row) -> StudyRow {
    let jsons = row.get::<_, Vec<Option<String>>>(3).into_iter().map(Option::unwrap_or_default);
    let attributes = row.get::<_, Vec<String>>(2).into_iter().zip(jsons).collect();
    StudyRow { id: row.get::<_, i32>(0).into(), goals: goals(row, 1), attributes }
}

/// Returns the goals in a column of directions.
pub(super) fn goals(row: &Row, column: usize) -> Vec<Goal> {
    row.get::<_, Vec<&str>>(column).into_iter().map(study_row::goal).collect()
}

/// Writes the heartbeats of those trials `$1` whose leases still contain `$2`.
pub(super) const BEAT: &str = "
    INSERT INTO trial_heartbeats (trial_id, heartbeat)
    SELECT trial_id, clock_timestamp()::timestamp FROM (
        SELECT t.trial_id FROM trials t JOIN trial_system_attributes a USING (trial_id)
        WHERE t.trial_id = ANY($1::int4[]) AND t.state = 'RUNNING' AND a.key = 'hyperopt:worker' AND strpos(a.value_json, $2) > 0
        ORDER BY t.trial_id
        FOR SHARE OF t, a
    ) leased
    ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat";

/// Begins a transaction and locks the study: no other process starts a trial until it ends. Returns when the server was
/// started, which tells another server and another run of the same one apart; `None` if the study is gone.
pub(super) fn lock(session: &mut Session, study: i32) -> Result<Option<String>, Error> {
    session.begin_row(&format!(
        "SELECT EXTRACT(epoch FROM pg_postmaster_start_time()) FROM studies WHERE study_id = {study} FOR UPDATE"
    ))
}

/// Reads the trials of `study` after the id `last`, and those of `known` that other processes have changed. Those whose last
/// heartbeat is older than `silence` are among them, unless it is `None`.
pub(super) fn changes(
    session: &mut Session,
    (study, last): (i32, i64),
    known: &BTreeMap<i64, OpenTrial>,
    silence: Option<Duration>,
) -> Result<Result<ChangedRows, Fault>, Error> {
    let (ids, versions) = theirs(known);
    let silence = seconds(silence);
    let mut rows = if last <= 0 {
        session.rows(ALL, &[&study, &silence])?
    } else {
        session.rows(NEWS, &[&study, &(last as i32), &ids, &versions, &silence])?
    };
    let mut changes = ChangedRows::default();
    while let Some(row) = rows.next()? {
        let id = row.get::<_, i32>(0).into();
        match trial(&row) {
            Ok((trial, open)) => {
                if !trial.state.is_finished() {
                    changes.open.insert(id, open);
                }
                changes.rows.push((id, trial));
            }
            Err(reason) => return Ok(Err(Fault::Study(format!("the trial with the id {id}: {reason}")))),
        }
    }
    Ok(Ok(changes))
}

/// Returns whether there are such changes.
pub(super) fn is_changed(
    session: &mut Session,
    (study, last): (i32, i64),
    known: &BTreeMap<i64, OpenTrial>,
    grace: Option<Duration>,
) -> Result<bool, Error> {
    let (ids, versions) = theirs(known);
    let rows = session.query(IS_CHANGED, &[&study, &(last as i32), &ids, &versions, &seconds(grace)])?;
    Ok(rows.first().is_none_or(|row| row.get(0)))
}

/// Returns the parameter that says from which age a heartbeat is old.
fn seconds(grace: Option<Duration>) -> f64 {
    grace.map_or(-1.0, |grace| grace.as_secs_f64())
}

/// Returns the ids and the versions of the trials that other processes may change.
fn theirs(known: &BTreeMap<i64, OpenTrial>) -> (Vec<i32>, Vec<&str>) {
    let theirs = known.iter().filter(|(_, open)| !open.is_mine);
    theirs.map(|(&id, open)| (id as i32, open.version.as_str())).unzip()
}

/// Reads the trial `id` of `study`.
pub(super) fn read(session: &mut Session, study: i32, id: i64) -> Result<Option<TrialRow>, Error> {
    let rows = session.query(NEWS, &[&study, &i32::MAX, &vec![id as i32], &vec![""], &0.0])?;
    Ok(rows.first().and_then(|row| trial(row).ok()).map(|(trial, _)| trial))
}

fn trial(row: &Row) -> Result<(TrialRow, OpenTrial), String> {
    let texts = |column: usize| {
        let texts = row.get::<_, Option<Vec<Option<String>>>>(column).unwrap_or_default();
        texts.into_iter().map(Option::unwrap_or_default)
    };
    let floats = |column: usize| row.get::<_, Option<Vec<Option<f64>>>>(column).unwrap_or_default().into_iter();
    let number = row.get::<_, Option<i32>>(1).and_then(|number| usize::try_from(number).ok());
    let number = number.ok_or("it has no number")?;
    let state = RowState::parse(row.get(2))?;
    let mut trial = TrialRow::new(number, state);
    let (version, silent) = (row.get(3), row.get(5));
    let mut open = OpenTrial { number, version, state, lease: None, rungs: None, retries: 0, silent, is_mine: false };
    for (key, json) in texts(6).zip(texts(7)) {
        match key.as_str() {
            key::WORKER => open.lease = Some(HeldLease::of(json)),
            key::RETRIES => open.retries = json.parse().unwrap_or_default(),
            _ => {
                if key == key::RUNGS {
                    open.rungs = Some(json.clone());
                }
                trial.system.put(&key, json);
            }
        }
    }
    trial.seconds = row.get(4);
    trial.params = texts(8)
        .zip(floats(9))
        .zip(texts(10))
        .map(|((name, value), distribution)| (name, value.unwrap_or(f64::NAN), distribution))
        .collect();
    trial.values = floats(11).zip(texts(12)).map(|(value, kind)| loaded(value, &kind)).collect();
    trial.reports = row
        .get::<_, Option<Vec<i32>>>(13)
        .unwrap_or_default()
        .into_iter()
        .zip(floats(14).zip(texts(15)))
        .filter_map(|(step, (value, kind))| Some((u64::try_from(step).ok()?, loaded(value, &kind))))
        .collect();
    trial.user = texts(16).zip(texts(17)).collect();
    Ok((trial, open))
}

/// The process that a trial is given to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner<'a> {
    pub(super) lease: &'a str,
    /// For people.
    pub(super) worker: &'a str,
}

/// Inserts a running trial and returns its id.
pub(super) fn start(
    session: &mut Session,
    (study, number): (i32, usize),
    writes: &Writes<'_>,
    runner: Runner<'_>,
) -> Result<i64, Error> {
    let number = number as i32;
    let columns = Columns::of(writes, Some(runner.lease));
    let worker: Value<'_> = &runner.worker;
    let ([names, values, distributions], [keys, jsons, ..]) = (columns.params(), columns.attributes());
    let rows = session.query(START, &[&study, &number, names, values, distributions, keys, jsons, worker])?;
    Ok(rows[0].get::<_, i32>(0).into())
}

/// Takes the trial `id`, which `waits` or else is between two rungs. Returns `false` if another process has taken it.
pub(super) fn take(
    session: &mut Session,
    id: i64,
    waits: bool,
    writes: &Writes<'_>,
    runner: Runner<'_>,
) -> Result<bool, Error> {
    let id = id as i32;
    let columns = Columns::of(writes, Some(runner.lease));
    let worker: Value<'_> = &runner.worker;
    let ([names, values, distributions], [keys, jsons, ..]) = (columns.params(), columns.attributes());
    let rows = session.query(TAKE, &[&id, names, values, distributions, keys, jsons, worker, &waits])?;
    Ok(!rows.is_empty())
}

/// The condition under which a trial is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fence<'a> {
    /// Still running under this lease.
    Leased(&'a str),
    /// Not finished, its row in `trials` in this version.
    Unchanged(&'a str),
}

/// Writes to the trial `id` and returns its new version; `None` if the `fence` does not hold. A trial that waits, or has no
/// state in `writes`, loses its lease and its heartbeat; if `is_void`, its reports too.
pub(super) fn write(
    session: &mut Session,
    id: i64,
    fence: Fence<'_>,
    writes: &Writes<'_>,
    is_void: bool,
) -> Result<Option<String>, Error> {
    let id = id as i32;
    let columns = Columns::of(writes, None);
    let state = writes.state.unwrap_or(RowState::Running);
    let is_free = !state.is_finished();
    let (sql, fence) = match fence {
        Fence::Leased(lease) => (WRITE_LEASED, lease),
        Fence::Unchanged(version) => (WRITE_UNCHANGED, version),
    };
    let mut values: Vec<Value<'_>> = vec![&id, &fence];
    let state = state.name();
    values.push(&state);
    values.extend(columns.attributes());
    values.extend(columns.numbers());
    values.extend([&is_free as Value<'_>, &is_void]);
    values.extend(columns.params());
    let rows = session.query(sql, &values)?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Returns the id of the trial with this number, if it runs under this lease.
pub(super) fn leased(session: &mut Session, study: i32, number: usize, lease: &str) -> Result<Option<i64>, Error> {
    let rows = session.query(LEASED, &[&study, &(number as i32), &lease])?;
    Ok(rows.first().map(|row| row.get::<_, i32>(0).into()))
}
