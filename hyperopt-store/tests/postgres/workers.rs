//! Processes that work on one study, and die or fall silent.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use hyperopt_core::study::{Commit, Store, TellResult};
use hyperopt_store::Study;

use crate::database::{address, all_complete, client, database, opened, states, terminate, wait_for};
use crate::support::finished;
use crate::worker::Worker;

/// Another process that runs [`child`] in this very program, until its standard input ends.
fn spawn(url: &str, total: usize) -> Child {
    spawn_with(url, total, "")
}

/// Another process that runs trials again as often as `retries` says.
fn spawn_with(url: &str, total: usize, retries: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "workers::child", "--nocapture", "--test-threads=1"]);
    command.env("HYPEROPT_CHILD", url).env("TOTAL", total.to_string());
    command.env("HYPEROPT_RETRIES", retries);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
}

/// Not a test of its own: the body of the other processes. The last trial is left running.
#[test]
fn child() {
    let Ok(url) = std::env::var("HYPEROPT_CHILD") else { return };
    let total: usize = std::env::var("TOTAL").unwrap().parse().unwrap();
    let mut worker = Worker::new(opened(&url, |study| study));
    while let Some(record) = worker.ask(total) {
        if record.trial.number() + 1 == total {
            let _ = std::io::stdin().read(&mut [0]);
        }
        worker.tell(&finished(&record, record.trial.number() as f64));
    }
    worker.study.close(true).unwrap();
}

#[test]
fn the_trial_of_a_killed_process_is_run_again_at_once() {
    let Some(url) = database("killed") else { return };
    let mut child = spawn(&url, 3);
    wait_for(&url, "SELECT FROM trials WHERE number = 2 AND state = 'RUNNING'");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    all_complete(&url, 3);
    let mut worker = Worker::new(opened(&url, |study| study));
    for retries in 0..5 {
        let mut child = spawn(&url, 4);
        wait_for(&url, "SELECT FROM trials WHERE number = 3 AND state IN ('RUNNING', 'FAIL')");
        worker.lock();
        worker.study.unlock(Commit::Nothing, &[]).unwrap();
        assert!(!worker.study.is_changed().unwrap());
        child.kill().unwrap();
        child.wait().unwrap();
        // A worker that waits sees it without a lock.
        assert!(worker.study.is_changed().unwrap());
        let changes = worker.lock();
        worker.study.unlock(Commit::Nothing, &[]).unwrap();
        assert_eq!(changes.waiting.len(), usize::from(retries < 3), "{retries}");
        if retries >= 3 {
            break;
        }
    }
    let reason = worker.records[3].trial.reason();
    assert_eq!(reason, Some("given up after 3 retries: its process died each time"));
    assert_eq!(states(&url)[3], (3, "FAIL".to_owned()));
    assert_eq!(worker.run(6), [4, 5]);
    let sweep = Study::open(&address(&url)).unwrap().name("test").read().unwrap();
    let [note] = sweep.notes() else { panic!("{:?}", sweep.notes()) };
    assert!(note.starts_with("trial 3 was given up, since the process that ran it died each time"), "{note}");
}

/// As on machines that are taken away without a warning.
#[test]
fn without_a_limit_no_trial_is_lost_however_often_its_process_dies() {
    let Some(url) = database("unlimited") else { return };
    let mut worker = Worker::new(opened(&url, |study| study.retries(u32::MAX)));
    for death in 0..8 {
        let mut child = spawn_with(&url, 1, "unlimited");
        // Of this child, not of the one before.
        let lease = format!(
            "SELECT FROM trial_user_attributes WHERE key = 'worker' AND strpos(value_json, ':{}') > 0",
            child.id()
        );
        wait_for(&url, &lease);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(states(&url), [(0, "RUNNING".to_owned())], "{death}");
    }
    assert_eq!(worker.run(1), [0]);
    assert!(Study::open(&address(&url)).unwrap().name("test").read().unwrap().notes().is_empty());
}

#[test]
fn processes_that_die_lose_no_trial() {
    let Some(url) = database("die") else { return };
    let mut children: Vec<_> = (0..4).map(|_| spawn(&url, 400)).collect();
    for reached in [40, 80, 120] {
        wait_for(&url, &format!("SELECT FROM trials WHERE number = {reached}"));
        let mut child = children.pop().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    drop(children[0].stdin.take());
    assert!(children[0].wait().unwrap().success());
    Worker::new(opened(&url, |study| study)).run(400);
    all_complete(&url, 400);
}

/// Makes the running trial that of a process on another machine, whose last heartbeat is `age` seconds old.
fn move_elsewhere(url: &str, age: i32) {
    let moved = "UPDATE trial_system_attributes SET value_json = (value_json::jsonb || '{\"boot\": \"another\"}')::text \
                 WHERE key = 'hyperopt:worker'";
    let beaten = format!("UPDATE trial_heartbeats SET heartbeat = now() - interval '{age} seconds'");
    client(url).batch_execute(&format!("{moved}; {beaten}")).unwrap();
}

#[test]
fn a_process_elsewhere_is_dead_when_it_has_been_silent_for_too_long() {
    let Some(url) = database("elsewhere") else { return };
    let mut silent = Worker::new(opened(&url, |study| study));
    let record = silent.ask(1).unwrap();
    let [beat, grace, while_watched] = [50, 400, 150].map(Duration::from_millis);
    let mut worker = Worker::new(opened(&url, |study| study.heartbeat(beat).grace(grace)));
    let mut look = || {
        let changes = worker.lock();
        worker.study.unlock(Commit::Nothing, &[]).unwrap();
        changes.waiting
    };
    move_elsewhere(&url, 0);
    assert_eq!(look(), [0; 0]);
    // The clock of the server may have jumped, either way: the silence has to be seen here too.
    for age in [130, -130, 140] {
        move_elsewhere(&url, age);
        assert_eq!(look(), [0; 0]);
        thread::sleep(while_watched);
    }
    assert_eq!(look(), [0]);
    // It was alive after all, and is too late.
    assert_eq!(silent.tell(&finished(&record, 1.0)), TellResult::Dropped);
    assert_eq!(worker.run(1), [0]);
    assert_eq!(worker.records[0].trial.values(), [0.0]);
}

#[test]
fn a_long_trial_beats() {
    let Some(url) = database("beats") else { return };
    let mut worker = Worker::new(opened(&url, |study| study.heartbeat(Duration::from_millis(20))));
    let record = worker.ask(1).unwrap();
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = '2000-01-01'").unwrap();
    wait_for(&url, "SELECT FROM trial_heartbeats WHERE now() - heartbeat < interval '5 seconds'");
    // Also after its connection was lost.
    terminate(&url);
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = '2000-01-01'").unwrap();
    wait_for(&url, "SELECT FROM trial_heartbeats WHERE now() - heartbeat < interval '5 seconds'");
    assert_eq!(worker.tell(&finished(&record, 1.0)), TellResult::Kept);
}
