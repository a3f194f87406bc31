//! `hyperopt report`: the page, the directory, and the page of a sweep that runs.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::thread;
use std::time::Duration;

use crate::common::{Ran, Sandbox, TRAINER, signal, wait_until};

/// Trial 5 waits for the file `go`.
const WAITS: &str = "if [ $2 = 5 ]; then : > begun5; while [ ! -e go ]; do sleep 0.02; done; fi\n";

fn waiting() -> Sandbox {
    let sandbox = Sandbox::new("executor: {num_samples: 12}\nsearch_alg: {type: random, seed: 5}");
    sandbox.write("train.sh", &format!("{WAITS}{TRAINER}"));
    sandbox
}

const COMMAND: [&str; 4] = ["sh", "train.sh", "{x}", "{trial}"];

#[test]
fn a_report_is_one_page_with_the_file_for_the_trainer() {
    let sandbox = Sandbox::new("executor: {num_samples: 8}\nsearch_alg: {type: random, seed: 3}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    sandbox.run(&["report", "out"]).expect(0).says("report.html");
    let page = sandbox.read("out/report.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>out</h1>"), "{}", &page[..300]);
    assert!(!page.contains("data-reload") && page.contains("8 trials of RandomSampler, seed 3"));
    // The hyperparameters alone have no such section.
    assert!(page.contains("<h3>The file for the trainer</h3>") && page.contains(">model:\n  cell: "), "{page}");
    let best = sandbox.run(&["show", "out", "--json"]).expect(0).json()["best"]["trial"].to_string();
    assert!(page.contains(&format!("Trial <a href=\"#trial-{best}\">{best}</a>, to the last digit.")));
    assert!(!sandbox.path("out/report").exists(), "the directory is for those who ask for it");

    let url = format!("sqlite:{}", sandbox.path("out/study.db").display());
    sandbox.run(&["report", &url, "-o", "page.html", "--title", "<of> a database"]).expect(0);
    let page = sandbox.read("page.html");
    assert!(page.contains("<h1>&lt;of&gt; a database</h1>") && !page.contains("The file for the trainer"));
}

#[test]
fn what_earlier_versions_took_is_told_what_to_write() {
    let sandbox = Sandbox::new("executor: {num_samples: 4}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    fs::create_dir(sandbox.path("here.html")).unwrap();
    for directory in ["figures", "here.html"] {
        sandbox.run(&["report", "out", "-o", directory]).expect(2).says(&format!("write `--directory {directory}`"));
        assert!(!sandbox.path(&format!("{directory}/trials.csv")).exists());
        // As it says.
        sandbox.run(&["report", "out", "--directory", directory]).expect(0);
        assert!(sandbox.path(&format!("{directory}/trials.csv")).exists());
    }
    sandbox.run(&["report", "out", "--format", "png"]).expect(2).says("--directory");
    sandbox.run(&["report", "--watch", "out"]).expect(2).says("hyperopt report DIR --watch");
}

#[test]
fn a_watched_page_follows_the_sweep_and_ends_with_it() {
    let sandbox = waiting();
    let sweep = sandbox.start(&["-o", "out"], &COMMAND);
    sandbox.wait_for("begun5");
    let page = || fs::read_to_string(sandbox.path("out/report.html")).unwrap_or_default();
    let watch = sandbox.command(&["report", "out", "--watch", "100ms"]).stderr(std::process::Stdio::piped()).spawn();
    wait_until("the page", || page().contains("6 trials of RandomSampler"));
    // A second is the least that a page can be read in.
    assert!(page().contains(" data-reload=\"1000\"") && page().contains("5 complete, 1 running"), "{}", page());
    // Nothing has changed, and nothing is written.
    let file = || fs::metadata(sandbox.path("out/report.html")).unwrap().ino();
    let before = file();
    thread::sleep(Duration::from_millis(600));
    assert_eq!(file(), before);
    sandbox.write("go", "");
    let ran = Ran::of(watch.unwrap().wait_with_output().unwrap()).expect(0);
    ran.says("the sweep has ended");
    assert!(page().contains("12 trials of RandomSampler") && page().contains("12 complete"));
    assert!(!page().contains("data-reload"), "a sweep that has ended does not change");
    Ran::of(sweep.wait_with_output().unwrap()).expect(0);
    // Of a sweep that has ended there is one page to write.
    sandbox.run(&["report", "out", "--watch"]).expect(0).says("the sweep has ended");
}

#[test]
fn a_watched_page_ends_with_the_process_that_was_killed() {
    let sandbox = waiting();
    let mut sweep = sandbox.start(&["-o", "out"], &COMMAND);
    sandbox.wait_for("begun5");
    let watch = sandbox.command(&["report", "out", "--watch", "100ms"]).stderr(std::process::Stdio::piped()).spawn();
    wait_until("the page", || sandbox.path("out/report.html").exists());
    sweep.kill().unwrap();
    sweep.wait().unwrap();
    let ran = Ran::of(watch.unwrap().wait_with_output().unwrap()).expect(0);
    ran.says("the process that ran the sweep is gone, and 1 trial has no result; `hyperopt resume ");
    assert!(!sandbox.read("out/report.html").contains("data-reload"));
    // The advice holds.
    sandbox.write("go", "");
    sandbox.run(&["resume", "out"]).expect(0);
    assert_eq!(sandbox.history("out").len(), 12);
}

#[test]
fn ctrl_c_leaves_a_page_that_stands_still() {
    let sandbox = waiting();
    let sweep = sandbox.start(&["-o", "out"], &COMMAND);
    sandbox.wait_for("begun5");
    let page = || fs::read_to_string(sandbox.path("page.html")).unwrap_or_default();
    let mut command = sandbox.command(&["report", "out", "--watch", "30s", "-o", "page.html"]);
    let watch = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait_until("the page", || page().contains(" data-reload=\"30000\""));
    signal(&watch, "INT");
    Ran::of(watch.wait_with_output().unwrap()).expect(0).says("interrupted: page.html");
    assert!(page().contains("5 complete, 1 running") && !page().contains("data-reload"));
    assert!(
        fs::read_dir(sandbox.path("."))
            .unwrap()
            .flatten()
            .all(|entry| !entry.file_name().to_string_lossy().contains("part"))
    );
    // The sweep itself goes on.
    sandbox.write("go", "");
    Ran::of(sweep.wait_with_output().unwrap()).expect(0);
}

#[test]
fn a_watched_sweep_that_is_removed_is_an_error() {
    let sandbox = waiting();
    let sweep = sandbox.start(&["-o", "out"], &COMMAND);
    sandbox.wait_for("begun5");
    let page = || fs::read_to_string(sandbox.path("page.html")).unwrap_or_default();
    let mut command = sandbox.command(&["report", "out", "--watch", "100ms", "-o", "page.html"]);
    let watch = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait_until("the page", || page().contains(" data-reload="));
    fs::rename(sandbox.path("out"), sandbox.path("elsewhere")).unwrap();
    let ran = Ran::of(watch.wait_with_output().unwrap()).expect(2);
    ran.says("error: the sweep has been removed: there is no sweep in ");
    assert_eq!(ran.err.matches("there is no sweep in").count(), 1, "{}", ran.err);
    assert!(page().contains("5 complete, 1 running") && !page().contains("data-reload"));
    fs::rename(sandbox.path("elsewhere"), sandbox.path("out")).unwrap();
    sandbox.write("go", "");
    Ran::of(sweep.wait_with_output().unwrap()).expect(0);
}
