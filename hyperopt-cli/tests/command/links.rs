//! Symbolic links that lie in an output directory: none is written through.

use std::fs;
use std::os::unix::fs::symlink;

use crate::common::Sandbox;

const PRECIOUS: &str = "nobody's to overwrite";

/// Puts links to `precious` in place of files of the directory `out`.
fn plant(sandbox: &Sandbox, names: &[&str]) {
    for name in names {
        let path = sandbox.path("out").join(name);
        let _ = fs::remove_file(&path);
        symlink(sandbox.path("precious"), path).unwrap();
    }
}

/// Whether the files are ones of their own again, and what the links led to is as it was.
fn expect_replaced(sandbox: &Sandbox, names: &[&str]) {
    assert_eq!(sandbox.read("precious"), PRECIOUS);
    for name in names {
        let file = fs::symlink_metadata(sandbox.path("out").join(name)).unwrap();
        assert!(file.is_file() && file.len() > 0, "{name}");
    }
}

fn swept() -> Sandbox {
    let sandbox = Sandbox::new("executor: {num_samples: 4}\nsearch_alg: {type: random, seed: 3}");
    sandbox.write("precious", PRECIOUS);
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    sandbox
}

#[test]
fn files_of_a_sweep_replace_links() {
    let sandbox = swept();
    let names = ["hyperopt_statistics.json", "trials.csv", "trials.jsonl"];
    plant(&sandbox, &names);
    fs::create_dir(sandbox.path("elsewhere")).unwrap();
    symlink(sandbox.path("elsewhere"), sandbox.path("out/trials/00005")).unwrap();
    fs::create_dir(sandbox.path("out/trials/00004")).unwrap();
    let logs = ["config.yaml", "stdout.log", "stderr.log", "result.json"].map(|name| format!("trials/00004/{name}"));
    plant(&sandbox, &logs.each_ref().map(String::as_str));
    sandbox.run(&["resume", "out", "-n", "6"]).expect(0);
    expect_replaced(&sandbox, &names);
    expect_replaced(&sandbox, &["trials/00004/config.yaml", "trials/00004/stdout.log", "trials/00004/result.json"]);
    assert_eq!(fs::read_dir(sandbox.path("elsewhere")).unwrap().count(), 0);
    let states: Vec<_> = sandbox.history("out").iter().map(|trial| trial["state"].to_string()).collect();
    assert_eq!(states[4..], ["\"complete\"", "\"failed\""], "a trial has no directory but its own");
}

#[test]
fn figures_and_pages_replace_links() {
    let sandbox = swept();
    let names = ["sweep.png", "report.html", "sweep.svg", "some.csv"];
    plant(&sandbox, &names);
    sandbox.run(&["plot", "out"]).expect(0);
    sandbox.run(&["report", "out"]).expect(0);
    sandbox.run(&["plot", "out", "-o", "out/sweep.svg"]).expect(0);
    sandbox.run(&["export", "out", "--format", "csv", "-o", "out/some.csv"]).expect(0);
    expect_replaced(&sandbox, &names);

    fs::create_dir(sandbox.path("out/report")).unwrap();
    let names = ["report/plot.svg", "report/slice.svg", "report/best.txt", "report/trials.csv"];
    plant(&sandbox, &names);
    sandbox.run(&["report", "out", "--directory"]).expect(0);
    expect_replaced(&sandbox, &names);

    // A directory below that of the sweep is its own; one that a person names may be a link.
    fs::remove_dir_all(sandbox.path("out/report")).unwrap();
    fs::create_dir(sandbox.path("elsewhere")).unwrap();
    symlink(sandbox.path("elsewhere"), sandbox.path("out/report")).unwrap();
    sandbox.run(&["report", "out", "--directory"]).expect(2).says("it is a symbolic link");
    assert_eq!(fs::read_dir(sandbox.path("elsewhere")).unwrap().count(), 0);
    sandbox.run(&["report", "out", "--directory", "out/report"]).expect(0);
    assert!(sandbox.path("elsewhere/trials.csv").is_file());
}

#[test]
fn what_sqlite_writes_beside_the_database_follows_no_link() {
    let sandbox = swept();
    plant(&sandbox, &["study.db-wal", "study.db-shm", "study.db-journal"]);
    let ran = sandbox.run(&["resume", "out", "-n", "6"]);
    assert_eq!(sandbox.read("precious"), PRECIOUS, "{ran:?}");
}

#[test]
fn manual_pages_replace_links() {
    let sandbox = Sandbox::new("");
    sandbox.write("precious", PRECIOUS);
    fs::create_dir(sandbox.path("out")).unwrap();
    let names = ["hyperopt.1", "hyperopt-run.1"];
    plant(&sandbox, &names);
    sandbox.run(&["man", "out"]).expect(0);
    expect_replaced(&sandbox, &names);
    let pages: Vec<_> = fs::read_dir(sandbox.path("out")).unwrap().map(|page| page.unwrap().file_name()).collect();
    assert!(pages.len() > 5 && pages.iter().all(|page| page.to_string_lossy().ends_with(".1")), "{pages:?}");
}

#[test]
fn what_is_in_the_way_of_the_output_directory_is_named() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    symlink(sandbox.path("nowhere"), sandbox.path("link")).unwrap();
    let nowhere = "nowhere, which does not exist; choose another directory with `--output`";
    for output in ["link", "link/deep"] {
        sandbox.sweep(&["-o", output], &[]).expect(2).says(nowhere);
    }
    for output in ["train.sh", "train.sh/deep"] {
        sandbox.sweep(&["-o", output], &[]).expect(2).says("train.sh is a file; choose another directory");
    }
    for command in ["show", "resume"] {
        sandbox.run(&[command, "link"]).expect(2).says("nowhere, which does not exist; write the output directory");
    }
    fs::create_dir(sandbox.path("nowhere")).unwrap();
    sandbox.sweep(&["-o", "link"], &[]).expect(0);
}

#[test]
fn a_link_beside_the_database_is_named() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    fs::create_dir(sandbox.path("out")).unwrap();
    symlink(sandbox.path("precious"), sandbox.path("out/study.db-shm")).unwrap();
    let ran = sandbox.sweep(&["-o", "out"], &[]).expect(3);
    ran.says("study.db-shm is a symbolic link, which SQLite does not follow: remove it");
    // The advice holds.
    fs::remove_file(sandbox.path("out/study.db-shm")).unwrap();
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
}
