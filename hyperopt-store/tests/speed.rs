//! How long a study takes. Run with `cargo test --release -p hyperopt-store --features sqlite --test speed -- --ignored
//! --nocapture`.

#![cfg(feature = "sqlite")]

mod support;

use std::time::{Duration, Instant};

use hyperopt_core::study::{Commit, Opening, Record, Store};
use hyperopt_core::{Goal, Outcome, Space, Trial};
use hyperopt_store::Study;
use support::{Scratch, axis};

fn opening() -> Opening {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let space = Space::try_from(names.map(|name| axis(name, &[], 0.0..=1.0)).to_vec()).unwrap();
    Opening::new(space, vec![Goal::Minimize], 7, "RandomSampler".into(), false)
}

fn record(number: usize) -> Record {
    let point = (0..8).map(|axis| ((number * 8 + axis) as f64 * 0.618_033_988_749).fract()).collect();
    Record::new(Trial::running(number, number, None, point))
}

/// Runs the trials from `first` to `last`, and gives the time of one.
fn run(study: &mut Study, first: usize, last: usize) -> Duration {
    let start = Instant::now();
    for number in first..last {
        let mut record = record(number);
        study.lock().unwrap();
        study.unlock(Commit::Start(&record), &[]).unwrap();
        record.trial.close(Outcome::value(0.5), Duration::ZERO);
        study.tell(&record, true).unwrap();
    }
    start.elapsed() / (last - first) as u32
}

#[test]
#[ignore = "writes 100,000 trials; a minute in release"]
fn a_study_of_many_trials_opens_at_once() {
    let scratch = Scratch::new();
    let durable = || Study::open(&scratch.url()).unwrap().name("durable").durable();
    let mut study = durable();
    study.open(&opening()).unwrap();
    println!("durable: {:?} a trial", run(&mut study, 0, 300));
    study.close(true).unwrap();
    let mut study = scratch.study();
    study.open(&opening()).unwrap();
    study.lock().unwrap();
    study.unlock(Commit::Nothing, &[]).unwrap();
    println!("first 1,000: {:?} a trial", run(&mut study, 0, 1_000));
    run(&mut study, 1_000, 99_000);
    println!("last 1,000 of 100,000: {:?} a trial", run(&mut study, 99_000, 100_000));
    study.close(true).unwrap();

    for _ in 0..3 {
        let start = Instant::now();
        let mut study = scratch.study();
        study.open(&opening()).unwrap();
        let changes = study.lock().unwrap();
        println!("opened {} trials in {:?}", changes.records.len(), start.elapsed());
        assert_eq!(changes.records.len(), 100_000);
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
        assert!(start.elapsed() < limit);
    }
}
