//! `--dry-run` shows what would be run, and neither runs nor writes anything.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::common::{Sandbox, TRAINER};

/// All files of a directory with their contents.
fn files(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push((path.clone(), fs::read(&path).unwrap())) }
    }
    found.sort();
    found
}

/// Returns the hyperparameters and the command of each trial.
fn previewed(shown: &Value) -> Vec<(Value, Value)> {
    let trials = shown["trials"].as_array().unwrap();
    trials.iter().map(|trial| (trial["parameters"].clone(), trial["command"].clone())).collect()
}

fn ran(sandbox: &Sandbox, output: &str, numbers: std::ops::Range<usize>) -> Vec<(Value, Value)> {
    let result = |number: usize| sandbox.json(&format!("{output}/trials/{number:05}/result.json"));
    numbers.map(result).map(|result| (result["parameters"].clone(), result["command"].clone())).collect()
}

const METHODS: [(&str, &[&str]); 7] = [
    ("search_alg: {type: random, seed: 5}\nexecutor: {num_samples: 4}", &[]),
    ("search_alg: {type: tpe, seed: 5}\nexecutor: {num_samples: 4}", &["-w", "3"]),
    ("search_alg: {type: gp, seed: 5}\nexecutor: {num_samples: 4}", &[]),
    ("search_alg: {type: lhs, seed: 5}\nexecutor: {num_samples: 4}", &["-w", "2"]),
    ("sampler: {type: hyperband, max_t: 9, reduction_factor: 3, seed: 5}", &[]),
    ("sampler: {type: bohb, max_t: 9, seed: 5}", &["-w", "4"]),
    ("sampler: {type: asha, max_t: 9, seed: 5}\nexecutor: {num_samples: 4}", &[]),
];

#[test]
fn the_trials_that_are_shown_are_those_that_run() {
    for (lines, options) in METHODS {
        let sandbox = Sandbox::new(lines);
        let before = files(&sandbox.path(""));
        let command = ["sh", "train.sh", "{x}", "{config}"];
        let shown = sandbox.sweep(&[options, &["--dry-run", "--json"]].concat(), &command).expect(0).json();
        assert!(files(&sandbox.path("")) == before, "{lines}");
        assert_eq!(previewed(&shown).len(), 3, "{lines}: {shown:#}");
        sandbox.sweep(options, &command).expect(0);
        assert_eq!(previewed(&shown), ran(&sandbox, "results/sweep", 0..3), "{lines}");
        for trial in shown["trials"].as_array().unwrap() {
            let path = trial["command"][3].as_str().unwrap();
            let config = fs::read_to_string(path).unwrap();
            assert!(config.contains(&format!("x: {}\n", trial["config"]["x"])), "{path}: {config}");
        }
    }
}

#[test]
fn what_would_be_run_is_described() {
    let sandbox = Sandbox::new("search_alg: {type: tpe, seed: 7}\nexecutor: {num_samples: 20, num_workers: 2}");
    let options =
        ["--dry-run", "-o", "out", "--name", "wine", "--metric-file", "log.json", "--working-directory", "{output}"];
    let shown = sandbox.sweep(&options, &["sh", "-c", "true {trial} {model.cell}"]).expect(0).out;
    for line in [
        "sampler:   tpe (TpeSampler, seed 7)",
        "trials:    20, 2 at a time",
        "metric:    minimize loss: the first of `validation.combined.loss`, `combined.loss`, `validation.loss`, `loss` in the file \
         `log.json`",
        "study:     `wine` in sqlite:",
        "out/study.db (new)",
        "\ntrial 0\n  in ",
        "out/trials/00002\n  sh -c 'true 2 ",
        "    model:\n      cell: ",
        "nothing was run or written",
    ] {
        assert!(shown.contains(line), "no `{line}` in:\n{shown}");
    }
    assert!(!sandbox.path("out").exists());
    let shown = sandbox.sweep(&[&options[..], &["--json", "--seed", "9"]].concat(), &["true"]).expect(0).json();
    assert_eq!((&shown["seed"], &shown["num_samples"], &shown["workers"]), (&json!(9), &json!(20), &json!(2)));
    assert_eq!(
        (&shown["metric"], &shown["metric_file"], &shown["goal"]),
        (&json!("loss"), &json!("log.json"), &json!("minimize"))
    );
    assert_eq!((&shown["study"]["name"], &shown["study"]["trials"]), (&json!("wine"), &json!(0)));
}

#[test]
fn a_seed_that_is_drawn_is_a_note_and_its_advice_is_taken() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}");
    let shown = sandbox.sweep(&["--dry-run", "--json"], &[]).expect(0).json();
    assert_eq!(shown["seed"], Value::Null);
    let note =
        shown["notes"].as_array().unwrap().iter().find_map(|note| note.as_str()?.split_once("`--seed ")).unwrap().1;
    let (seed, _) = note.split_once('`').unwrap();
    sandbox.sweep(&["--seed", seed], &[]).expect(0);
    assert_eq!(previewed(&shown), ran(&sandbox, "results/sweep", 0..3));
}

#[test]
fn a_trial_that_depends_on_results_is_a_note() {
    let sandbox = Sandbox::new("search_alg: {type: tpe, seed: 5, n_initial_points: 2}\nexecutor: {num_samples: 4}");
    let shown = sandbox.sweep(&["--dry-run", "--json"], &[]).expect(0).json();
    sandbox.sweep(&[], &[]).expect(0);
    let count = shown["trials"].as_array().unwrap().len();
    assert_eq!(previewed(&shown), ran(&sandbox, "results/sweep", 0..count));
    assert_eq!(count, 2);
    let notes = shown["notes"].to_string();
    assert!(notes.contains("trial 2 depends on the results of the trials before it"), "{notes}");
}

/// Schedulers that never wait: what follows the first trial of each worker depends on which of them ends first.
#[test]
fn of_trials_that_depend_on_the_order_those_of_all_workers_are_shown() {
    let cases: [(&str, &[&str], usize); 5] = [
        ("executor: {num_samples: 8, scheduler: {type: asha}}", &["--seed", "1", "-w", "2"], 2),
        ("executor: {num_samples: 8, scheduler: {type: pasha}}", &["--seed", "1", "-w", "2"], 2),
        ("", &["--sampler", "asha", "--seed", "5", "-n", "8", "-w", "3"], 3),
        ("executor: {scheduler: {type: asha}}", &["--seed", "5", "-n", "1", "-w", "3"], 1),
        (
            "search_alg: {type: tpe, n_initial_points: 2}\nexecutor: {num_samples: 8, scheduler: {type: asha, time_attr: time_total_s}}",
            &["--seed", "5", "-w", "2"],
            2,
        ),
    ];
    for (lines, options, count) in cases {
        let sandbox = Sandbox::new(lines);
        sandbox.write("train.sh", &format!("sleep 0.2\n{TRAINER}"));
        let dry = || sandbox.sweep(&[options, &["--dry-run", "--json"]].concat(), &[]).expect(0).json();
        let shown = dry();
        assert_eq!(previewed(&shown).len(), count, "{lines}: {shown:#}");
        assert_eq!(dry(), shown, "{lines}");
        let note =
            format!("trial {count} depends on the results of the trials before it, and on which of them ends first");
        assert_eq!(shown["notes"].to_string().contains(&note), count < 3, "{lines}: {shown:#}");
        sandbox.sweep(options, &[]).expect(0);
        assert_eq!(previewed(&shown), ran(&sandbox, "results/sweep", 0..count), "{lines}");
        for trial in shown["trials"].as_array().unwrap().iter().filter(|trial| !trial["budget"].is_null()) {
            let path = format!("results/sweep/trials/{:05}/result.json", trial["trial"].as_u64().unwrap());
            assert_eq!(trial["budget"], sandbox.json(&path)["budget"], "{lines}");
        }
    }
}

#[test]
fn a_worker_that_has_no_trial_yet_is_given_none() {
    let sandbox =
        Sandbox::new("goal: maximize\nexecutor: {num_samples: 4, scheduler: {type: asha, max_t: 4}}\nseed: 2");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let first = sandbox.history("out").len();
    let resume = ["resume", "out", "-n", "6", "-w", "8"];
    let shown = sandbox.run(&[&resume[..], &["--dry-run", "--json"]].concat()).expect(0).json();
    assert_eq!(previewed(&shown).len(), 2, "{shown:#}");
    let note = format!("trial {} depends on the results", first + 2);
    assert!(shown["notes"].to_string().contains(&note), "{shown:#}");
    sandbox.write("train.sh", &format!("sleep 0.2\n{TRAINER}"));
    sandbox.run(&resume).expect(0);
    assert_eq!(previewed(&shown), ran(&sandbox, "out", first..first + 2));
}

#[test]
fn rounds_are_told_whoever_chose_the_scheduler() {
    let dehb = "`dehb` starts 143 configurations a round, and `num_samples: 8` makes that 1 round";
    let hyperband = "a round of `hyperband` starts 143 configurations, and `num_samples: 8` ends it after 8";
    let files = ["dehb", "hyperband"].map(|name| format!("executor: {{scheduler: {{type: {name}}}}}"));
    let cases: [(&str, &[&str], Option<&str>, u64); 5] = [
        ("executor: {num_samples: 8, scheduler: {type: dehb}}", &[], Some(dehb), 143),
        ("executor: {num_samples: 8}", &["--sampler", "dehb"], Some(dehb), 143),
        (&files[0], &["--sampler", "hyperband", "-n", "8"], Some(hyperband), 8),
        (&files[0], &["--sampler", "asha", "-n", "8"], None, 8),
        ("", &["--sampler", "hyperband"], None, 143),
    ];
    for (lines, options, note, configurations) in cases {
        let sandbox = Sandbox::new(lines);
        let options = [options, &["--seed", "1"]].concat();
        let dry = |more: &[&str]| sandbox.sweep(&[&options[..], &["--dry-run"], more].concat(), &[]).expect(0);
        let shown = dry(&[]).out;
        assert!(shown.contains(&format!("\nconfigs:   {configurations}, ")), "{lines} {options:?}: {shown}");
        let shown = dry(&["--json"]).json();
        assert_eq!(shown["configurations"], json!(configurations), "{lines} {options:?}");
        let ran =
            sandbox.sweep(&[&options[..], &["--json", "-w", "4"]].concat(), &["echo", r#"{{"loss": 1}}"#]).expect(0);
        for notes in [shown["notes"].to_string(), ran.json()["notes"].to_string(), ran.err] {
            assert_eq!(note.is_some_and(|note| notes.contains(note)), note.is_some(), "{lines} {options:?}: {notes}");
            let starts = notes.matches(" starts 143 configurations").count();
            assert_eq!(starts, usize::from(note.is_some()), "{lines} {options:?}: {notes}");
        }
        let history = sandbox.history("results/sweep");
        let begun: std::collections::BTreeSet<_> =
            history.iter().map(|trial| trial["configuration"].as_u64()).collect();
        assert_eq!(begun.len() as u64, configurations, "{lines} {options:?}");
    }
}

#[test]
fn a_sweep_that_was_interrupted_shows_what_is_next() {
    let sandbox = Sandbox::new("search_alg: {type: random, seed: 5}\nexecutor: {num_samples: 3}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let before = files(&sandbox.path("out"));
    let shown = sandbox.run(&["resume", "out", "--num-samples", "5", "--dry-run", "--json"]).expect(0).json();
    assert!(files(&sandbox.path("out")) == before);
    let numbers: Vec<_> = shown["trials"].as_array().unwrap().iter().map(|trial| &trial["trial"]).collect();
    assert_eq!((numbers, &shown["study"]["trials"]), (vec![&json!(3), &json!(4)], &json!(3)));
    sandbox.run(&["resume", "out", "--num-samples", "5"]).expect(0);
    assert_eq!(previewed(&shown), ran(&sandbox, "out", 3..5));
    let shown = sandbox.run(&["resume", "out", "--dry-run"]).expect(0).out;
    assert!(shown.contains("all 5 trials have been run; `--num-samples` adds some"), "{shown}");
}

#[test]
fn the_mistakes_of_a_run_are_told() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nstudy: sqlite:x.db");
    sandbox.sweep(&["-o", "fine"], &[]).expect(0);
    let before = files(&sandbox.path(""));
    let dry = |options: &[&str], command: &[&str], code| {
        let ran = sandbox.sweep(&[options, &["--dry-run"]].concat(), command).expect(code);
        assert!(files(&sandbox.path("")) == before, "{options:?}");
        ran
    };
    dry(&["-o", "fine"], &[], 2).says("there is a sweep in fine already");
    dry(&["-o", "new"], &["sh", "{xx}"], 2).says("did you mean `{x}`?");
    dry(&["-o", "new"], &["no-such-program"], 2).says("there is no program");
    dry(&["-o", "new", "--study", "sqlite:nowhere/x.db"], &[], 2).says("its directory has to exist");
    dry(&["-o", "new", "--seed", "9", "--study", "sqlite:x.db"], &[], 2).says("`seed = 9`");
    dry(&["-o", "new"], &[], 0);
}

#[test]
fn a_number_that_whole_rounds_exceed_is_refused() {
    let sandbox = Sandbox::new("executor: {scheduler: {type: dehb}}");
    let refused = sandbox.sweep(&["-n", "8"], &[]).expect(2).err;
    assert!(
        refused.contains("`--num-samples 8`: `dehb` runs whole rounds of 143 configurations; write `-n 143`"),
        "{refused}"
    );
    assert!(!sandbox.path("results").exists());
    let shown = sandbox.sweep(&["-n", "143", "--dry-run", "--json"], &[]).expect(0).json();
    assert_eq!(shown["configurations"], json!(143));
    sandbox.sweep(&["-n", "150", "--sampler", "hyperband", "--dry-run"], &[]).expect(0);
    let refused = sandbox.sweep(&["-n", "150"], &[]).expect(2).err;
    assert!(refused.contains("write `-n 286`"), "{refused}");
}

#[test]
fn what_may_be_spent_ends_a_sweep_and_a_larger_amount_continues_it() {
    let sandbox = Sandbox::new("executor: {scheduler: {type: hyperband, max_t: 9}}");
    let trainer = ["echo", r#"{{"loss": 1}}"#];
    let shown = sandbox.sweep(&["--spend", "20", "--dry-run"], &[]).expect(0).out;
    assert!(shown.contains("until 20 budgets are spent"), "{shown}");
    let ran = sandbox.sweep(&["-o", "out", "--seed", "1", "--spend", "20", "--json"], &trainer).expect(0).json();
    assert!(ran["notes"].to_string().contains("had spent 21 of 20 resources"), "{ran}");
    let first = sandbox.history("out").len();
    let shown = |source: &str, says: &str, [spent, spend]: [u32; 2]| {
        let json = sandbox.run(&["show", source, "--json"]).expect(0).json();
        assert_eq!((&json["spent"], &json["spend"]), (&json!(f64::from(spent)), &json!(f64::from(spend))), "{source}");
        assert!(json["notes"].to_string().contains(says), "{json}");
        assert!(sandbox.run(&["show", source]).expect(0).out.contains(says), "{source}");
        sandbox.run(&["report", source, "-o", "report.html"]).expect(0);
        assert!(sandbox.read("report.html").contains(says), "{source}");
    };
    for source in ["out", "sqlite:out/study.db"] {
        shown(source, "spend: the sweep ended as its trials had spent 21 of 20 resources", [21, 20]);
    }
    let join = ["-o", "out", "--seed", "1", "--join"];
    let refused = sandbox.sweep(&[&join[..], &["--spend", "60"]].concat(), &trainer).expect(2);
    refused.says("was started with another `--spend`");
    sandbox.sweep(&join, &trainer).expect(2).says("was started with another `--spend`");
    let dry =
        |options: &[&str]| sandbox.run(&[&["resume", "out", "--dry-run", "--json"], options].concat()).expect(0).json();
    let spent = dry(&[]);
    assert_eq!(spent["trials"], json!([]));
    assert!(
        spent["notes"].to_string().contains("the resources of `spend` are spent; a larger `--spend` adds some"),
        "{spent}"
    );
    let preview = dry(&["--spend", "60"])["trials"].clone();
    sandbox.run(&["resume", "out", "--spend", "60"]).expect(0);
    let run = sandbox.history("out")[first]["params"]["x"].as_f64();
    assert_eq!(preview[0]["parameters"]["x"].as_f64(), run, "{preview}");
    sandbox.sweep(&[&join[..], &["--spend", "60"]].concat(), &trainer).expect(0);
    assert!(sandbox.history("out").len() > first);
    shown("sqlite:out/study.db", "spend: the sweep ended as its trials had spent 60 of 60 resources", [60, 60]);
    // Another output directory, and no limit.
    let study = ["--study", "sqlite:out/study.db", "-o", "other", "--json"];
    let ran = sandbox.sweep(&study, &trainer).expect(0).json();
    assert!(ran["notes"].to_string().contains("an earlier run had `spend = 60`, and this one has no limit"), "{ran}");
    let counted = Sandbox::new("");
    let refused = counted.sweep(&["--spend", "20"], &trainer).expect(2).err;
    assert!(refused.contains("`spend` limits budgets, and this sweep has none"), "{refused}");
}
