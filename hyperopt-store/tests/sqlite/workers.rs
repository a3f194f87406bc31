//! Processes that work on one study, and die.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use hyperopt_core::State;
use hyperopt_core::study::{Store, TellResult};
use hyperopt_store::Study;

use crate::support::{Scratch, all, ask, complete, look, open, running, tell};

/// What a child process is to do, in `HYPEROPT_CHILD`; none in the process of the tests.
const ROLE: &str = "HYPEROPT_CHILD";

/// Another process that runs [`child`] in this very program. It ends when its standard input does.
fn spawn(scratch: &Scratch, role: &str) -> Child {
    spawn_with(scratch, role, "")
}

/// Another process that runs trials again as often as `retries` says.
fn spawn_with(scratch: &Scratch, role: &str, retries: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "workers::child", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env("STUDY", scratch.url())
        .env("HYPEROPT_RETRIES", retries);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until the child has started its trial.
fn started(child: &mut Child) {
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line.ends_with("started")), "the child has not started a trial");
}

fn end(mut child: Child) -> ExitStatus {
    drop(child.stdin.take());
    child.wait().unwrap()
}

/// Not a test of its own: the body of the other processes.
#[test]
fn child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let mut study = Study::open(&std::env::var("STUDY").unwrap()).unwrap().name("test");
    if role == "many" {
        open(&mut study);
        let mut seen = 0;
        for _ in 0..10 {
            let number = ask(&mut study, &mut seen).unwrap();
            assert_eq!(tell(&mut study, number), TellResult::Kept);
        }
        return study.close(true).unwrap();
    }
    open(&mut study);
    let number = ask(&mut study, &mut 0).unwrap();
    if role == "told" {
        assert_eq!(tell(&mut study, number), TellResult::Kept);
    }
    println!("started");
    std::io::stdout().flush().unwrap();
    let _ = std::io::stdin().read(&mut [0]);
    if role != "finish" {
        std::process::abort();
    }
    assert_eq!(tell(&mut study, number), TellResult::Kept);
    study.close(true).unwrap();
}

#[test]
fn the_trial_of_a_killed_process_is_run_again_at_once() {
    let scratch = Scratch::new();
    let mut child = spawn(&scratch, "finish");
    started(&mut child);
    assert!(end(child).success());
    assert_eq!(all(scratch.study()).records, [complete(0, 0.0)]);

    let scratch = Scratch::new();
    let mut child = spawn(&scratch, "abort");
    started(&mut child);
    let mut study = scratch.study();
    open(&mut study);
    let changes = look(&mut study);
    assert_eq!((changes.records, changes.waiting), (vec![running(0)], vec![]));
    assert!(!end(child).success());
    let changes = look(&mut study);
    assert_eq!((changes.records, changes.waiting), (vec![], vec![0]));
    assert_eq!(ask(&mut study, &mut 1).unwrap(), 0);
    assert_eq!(tell(&mut study, 0), TellResult::Kept);
    study.close(true).unwrap();
    let attribute = "SELECT value_json FROM trial_system_attributes WHERE key = 'hyperopt:retries'";
    let connection = scratch.connection();
    assert_eq!(connection.query_row(attribute, (), |row| row.get::<_, String>(0)).unwrap(), "1");
}

#[test]
fn an_outcome_that_was_kept_survives_the_death_of_its_process() {
    let scratch = Scratch::new();
    let mut child = spawn(&scratch, "told");
    started(&mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let changes = all(scratch.study());
    assert_eq!((changes.records, changes.waiting), (vec![complete(0, 0.0)], vec![]));
}

#[test]
fn a_trial_that_kills_its_process_each_time_is_given_up() {
    let scratch = Scratch::new();
    for attempt in 0..4 {
        let mut child = spawn(&scratch, "abort");
        started(&mut child);
        end(child);
        let mut study = scratch.study();
        open(&mut study);
        let changes = look(&mut study);
        if attempt < 3 {
            assert_eq!((changes.records, changes.waiting), (vec![running(0)], vec![0]), "{attempt}");
        } else {
            let [record] = &changes.records[..] else { panic!("{changes:?}") };
            assert_eq!((record.trial.state(), changes.waiting.len()), (State::Failed, 0));
            let reason = record.trial.reason();
            assert_eq!(reason, Some("given up after 3 retries: its process died each time"));
        }
    }
    let sweep = scratch.study().read().unwrap();
    let [note] = sweep.notes() else { panic!("{:?}", sweep.notes()) };
    assert!(note.starts_with("trial 0 was given up, since the process that ran it died each time"), "{note}");
}

/// As on machines that are taken away without a warning.
#[test]
fn without_a_limit_no_trial_is_lost_however_often_its_process_dies() {
    let scratch = Scratch::new();
    for _ in 0..8 {
        let mut child = spawn_with(&scratch, "abort", "unlimited");
        started(&mut child);
        end(child);
    }
    let mut study = scratch.study().retries(u32::MAX);
    open(&mut study);
    let changes = look(&mut study);
    assert_eq!((changes.records, changes.waiting), (vec![running(0)], vec![0]));
    assert!(scratch.study().read().unwrap().notes().is_empty());
}

#[test]
fn processes_that_start_at_once_share_the_trials() {
    let scratch = Scratch::new();
    let children: Vec<_> = (0..8).map(|_| spawn(&scratch, "many")).collect();
    assert!(children.into_iter().all(|mut child| child.wait().unwrap().success()));
    let records = all(scratch.study()).records;
    assert_eq!(records.len(), 80);
    assert!(records.iter().enumerate().all(|(index, record)| *record == complete(index, index as f64)));
}

#[test]
fn a_process_that_is_asked_to_end_puts_its_trial_back_and_ends_of_the_signal() {
    use std::os::unix::process::ExitStatusExt;

    let scratch = Scratch::new();
    let mut child = spawn(&scratch, "finish");
    started(&mut child);
    let kill = Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status().unwrap();
    assert!(kill.success());
    // `wait` would close it, and the child end by itself.
    let stdin = child.stdin.take();
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    drop(stdin);
    let connection = scratch.connection();
    // Before anybody could have looked whether the process lives.
    let state: String = connection.query_row("SELECT state FROM trials", (), |row| row.get(0)).unwrap();
    assert_eq!(state, "WAITING");
    let retries = "SELECT count(*) FROM trial_system_attributes WHERE key IN ('hyperopt:retries', 'hyperopt:worker')";
    assert_eq!(connection.query_row(retries, (), |row| row.get::<_, i64>(0)).unwrap(), 0);
}

/// Makes the running trial that of a process on another machine, with this for a last heartbeat.
fn move_elsewhere(scratch: &Scratch, heartbeat: &str) {
    let connection = scratch.connection();
    let moved = "UPDATE trial_system_attributes SET value_json = json_set(value_json, '$.boot', 'another') \
                 WHERE key = 'hyperopt:worker'";
    assert_eq!(connection.execute(moved, ()).unwrap(), 1);
    assert_eq!(connection.execute("UPDATE trial_heartbeats SET heartbeat = ?1", [heartbeat]).unwrap(), 1);
}

/// The time in a heartbeat is that of some clock; what counts is for how long it has been the same.
#[test]
fn a_process_elsewhere_is_dead_when_it_has_been_silent_for_too_long() {
    let scratch = Scratch::new();
    let mut silent = scratch.study();
    open(&mut silent);
    ask(&mut silent, &mut 0).unwrap();
    let mut study = scratch.study().heartbeat(Duration::from_millis(100)).grace(Duration::from_millis(2400));
    open(&mut study);
    // The grace, and the second that a heartbeat is exact to; the first part leaves a busy machine time.
    let [part, rest] = [725, 2750].map(Duration::from_millis);
    for heartbeat in ["2000-01-01 00:00:00", "2000-01-01 00:00:01", "2100-01-01 00:00:00"] {
        move_elsewhere(&scratch, heartbeat);
        assert!(look(&mut study).waiting.is_empty());
        std::thread::sleep(part);
        assert!(look(&mut study).waiting.is_empty());
    }
    std::thread::sleep(rest);
    assert_eq!(look(&mut study).waiting, [0]);
    // It was alive after all, and is too late.
    assert_eq!(tell(&mut silent, 0), TellResult::Dropped);
    assert_eq!(ask(&mut study, &mut 1).unwrap(), 0);
    assert_eq!(tell(&mut silent, 0), TellResult::Dropped);
    assert_eq!(tell(&mut study, 0), TellResult::Kept);
}

#[test]
fn a_long_trial_beats() {
    let scratch = Scratch::new();
    let mut study = scratch.study().heartbeat(Duration::from_millis(10));
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    let connection = scratch.connection();
    connection.busy_timeout(Duration::from_secs(20)).unwrap();
    let long_ago = "2000-01-01 00:00:00";
    connection.execute("UPDATE trial_heartbeats SET heartbeat = ?1", [long_ago]).unwrap();
    let last = || connection.query_row("SELECT heartbeat FROM trial_heartbeats", (), |row| row.get::<_, String>(0));
    let mut waits = (0..2000).map(|_| std::thread::sleep(Duration::from_millis(5)));
    assert!(waits.any(|()| last().unwrap() != long_ago));
    assert_eq!(tell(&mut study, 0), TellResult::Kept);
}
