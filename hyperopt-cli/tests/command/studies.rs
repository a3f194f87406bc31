//! `hyperopt studies`: the list of a database, and the deletion of a study.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::common::{Ran, Sandbox, signal};

/// Two studies in one database.
fn two() -> Sandbox {
    let sandbox = Sandbox::new("search_alg: {type: random, seed: 5}\nexecutor: {num_samples: 3}\nstudy: sqlite:x.db");
    sandbox.sweep(&["-o", "wine", "--name", "wine"], &[]).expect(0);
    sandbox.sweep(&["-o", "beer", "--name", "beer", "--sampler", "lhs"], &["false"]).expect(1);
    sandbox
}

#[test]
fn the_studies_of_a_database_are_listed() {
    let sandbox = two();
    let list = sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out;
    let lines: Vec<_> = list.lines().collect();
    assert!(lines[0].starts_with("study  trials") && lines.len() == 3, "{list}");
    assert!(lines[1].starts_with("wine   3 complete  loss = ") && lines[1].contains("RandomSampler"), "{list}");
    assert!(lines[2].starts_with("beer   3 failed") && lines[2].contains("LhsSampler"), "{list}");
    let listed = sandbox.run(&["studies", "list", "sqlite:x.db", "--json"]).expect(0).json();
    let best = sandbox.run(&["show", "wine", "--json"]).expect(0).json()["best"]["objective"].clone();
    let [wine, beer] = &listed["studies"].as_array().unwrap()[..] else { panic!("{listed}") };
    assert_eq!((&wine["name"], &wine["best"], &wine["metric"]), (&json!("wine"), &best, &json!("loss")));
    let states = json!({"complete": 0, "failed": 3, "pruned": 0, "running": 0, "paused": 0, "waiting": 0});
    assert_eq!((&beer["states"], &beer["best"], &beer["goals"]), (&states, &json!(null), &json!(["minimize"])));
    assert!(wine["started"].as_str() <= wine["active"].as_str() && wine["started"].is_string(), "{wine}");
    // An output directory stands for its database; the variable does too.
    assert_eq!(sandbox.run(&["studies", "wine"]).expect(0).out, list);
    let mut command = sandbox.command(&["studies"]);
    assert_eq!(Ran::of(command.env("HYPEROPT_STUDY", "sqlite:x.db").output().unwrap()).expect(0).out, list);
    sandbox.run(&["studies"]).expect(2).says("`hyperopt studies sqlite:sweep.db`");
    sandbox.run(&["studies", "x.db"]).expect(2).says("for a database write `sqlite:x.db`");
    sandbox.run(&["studies", "sqlite:y.db"]).expect(2).says("y.db does not exist");
    sandbox.run(&["studies", ""]).expect(2).says("which database? write its address");
    let mut command = sandbox.command(&["studies"]);
    Ran::of(command.env("HYPEROPT_STUDY", "").output().unwrap()).expect(2).says("which database? write its address");
    sandbox.run(&["show", ""]).expect(2).says("which sweep? write its output directory");
    assert!(!sandbox.path("y.db").exists());
}

#[test]
fn a_study_is_deleted_if_it_is_confirmed() {
    let sandbox = two();
    let delete = ["studies", "delete", "wine", "sqlite:x.db"];
    sandbox.run(&delete).expect(2).says("there is no terminal to confirm on; write `--yes`");
    sandbox.run(&["studies", "delete", "win", "sqlite:x.db", "--yes"]).expect(2).says("it holds `wine`, `beer`");
    assert_eq!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.lines().count(), 3);
    let mut command = sandbox.command(&["studies", "delete", "wine", "--yes"]);
    let ran = Ran::of(command.env("HYPEROPT_STUDY", "sqlite:x.db").output().unwrap()).expect(0);
    ran.says("deleted the study `wine` with 3 trials from sqlite:x.db");
    sandbox.run(&["show", "sqlite:x.db", "--name", "wine"]).expect(2).says("it holds `beer`");
    let ran = sandbox.run(&["studies", "delete", "beer", "beer", "-y", "--json"]).expect(0);
    assert_eq!((&ran.json()["deleted"], &ran.json()["trials"]), (&json!("beer"), &json!(3)));
    assert!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.contains("holds no study"));
    // What a trial wrote stays, and another study may have the name.
    assert!(sandbox.path("wine/trials/00000/config.yaml").exists());
    sandbox.sweep(&["-o", "again", "--name", "wine"], &[]).expect(0);
}

/// Runs the command on a terminal of its own, as `script` makes one, with this answer.
#[cfg(target_os = "linux")]
fn answered(sandbox: &Sandbox, line: &str, answer: &str) -> String {
    let program = env!("CARGO_BIN_EXE_hyperopt");
    let mut command = Command::new("script");
    command.args(["-qec", &format!("{program} {line}"), "/dev/null"]).current_dir(sandbox.path(""));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(answer.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_is_asked() {
    let sandbox = two();
    let line = "studies delete wine sqlite:x.db";
    let said = answered(&sandbox, line, "n\n");
    assert!(said.contains("delete the study `wine` with 3 trials from sqlite:x.db? [y/N]"), "{said}");
    assert!(said.contains("nothing was deleted"), "{said}");
    assert_eq!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.lines().count(), 3);
    assert!(answered(&sandbox, line, "y\n").contains("the study `wine`"), "{said}");
    assert_eq!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.lines().count(), 2);
}

#[test]
fn a_study_that_is_worked_on_is_deleted_by_force_only() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}\nstudy: sqlite:x.db");
    sandbox.write("train.sh", "touch begun; sleep 60");
    let child = sandbox.start(&["-o", "out", "--grace", "100ms"], &["sh", "train.sh"]);
    sandbox.wait_for("begun");
    let delete = ["studies", "delete", "sweep", "sqlite:x.db", "--yes"];
    let ran = sandbox.run(&delete).expect(2);
    ran.says("is in use: a trial is run by");
    ran.says("or delete it with `--force`");
    assert!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.contains("1 running"));
    sandbox.run(&[&delete[..], &["--force"]].concat()).expect(0).says("still runs a trial of it");
    assert!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.contains("holds no study"));
    signal(&child, "TERM");
    Ran::of(child.wait_with_output().unwrap());
    assert!(sandbox.run(&["studies", "sqlite:x.db"]).expect(0).out.contains("holds no study"));
}

#[test]
fn configurations_between_two_rungs_are_paused() {
    let sandbox = Sandbox::new("executor: {num_samples: 9, scheduler: {type: asha, max_t: 9}}");
    let text = sandbox.read("sweep.yaml");
    sandbox.write("sweep.yaml", &format!("trainer: {{epochs: 9}}\n{text}"));
    sandbox.sweep(&["-o", "out", "--spend", "1"], &[]).expect(0);
    let list = sandbox.run(&["studies", "out"]).expect(0).out;
    assert!(list.contains("1 paused") && !list.contains("running"), "{list}");
    let states = sandbox.run(&["studies", "out", "--json"]).expect(0).json()["studies"][0]["states"].clone();
    assert_eq!((&states["paused"], &states["running"]), (&json!(1), &json!(0)));
    // A sweep that has run all of its configurations has decided on each.
    sandbox.run(&["resume", "out", "--spend", "1000"]).expect(0);
    let list = sandbox.run(&["studies", "out"]).expect(0).out;
    assert!(list.contains("complete, ") && !list.contains("paused") && !list.contains("running"), "{list}");
}

#[test]
fn settings_of_an_address_are_no_part_of_a_file_name() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    let url = "sqlite:q.db?timeout=10";
    for ran in [sandbox.sweep(&["-o", "out", "--study", url], &[]), sandbox.run(&["studies", url])] {
        let message = "`sqlite:q.db?timeout=10`: the address of a file has no settings, and `?timeout=10` would be part of \
                       its name; write `sqlite:q.db`\n";
        ran.expect(2).says(message);
    }
    assert!(!sandbox.path("out").exists() && !sandbox.path("q.db?timeout=10").exists());
    sandbox.sweep(&["-o", "out", "--study", "sqlite:q.db"], &[]).expect(0);
}
