//! The time that a study has taken: the same for every process and every reader.

use std::thread;
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use hyperopt_store::Study;

use crate::support::Scratch;

/// Takes at least 20 ms for each trial.
fn run(study: Study, total: usize, threads: usize) -> hyperopt::Sweep {
    let ho = phyperopt!(
        workers(threads),
        study = study,
        x = 0.0..=1.0,
        for _ in 0..total {
            thread::sleep(Duration::from_millis(20));
            x
        }
    );
    assert!(ho.error().is_none(), "{ho}");
    ho.into_sweep()
}

#[test]
fn the_time_of_a_study_is_one_time() {
    let scratch = Scratch::new();
    let begun = Instant::now();
    let first = run(scratch.study(), 8, 2);
    let wall = begun.elapsed();
    // Not the sum of the durations, which is twice as much, nor the time of all that surrounds the sweep.
    assert!(first.elapsed() >= Duration::from_millis(79) && first.elapsed() <= wall, "{:?} {wall:?}", first.elapsed());
    assert_eq!(scratch.study().read().unwrap().elapsed(), first.elapsed());
    // Time in which nobody works does not count.
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    let second = run(scratch.study(), 12, 1);
    let more = second.elapsed().checked_sub(first.elapsed()).unwrap();
    assert!(more >= Duration::from_millis(79) && more <= begun.elapsed(), "{more:?}");
    assert_eq!(scratch.study().read().unwrap().elapsed(), second.elapsed());
    let third = run(scratch.study(), 12, 1);
    assert_eq!((third.history().len(), third.elapsed()), (12, second.elapsed()), "a run without a trial adds nothing");
}

#[test]
fn processes_beside_each_other_count_once() {
    let scratch = Scratch::new();
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| run(scratch.study(), 30, 1));
        }
    });
    let read = scratch.study().read().unwrap();
    assert!(read.elapsed() <= begun.elapsed(), "{:?}", read.elapsed());
    let sum: Duration = read.history().trials().iter().map(hyperopt::Trial::duration).sum();
    assert!(sum > read.elapsed() + read.elapsed() / 2, "{sum:?} {:?}", read.elapsed());
}

/// Trials of earlier versions do not say when their process began.
#[test]
fn trials_without_that_count_by_their_durations() {
    let scratch = Scratch::new();
    run(scratch.study(), 5, 1);
    let sql = "UPDATE trial_system_attributes SET value_json = json_remove(value_json, '$.stretch')";
    scratch.connection().execute_batch(&format!("{sql} WHERE key = 'hyperopt:told'")).unwrap();
    let read = scratch.study().read().unwrap();
    let sum: Duration = read.history().trials().iter().map(hyperopt::Trial::duration).sum();
    assert_eq!(read.elapsed(), sum);
}
