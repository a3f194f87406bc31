//! The main path: a configuration, a program, results.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::common::Sandbox;

#[test]
fn a_sweep_of_a_program_leaves_its_results() {
    let sandbox = Sandbox::new("executor: {num_samples: 12, num_workers: 2}\nsearch_alg: {type: random, seed: 7}");
    let ran = sandbox.sweep(&[], &[]).expect(0);
    assert!(ran.out.contains("12 trials"), "{}", ran.out);
    let history = sandbox.history("results/sweep");
    assert_eq!(history.len(), 12);
    for (number, trial) in history.iter().enumerate() {
        let x = trial["params"]["x"].as_f64().unwrap();
        assert!((trial["objective"].as_f64().unwrap() - (x - 0.25).powi(2)).abs() < 1e-6, "{trial}");
        assert_eq!(trial["metrics"], json!({"seconds": 1.5}));
        let files = format!("results/sweep/trials/{number:05}");
        assert!(sandbox.read(&format!("{files}/stdout.log")).contains("\"loss\""));
        assert_eq!(sandbox.read(&format!("{files}/stderr.log")), "");
        let result = sandbox.json(&format!("{files}/result.json"));
        assert_eq!((&result["state"], &result["objective"]), (&json!("complete"), &trial["objective"]));
        let config = sandbox.read(&format!("{files}/config.yaml"));
        let cell = trial["params"]["model.cell"].as_str().unwrap();
        assert!(config.contains(&format!("cell: {cell}")), "{config}");
        assert!(!config.contains("hyperopt"), "{config}");
    }
    let statistics = sandbox.json("results/sweep/hyperopt_statistics.json");
    let scores: Vec<_> =
        statistics["hyperopt_results"].as_array().unwrap().iter().map(|r| &r["metric_score"]).collect();
    assert_eq!(scores.len(), 12);
    assert!(scores.is_sorted_by_key(|score| score.as_f64().unwrap()), "{scores:?}");
    assert_eq!(statistics["hyperopt_config"]["metric"], "loss");
    assert_eq!(sandbox.read("results/sweep/trials.csv").lines().count(), 13);
}

/// The time of a sweep is that in which any process worked on it, whoever asks.
#[test]
fn commands_agree_on_the_time_of_a_sweep() {
    let sandbox = Sandbox::new("executor: {num_samples: 6, num_workers: 2}\nsearch_alg: {type: random, seed: 7}");
    let time = |out: &str| {
        let headline = out.lines().next().unwrap_or_default();
        headline.split_once(", in ").and_then(|(_, rest)| Some(rest.split_once(':')?.0.to_owned())).expect("a time")
    };
    let command = ["sh", "-c", "sleep 0.2; sh train.sh {x}"];
    let first = time(&sandbox.sweep(&[], &command).expect(0).out);
    assert_eq!(time(&sandbox.run(&["show", "results/sweep"]).expect(0).out), first);
    let more = time(&sandbox.run(&["resume", "results/sweep", "--num-samples", "10"]).expect(0).out);
    assert_ne!(more, first);
    assert_eq!(time(&sandbox.run(&["show", "results/sweep"]).expect(0).out), more);
}

#[test]
fn what_a_sweep_has_left_can_be_read() {
    let sandbox = Sandbox::new("executor: {num_samples: 8}\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["--output", "out"], &[]).expect(0);
    let history = sandbox.history("out");
    let best =
        history.iter().min_by(|a, b| a["objective"].as_f64().unwrap().total_cmp(&b["objective"].as_f64().unwrap()));
    let best = best.unwrap();
    let shown = sandbox.run(&["show", "out", "--json"]).expect(0).json();
    assert_eq!(shown["best"]["trial"], best["trial"]);
    assert_eq!(shown["states"]["complete"], 8);
    assert!(sandbox.run(&["show", "out"]).expect(0).out.contains("model.cell"));
    let one = sandbox.run(&["show", "out", "--trial", "3", "--json"]).expect(0).json();
    assert_eq!(one["parameters"], history[3]["params"]);
    sandbox.run(&["show", "out", "--trial", "8"]).expect(2).says("the last one is 7");

    let config = sandbox.run(&["best", "out", "--format", "json"]).expect(0).json();
    assert_eq!(config["x"], best["params"]["x"]);
    assert_eq!(config["model"]["cell"], best["params"]["model.cell"]);
    let yaml = sandbox.run(&["best", "out"]).expect(0).out;
    assert_eq!(yaml, sandbox.read(&format!("out/trials/{:05}/config.yaml", best["trial"].as_u64().unwrap())));

    let csv = sandbox.run(&["export", "out", "--format", "csv"]).expect(0).out;
    assert_eq!(csv, sandbox.read("out/trials.csv"));
    sandbox.run(&["export", "out", "--format", "jsonl", "-o", "copy.jsonl"]).expect(0);
    assert_eq!(sandbox.read("copy.jsonl"), sandbox.read("out/trials.jsonl"));
    let statistics = sandbox.run(&["export", "out", "--format", "statistics"]).expect(0).json();
    assert_eq!(statistics, sandbox.json("out/hyperopt_statistics.json"));

    sandbox.run(&["plot", "out", "-o", "figure.svg"]).expect(0);
    assert!(sandbox.read("figure.svg").contains("model.cell"));
    sandbox.run(&["plot", "out"]).expect(0);
    assert!(fs::read(sandbox.path("out/sweep.png")).unwrap().starts_with(b"\x89PNG"));
    for name in ["slice", "optimization_history", "contour", "rank", "parallel_coordinate", "edf", "timeline"] {
        sandbox.run(&["plot", "out", "--figure", name, "-o", &format!("{name}.svg")]).expect(0);
        assert!(sandbox.read(&format!("{name}.svg")).starts_with("<svg"), "{name}");
    }
    let refused = sandbox.run(&["plot", "out", "--figure", "rungs", "-o", "rungs.svg"]).expect(2);
    assert!(refused.err.contains("it has no budgets; write `--figure plot`"), "{}", refused.err);
    assert!(!sandbox.path("rungs.svg").exists());
    let report = sandbox.run(&["report", "out", "--directory"]).expect(0);
    for name in ["rungs", "pareto_front", "hypervolume_history", "intermediate_values"] {
        report.says(&format!("left out {name}: `--figure {name}` is not for this sweep"));
    }
    let mut files: Vec<_> = fs::read_dir(sandbox.path("out/report"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let figures = [
        "contour",
        "edf",
        "optimization_history",
        "pair_plot",
        "parallel_coordinate",
        "param_importances",
        "plot",
        "rank",
        "slice",
        "timeline",
    ];
    let texts = ["best.txt", "trials.csv", "trials.jsonl"].map(str::to_owned);
    let mut expected: Vec<_> = figures.map(|name| format!("{name}.svg")).into_iter().chain(texts).collect();
    expected.sort();
    assert_eq!(files, expected);
    // The database alone says as much.
    let url = format!("sqlite:{}", sandbox.path("out/study.db").display());
    let shown = sandbox.run(&["show", &url, "--json"]).expect(0).json();
    assert_eq!(shown["best"]["trial"], best["trial"]);
}

#[test]
fn one_seed_gives_one_history_with_any_number_of_workers_above_one() {
    let sandbox = Sandbox::new("executor: {num_samples: 20}\nsearch_alg: {type: tpe, seed: 3}");
    sandbox.sweep(&["-o", "a", "-w", "2"], &[]).expect(0);
    sandbox.sweep(&["-o", "b", "-w", "5"], &[]).expect(0);
    sandbox.sweep(&["-o", "c", "-w", "5", "--seed", "4"], &[]).expect(0);
    assert!(sandbox.history("a") == sandbox.history("b"));
    assert!(sandbox.history("a") != sandbox.history("c"));
    // One worker alone looks at each result before it proposes the next.
    sandbox.sweep(&["-o", "d", "-w", "1"], &[]).expect(0);
    sandbox.sweep(&["-o", "e", "-w", "1"], &[]).expect(0);
    assert!(sandbox.history("d") == sandbox.history("e"));
}

#[test]
fn no_more_trials_run_than_there_are_workers() {
    let sandbox = Sandbox::new("executor: {num_samples: 24}\nsearch_alg: {type: random}");
    // Each trial counts those that run at its start, and lasts until as many as may have been seen at once.
    sandbox.write(
        "train.sh",
        "mkdir -p running; touch running/$$; ls running | wc -l >> counts\n\
         while [ ! -e met$1 ]; do if [ $(ls running | wc -l) -ge $1 ]; then : > met$1; fi; sleep 0.01; done\n\
         sleep 0.05; rm running/$$; echo '{\"loss\": 1}'",
    );
    let counts = |workers: &str, output: &str| {
        sandbox.sweep(&["-o", output, "-w", workers], &["sh", "train.sh", workers]).expect(0);
        let counts: BTreeSet<usize> = sandbox.read("counts").lines().map(|line| line.trim().parse().unwrap()).collect();
        fs::remove_file(sandbox.path("counts")).unwrap();
        counts.last().copied().unwrap()
    };
    assert_eq!(counts("1", "one"), 1);
    assert_eq!(counts("3", "three"), 3);
}

#[test]
fn the_environment_and_the_directory_of_a_trial_are_set() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write("train.sh", "env > \"$HYPEROPT_OUTPUT/env\"; pwd > \"$HYPEROPT_OUTPUT/pwd\"; echo '{\"loss\": 1}'");
    let variables = |output: &str| -> BTreeSet<String> {
        let text = sandbox.read(&format!("{output}/trials/00000/env"));
        text.lines().map(|line| line.split('=').next().unwrap().to_owned()).collect()
    };
    sandbox.write("data.csv", "");
    let shell = &["/bin/sh", "train.sh"];
    sandbox.sweep(&["-o", "a", "--env", "EXTRA=1", "--dataset", "data.csv"], shell).expect(0);
    let names = variables("a");
    for name in ["HYPEROPT_TRIAL", "HYPEROPT_CONFIG", "HYPEROPT_OUTPUT", "HYPEROPT_DATASET", "EXTRA", "PATH", "HOME"] {
        assert!(names.contains(name), "{name} is not in {names:?}");
    }
    assert!(!names.contains("HYPEROPT_BUDGET"));
    assert_eq!(Path::new(sandbox.read("a/trials/00000/pwd").trim()), sandbox.path("").canonicalize().unwrap());
    sandbox.sweep(&["-o", "b", "--clear-env", "--env", "HOME"], shell).expect(0);
    let names = variables("b");
    assert!(names.contains("HOME") && names.contains("HYPEROPT_TRIAL") && !names.contains("NO_COLOR"), "{names:?}");
    let script = sandbox.path("train.sh").display().to_string();
    sandbox.sweep(&["-o", "c", "--working-directory", "{output}"], &["sh", &script]).expect(0);
    assert!(sandbox.read("c/trials/00000/pwd").trim().ends_with("c/trials/00000"));
}

#[test]
fn metrics_come_from_files_too() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}");
    sandbox
        .write("json.sh", "echo \"{\\\"validation\\\": {\\\"rec\\\": {\\\"accuracy\\\": $1}}}\" > \"$2/results.json\"");
    sandbox.write("csv.sh", "printf 'epoch,val loss\\n1,9\\n2,%s\\n' \"$1\" > \"$2/log.csv\"");
    let options = ["-o", "a", "--metric-file", "results.json", "--metric", "validation.rec.accuracy"];
    sandbox.sweep(&options, &["sh", "json.sh", "{x}", "{output}"]).expect(0);
    let options = ["-o", "b", "--metric-file", "{output}/log.csv", "--metric", "val loss"];
    sandbox.sweep(&options, &["sh", "csv.sh", "{x}", "{output}"]).expect(0);
    for output in ["a", "b"] {
        for trial in sandbox.history(output) {
            assert_eq!(trial["objective"], trial["params"]["x"]);
        }
    }
    let ran = sandbox.sweep(&["-o", "c", "--metric-file", "/tmp/shared.json", "-w", "2"], &[]).expect(2);
    ran.says("is one file for all trials");
}

#[test]
fn what_a_trainer_prints_on_its_way_prunes_it() {
    let sandbox = Sandbox::new(
        "executor:\n  num_samples: 12\n  scheduler: {type: median_stopping_rule, grace_period: 1, min_samples_required: 3}\n\
         search_alg: {type: random, seed: 0}",
    );
    // The loss is x at each of 20 steps, each of which waits until the command has read the one before; a trial that is asked
    // to end says so.
    sandbox.write(
        "train.sh",
        "trap 'echo stopped >> stopped; exit 0' TERM\nfor i in $(seq 20); do\n\
         echo \"{\\\"step\\\": $i, \\\"loss\\\": $1}\"\n\
         while [ $(wc -l < \"$HYPEROPT_OUTPUT/stdout.log\") -lt $i ]; do sleep 0.01; done\ndone",
    );
    sandbox.sweep(&["-w", "1"], &[]).expect(0);
    let history = sandbox.history("results/sweep");
    let of = |state: &str| history.iter().filter(|trial| trial["state"] == state).collect::<Vec<_>>();
    let (pruned, complete) = (of("pruned"), of("complete"));
    assert!(!pruned.is_empty() && !complete.is_empty(), "{history:?}");
    assert_eq!(sandbox.read("stopped").lines().count(), pruned.len());
    assert!(complete.iter().all(|trial| trial["reports"].as_array().unwrap().len() == 20));
    assert!(pruned.iter().all(|trial| trial["reports"].as_array().unwrap().len() < 20));
    let best = |trials: &[&Value]| trials.iter().map(|t| t["params"]["x"].as_f64().unwrap()).fold(1.0, f64::min);
    assert!(best(&complete) < best(&pruned));
    let result = sandbox.json(&format!("results/sweep/trials/{:05}/result.json", pruned[0]["trial"].as_u64().unwrap()));
    assert_eq!(result["state"], "pruned");
}

#[test]
fn budgets_reach_the_program() {
    let sandbox = Sandbox::new(
        "search_alg: {type: random, seed: 0}\nexecutor:\n  scheduler: {type: hyperband, max_t: 9, reduction_factor: 3}",
    );
    sandbox.write("train.sh", "echo \"$2 $HYPEROPT_BUDGET\" >> budgets; echo \"{\\\"loss\\\": $1}\"");
    sandbox.sweep(&[], &["sh", "train.sh", "{x}", "{budget}"]).expect(0);
    let budgets = sandbox.read("budgets");
    let seen: BTreeSet<_> = budgets.lines().collect();
    assert_eq!(seen, BTreeSet::from(["1 1", "3 3", "9 9"]));
    let history = sandbox.history("results/sweep");
    assert!(history.iter().any(|trial| trial["resources"] == json!(9.0)), "{history:?}");
    sandbox.run(&["report", "results/sweep", "--directory"]).expect(0);
    assert!(sandbox.path("results/sweep/report/rungs.svg").exists());
}

#[test]
fn json_is_all_that_a_script_reads() {
    let sandbox = Sandbox::new("executor: {num_samples: 4}");
    let ran = sandbox.sweep(&["--json", "--quiet"], &[]).expect(0);
    let summary = ran.json();
    assert_eq!((&summary["trials"], &summary["code"]), (&json!(4), &json!(0)));
    assert!(Path::new(summary["best"]["config"].as_str().unwrap()).exists());
    assert_eq!(ran.err, "");
    let loud = sandbox.sweep(&["--json", "-o", "loud"], &[]).expect(0);
    assert!(loud.json()["best"]["parameters"]["x"].is_f64());
    assert!(loud.err.contains("4 of 4 trials"), "{}", loud.err);
}

#[test]
fn the_example_runs_where_python_is() {
    let has_python = Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success());
    if !has_python {
        println!("left out: there is no python3 here");
        return;
    }
    let sandbox = Sandbox::new("");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/yaml");
    for name in ["rotten_tomatoes.yaml", "rotten_tomatoes.csv", "train.py"] {
        fs::copy(example.join(name), sandbox.path(name)).unwrap();
    }
    let arguments = "run --config rotten_tomatoes.yaml --dataset rotten_tomatoes.csv --seed 0 -- \
                     python3 train.py --config {config} --data {dataset}";
    sandbox.run(&arguments.split_whitespace().collect::<Vec<_>>()).expect(0);
    let shown = sandbox.run(&["show", "results/rotten_tomatoes", "--json"]).expect(0).json();
    assert_eq!(shown["states"]["complete"], 20);
    assert!(shown["best"]["objective"].as_f64().unwrap() > 0.75, "{shown}");
    assert!(shown["best"]["parameters"]["model.buckets"].is_u64(), "{shown}");
    assert!(sandbox.path("results/rotten_tomatoes/trials/00000/model.json").exists());
    // The winner is a file that the trainer takes.
    let best = sandbox.run(&["best", "results/rotten_tomatoes"]).expect(0).out;
    sandbox.write("best.yaml", &best);
    let again = Command::new("python3")
        .args(["train.py", "--config", "best.yaml", "--data", "rotten_tomatoes.csv"])
        .current_dir(sandbox.path(""))
        .output()
        .unwrap();
    let text = String::from_utf8(again.stdout).unwrap();
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["validation"]["recommended"]["accuracy"], shown["best"]["objective"]);
}
