//! Keeps the trials of a search in a JSON file, to which each trial is appended.

mod file;

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value as Json, json};

use self::file::TrialsFile;
use crate::candidates::unlabelled;
use crate::error::Error;
use crate::history::Goal;
use crate::run::Search;
use crate::search_space::{SearchSpace, listed};
use crate::space::{Axis, Coordinate, Point, Space};
use crate::sweep::Sweep;
use crate::trial::{Metric, Outcome, Record, State, Trial};

const FORMAT: &str = "hyperopt trials 1";

/// Where the cells of the levels end, if they are not equally likely.
const WEIGHTS: &str = "weights";

/// The hyperparameters that decide whether one is active.
const PARENTS: &str = "parents";

/// Makes `search` keep its trials in `file`, and resume those already in it.
pub(super) fn kept<S: SearchSpace>(search: Search<S>, file: Option<PathBuf>) -> Result<Search<S>, Error> {
    let Some(file) = file else { return Ok(search) };
    let (space, errors) = listed(search.space()).checked();
    if let Some(error) = unlabelled(&space, "the file").next() {
        return Err(error);
    }
    // The sweep itself reports the errors of the space.
    let earlier = if errors.is_empty() && search.trials_before() == 0 { load(&file, space)? } else { None };
    let search = match earlier {
        Some(earlier) => search.earlier_sweep(earlier),
        None => search,
    };
    let mut written = search.trials_before() as usize;
    let mut kept = TrialsFile::new(file.clone());
    Ok(search.watcher(move |sweep| {
        let trials = &sweep.history().trials()[written..];
        let closed = trials.iter().take_while(|trial| trial.state() != State::Running).count();
        if closed > 0 {
            written += closed;
            store(&mut kept, sweep, written).map_err(|error| fault(&file, &format!("cannot be written: {error}")))?;
        }
        Ok(None)
    }))
}

fn fault(file: &Path, reason: &str) -> Error {
    Error::SaveFile { file: file.display().to_string(), reason: reason.to_owned() }
}

/// Describes the candidates of an axis of `space` in full, and what it depends on.
fn described(space: &Space, axis: &Axis) -> Json {
    let labels = axis.labels().map(|labels| labels.iter().map(ToString::to_string).collect::<Vec<_>>());
    let ends = |levels: u64| (0..levels).filter_map(|level| Some(axis.cell(level)?.1)).map(exact).collect::<Vec<_>>();
    let weights = axis.levels().filter(|_| labels.is_some() && !axis.is_even()).map(ends);
    let candidates = labels.map_or_else(|| axis.describe(), |labels| labels.join(" | "));
    json!({ "name": axis.name(), "candidates": candidates, WEIGHTS: weights, PARENTS: space.guards_of(axis) })
}

/// Whether both describe one axis. Earlier versions wrote neither weights nor what it depends on.
fn is_alike(there: &Json, here: &Json) -> bool {
    let is_equal = |key: &str| there[key] == here[key];
    let is_unsaid = |key: &str| is_equal(key) || there.get(key).is_none();
    is_equal("name") && is_equal("candidates") && is_unsaid(WEIGHTS) && is_unsaid(PARENTS)
}

/// Makes the error that the file has trials of another space; `differs` is where it differs.
fn of_another_space(file: &Path, differs: &str) -> Error {
    fault(file, &format!("are of another space, see `{differs}`; name another file, or keep the space"))
}

/// Returns an axis that has no value in one of `records`, and depends on nothing.
fn without_value<'a>(space: &'a Space, records: &[Record]) -> Option<&'a Axis> {
    let mut always = space.axes().iter().enumerate().filter(|(_, axis)| axis.parents().is_empty());
    let lacks = |index: usize| records.iter().any(|record| !record.trial.point().is_active(index));
    always.find(|&(index, _)| lacks(index)).map(|(_, axis)| axis)
}

/// Writes a number as text that reads back as the same float.
fn exact(number: f64) -> Json {
    format!("{number:?}").into()
}

fn row(space: &Space, trial: &Trial) -> Json {
    let params = space.assignments(trial.point());
    let params: Map<String, Json> = params.map(|(label, value)| (label.to_owned(), value.to_string().into())).collect();
    let point = trial.point();
    let given: Map<String, Json> =
        (0..point.len()).filter_map(|axis| Some((axis.to_string(), exact(point.given(axis)?)))).collect();
    let metrics: Vec<Json> = trial.metrics().iter().map(|(name, value)| json!([name, exact(*value)])).collect();
    json!({
        "params": params,
        "point": trial.point().iter().map(|unit| unit.map(exact)).collect::<Vec<_>>(),
        "given": given,
        "state": trial.state().name(),
        "losses": trial.values().iter().copied().map(exact).collect::<Vec<_>>(),
        "reason": trial.reason(),
        "metrics": metrics,
        "seconds": exact(trial.duration().as_secs_f64()),
    })
}

/// Writes the first `trials` trials that are not in the file yet.
fn store(file: &mut TrialsFile, sweep: &Sweep, trials: usize) -> io::Result<()> {
    let space = sweep.space();
    let head = json!({
        "format": FORMAT,
        "seed": sweep.seed().to_string(),
        "algo": sweep.sampler(),
        "space": space.axes().iter().map(|axis| described(space, axis)).collect::<Vec<_>>(),
        "trials": [],
    });
    file.extend(&head, trials, |number| row(space, &sweep.history().trials()[number]))
}

/// Reads the sweep in `file`; returns `None` if there is no such file.
fn load(file: &Path, space: Space) -> Result<Option<Sweep>, Error> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(file, &format!("cannot be read: {error}"))),
    };
    let unreadable = || fault(file, "are not trials of `fmin`; name another file, or move this one away");
    let (whole, mended) = if let Ok(whole) = serde_json::from_str(&text) {
        (whole, None)
    } else {
        let mended = file::without_torn_row(&text);
        (serde_json::from_str::<Json>(&mended).map_err(|_| unreadable())?, Some(mended))
    };
    if whole["format"] != FORMAT {
        return Err(unreadable());
    }
    let here: Vec<Json> = space.axes().iter().map(|axis| described(&space, axis)).collect();
    let there = whole["space"].as_array().ok_or_else(unreadable)?;
    if there.len() != here.len() || !there.iter().zip(&here).all(|(there, here)| is_alike(there, here)) {
        let new = here.iter().find(|axis| !there.iter().any(|other| is_alike(other, axis)));
        let differs = new.or_else(|| there.iter().find(|axis| !here.iter().any(|other| is_alike(axis, other))));
        let name = differs.map_or("their order", |axis| axis["name"].as_str().unwrap_or_default());
        return Err(of_another_space(file, name));
    }
    let rows = whole["trials"].as_array().ok_or_else(unreadable)?;
    let records: Option<Vec<Record>> =
        rows.iter().enumerate().map(|(number, row)| record(number, row, &space)).collect();
    if let Some(axis) = records.as_ref().and_then(|records| without_value(&space, records)) {
        return Err(of_another_space(file, axis.name()));
    }
    let seed = whole["seed"].as_str().and_then(|seed| seed.parse().ok());
    let algo = whole["algo"].as_str().unwrap_or_default().to_owned();
    let sweep = records
        .zip(seed)
        .and_then(|(records, seed)| Sweep::restored(space, &[Goal::Minimize], Vec::new(), seed, algo, &records));
    let sweep = sweep.ok_or_else(unreadable)?;
    if let Some(mended) = mended {
        // A file that cannot be written says so with the next trial.
        file::replace(file, mended.as_bytes()).ok();
    }
    Ok(Some(sweep))
}

fn float(json: &Json) -> Option<f64> {
    json.as_str()?.parse().ok()
}

fn record(number: usize, row: &Json, space: &Space) -> Option<Record> {
    let units = row["point"].as_array()?;
    let unit =
        |json: &Json| if json.is_null() { Some(f64::NAN) } else { float(json).filter(|x| (0.0..=1.0).contains(x)) };
    let mut point: Point = units.iter().map(unit).collect::<Option<Vec<_>>>()?.into();
    if point.len() != space.len() {
        return None;
    }
    for (axis, given) in row["given"].as_object().into_iter().flatten() {
        let axis = axis.parse().ok()?;
        point.place(axis, Coordinate::new(point.get(axis)?, Some(float(given)?)));
    }
    let named = |json: &Json| Some((Cow::Owned(json[0].as_str()?.to_owned()), float(&json[1])?));
    let state = match row["state"].as_str()? {
        "complete" => State::Complete,
        "pruned" => State::Pruned,
        "failed" => State::Failed,
        _ => State::Cancelled,
    };
    let losses: Vec<f64> = row["losses"].as_array()?.iter().map(float).collect::<Option<_>>()?;
    let metrics: Vec<Metric> = row["metrics"].as_array()?.iter().map(named).collect::<Option<_>>()?;
    let outcome = Outcome::restored(state, losses, row["reason"].as_str().map(ToOwned::to_owned)).with_metrics(metrics);
    let mut trial = Trial::running(number, number, None, point);
    trial.close(outcome, Duration::try_from_secs_f64(float(&row["seconds"])?).ok()?);
    Some(Record::new(trial))
}
