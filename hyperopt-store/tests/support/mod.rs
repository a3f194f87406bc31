//! A sweep as an engine would keep it, without the engine.

// Each program of tests is a crate of its own and uses a part of it.
#![allow(dead_code)]

pub(crate) mod guards;
pub(crate) mod scheduler;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyperopt_core::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};
use hyperopt_core::{Axis, Candidates, Goal, Outcome, Point, Space, Trial, linrange, log};
use hyperopt_store::Study;
use rusqlite::Connection;

/// A directory of its own for each test, removed at its end.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("hyperopt-store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A connection to the file, past the store.
    pub(crate) fn connection(&self) -> Connection {
        Connection::open(self.file("study.db")).unwrap()
    }

    /// Returns the number of rows of `what`: a table, and a condition if need be.
    pub(crate) fn count(&self, what: &str) -> i64 {
        self.connection().query_row(&format!("SELECT count(*) FROM {what}"), (), |row| row.get(0)).unwrap()
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.file("study.db").display())
    }

    pub(crate) fn study(&self) -> Study {
        Study::open(&self.url()).unwrap().name("test").patience(Duration::from_secs(20))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn axis<C: Candidates>(name: &str, parents: &[usize], candidates: C) -> Axis {
    candidates.dimension().axis(name, name, parents).unwrap()
}

/// `gamma` is conditional on `kernel`.
pub(crate) fn space() -> Space {
    Space::try_from(vec![
        axis("x", &[], 0.0..=1.0),
        axis("lr", &[], log(1e-5..=1e-1)),
        axis("n", &[], 1..=8),
        axis("step", &[], linrange(0.0, 1.0, 5)),
        axis("kernel", &[], vec![(); 2]),
        axis("gamma", &[4], 0.0..=1.0),
    ])
    .unwrap()
}

pub(crate) fn opening(goals: usize, has_budgets: bool) -> Opening {
    Opening::new(space(), vec![Goal::Minimize; goals], 7, "RandomSampler".into(), has_budgets)
}

pub(crate) fn point(number: usize) -> Point {
    let unit = |axis: usize| (number as f64 + 1.0) * (axis as f64 + 0.1) / 7.0 % 1.0;
    (0..6).map(|axis| if axis == 5 && number % 2 == 1 { f64::NAN } else { unit(axis) }).collect()
}

pub(crate) fn running(number: usize) -> Record {
    Record::new(Trial::running(number, number, None, point(number)))
}

pub(crate) fn closed(number: usize, outcome: Outcome) -> Record {
    let mut record = running(number);
    record.trial.close(outcome, Duration::from_millis(5));
    record
}

pub(crate) fn complete(number: usize, value: f64) -> Record {
    closed(number, Outcome::value(value))
}

/// A trial of a sweep with budgets, at its start.
pub(crate) fn rung(number: usize, configuration: usize, resources: f64) -> Record {
    Record::new(Trial::running(number, configuration, Some(resources), point(configuration)))
}

/// `started` with an outcome.
pub(crate) fn close(started: &Record, outcome: Outcome) -> Record {
    let mut record = started.clone();
    record.trial.close(outcome, Duration::from_millis(1500));
    record
}

/// `started` as a complete trial with a metric.
pub(crate) fn finished(started: &Record, value: f64) -> Record {
    close(started, Outcome::value(value).with_metrics([("accuracy", 0.5)]))
}

/// A sweep over eight continuous axes, for measurements.
pub(crate) fn wide_opening() -> Opening {
    let axes = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|name| axis(name, &[], 0.0..=1.0));
    Opening::new(Space::try_from(axes.to_vec()).unwrap(), vec![Goal::Minimize], 7, "RandomSampler".into(), false)
}

/// A running trial of [`wide_opening`].
pub(crate) fn wide(number: usize) -> Record {
    let point = (0..8).map(|axis| ((number * 8 + axis) as f64 * 0.618_033_988_749).fract()).collect();
    Record::new(Trial::running(number, number, None, point))
}

/// Returns the message of an error.
pub(crate) fn message(result: Result<impl Sized, StoreError>) -> String {
    result.err().unwrap().to_string()
}

/// Opens a sweep with one goal and without budgets.
pub(crate) fn open(store: &mut dyn Store) -> Opened {
    store.open(&opening(1, false)).unwrap()
}

/// Locks and unlocks.
pub(crate) fn look(store: &mut dyn Store) -> Changes {
    let changes = store.lock().unwrap();
    store.unlock(Commit::Nothing, &[]).unwrap();
    changes
}

/// Starts the trial after those that `seen` counts, or takes one that waits.
pub(crate) fn ask(store: &mut dyn Store, seen: &mut usize) -> Result<usize, StoreError> {
    let changes = store.lock()?;
    *seen += changes.records.iter().filter(|record| record.trial.number() >= *seen).count();
    let number = changes.waiting.first().copied().unwrap_or(*seen);
    let record = running(number);
    let decided = if number < *seen { Commit::Take(&record) } else { Commit::Start(&record) };
    assert_eq!(store.unlock(decided, &[])?, Unlocked::Done);
    *seen = (*seen).max(number + 1);
    Ok(number)
}

pub(crate) fn tell(store: &mut dyn Store, number: usize) -> TellResult {
    store.tell(&complete(number, number as f64), true).unwrap()
}

/// All records, as a program sees them that opens the study anew.
pub(crate) fn all(study: Study) -> Changes {
    let mut study = study;
    open(&mut study);
    let changes = look(&mut study);
    study.close(false).unwrap();
    changes
}
