//! A grid is tried once, point by point, however often the command is ended and resumed, and by however many processes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::common::{Ran, Sandbox, is_alive, signal};

const POINTS: usize = 36;
const COMMAND: [&str; 5] = ["sh", "train.sh", "{x}", "{y}", "{trial}"];

/// A sandbox with a grid of 36 points, whose trials wait for the file `go` from number 10 on.
fn sandbox(rest: &str) -> Sandbox {
    let sandbox = Sandbox::new("");
    sandbox.write(
        "sweep.yaml",
        &format!(
            "hyperopt:\n  metric: loss\n  sampler: {{type: grid}}\n  executor: {{type: parallel, num_workers: 2}}\n  \
             parameters:\n    x: {{type: int, low: 1, high: 6}}\n    y: {{type: category, values: [a, b, c, d, e, f]}}\n{rest}"
        ),
    );
    sandbox.write(
        "train.sh",
        "echo $$ > pid$3; : > begun$3\nif [ $3 -ge 10 ]; then while [ ! -e go ]; do sleep 0.02; done; fi\n\
         echo \"$1 $2\" >> finished\necho \"{\\\"loss\\\": $1}\"",
    );
    sandbox
}

/// Checks that `output` has 36 complete trials, one for each point of the grid, and that the program has finished for each. Returns
/// how often the program has finished: one that does so while the command is being ended runs again.
#[track_caller]
fn assert_each_point_once(sandbox: &Sandbox, output: &str) -> usize {
    let history = sandbox.history(output);
    let point =
        |trial: &Value| format!("{} {}", trial["params"]["x"], trial["params"]["y"].as_str().unwrap_or_default());
    let points: BTreeSet<_> = history.iter().map(point).collect();
    assert_eq!((points.len(), history.len()), (POINTS, POINTS), "{points:?}");
    assert!(history.iter().all(|trial| trial["state"] == "complete"), "{history:?}");
    let finished = sandbox.read("finished");
    assert_eq!(finished.lines().map(str::to_owned).collect::<BTreeSet<_>>(), points);
    finished.lines().count()
}

#[test]
fn a_killed_grid_is_resumed_where_it_was() {
    let sandbox = sandbox("");
    let mut child = sandbox.start(&["-o", "grid"], &COMMAND);
    sandbox.wait_for("begun10");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!is_alive(&sandbox.read("pid10")));
    sandbox.write("go", "");
    sandbox.run(&["resume", "grid"]).expect(0);
    assert_each_point_once(&sandbox, "grid");
}

#[test]
fn an_interrupted_grid_is_resumed_where_it_was() {
    let sandbox = sandbox("");
    let child = sandbox.start(&["-o", "grid"], &COMMAND);
    sandbox.wait_for("begun10");
    signal(&child, "INT");
    Ran::of(child.wait_with_output().unwrap()).expect(130).says("hyperopt resume grid");
    sandbox.write("go", "");
    sandbox.run(&["resume", "grid"]).expect(0);
    assert_each_point_once(&sandbox, "grid");
}

#[test]
fn two_processes_share_the_points_of_a_grid() {
    let sandbox = sandbox("  study: {url: 'sqlite:shared.db', name: grid}\n");
    let first = sandbox.start(&["-o", "a", "--quiet"], &COMMAND);
    sandbox.wait_for("begun10");
    let second = sandbox.start(&["-o", "b", "--quiet"], &COMMAND);
    // With two workers of its own, it has joined when a third trial waits.
    sandbox.wait_for("begun12");
    sandbox.write("go", "");
    for run in [first, second] {
        Ran::of(run.wait_with_output().unwrap()).expect(0);
    }
    assert_eq!(assert_each_point_once(&sandbox, "a"), POINTS);
    assert!(sandbox.history("a") == sandbox.history("b"));
}
