//! Options that stand for standard output, are out of range, or have several forms.

use std::fs;

use serde_json::json;

use crate::common::Sandbox;

#[test]
fn a_dash_is_standard_output() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    for format in ["csv", "jsonl", "statistics"] {
        let plain = sandbox.run(&["export", "out", "--format", format]).expect(0);
        let dashed = sandbox.run(&["export", "out", "--format", format, "-o", "-"]).expect(0);
        assert_eq!((plain.out, plain.err), (dashed.out, dashed.err), "{format}");
    }
    sandbox.run(&["plot", "out", "-o", "out.svg"]).expect(0).says("wrote out.svg");
    let plot = sandbox.run(&["plot", "out", "-o", "-"]).expect(0);
    assert_eq!((plot.out, plot.err), (sandbox.read("out.svg"), String::new()));
    let page = sandbox.run(&["report", "out", "-o", "-"]).expect(0);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.err.is_empty(), "{}", page.err);
    sandbox.run(&["report", "out", "-o", "-", "--watch"]).expect(2).says("write the name of a file");
    let template = sandbox.run(&["init", "-"]).expect(0);
    assert!(template.out.contains("#spend: "), "{}", template.out);
    assert!(!sandbox.path("-").exists());
    // A file of this name has a path.
    sandbox.run(&["export", "out", "--format", "csv", "-o", "./-"]).expect(0);
    assert_eq!(sandbox.read("-").lines().count(), 4);
}

#[test]
fn numbers_out_of_range_are_told_the_range() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    let cases = [
        ("--spend", "-4", "'--spend <BUDGETS>': write a number above 0"),
        ("--spend", "inf", "'--spend <BUDGETS>': write a number above 0"),
        ("--num-samples", "-4", "'--num-samples <N>': write a whole number, 1 or more"),
        ("--trials", "-4", "'--num-samples <N>': write a whole number, 1 or more"),
        ("--workers", "-1", "'--workers <N>': write a whole number from 1 to 1000"),
        ("--seed", "-1", "'--seed <N>': write a whole number from 0 to 18446744073709551615"),
        ("--timeout", "-5", "'--timeout <TIME>': `-5` is not a duration above 0"),
        ("--trial-timeout", "-5", "'--trial-timeout <TIME>': `-5` is not a duration above 0"),
        ("--grace", "-0.5", "'--grace <TIME>': `-0.5` is not a duration above 0"),
    ];
    for (option, value, message) in cases {
        sandbox.sweep(&[option, value], &[]).expect(2).says(&format!("invalid value '{value}' for {message}"));
    }
    assert!(!sandbox.path("results").exists());
    sandbox.sweep(&["-o", "out", "--trials", "3"], &[]).expect(0);
    assert_eq!(sandbox.history("out").len(), 3);
    for (option, value, message) in [("--num-samples", "-1", "1 or more"), ("--spend", "-1", "above 0")] {
        sandbox.run(&["resume", "out", option, value]).expect(2).says(message);
    }
    sandbox
        .run(&["show", "out", "--trial", "-1"])
        .expect(2)
        .says("'--trial <N>': write the number of a trial, 0 or more");
    sandbox
        .sweep(&["--timeout", "-5s"], &[])
        .expect(2)
        .says("`-5s` is not a duration above 0 and up to ten years; write 90s");
    sandbox.run(&["report", "out", "--watch", "-5"]).expect(2).says("`-5` is not a duration above 0");
}

#[test]
fn the_addresses_of_python_are_those_of_one_file() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    for (output, url) in [("a", "sqlite:q.db?"), ("b", "sqlite+pysqlite:///q.db"), ("c", "sqlite+aiosqlite:///q.db")] {
        sandbox.sweep(&["-o", output, "--study", url, "--name", output], &[]).expect(0);
        let kept = &sandbox.json(&format!("{output}/run.json"))["search"]["study"];
        assert_eq!(*kept, json!(format!("sqlite:{}", fs::canonicalize(sandbox.path("q.db")).unwrap().display())));
        sandbox.run(&["show", url, "--name", output]).expect(0);
    }
    let names = fs::read_dir(sandbox.path(".")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.filter(|name| name.to_string_lossy().contains("q.db")).count(), 1);
    let refused = sandbox.sweep(&["--study", "sqlite:a%20b.db"], &[]).expect(2);
    refused.says("the address of a file has no escapes");
    // As it says.
    refused.says("write `sqlite:a b.db`");
    sandbox.sweep(&["-o", "d", "--study", "sqlite:a b.db"], &[]).expect(0);
    assert!(sandbox.path("a b.db").exists());
}

#[test]
fn what_is_no_output_directory_is_told_what_to_write() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    sandbox.write("empty.db", "");
    for command in ["show", "best", "studies"] {
        let says = |source, words: &str| sandbox.run(&[command, source]).expect(2).says(words);
        says("sweep.yaml", "sweep.yaml is a file; write the output directory of a sweep, such as `results/sweep`");
        says("out/trials.csv", "write the output directory of its sweep: `out`");
        says("out/study.db", "for a database write `sqlite:out/study.db`");
        says("empty.db", "for a database write `sqlite:empty.db`");
    }
    let resumed = sandbox.run(&["resume", "sqlite:out/study.db"]).expect(2);
    resumed.says("a database does not hold the program of its sweeps");
    let hidden = sandbox.run(&["resume", "postgres://me:secret@host/db"]).expect(2);
    assert!(!hidden.err.contains("secret") && hidden.err.contains("postgres://me:…@host/db"), "{}", hidden.err);
    // As it says.
    let new = ["-o", "new", "--study", "sqlite:out/study.db", "--name", "sweep", "-n", "3"];
    sandbox.sweep(&new, &[]).expect(0);
    assert_eq!(sandbox.history("new").len(), 3);
    let missing = sandbox.run(&["run", "-c", "missing.yaml", "--", "true"]).expect(2);
    missing.says("`hyperopt init FILE` writes one to start from");
    sandbox.run(&["man", "sweep.yaml"]).expect(2).says("sweep.yaml is a file; write a directory for the pages");
}
