//! Many workers on one study: a small dose of `benches/load`, and what keeps them out of each other's way.

use std::sync::Barrier;
use std::thread;

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::Study;

use crate::database::{address, all_complete, client, database, opened, wait_for};
use crate::support::{finished, look};
use crate::worker::Worker;

#[test]
fn fifty_workers_that_start_at_once_lose_no_trial_and_run_none_twice() {
    let Some(url) = database("load") else { return };
    let (total, gate) = (200, Barrier::new(50));
    let mut told = thread::scope(|scope| {
        let work = || {
            gate.wait();
            Worker::new(opened(&url, |study| study)).run(total)
        };
        let workers: Vec<_> = (0..50).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    told.sort_unstable();
    assert_eq!(told, (0..total).collect::<Vec<_>>());
    all_complete(&url, total);
}

/// Else a thousand workers that start at once would read a large study one after the other.
#[test]
fn a_study_is_read_before_it_is_locked() {
    let Some(url) = database("ahead") else { return };
    let mut holder = Worker::new(opened(&url, |study| study));
    assert_eq!(holder.run(3), [0, 1, 2]);
    let record = holder.ask(4).unwrap();
    holder.lock();
    let seen = thread::scope(|scope| {
        let late = scope.spawn(|| {
            let mut late = Worker::new(opened(&url, |study| study));
            let waiting = late.lock().waiting.len();
            late.study.unlock(Commit::Nothing, &[]).unwrap();
            (late, waiting)
        });
        wait_for(&url, "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        // What was read is not read again; what changes meanwhile is.
        client(&url).batch_execute("UPDATE trial_values SET value = 77").unwrap();
        holder.study.unlock(Commit::Nothing, &[]).unwrap();
        late.join().unwrap()
    });
    let (mut late, waiting) = seen;
    assert_eq!((late.records.len(), waiting), (4, 0));
    assert_eq!(late.records[2].trial.values(), [2.0]);
    holder.tell(&finished(&record, 3.0));
    late.lock();
    late.study.unlock(Commit::Nothing, &[]).unwrap();
    assert_eq!(late.records[3].trial.values(), [3.0]);
}

/// A worker that waits at the end of a rung asks this, while others hold the lock.
#[test]
fn changes_are_seen_without_the_lock() {
    let Some(url) = database("changed") else { return };
    let mut first = Worker::new(opened(&url, |study| study));
    let mut waiting = opened(&url, |study| study);
    look(&mut waiting);
    assert!(!waiting.is_changed().unwrap());
    let record = first.ask(1).unwrap();
    first.study.lock().unwrap();
    assert!(waiting.is_changed().unwrap(), "a trial has begun");
    first.study.unlock(Commit::Nothing, &[]).unwrap();
    look(&mut waiting);
    first.study.lock().unwrap();
    assert!(!waiting.is_changed().unwrap());
    first.study.unlock(Commit::Nothing, &[]).unwrap();
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = '2000-01-01'").unwrap();
    assert!(waiting.is_changed().unwrap(), "its process may be dead");
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = now()").unwrap();
    assert!(!waiting.is_changed().unwrap());
    first.tell(&finished(&record, 1.0));
    assert!(waiting.is_changed().unwrap(), "it has ended");
    look(&mut waiting);
    assert!(!waiting.is_changed().unwrap());
    // A study that is gone is a change: the look says so.
    Study::open(&address(&url)).unwrap().name("test").delete().unwrap();
    assert!(waiting.is_changed().unwrap());
}
