//! What the targets share.

#![forbid(unsafe_code)]

mod outcomes;
mod space;
pub mod targets;

pub use outcomes::Outcomes;
pub use space::space;

use std::path::Path;
use std::sync::OnceLock;

use hyperopt::prelude::*;
use hyperopt::{Study, Sweep, write_journal};
use tempfile::TempDir;

/// Returns a directory in memory, if the system has one.
///
/// # Panics
///
/// If no directory can be made.
#[must_use]
pub fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a directory can be made")
}

/// Sweeps ten configurations over budgets, with their states in `directory` and their trials in its `study.db`.
#[must_use]
pub fn resumed(directory: &Path) -> Option<Sweep> {
    let url = format!("sqlite:{}", directory.join("study.db").display());
    let study = Study::open(&url).ok()?.name("fuzzed").without_signals();
    let ho = hyperopt!(
        study = study,
        sampler = Hyperband::new(3.0),
        checkpoint = directory.join("states"),
        seed = 7,
        x = 0.0..=1.0,
        layers = 1..=8,
        kind = ["relu", "tanh"],
        width = if kind == "tanh" {
            log(1..=64)
        },
        for (epochs, state) in 1..=9 {
            let state: Option<String> = state;
            let before = state.map_or(0, |text| text.len());
            let loss = x * f64::from(layers) + width.map_or(0.0, f64::from) / f64::from(epochs);
            (loss, "s".repeat((before + 1) % 50))
        }
    );
    Some(ho.into_sweep())
}

/// Returns the bytes of a study in `SQLite` that was interrupted after some trials.
///
/// # Panics
///
/// If it cannot be written.
pub fn study() -> &'static [u8] {
    static STUDY: OnceLock<Vec<u8>> = OnceLock::new();
    STUDY.get_or_init(|| {
        let directory = directory();
        let file = directory.path().join("study.db");
        let study = Study::open(&format!("sqlite:{}", file.display())).expect("a study can be made");
        let mut trials = 0;
        swept(study, 20, |x, layers, width| {
            trials += 1;
            let outcome = (trials != 4).then(|| metrics(x, layers, width).with("time", x).constraint("x", x - 0.9));
            (trials < 9).then_some(outcome)
        });
        std::fs::read(&file).expect("the study was written")
    })
}

/// Goes on with the study in `directory` and looks at it in every way.
///
/// # Panics
///
/// If a value is none of the candidates.
pub fn look(directory: &Path) {
    let url = format!("sqlite:{}", directory.join("study.db").display());
    let Ok(study) = Study::open(&url) else { return };
    if let Ok(sweep) = study.name("fuzzed").without_signals().read() {
        inspect(&sweep);
    }
    let Ok(study) = Study::open(&url) else { return };
    let sweep = swept(study, 12, |x, layers, width| {
        assert!((0.0..=1.0).contains(&x) && (1..=8).contains(&layers));
        Some(Some(metrics(x, layers, width)))
    });
    inspect(&sweep);
}

/// Sweeps up to `trials` trials of the study, until `body` returns none; a trial without metrics fails.
fn swept(study: Study, trials: usize, mut body: impl FnMut(f64, i32, Option<i32>) -> Option<Option<Metrics>>) -> Sweep {
    let ho = hyperopt!(
        study = study.name("fuzzed").without_signals(),
        seed = 7,
        sampler = TpeSampler::new(),
        goal = [Minimize, Maximize],
        x = 0.0..=1.0,
        layers = 1..=8,
        kind = ["relu", "tanh"],
        width = if kind == "tanh" {
            log(1..=64)
        },
        for _ in 0..trials {
            assert_eq!(width.is_some(), kind == "tanh");
            let Some(outcome) = body(x, layers, width) else {
                break;
            };
            outcome
        }
    );
    ho.into_sweep()
}

fn metrics(x: f64, layers: i32, width: Option<i32>) -> Metrics {
    Metrics::objectives([("loss", x + f64::from(layers)), ("width", width.map_or(0.0, f64::from))])
}

/// Looks at a sweep as its reports do.
///
/// # Panics
///
/// If a report says otherwise than the history.
pub fn inspect(sweep: &Sweep) {
    let table = sweep.to_string();
    assert!(!table.chars().any(|c| c.is_control() && c != '\n'), "a table holds no control characters: {table:?}");
    if let Some((trial, value)) = sweep.history().best(sweep.goal()) {
        assert!(trial.number() < sweep.history().len() && value.is_finite());
    }
    let mut journal = Vec::new();
    if write_journal(sweep, "again", &mut journal).is_ok() {
        let again = hyperopt::read_journal(&journal[..], "again").expect("what was written is read");
        assert_eq!(again.history().len(), sweep.history().len());
    }
    _ = sweep.importances();
    let mut out = Vec::new();
    _ = sweep.write_csv(&mut out);
    _ = sweep.write_json_lines(&mut out);
}
