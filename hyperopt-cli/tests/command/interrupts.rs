//! Ctrl-C, SIGTERM and SIGKILL, and `hyperopt resume` afterwards.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::common::{Ran, Sandbox, TRAINER, is_alive, signal, wait_until};

/// Each trial writes its number and process; trial 5 waits for the file `go`.
const WAITS: &str = "echo $$ > pid$2; : > begun$2\nif [ $2 = 5 ]; then while [ ! -e go ]; do sleep 0.02; done; fi\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new("executor: {num_samples: 12, num_workers: 2}\nsearch_alg: {type: tpe, seed: 5}");
    sandbox.write("train.sh", &format!("{WAITS}{TRAINER}"));
    sandbox
}

const COMMAND: [&str; 4] = ["sh", "train.sh", "{x}", "{trial}"];

/// Whether the process has a thread whose name begins so.
fn has_thread(child: &Child, name: &str) -> bool {
    let tasks = fs::read_dir(format!("/proc/{}/task", child.id())).into_iter().flatten().flatten();
    let mut names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    names.any(|found| found.starts_with(name))
}

/// Whether SIGHUP, the lowest bit of the mask, is ignored by the process.
fn ignores_hangup(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 1
}

/// Runs the same sweep without an interruption, in `output`.
fn uninterrupted(sandbox: &Sandbox, output: &str) {
    sandbox.write("go", "");
    sandbox.sweep(&["-o", output], &COMMAND).expect(0);
    fs::remove_file(sandbox.path("go")).unwrap();
    fs::remove_file(sandbox.path("begun5")).unwrap();
}

#[test]
fn what_ctrl_c_interrupts_goes_on_as_if_nothing_had_happened() {
    let sandbox = sandbox();
    uninterrupted(&sandbox, "whole");
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let output = format!("cut-{name}");
        let child = sandbox.start(&["-o", &output], &COMMAND);
        sandbox.wait_for("begun5");
        signal(&child, name);
        let ran = Ran::of(child.wait_with_output().unwrap()).expect(code);
        ran.says(&format!("hyperopt resume {output}"));
        assert!(!is_alive(&sandbox.read("pid5")));
        let cut = sandbox.history(&output);
        assert!(cut.iter().filter(|trial| trial["state"] == "complete").count() >= 4, "{cut:?}");
        assert!(cut.iter().all(|trial| trial["state"] != "failed" && trial["state"] != "pruned"), "{cut:?}");
        sandbox.write("go", "");
        sandbox.run(&["resume", &output]).expect(0);
        assert!(sandbox.history(&output) == sandbox.history("whole"), "{name}");
        fs::remove_file(sandbox.path("go")).unwrap();
        fs::remove_file(sandbox.path("begun5")).unwrap();
    }
}

#[test]
fn what_is_killed_loses_nothing_that_was_finished() {
    let sandbox = sandbox();
    uninterrupted(&sandbox, "whole");
    let mut child = sandbox.start(&["-o", "cut"], &COMMAND);
    sandbox.wait_for("begun5");
    let running = sandbox.read("pid5");
    assert!(std::path::Path::new(&format!("/proc/{}", running.trim())).exists());
    child.kill().unwrap();
    child.wait().unwrap();
    // Its trials do not outlive it.
    assert!(!is_alive(&running));
    let shown = sandbox.run(&["show", "cut", "--json"]).expect(0).json();
    assert!(shown["states"]["complete"].as_u64().unwrap() >= 4, "{shown}");
    sandbox.write("go", "");
    sandbox.run(&["resume", "cut"]).expect(0);
    assert!(sandbox.history("cut") == sandbox.history("whole"));
}

#[test]
fn a_daemon_does_not_outlive_a_killed_command() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write("train.sh", "setsid sh -c 'echo $$ > daemon; : > begun; exec sleep 65' & sleep 66");
    let mut child = sandbox.start(&[], &["sh", "train.sh"]);
    sandbox.wait_for("begun");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!is_alive(&sandbox.read("daemon")));
}

#[test]
fn a_program_that_dies_of_the_signal_before_it_is_seen_is_run_again() {
    // By the signal itself, as before the program has its own process group; by the exit code of a shell; with its work saved.
    for (name, end) in [("INT", "kill -INT $$"), ("TERM", "exit 143"), ("HUP", "kill -HUP $$")] {
        let sandbox = Sandbox::new("executor: {num_samples: 2}\nsearch_alg: {type: random, seed: 3}");
        sandbox.sweep(&["-o", "whole"], &[]).expect(0);
        // The command receives the signal after its trial has ended, from a process that does not belong to it.
        let late = format!("sleep 0.05; kill -{name} $PPID");
        let script = format!(
            "if [ ! -e go ]; then env -i \"PATH=$PATH\" setsid sh -c \": > left; {late}\" &\n\
             while [ ! -e left ]; do :; done; {end}; fi\n{TRAINER}"
        );
        sandbox.write("train.sh", &script);
        let child = sandbox.start(&["-o", "cut"], &[]);
        let code = Ran::of(child.wait_with_output().unwrap());
        assert!(matches!(code.code, Some(129 | 130 | 143)), "{:?} {}", code.code, code.err);
        let cut = sandbox.history("cut");
        assert!(cut.iter().all(|trial| trial["state"] == "cancelled"), "{name}: {cut:?}");
        let shown = sandbox.run(&["show", "cut", "--json"]).expect(0).json();
        assert_eq!((&shown["states"]["cancelled"], &shown["states"]["running"]), (&json!(1), &json!(0)));
        assert!(sandbox.run(&["show", "cut"]).expect(0).out.contains("1 cancelled"));
        sandbox.write("go", "");
        sandbox.run(&["resume", "cut"]).expect(0);
        assert!(sandbox.history("cut") == sandbox.history("whole"), "{name}");
    }
}

#[test]
fn a_second_ctrl_c_does_not_wait() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox
        .write("train.sh", "trap ': > asked' INT; trap '' TERM; echo $$ > pid; : > begun; while :; do sleep 0.1; done");
    let child = sandbox.start(&["--grace", "60s"], &["sh", "train.sh"]);
    sandbox.wait_for("begun");
    signal(&child, "INT");
    sandbox.wait_for("asked");
    signal(&child, "INT");
    let began = Instant::now();
    Ran::of(child.wait_with_output().unwrap()).expect(130);
    assert!(began.elapsed() < Duration::from_secs(30));
    assert!(!is_alive(&sandbox.read("pid")));
}

#[test]
fn an_interrupt_reaches_the_trial_itself() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.write("train.sh", "trap 'echo saved > saved; exit 0' INT; : > begun; while :; do sleep 0.05; done");
    let child = sandbox.start(&[], &["sh", "train.sh"]);
    sandbox.wait_for("begun");
    signal(&child, "INT");
    Ran::of(child.wait_with_output().unwrap()).expect(130);
    assert_eq!(sandbox.read("saved"), "saved\n");
}

#[test]
fn a_finished_sweep_takes_more_trials() {
    let sandbox = Sandbox::new("executor: {num_samples: 10}\nsearch_alg: {type: random, seed: 2}");
    sandbox.sweep(&["-o", "all"], &[]).expect(0);
    sandbox.sweep(&["-o", "part", "-n", "6"], &[]).expect(0);
    assert_eq!(sandbox.run(&["resume", "part", "--json"]).expect(0).json()["trials"], 6);
    let resumed = sandbox.run(&["resume", "part", "-n", "10", "-w", "2", "--json"]).expect(0).json();
    assert_eq!(resumed["trials"], json!(10));
    assert!(sandbox.history("part") == sandbox.history("all"));
}

#[test]
fn two_runs_of_one_study_share_its_trials() {
    let sandbox = Sandbox::new(
        "executor: {num_samples: 16}\nsearch_alg: {type: random, seed: 2}\nstudy: {url: 'sqlite:shared.db', name: both}",
    );
    sandbox.sweep(&["-o", "alone", "--study", "sqlite:alone.db"], &[]).expect(0);
    let runs = ["a", "b"].map(|output| sandbox.start(&["-o", output, "--quiet"], &[]));
    for run in runs {
        Ran::of(run.wait_with_output().unwrap()).expect(0);
    }
    let done = |output: &str| fs::read_dir(sandbox.path(&format!("{output}/trials"))).unwrap().count();
    assert_eq!(done("a") + done("b"), 16);
    assert!(sandbox.history("a") == sandbox.history("alone"));
    let shown = sandbox.run(&["show", "sqlite:shared.db", "--json"]).expect(0).json();
    assert_eq!(shown["trials"], 16);
}

#[test]
fn one_that_waits_for_another_can_be_interrupted() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}\nstudy: sqlite:shared.db");
    sandbox.write("train.sh", &format!(": > begun; while [ ! -e go ]; do sleep 0.02; done\n{TRAINER}"));
    let first = sandbox.start(&["-o", "a"], &[]);
    sandbox.wait_for("begun");
    let second = sandbox.start(&["-o", "b"], &[]);
    sandbox.wait_for("b/trials");
    // It has joined the study when it tells the others that it is alive.
    if cfg!(target_os = "linux") {
        wait_until("a heartbeat", || has_thread(&second, "hyperopt-heartb"));
    }
    signal(&second, "TERM");
    let began = Instant::now();
    Ran::of(second.wait_with_output().unwrap()).expect(143);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    sandbox.write("go", "");
    Ran::of(first.wait_with_output().unwrap()).expect(0);
    assert_eq!(sandbox.history("a").len(), 1);
}

#[test]
fn what_nohup_ignores_stays_ignored() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write("train.sh", &format!(": > begun; while [ ! -e go ]; do sleep 0.02; done\n{TRAINER}"));
    let script = format!("trap '' HUP; exec {} run -c sweep.yaml -- sh train.sh {{x}}", env!("CARGO_BIN_EXE_hyperopt"));
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).current_dir(sandbox.path("")).stdout(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    sandbox.wait_for("begun");
    // A signal that is ignored has no effect when it is sent, nor later.
    if cfg!(target_os = "linux") {
        assert!(ignores_hangup(&child));
    }
    signal(&child, "HUP");
    sandbox.write("go", "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_sweep_that_ran_out_of_time_goes_on_too() {
    let sandbox = Sandbox::new("executor: {num_samples: 5}\nsearch_alg: {type: random, seed: 3}");
    sandbox.sweep(&["-o", "whole"], &[]).expect(0);
    // The third trial ends after the timeout, whenever it began.
    let waits = "if [ $2 = 2 ]; then : > begun2; while [ ! -e go ]; do sleep 0.02; done; fi";
    sandbox.write("train.sh", &format!("{waits}\n{TRAINER}"));
    let timeout = Duration::from_secs(2);
    let child = sandbox.start(&["-o", "cut", "--timeout", "2s", "-w", "1"], &["sh", "train.sh", "{x}", "{trial}"]);
    sandbox.wait_for("begun2");
    std::thread::sleep(timeout);
    sandbox.write("go", "");
    Ran::of(child.wait_with_output().unwrap()).expect(0).says("hyperopt resume cut");
    assert_eq!(sandbox.history("cut").len(), 3);
    sandbox.run(&["resume", "cut"]).expect(0);
    assert!(sandbox.history("cut") == sandbox.history("whole"));
}
