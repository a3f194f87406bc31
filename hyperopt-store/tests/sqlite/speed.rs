//! How long a study takes. Run with `cargo test --release -p hypersweep-store --features sqlite --test sqlite -- --ignored
//! --nocapture`.

use std::time::{Duration, Instant};

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::Study;

use crate::support::{Scratch, finished, wide, wide_opening};

/// Runs the trials from `first` to `last`, and gives the time of one.
fn run(study: &mut Study, first: usize, last: usize) -> Duration {
    let start = Instant::now();
    for number in first..last {
        let record = wide(number);
        study.lock().unwrap();
        study.unlock(Commit::Start(&record), &[]).unwrap();
        study.tell(&finished(&record, 0.5), true).unwrap();
    }
    start.elapsed() / (last - first) as u32
}

#[test]
#[ignore = "writes 100,000 trials; a minute in release"]
fn a_study_of_many_trials_opens_at_once() {
    let scratch = Scratch::new();
    let durable = || Study::open(&scratch.url()).unwrap().name("durable").durable();
    let mut study = durable();
    study.open(&wide_opening()).unwrap();
    println!("durable: {:?} a trial", run(&mut study, 0, 300));
    study.close(true).unwrap();
    let mut study = scratch.study();
    study.open(&wide_opening()).unwrap();
    study.lock().unwrap();
    study.unlock(Commit::Nothing, &[]).unwrap();
    println!("first 1,000: {:?} a trial", run(&mut study, 0, 1_000));
    run(&mut study, 1_000, 99_000);
    println!("last 1,000 of 100,000: {:?} a trial", run(&mut study, 99_000, 100_000));
    study.close(true).unwrap();

    for _ in 0..3 {
        let start = Instant::now();
        let mut study = scratch.study();
        study.open(&wide_opening()).unwrap();
        let changes = study.lock().unwrap();
        println!("opened {} trials in {:?}", changes.records.len(), start.elapsed());
        assert_eq!(changes.records.len(), 100_000);
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
        assert!(start.elapsed() < limit);
    }
}
