//! How long a study takes on a server.

use std::time::{Duration, Instant};

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::Study;

use crate::database::{client, database};
use crate::support::{finished, wide, wide_opening};
use crate::worker::Worker;

/// A study with eight parameters.
fn opened(url: &str, settings: impl Fn(Study) -> Study) -> Study {
    let mut study = settings(Study::open(url).unwrap().name("test").patience(Duration::from_secs(30)));
    study.open(&wide_opening()).unwrap();
    study
}

/// Trials per second, with eight parameters: `cargo test --release --features postgres --test postgres -- --ignored rate`.
#[test]
#[ignore = "a measurement"]
fn rate() {
    let Some(url) = database("rate") else { return };
    for count in [1, 4, 16] {
        let studies: Vec<_> = (0..count).map(|_| opened(&url, |study| study.name(format!("rate-{count}")))).collect();
        let (begun, total) = (Instant::now(), 1000);
        std::thread::scope(|scope| {
            for study in studies {
                scope.spawn(|| Worker { start: wide, ..Worker::new(study) }.run(total));
            }
        });
        println!("{count} workers: {:.0} trials/s", total as f64 / begun.elapsed().as_secs_f64());
    }
}

/// A minute or more to write, on a server that does not wait for its disk.
#[test]
#[ignore = "writes 100,000 trials; minutes in release"]
fn a_study_of_many_trials_opens_at_once() {
    let Some(url) = database("hyperopt_many") else { return };
    let name = url.rsplit_once('/').unwrap().1;
    client(&url).batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit = off")).unwrap();
    let mut study = opened(&url, |study| study);
    for number in 0..100_000 {
        study.lock().unwrap();
        let started = wide(number);
        study.unlock(Commit::Start(&started), &[]).unwrap();
        study.tell(&finished(&started, 0.5), true).unwrap();
    }
    study.close(true).unwrap();
    for _ in 0..3 {
        let start = Instant::now();
        let changes = opened(&url, |study| study).lock().unwrap();
        println!("opened {} trials in {:?}", changes.records.len(), start.elapsed());
        assert_eq!(changes.records.len(), 100_000);
        assert!(start.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 }));
    }
}
