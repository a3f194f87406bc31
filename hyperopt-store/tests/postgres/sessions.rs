//! Sessions that the server ends.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use hyperopt_core::study::{Commit, Store, TellResult, Unlocked};

use crate::database::{all_complete, database, opened, states, terminate};
use crate::support::{finished, running};
use crate::worker::Worker;

#[test]
fn a_session_may_be_ended_at_any_point() {
    let Some(url) = database("ended") else { return };
    let mut worker = Worker::new(opened(&url, |study| study));
    // Before the lock.
    assert_eq!(terminate(&url), 1);
    let first = worker.ask(4).unwrap();
    assert_eq!(first.trial.number(), 0);
    // Within the lock.
    worker.lock();
    assert_eq!(terminate(&url), 1);
    let lost = running(1);
    assert_eq!(worker.study.unlock(Commit::Start(&lost), &[]).unwrap(), Unlocked::Lost);
    assert_eq!(states(&url).len(), 1);
    let second = worker.ask(4).unwrap();
    assert_eq!(second.trial.number(), 1);
    // Before telling and reporting.
    assert_eq!(terminate(&url), 1);
    worker.study.report(0, 1, 0.5).unwrap();
    assert_eq!(worker.tell(&finished(&first, 1.0)), TellResult::Kept);
    assert_eq!(terminate(&url), 1);
    worker.study.requeue(1).unwrap();
    assert_eq!(worker.run(4), [1, 2, 3]);
    all_complete(&url, 4);
    // Before closing.
    assert_eq!(terminate(&url), 1);
    worker.study.close(true).unwrap();
}

#[test]
fn sessions_that_end_all_the_time_lose_nothing() {
    let Some(url) = database("all_the_time") else { return };
    let told = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..3).map(|_| scope.spawn(|| Worker::new(opened(&url, |study| study)).run(1000))).collect();
        let mut ended = 0;
        while !workers.iter().all(thread::ScopedJoinHandle::is_finished) {
            ended += terminate(&url);
            thread::sleep(Duration::from_millis(10));
        }
        assert!(ended > 10, "only {ended} sessions were ended");
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(told.len(), 1000);
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>().len(), 1000);
    all_complete(&url, 1000);
}
