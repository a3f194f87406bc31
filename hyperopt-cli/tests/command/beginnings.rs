//! Runs that do not begin, and runs that begin at the same moment.

use std::fs;

use crate::common::{Ran, Sandbox};

#[test]
fn a_run_that_cannot_reach_its_database_leaves_nothing() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    fs::create_dir(sandbox.path("mine")).unwrap();
    sandbox.write("mine/notes.txt", "precious");
    let server = cfg!(feature = "postgres").then_some("postgres://me@127.0.0.1:1/db");
    let file = ("sqlite:nowhere/x.db", 2, "nowhere does not exist");
    for (study, code, says) in server.map(|url| (url, 3, "study `sweep`")).into_iter().chain([file]) {
        for output in ["results/deep/out", "mine"] {
            let ran = sandbox.sweep(&["-o", output, "--study", study], &[]).expect(code);
            ran.says(says);
            assert!(!ran.err.contains("patience"), "{}", ran.err);
        }
        assert!(!sandbox.path("results").exists(), "{study}");
        let left: Vec<_> = fs::read_dir(sandbox.path("mine")).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, ["notes.txt"], "{study}");
    }
    // With a mended address the same command begins.
    sandbox.sweep(&["-o", "mine", "--study", "sqlite:x.db"], &[]).expect(0);
    assert_eq!(sandbox.history("mine").len(), 2);
}

#[test]
fn another_goal_leaves_the_study_and_no_directory() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}\nstudy: sqlite:x.db");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    sandbox.write("sweep.yaml", &sandbox.read("sweep.yaml").replace("metric: loss", "metric: loss\n  goal: maximize"));
    sandbox.sweep(&["-o", "other"], &[]).expect(2).says("its goal is Minimize");
    assert!(!sandbox.path("other").exists());
    assert_eq!(sandbox.run(&["show", "sqlite:x.db", "--json"]).expect(0).json()["trials"], 2);
}

#[test]
fn of_runs_at_the_same_moment_one_begins() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    for round in 0..5 {
        let output = format!("out{round}");
        let started: Vec<_> = (0..4).map(|_| sandbox.start(&["-o", &output], &[])).collect();
        let ended: Vec<_> = started.into_iter().map(|child| Ran::of(child.wait_with_output().unwrap())).collect();
        let (begun, refused): (Vec<_>, Vec<_>) = ended.into_iter().partition(|ran| ran.code == Some(0));
        assert_eq!(begun.len(), 1);
        for ran in refused {
            ran.expect(2)
                .says(&format!("there is a sweep in {output} already; continue it with `hyperopt resume {output}`"));
        }
        assert_eq!(sandbox.history(&output).len(), 2);
    }
}
