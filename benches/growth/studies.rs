//! Sweeps that are kept in a file of SQLite, and what is read of it.

use std::fs;
use std::path::Path;

use hyperopt::prelude::*;
use hyperopt::{Strategy, Trials};
use tempfile::TempDir;

use crate::Row;
use crate::cell::Cell;
use crate::sweeps::{loss, one_goal};

fn directory() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

fn study(directory: &Path) -> Study {
    Study::open(&format!("sqlite:{}", directory.join("growth.db").display())).expect("an address").name("growth")
}

/// Sweeps in the study in `directory`.
fn sweep(directory: &Path, sampler: impl Strategy<Kind = Trials>, trials: usize) -> usize {
    let ho = hyperopt!(
        study = study(directory),
        sampler = sampler,
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        kind = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            loss(rate, share, width, kind)
        }
    );
    assert!(ho.error().is_none(), "{:?}", ho.error());
    ho.len()
}

/// A row about a study that is finished.
fn row<T>(name: &str, work: impl Fn(&Path, usize) -> T + 'static) -> Row {
    Row::new(name, move |trials| {
        let directory = directory();
        sweep(directory.path(), RandomSampler::new(), trials);
        Cell::of(trials, || work(directory.path(), trials))
    })
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("SQLite", |trials| {
            let directory = directory();
            Cell::of(trials, || sweep(directory.path(), RandomSampler::new(), trials))
        }),
        Row::new("SQLite, TpeSampler", |trials| {
            let directory = directory();
            Cell::of(trials, || sweep(directory.path(), TpeSampler::new(), trials))
        }),
        row("SQLite, read", |directory, _| study(directory).read().expect("the study")),
        row("SQLite, resumed", |directory, trials| sweep(directory, RandomSampler::new(), trials)),
        row("SQLite, resumed for ten trials", |directory, trials| sweep(directory, RandomSampler::new(), trials + 10)),
        row("SQLite, resumed for ten trials by TpeSampler", |directory, trials| {
            sweep(directory, TpeSampler::new(), trials + 10)
        }),
        row("SQLite, listed", |directory, _| study(directory).list().expect("the studies").len()),
        row("SQLite, a snapshot", |directory, _| study(directory).snapshot().expect("the study").len()),
        row("SQLite, the size of the file", |directory, _| {
            let size = fs::metadata(directory.join("growth.db")).map_or(0, |file| file.len());
            vec![1_u8; size as usize]
        }),
        Row::new("TensorBoard", |trials| {
            let (sweep, directory) = (one_goal(RandomSampler::new(), trials), directory());
            Cell::of(trials, || hyperopt::write_tensorboard(&sweep, directory.path()).is_ok())
        }),
    ]
}
