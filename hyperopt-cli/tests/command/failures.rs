//! Trials that fail, take too long, or try to be more than they are.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::{Sandbox, TRAINER, is_alive};

/// Returns the reasons of the failed trials.
fn reasons(history: &[Value]) -> Vec<String> {
    history.iter().filter_map(|trial| Some(trial["reason"].as_str()?.to_owned())).collect()
}

#[test]
fn a_failed_trial_is_kept_with_its_last_words_and_the_sweep_goes_on() {
    let sandbox = Sandbox::new("executor: {num_samples: 6}\nsearch_alg: {type: random, seed: 0}");
    sandbox.sweep(&["-o", "sound"], &[]).expect(0);
    let sound = sandbox.history("sound");
    assert!(sound.iter().all(|trial| trial["state"] == "complete"));
    // The same with a fault in some of the trials.
    let faults: [(&str, &str); 8] = [
        (
            "echo before; echo the disk is full >&2; exit 3",
            "exited with code 3; the last lines of standard error:\nthe disk is full",
        ),
        ("echo only this; exit 1", "exited with code 1; the last lines of standard output:\nonly this"),
        ("exit 1", "exited with code 1; it wrote nothing"),
        ("kill -9 $$", "was killed by signal 9 (SIGKILL"),
        ("echo no json", "there is no line of JSON on standard output"),
        ("echo '{\"loss\": NaN}'", "the metric `loss` is NaN"),
        ("echo '{\"los\": 1}'", "has no `loss`; did you mean `--metric los`?"),
        ("echo '{\"loss\": \"low\"}'", "`loss` is `\"low\"`, which is not a number"),
    ];
    for (index, (fault, reason)) in faults.into_iter().enumerate() {
        sandbox.write("train.sh", &format!("if [ $2 -ge 4 ]; then {fault}; exit; fi\n{TRAINER}"));
        let output = format!("faulty{index}");
        sandbox.sweep(&["-o", &output], &["sh", "train.sh", "{x}", "{trial}"]).expect(0);
        let history = sandbox.history(&output);
        assert_eq!(history[..4], sound[..4]);
        assert_eq!(history[4]["state"], "failed", "{fault}");
        assert!(reasons(&history)[0].contains(reason), "{fault}: {}", reasons(&history)[0]);
        let result = sandbox.json(&format!("{output}/trials/00004/result.json"));
        assert_eq!((&result["state"], &result["reason"]), (&json!("failed"), &history[4]["reason"]));
    }
}

#[test]
fn without_any_result_the_exit_code_says_so() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    let ran = sandbox.sweep(&[], &["sh", "-c", "echo broken >&2; exit 1"]).expect(1);
    ran.says("no trial succeeded");
    assert!(ran.out.contains("broken"), "{}", ran.out);
    let ran = sandbox.sweep(&["--json", "-o", "json"], &["false"]).expect(1);
    assert_eq!((&ran.json()["code"], &ran.json()["best"]), (&json!(1), &Value::Null));
    sandbox.run(&["best", "results/sweep"]).expect(1).says("no trial of results/sweep has succeeded");
}

#[test]
fn a_trial_that_takes_too_long_ends_with_all_that_it_started() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nsearch_alg: {type: random}");
    // TERM is ignored by the second trial; both have a child that ignores it, and a daemon.
    sandbox.write(
        "train.sh",
        "(trap '' TERM; sleep 61) & echo $! > child$1\n\
         setsid sh -c \"echo \\$\\$ > daemon$1; exec sleep 62\" & \n\
         while [ ! -s daemon$1 ]; do sleep 0.01; done\n\
         [ $1 = 1 ] && trap '' TERM\nwhile :; do sleep 0.1; done",
    );
    let began = Instant::now();
    let ran = sandbox
        .sweep(&["-w", "2", "--trial-timeout", "3s", "--grace", "500ms"], &["sh", "train.sh", "{trial}"])
        .expect(1);
    assert!(began.elapsed() < Duration::from_mins(1));
    let history = sandbox.history("results/sweep");
    assert!(reasons(&history).iter().all(|reason| reason.contains("took longer than 3 s")), "{}", ran.out);
    let seconds =
        |trial: usize| sandbox.json(&format!("results/sweep/trials/{trial:05}/result.json"))["seconds"].as_f64();
    assert!(seconds(0).unwrap() >= 3.0 && seconds(1).unwrap() >= 3.5, "{:?} {:?}", seconds(0), seconds(1));
    for name in ["child0", "child1", "daemon0", "daemon1"] {
        assert!(!is_alive(&sandbox.read(name)), "{name} is alive");
    }
}

#[test]
fn what_a_successful_trial_leaves_behind_is_ended_too() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write(
        "train.sh",
        "sleep 63 & echo $! > child; setsid sh -c 'echo $$ > daemon; exec sleep 64' &\n\
         while [ ! -s daemon ]; do sleep 0.01; done; echo '{\"loss\": 1}'",
    );
    sandbox.sweep(&[], &["sh", "train.sh"]).expect(0);
    assert!(!is_alive(&sandbox.read("child")) && !is_alive(&sandbox.read("daemon")));
}

#[test]
fn no_zombies_stay_while_the_sweep_runs() {
    let sandbox = Sandbox::new("executor: {num_samples: 30}\nsearch_alg: {type: random}");
    // Each leaves a child whose parent ends first; the last one looks for the dead among the children of the command.
    sandbox.write(
        "train.sh",
        "(sleep 0.01 &) ; if [ $1 = 29 ]; then ps -o ppid=,stat=,args= -A | awk -v p=$PPID '$1 == p' > children; fi; \
         echo '{\"loss\": 1}'",
    );
    sandbox.sweep(&["-w", "2"], &["sh", "train.sh", "{trial}"]).expect(0);
    let children = sandbox.read("children");
    // The trials that run, the guard, and what has ended since the last trial did.
    assert!(children.contains("train.sh") && children.lines().count() <= 8, "{children}");
    assert!(children.lines().filter(|line| line.contains(" Z")).count() <= 4, "{children}");
}

#[test]
fn values_are_single_arguments_whatever_they_hold() {
    let nasty = [
        "a b",
        "it's",
        "say \\\"hi\\\"",
        "$(touch owned)",
        "; touch owned",
        "a\\nb",
        "../../up",
        "`touch owned`",
        "*",
        "",
    ];
    let sandbox = Sandbox::new("");
    let listed = nasty.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    sandbox.write(
        "sweep.yaml",
        &format!("hyperopt:\n  metric: loss\n  sampler: {{type: grid}}\n  parameters:\n    cell: {{type: category, values: [{listed}]}}\n"),
    );
    sandbox.write("train.sh", "printf '%s\\0' \"$@\" > \"$HYPEROPT_OUTPUT/arguments\"; echo '{\"loss\": 1}'");
    sandbox.sweep(&[], &["sh", "train.sh", "--cell={cell}", "{cell}", "end"]).expect(0);
    let history = sandbox.history("results/sweep");
    assert_eq!(history.len(), nasty.len());
    for (number, trial) in history.iter().enumerate() {
        let cell: String = serde_json::from_str(&format!("\"{}\"", nasty[number])).unwrap();
        let seen = sandbox.read(&format!("results/sweep/trials/{number:05}/arguments"));
        assert_eq!(seen.split_terminator('\0').collect::<Vec<_>>(), [&*format!("--cell={cell}"), &cell, "end"]);
        assert_eq!(trial["state"], "complete");
        let result = sandbox.json(&format!("results/sweep/trials/{number:05}/result.json"));
        assert_eq!(result["command"], json!(["sh", "train.sh", format!("--cell={cell}"), cell, "end"]));
        // In the file it is the same text.
        let config = sandbox.run(&["best", "results/sweep", "--format", "json"]).expect(0).json();
        assert!(config["cell"].is_string());
    }
    assert!(!sandbox.path("owned").exists());
    let inside: Vec<_> = fs::read_dir(sandbox.path("results/sweep/trials")).unwrap().collect();
    assert_eq!(inside.len(), nasty.len());
}

#[test]
fn values_that_would_be_options_are_refused_before_the_first_trial() {
    let sandbox = Sandbox::new("");
    sandbox.write(
        "sweep.yaml",
        "hyperopt:\n  metric: loss\n  sampler: {type: grid}\n  parameters:\n    cell: {type: category, values: [lstm, --delete]}\n",
    );
    let ran = sandbox.sweep(&[], &["sh", "train.sh", "{cell}"]).expect(2);
    ran.says("the value `--delete` begins with `-`");
    assert!(!sandbox.path("results").exists());
    sandbox.write("train.sh", "echo '{\"loss\": 1}'");
    sandbox.sweep(&[], &["sh", "train.sh", "--cell={cell}"]).expect(0);
}

#[test]
fn a_hundred_megabytes_of_output_cost_no_memory() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    let sweep = |output: &str, script: &str| {
        sandbox.write("train.sh", script);
        let mut child = sandbox.start(&["-o", output, "--quiet"], &["sh", "train.sh"]);
        let path = format!("/proc/{}/status", child.id());
        let mut most = 0;
        while child.try_wait().unwrap().is_none() {
            let status = fs::read_to_string(&path).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
            most = most.max(kilobytes.unwrap_or_default());
            // Its program has begun, and what the command needs at rest has been measured once.
            if most > 0 && sandbox.path(&format!("{output}/trials/00000/stderr.log")).exists() {
                sandbox.write("measured", "");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        assert_eq!(sandbox.history(output)[0]["objective"], 0.5);
        most
    };
    let small = sweep("small", "while [ ! -e measured ]; do sleep 0.01; done; echo '{\"loss\": 0.5}'");
    let lines = sweep(
        "lines",
        "yes 0123456789012345678901234567890123456789 | head -c 100000000; echo; echo '{\"loss\": 0.5}'",
    );
    assert_eq!(fs::metadata(sandbox.path("lines/trials/00000/stdout.log")).unwrap().len(), 100_000_000 + 1 + 14);
    let one = sweep("one", "head -c 100000000 /dev/zero | tr '\\0' '{'; echo; echo '{\"loss\": 0.5}'");
    println!("{small} kB at rest, {lines} kB with lines, {one} kB with one line");
    assert!(
        lines < small + 8_000 && one < small + 8_000,
        "{small} kB at rest, {lines} kB with lines, {one} kB with one line"
    );
}
