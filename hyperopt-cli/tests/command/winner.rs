//! The configuration of the best trial, wherever it ran.

use std::fs;

use serde_json::json;

use crate::common::{Ran, Sandbox};

#[test]
fn both_processes_of_a_study_have_the_winner() {
    let sandbox =
        Sandbox::new("executor: {num_samples: 8}\nsearch_alg: {type: random, seed: 1}\nstudy: sqlite:shared.db");
    // Each of two processes runs a trial at a time, and waits for the other one to begin.
    sandbox.write(
        "train.sh",
        &format!(": > begun$HYPEROPT_TRIAL; while [ ! -e begun1 ]; do sleep 0.01; done\n{}", crate::common::TRAINER),
    );
    let runs = ["a", "b"].map(|output| sandbox.start(&["-o", output, "--quiet", "--json"], &[]));
    let runs = runs.map(|run| Ran::of(run.wait_with_output().unwrap()).expect(0).json());
    let best = &runs[0]["best"];
    assert_eq!(best["trial"], runs[1]["best"]["trial"]);
    let directory = format!("trials/{:05}", best["trial"].as_u64().unwrap());
    let (here, there) = if sandbox.path(&format!("a/{directory}")).exists() { ("a", "b") } else { ("b", "a") };
    assert!(!sandbox.path(&format!("{there}/{directory}")).exists());
    let yaml = sandbox.read(&format!("{here}/{directory}/config.yaml"));
    for (output, run) in ["a", "b"].into_iter().zip(&runs) {
        assert_eq!(sandbox.run(&["best", output]).expect(0).out, yaml);
        assert_eq!(fs::read_to_string(run["best"]["config"].as_str().unwrap()).unwrap(), yaml);
        let config = sandbox.run(&["best", output, "--format", "json"]).expect(0).json();
        assert_eq!(config["x"], best["parameters"]["x"]);
        assert_eq!(config["model"]["cell"], best["parameters"]["model.cell"]);
        let number = best["trial"].to_string();
        let shown = sandbox.run(&["show", output, "--trial", &number, "--json"]).expect(0).json();
        assert_eq!(shown["directory"].is_string(), output == here, "{shown}");
    }
    assert_eq!(sandbox.read(&format!("{there}/best.yaml")), yaml);
    assert!(!sandbox.path(&format!("{here}/best.yaml")).exists());
    // The file of an earlier winner is not that of this one.
    sandbox.write(&format!("{there}/best.yaml"), "x: 0.5\n");
    assert_eq!(sandbox.run(&["show", there, "--json"]).expect(0).json()["best"]["config"], json!(null));
    sandbox.run(&["resume", there]).expect(0);
    assert_eq!(sandbox.read(&format!("{there}/best.yaml")), yaml);
    let shown = sandbox.run(&["show", there, "--json"]).expect(0).json();
    assert!(shown["best"]["config"].as_str().unwrap().ends_with("best.yaml"), "{shown}");
    // The file of the trial is not needed.
    fs::remove_dir_all(sandbox.path(&format!("{here}/trials"))).unwrap();
    assert_eq!(sandbox.run(&["best", here]).expect(0).out, yaml);
    assert_eq!(sandbox.run(&["show", here, "--json"]).expect(0).json()["best"]["config"], json!(null));

    // The database alone has the hyperparameters, and says so.
    let ran = sandbox.run(&["best", "sqlite:shared.db", "--format", "json"]).expect(0);
    ran.says("the hyperparameters of trial");
    let (x, cell) = (&best["parameters"]["x"], &best["parameters"]["model.cell"]);
    assert_eq!(ran.json(), json!({"x": x, "model": {"cell": cell}}));
    let yaml = sandbox.run(&["best", "sqlite:shared.db"]).expect(0).out;
    assert_eq!(yaml, format!("x: {x}\nmodel:\n  cell: {}\n", cell.as_str().unwrap()));
}

#[test]
fn a_file_that_is_not_that_of_the_sweep_is_said() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let text = sandbox.read("out/sweep.yaml").replace("upper: 1", "upper: 2");
    sandbox.write("out/sweep.yaml", &text);
    sandbox.run(&["best", "out"]).expect(2).says("sweep.yaml has been changed");
}
