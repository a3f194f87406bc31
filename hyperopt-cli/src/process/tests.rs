//! Real processes: their output, their exits, and what they leave behind.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::signals::interrupts;
use super::*;

/// The time between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_millis(300);

/// Less than the programs here sleep, and more than any machine needs.
const LONG: Duration = Duration::from_secs(50);

/// A program that has run in a directory of its own.
struct Execution {
    finished: Finished,
    lines: Vec<String>,
    directory: tempfile::TempDir,
}

impl Execution {
    fn log(&self, name: &str) -> String {
        fs::read_to_string(self.directory.path().join(name)).unwrap()
    }
}

/// Returns the one supervisor of this process, as in a run.
fn supervisor() -> &'static Supervisor {
    static SUPERVISOR: LazyLock<Supervisor> =
        LazyLock::new(|| Supervisor::start(format!("test-{}", std::process::id()), interrupts().unwrap()).0);
    &SUPERVISOR
}

fn launch<'a>(
    words: &'a [OsString],
    environment: &'a Environment,
    directory: &'a Path,
    timeout: Option<u64>,
) -> Launch<'a> {
    static TRIAL: AtomicUsize = AtomicUsize::new(0);
    let trial = TRIAL.fetch_add(1, Ordering::Relaxed);
    Launch {
        words,
        environment,
        variables: vec![("HYPEROPT_TRIAL", trial.to_string().into())],
        directory,
        stdout: directory.join("stdout.log"),
        stderr: directory.join("stderr.log"),
        timeout: timeout.map(Duration::from_millis),
        grace: GRACE,
    }
}

fn shell(script: &str, timeout: Option<u64>, prune_at: Option<&str>) -> Execution {
    let directory = tempfile::tempdir().unwrap();
    let words = ["/bin/sh", "-c", script].map(OsString::from);
    let environment = Environment::default();
    let launch = launch(&words, &environment, directory.path(), timeout);
    let mut lines = Vec::new();
    let finished = supervisor().run(&launch, |line| {
        lines.push(String::from_utf8_lossy(line).into_owned());
        if prune_at == lines.last().map(String::as_str) { Line::Prune } else { Line::Continue }
    });
    Execution { finished: finished.unwrap(), lines, directory }
}

fn code(run: &Execution) -> Option<i32> {
    match run.finished.ended {
        Ended::Exited(status) => status.code(),
        ended => panic!("{ended:?}"),
    }
}

/// Returns whether the process whose number is in the file `name` stays alive for ten seconds.
fn is_alive(run: &Execution, name: &str) -> bool {
    let path = format!("/proc/{}/stat", run.log(name).trim());
    // A zombie counts as alive: nobody would wait for it.
    (0..2000).all(|_| {
        std::thread::sleep(Duration::from_millis(5));
        Path::new(&path).exists()
    })
}

#[test]
fn output_is_kept_and_seen_line_by_line() {
    let run = shell("echo one; echo two >&2; printf three", None, None);
    assert_eq!(code(&run), Some(0));
    assert_eq!(run.lines, ["one", "three"]);
    assert_eq!((run.log("stdout.log"), run.log("stderr.log")), ("one\nthree".into(), "two\n".into()));
}

#[test]
fn exits_are_told_apart() {
    assert_eq!(code(&shell("exit 3", None, None)), Some(3));
    assert_eq!(code(&shell("kill -9 $$", None, None)), None);
    let directory = tempfile::tempdir().unwrap();
    let words = [OsString::from("/no/such/program")];
    let environment = Environment::default();
    let launch = launch(&words, &environment, directory.path(), None);
    let error = supervisor().run(&launch, |_| Line::Continue).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn standard_input_is_empty_and_the_group_its_own() {
    let run = shell("cat; ps -o pgid= -p $$ | tr -d ' '; echo $$", Some(5000), None);
    assert_eq!(run.lines.len(), 2);
    assert_eq!(run.lines[0], run.lines[1]);
}

#[test]
fn a_program_that_takes_too_long_is_ended() {
    let run = shell("exec sleep 60", Some(100), None);
    assert_eq!(run.finished.ended, Ended::TimedOut);
    assert!((Duration::from_millis(100)..LONG).contains(&run.finished.took), "{:?}", run.finished.took);
}

#[test]
fn a_program_is_asked_to_end_and_then_killed() {
    let polite = shell("trap 'echo bye; exit 0' TERM; echo ready; sleep 60 & wait", None, Some("ready"));
    assert_eq!(polite.finished.ended, Ended::Pruned);
    assert_eq!(polite.lines, ["ready", "bye"]);
    assert!(polite.finished.took < LONG);
    let deaf = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done", None, Some("ready"));
    assert_eq!(deaf.finished.ended, Ended::Pruned);
    assert!((GRACE..LONG).contains(&deaf.finished.took), "{:?}", deaf.finished.took);
}

#[test]
fn what_a_trial_starts_ends_with_it() {
    // One that holds the pipe, one that ignores TERM, and a daemon.
    let script = "sleep 60 & echo $! > a; (trap '' TERM; sleep 60) & echo $! > b; \
                  setsid sh -c 'echo $$ > c; exec sleep 60' & while [ ! -s c ]; do sleep 0.01; done; echo done";
    for (rest, prune_at) in [("", None), ("; sleep 60", Some("done"))] {
        let began = Instant::now();
        let run = shell(&format!("{script}{rest}"), None, prune_at);
        assert_eq!(run.lines, ["done"]);
        assert!(began.elapsed() < LONG);
        for name in ["a", "b", "c"] {
            assert!(!is_alive(&run, name), "{name} of {rest:?} is alive");
        }
    }
}

#[test]
fn a_pruned_program_ends_early() {
    let run = shell("echo 1; echo 2; sleep 60; echo 3", None, Some("2"));
    assert_eq!(run.finished.ended, Ended::Pruned);
    assert!(run.finished.took < LONG);
    assert_eq!(run.lines, ["1", "2"]);
}

#[test]
fn a_line_that_comes_with_the_end_is_seen() {
    for _ in 0..20 {
        let run = shell("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; done", None, None);
        assert_eq!(run.lines.len(), 3000);
        assert_eq!(run.lines[2999], "3000");
    }
}
