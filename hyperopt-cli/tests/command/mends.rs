//! Mistakes that are told at once, and what is never left out in silence.

use std::fs;

use serde_json::{Value, json};

use crate::common::{Ran, Sandbox};

#[test]
fn options_that_no_trial_can_follow_are_refused_before_the_first() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.write("file", "");
    let cases: [(&[&str], &str); 12] = [
        (&["--metric", ""], "`--metric` is empty"),
        (&["--metric", " "], "`--metric` is empty"),
        (&["--metric", "a..b"], "write keys with single points between them: `--metric a.b`"),
        (&["--metric", ".loss"], "`--metric loss`"),
        (&["--metric", "history.loss."], "`--metric history.loss`"),
        (&["--metric-file", ""], "`--metric-file` is empty"),
        (&["--working-directory", "nodir"], "`--working-directory nodir`: there is no such directory"),
        (&["--working-directory", "file"], "`--working-directory file`: it is not a directory"),
        (&["--working-directory", ""], "a value is required for '--working-directory <DIR>'"),
        (&["--name", ""], "a value is required for '--name <NAME>'"),
        (&["--dataset", ""], "`--dataset` is empty"),
        (&["--output", ""], "a value is required for '--output <DIR>'"),
    ];
    for (options, message) in cases {
        sandbox.sweep(options, &[]).expect(2).says(message);
        assert!(!sandbox.path("results").exists(), "{options:?}");
    }
    for (metric, instead) in [("''", "loss"), ("'a..b'", "a.b"), ("'.loss'", "loss"), ("' '", "loss")] {
        let text = sandbox.read("sweep.yaml");
        sandbox.write("other.yaml", &text.replace("metric: loss", &format!("metric: {metric}")));
        let ran = sandbox.run(&["run", "-c", "other.yaml", "--", "true"]).expect(2);
        ran.says(&format!("write `metric: {instead}`"));
        assert!(!sandbox.path("results").exists(), "{metric}");
    }
}

#[test]
fn a_relative_program_is_that_of_the_working_directory() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    fs::create_dir(sandbox.path("inner")).unwrap();
    sandbox.write("inner/go", "#!/bin/sh\necho '{\"loss\": 1}'\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(sandbox.path("inner/go"), mode).unwrap();
    sandbox.sweep(&["-o", "a", "--working-directory", "inner"], &["./go"]).expect(0);
    sandbox.sweep(&["-o", "b"], &["./go"]).expect(2).says("cannot run `./go`");
    // Each trial may have its own, which is made before its program runs.
    sandbox.sweep(&["-o", "c", "--working-directory", "{output}"], &["sh", "-c", "echo '{{\"loss\": 1}}'"]).expect(0);
}

#[test]
fn lines_that_are_too_long_are_a_note() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nsearch_alg: {type: random, seed: 1}");
    let long = "head -c 1100000 /dev/zero | tr '\\0' x; echo;";
    sandbox.write("train.sh", &format!("[ $1 = 1 ] && {{ {long} {long} }}\necho '{{\"loss\": 1}}'"));
    let ran = sandbox.sweep(&["-o", "a", "--json"], &["sh", "train.sh", "{trial}"]).expect(0);
    let notes = ran.json()["notes"].to_string();
    assert!(notes.contains("2 lines of more than 1 MiB on standard output (trial 1) were not searched"), "{notes}");
    let shown = sandbox.sweep(&["-o", "b"], &["sh", "train.sh", "{trial}"]).expect(0).out.replace("\n      ", " ");
    assert!(shown.contains("2 lines of more than 1 MiB"), "{shown}");
    // The only metric on such a line: the failure says so.
    sandbox.write("train.sh", "printf '{\"loss\": 1, \"x\": \"'; head -c 1100000 /dev/zero | tr '\\0' x; printf '\"}'");
    sandbox.sweep(&["-o", "c"], &["sh", "train.sh"]).expect(1);
    let reason = sandbox.history("c")[0]["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("more than 1 MiB on standard output"), "{reason}");
    // A file that is read instead makes them irrelevant.
    sandbox.write("train.sh", &format!("{long} echo '{{\"loss\": 1}}' > \"$HYPEROPT_OUTPUT/m.json\""));
    let ran = sandbox.sweep(&["-o", "d", "--json", "--metric-file", "m.json"], &["sh", "train.sh"]).expect(0);
    assert!(!ran.json()["notes"].to_string().contains("MiB"), "{}", ran.out);
}

#[test]
fn numbers_beside_the_metric_that_are_not_kept_are_a_note() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    let many: serde_json::Map<_, _> =
        (0..40).map(|n| (format!("m{n}"), json!(n))).chain([("loss".into(), json!(1))]).collect();
    sandbox.write("line", &Value::Object(many).to_string());
    let ran = sandbox.sweep(&["-o", "a", "--json"], &["cat", "line"]).expect(0);
    assert_eq!(sandbox.history("a")[0]["metrics"].as_object().unwrap().len(), 32);
    assert!(ran.json()["notes"].to_string().contains("8 numbers beside the metric (trial 0)"), "{}", ran.out);
}

/// What a run leaves that was killed as soon as it had claimed its directory.
fn killed_at_its_start(sandbox: &Sandbox, output: &str) {
    sandbox.sweep(&["-o", output], &[]).expect(0);
    let token = sandbox.json(&format!("{output}/run.json"))["token"].as_u64().unwrap();
    let root = sandbox.path(output);
    fs::rename(root.join("sweep.yaml"), root.join(format!("sweep.yaml.{token:016x}.staged"))).unwrap();
    for entry in fs::read_dir(&root).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            fs::remove_dir_all(entry.path()).unwrap();
        } else if name != "run.json" && !name.ends_with(".staged") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
}

#[test]
fn a_run_that_is_killed_at_its_start_is_resumed() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["-o", "whole"], &[]).expect(0);
    killed_at_its_start(&sandbox, "killed");
    sandbox.sweep(&["-o", "killed"], &[]).expect(2).says("hyperopt resume killed");
    sandbox.run(&["resume", "killed"]).expect(0);
    assert_eq!(sandbox.history("killed"), sandbox.history("whole"));
    assert!(sandbox.path("killed/sweep.yaml").exists());
    assert_eq!(sandbox.run(&["best", "killed"]).expect(0).out, sandbox.run(&["best", "whole"]).expect(0).out);
    // Of one that is killed a moment earlier nothing is in the way.
    fs::create_dir_all(sandbox.path("earlier/trials")).unwrap();
    sandbox.write("earlier/sweep.yaml.0000000000000077.staged", "half");
    sandbox.sweep(&["-o", "earlier"], &[]).expect(0);
    // A configuration that is gone is said to be, and what is advised is tried.
    fs::remove_file(sandbox.path("whole/sweep.yaml")).unwrap();
    fs::remove_file(sandbox.path("whole/study.db")).unwrap();
    sandbox.run(&["resume", "whole"]).expect(2).says("sweep.yaml is missing");
    fs::remove_file(sandbox.path("whole/run.json")).unwrap();
    sandbox.sweep(&["-o", "whole"], &[]).expect(0);
}

#[test]
fn other_hyperparameters_are_told_the_option_that_helps() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nstudy: sqlite:x.db\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["-o", "a"], &[]).expect(0);
    let text = sandbox.read("sweep.yaml");
    let changed = [
        text.replace("    x:\n", "    y:\n"),
        text.replace("upper: 1\n", "upper: 2\n"),
        text.replace("categories: [rnn, gru, lstm]", "categories: [rnn, lstm]"),
        text.replace("seed: 1", "seed: 2"),
        text.replace("metric: loss", "metric: loss\n  goal: maximize"),
        text.replace("search_alg: {type: random, seed: 1}", "sampler: {type: hyperband, max_t: 9}"),
    ];
    for (number, text) in changed.iter().enumerate() {
        sandbox.write("sweep.yaml", text);
        let command = if number == 0 { ["sh", "train.sh", "{y}"] } else { ["sh", "train.sh", "{x}"] };
        let ran = sandbox.sweep(&["-o", "b"], &command).expect(2);
        ran.says("`hyperopt run --name NAME` gives this sweep a study of its own");
        assert!(!ran.err.contains(".name("), "{}", ran.err);
        assert!(!sandbox.path("b").exists());
        let (name, output) = (format!("own{number}"), format!("own{number}"));
        sandbox.sweep(&["-o", &output, "--name", &name], &command).expect(0);
    }
}

#[test]
fn several_machines_share_an_output_directory() {
    let sandbox = Sandbox::new("executor: {num_samples: 8}\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["-o", "one"], &[]).expect(0);
    sandbox.write("slow.sh", &format!("sleep 0.2\n{}", sandbox.read("train.sh")));
    let command = ["sh", "slow.sh", "{x}"];
    let join = ["-o", "shared", "--join", "--study", "sqlite:s.db"];
    let started: Vec<_> = (0..3).map(|_| sandbox.start(&join, &command)).collect();
    for child in started {
        Ran::of(child.wait_with_output().unwrap()).expect(0);
    }
    let kept = |output: &str| -> Vec<_> {
        sandbox.history(output).iter().map(|trial| (trial["params"].clone(), trial["objective"].clone())).collect()
    };
    assert_eq!(kept("shared"), kept("one"));
    assert_eq!(fs::read_dir(sandbox.path("shared/trials")).unwrap().count(), 8);
    // Without the option a second run is refused, and another sweep is refused with it.
    sandbox
        .sweep(&["-o", "shared", "--study", "sqlite:s.db"], &command)
        .expect(2)
        .says("take part in it with `--join`");
    sandbox.sweep(&join, &["sh", "train.sh", "{x}"]).expect(2).says("was started with another command");
    sandbox
        .sweep(&[&join[..], &["--seed", "4"]].concat(), &command)
        .expect(2)
        .says("was started with another `--seed`");
    let text = sandbox.read("sweep.yaml");
    sandbox.write("sweep.yaml", &text.replace("upper: 1\n", "upper: 2\n"));
    sandbox.sweep(&join, &command).expect(2).says("was started with another configuration");
    sandbox.write("sweep.yaml", &text);
    sandbox.sweep(&join, &command).expect(0);
}

#[test]
fn advice_is_for_the_command_and_not_for_programs() {
    let sandbox = Sandbox::new("executor: {num_samples: 20}\nsearch_alg: {type: tpe, seed: 1}");
    let ran = sandbox.sweep(&["-o", "a", "-w", "10", "--json"], &[]).expect(0);
    let notes = ran.json()["notes"].to_string();
    assert!(notes.contains("8 of 10 threads at work") && !notes.contains("batch("), "{notes}");
    let ran = sandbox.sweep(&["-o", "b", "--sampler", "grid"], &[]).expect(2);
    ran.says("`--sampler grid`: hyperparameter `x` has no end of values for a grid; write");
    assert!(!ran.err.contains("GridSampler::new()"), "{}", ran.err);
    assert!(!sandbox.path("b").exists());
}
