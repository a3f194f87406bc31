//! Ctrl-C. The sweep that is interrupted runs in a child: this program again, with a variable set.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;

const CHILD: &str = "HYPEROPT_INTERRUPTED";
const TRIALS: usize = 60;

/// A sweep of three seconds, if nobody stops it; tells when it is on its way, and how it ended.
#[test]
fn child() {
    let Ok(on_interrupt) = std::env::var(CHILD) else { return };
    let on_interrupt = if on_interrupt == "stop" { OnInterrupt::Stop } else { OnInterrupt::Kill };
    let ho = thyperopt!(
        on_interrupt = on_interrupt,
        x = 0.0..=1.0,
        for i in 0..TRIALS {
            if i == 3 {
                println!("under way");
            }
            thread::sleep(Duration::from_millis(50));
            x
        }
    );
    println!("ended: {}, {} complete", ho.end(), ho.history().complete().count());
    println!("waiting");
    thread::sleep(Duration::from_millis(if std::env::var("HYPEROPT_WAITS").is_ok() { 5000 } else { 0 }));
}

/// This program, as a person at a terminal starts it: what is started in the background ignores Ctrl-C, as does all that it
/// starts in turn.
fn program() -> Command {
    let path = std::env::current_exe().unwrap();
    if cfg!(not(target_os = "linux")) {
        return Command::new(path);
    }
    let mut command = Command::new("env");
    command.arg("--default-signal=INT").arg(path);
    command
}

fn start(on_interrupt: &str, waits: bool) -> (Child, impl Iterator<Item = String>) {
    let mut command = program();
    command.args(["--exact", "child", "--nocapture"]).env(CHILD, on_interrupt).stdout(Stdio::piped());
    if waits {
        command.env("HYPEROPT_WAITS", "1");
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    (child, lines)
}

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

fn after(lines: &mut impl Iterator<Item = String>, text: &str) -> Option<String> {
    lines.find(|line| line.contains(text))
}

#[test]
fn without_an_interrupt_all_trials_run() {
    let (mut child, mut lines) = start("stop", false);
    assert_eq!(after(&mut lines, "ended").unwrap(), format!("ended: all planned trials are done, {TRIALS} complete"));
    lines.for_each(drop);
    child.wait().unwrap();
}

#[test]
fn the_first_ends_the_sweep_and_keeps_what_is_done() {
    let (mut child, mut lines) = start("stop", true);
    after(&mut lines, "under way").unwrap();
    interrupt(&child);
    let ended = after(&mut lines, "ended").unwrap();
    assert!(ended.starts_with("ended: it was interrupted, "), "{ended}");
    let complete: usize = ended.split(' ').nth_back(1).unwrap().parse().unwrap();
    assert!((3..TRIALS).contains(&complete), "{ended}");
    // After the sweep it ends the program again.
    after(&mut lines, "waiting").unwrap();
    interrupt(&child);
    assert_eq!(child.wait().unwrap().signal(), Some(2));
}

#[test]
fn unless_asked_for_it_ends_the_program() {
    let (mut child, mut lines) = start("kill", false);
    after(&mut lines, "under way").unwrap();
    interrupt(&child);
    assert_eq!(child.wait().unwrap().signal(), Some(2));
    assert_eq!(after(&mut lines, "ended"), None);
}
