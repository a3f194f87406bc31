//! Output directories that earlier versions of the command wrote are read, and gone on with.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Ran, Sandbox, signal};
use serde_json::Value;

/// What stands in `run.json` for the directory in which the command was run.
const ELSEWHERE: &str = "/where/it/was/run";

/// The words of the trainer are `x`, its budget, and the number of the trial, which it notes. The trial whose number stands in the
/// file `stop` goes no further.
const TRAINER: &str = r#"
echo "$3" >> begun
if [ "$3" = "$(cat stop 2> /dev/null)" ]; then : > "begun$3"; sleep 60; fi
awk -v x="$1" -v b="$2" 'BEGIN { for (e = 1; e <= b; e++) printf "{\"epoch\": %d, \"loss\": %.9f}\n", e, x + 1 / e }'
"#;

/// A sweep of the command: its lines of the section `hyperopt`, what the trainer may spend, how it is written, and with which options
/// it goes on.
struct Kind {
    name: &'static str,
    lines: &'static str,
    budget: &'static str,
    write: fn(&Sandbox, &str, &[&str]),
    resume: &'static [&'static str],
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "finished",
        lines: "executor: {num_samples: 9, scheduler: {type: median_stopping_rule, grace_period: 9}}\nsearch_alg: {type: tpe, seed: 5}",
        budget: "4",
        write: finish,
        resume: &["--num-samples", "9"],
    },
    Kind {
        name: "stopped",
        lines: "sampler: {type: hyperband, max_t: 9, reduction_factor: 3, seed: 5}",
        budget: "{budget}",
        write: stop,
        resume: &[],
    },
];

/// Ends with fewer trials.
fn finish(sandbox: &Sandbox, output: &str, command: &[&str]) {
    sandbox.sweep(&["-o", output, "--num-samples", "7"], command).expect(0);
}

/// Is asked to end, which puts the running trial back. One that is killed is not among them: on another machine it is waited for.
fn stop(sandbox: &Sandbox, output: &str, command: &[&str]) {
    sandbox.write("stop", "6");
    let child = sandbox.start(&["-o", output], command);
    sandbox.wait_for("begun6");
    signal(&child, "TERM");
    Ran::of(child.wait_with_output().unwrap()).expect(143);
}

impl Kind {
    fn sandbox(&self) -> Sandbox {
        let sandbox = Sandbox::new(self.lines);
        sandbox.write("train.sh", TRAINER);
        sandbox
    }
}

/// Returns the trials as the command exports them, but for the time they took, and the name of the objective, which earlier
/// versions did not record.
fn exported(sandbox: &Sandbox, output: &str) -> String {
    let text = sandbox.run(&["export", output, "--format", "jsonl"]).expect(0).out;
    let trials = text.lines().map(|line| {
        let mut trial: Value = serde_json::from_str(line).unwrap();
        for key in ["seconds", "objectives"] {
            trial.as_object_mut().unwrap().remove(key);
        }
        format!("{trial}\n")
    });
    trials.collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// Returns the directories of all versions that wrote some.
fn versions() -> Vec<PathBuf> {
    let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/written");
    let folders = fs::read_dir(written).unwrap().map(|entry| entry.unwrap().path().join("runs"));
    let versions: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    assert!(!versions.is_empty());
    versions
}

#[test]
fn directories_go_on() {
    for version in versions() {
        for kind in KINDS {
            let Kind { name, .. } = kind;
            let sandbox = kind.sandbox();
            copy(&version.join(name), &sandbox.path(name));
            let run = sandbox.read(&format!("{name}/run.json"));
            let here = fs::canonicalize(sandbox.path("")).unwrap();
            assert!(run.contains(ELSEWHERE));
            sandbox.write(&format!("{name}/run.json"), &run.replace(ELSEWHERE, here.to_str().unwrap()));
            let listed = |file: &str| fs::read_to_string(version.join(format!("{name}.{file}.jsonl"))).unwrap();
            let (before, whole) = (listed("before"), listed("whole"));
            // Earlier versions called a trial running that was interrupted and waits to be run again.
            let now = before.replace("\"state\":\"running\"", "\"state\":\"cancelled\"");
            assert_eq!(exported(&sandbox, name), now, "{name} as it was written");
            let closed = before.lines().filter(|line| !line.contains("\"running\"")).count();
            let shown = sandbox.run(&["show", name, "--json"]).expect(0).json();
            assert_eq!(shown["trials"], before.lines().count(), "{shown}");
            let best = sandbox.run(&["best", name, "--format", "json"]).expect(0).json();
            assert!(best["x"].is_number() && best["model"]["cell"].is_string(), "{best}");

            sandbox.run(&[&["resume", name, "--quiet"], kind.resume].concat()).expect(0);
            assert_eq!(exported(&sandbox, name), whole, "{name} after it has gone on");
            let missing = whole.lines().count() - closed;
            let begun = if sandbox.path("begun").exists() { sandbox.read("begun") } else { String::new() };
            let mut numbers: Vec<_> = begun.lines().collect();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!((begun.lines().count(), numbers.len()), (missing, missing), "{name}: {begun}");
        }
    }
}

/// Started by `tests/written/write`.
#[test]
#[ignore = "writes the directories that the other test reads"]
fn write() {
    let folder = std::env::var("HYPEROPT_WRITE").expect("HYPEROPT_WRITE names the folder to write");
    let runs = Path::new(&folder).join("runs");
    for kind in KINDS {
        let Kind { name, .. } = kind;
        let sandbox = kind.sandbox();
        let command = ["sh", "train.sh", "{x}", kind.budget, "{trial}"];
        sandbox.sweep(&["-o", "whole"], &command).expect(0);
        (kind.write)(&sandbox, name, &command);
        copy(&sandbox.path(name), &runs.join(name));
        let run = sandbox.read(&format!("{name}/run.json"));
        let here = fs::canonicalize(sandbox.path("")).unwrap();
        fs::write(runs.join(name).join("run.json"), run.replace(here.to_str().unwrap(), ELSEWHERE)).unwrap();
        for (file, output) in [("before", name), ("whole", "whole")] {
            fs::write(runs.join(format!("{name}.{file}.jsonl")), exported(&sandbox, output)).unwrap();
        }
    }
}
