//! The forms in which trainers give their metric, and those in which the results name it.

use serde_json::{Value, json};

use crate::common::Sandbox;

/// Runs one trial for each line, which prints it, and returns the trials.
fn trials(lines: &[&str]) -> (Sandbox, Vec<Value>) {
    let sandbox = Sandbox::new("");
    let numbers: Vec<_> = (0..lines.len()).map(|number| number.to_string()).collect();
    sandbox.write(
        "sweep.yaml",
        &format!(
            "hyperopt:\n  sampler: {{type: grid}}\n  parameters: {{line: {{space: choice, categories: [{}]}}}}\n",
            numbers.join(", ")
        ),
    );
    for (number, line) in lines.iter().enumerate() {
        sandbox.write(&format!("line{number}"), line);
    }
    sandbox.sweep(&["-o", "out"], &["cat", "line{line}"]);
    let mut trials = sandbox.history("out");
    trials.sort_by_key(|trial| trial["params"]["line"].as_u64());
    (sandbox, trials)
}

#[test]
fn what_a_trainer_prints_is_said_as_what_it_is() {
    let said = [
        ("{\"loss\": NaN}", "the metric `loss` is NaN"),
        ("{\"loss\": -Infinity}", "the metric `loss` is -inf"),
        ("{\"loss\": 1e400}", "`loss` is 1e400, which is beyond the range of 64-bit floats"),
        ("{\"loss\": \"0.5\"}", "`loss` is `\"0.5\"`, which is not a number"),
        ("{\"loss\": null}", "`loss` is `null`, which is not a number"),
        ("[{\"loss\": 0.5}]", "is a list; print its object alone, without `[` and `]`"),
        ("{\"loss\": 0.5} trailing", "has text after its object"),
        ("epoch 3: {\"loss\": 0.5}", "has text before its object"),
        ("{'loss': 0.5}", "is Python and no JSON; write `print(json.dumps(…))`"),
        ("{\"loss\": 0.5", "is no JSON: EOF"),
        ("{\"a\": {\"loss\": 0.5}}", "did you mean `--metric a.loss`?"),
        ("loss=0.5", "there is no line of JSON on standard output"),
    ];
    let (_, failed) = trials(&said.map(|(line, _)| line));
    for (trial, (line, reason)) in failed.iter().zip(said) {
        assert_eq!(trial["state"], "failed", "{line}");
        let found = trial["reason"].as_str().unwrap();
        assert!(found.contains(reason), "{line}: {found}");
    }
    let measured = [
        "{\"loss\": 0.5}",
        "{\"loss\": 0.5}\r\n",
        "\u{feff}{\"loss\": 0.5}\n",
        "\u{feff}{\"loss\": 0.5}\r\n",
        "{\"loss\": 1, \"loss\": 0.5}\nINFO {\"loss\": 9} done\n[{\"loss\": 9}]",
        "{'loss': 9}\n{\"loss\": 0.5, \"big\": 1e400, \"nested\": {\"x\": 1}, \"n\": 3}",
    ];
    let (_, complete) = trials(&measured);
    for (trial, line) in complete.iter().zip(measured) {
        assert_eq!((&trial["state"], &trial["objective"]), (&json!("complete"), &json!(0.5)), "{line}");
    }
    assert_eq!(complete[5]["metrics"], json!({"n": 3.0}));
}

#[test]
fn a_metric_on_standard_error_is_pointed_out() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.sweep(&["-o", "out"], &["sh", "-c", "echo '{{\"loss\": 1}}' >&2"]).expect(1);
    let history = sandbox.history("out");
    let reason = history[0]["reason"].as_str().unwrap();
    assert!(reason.contains("it is on standard error; print it on standard output"), "{reason}");
}

#[test]
fn advised_paths_are_taken() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write("train.sh", "echo '[{\"loss\": 9}, {\"loss\": 0.5}]' > \"$HYPEROPT_OUTPUT/log.json\"");
    sandbox.sweep(&["-o", "a", "--metric-file", "log.json"], &["sh", "train.sh"]).expect(1);
    assert!(sandbox.history("a")[0]["reason"].as_str().unwrap().contains("`--metric=-1.loss`"));
    sandbox.sweep(&["-o", "b", "--metric-file", "log.json", "--metric=-1.loss"], &["sh", "train.sh"]).expect(0);
    assert_eq!(sandbox.history("b")[0]["objective"], 0.5);
}

#[test]
fn the_summary_of_failures_ends_with_the_error() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write(
        "train.sh",
        "{ echo 'Traceback (most recent call last):'; for i in 1 2 3; do\n\
         echo \"  File \\\"/opt/venv/lib/python3.12/site-packages/trainer/module$i.py\\\", line 100, in train\"; done\n\
         echo \"ValueError: the batch does not fit\"; } >&2; exit 1",
    );
    let ran = sandbox.sweep(&["-o", "out"], &["sh", "train.sh"]).expect(1);
    let line = ran.out.lines().find(|line| line.starts_with("1 failed")).unwrap();
    assert!(line.contains("exited with code 1"), "{line}");
    assert!(line.ends_with("… ValueError: the batch does not fit"), "{line}");
    assert!(line.chars().count() < 200, "{line}");
}

#[test]
fn the_metric_and_the_study_have_the_names_of_the_file() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}\nstudy: sqlite:shared.db");
    let text = sandbox.read("sweep.yaml").replace("metric: loss", "metric: val_loss");
    sandbox.write("wine.yaml", &text);
    sandbox.write("train.sh", "echo '{\"val_loss\": 0.5, \"path\": {\"f1\": 2}}'");
    let command = ["--", "sh", "train.sh"];
    let ran = sandbox.run(&[&["run", "-c", "wine.yaml", "-o", "out", "--json"][..], &command].concat()).expect(0);
    assert_eq!(ran.json()["metric"], "val_loss");
    assert_eq!(sandbox.history("out")[0]["objectives"], json!({"val_loss": 0.5}));
    assert!(sandbox.read("out/trials.csv").starts_with("trial,state,val_loss,"));
    let shown = sandbox.run(&["show", "out"]).expect(0).out;
    assert!(shown.contains("val_loss") && !shown.contains("objective"), "{shown}");
    assert!(sandbox.run(&["show", "out", "--trial", "0"]).expect(0).out.contains("val_loss: 0.5"));
    sandbox.run(&["plot", "out", "-o", "figure.svg"]).expect(0);
    assert!(sandbox.read("figure.svg").contains("val_loss"));
    // The study is called like the file, and the database alone knows the name of the metric.
    let shown = sandbox.run(&["show", "sqlite:shared.db", "--name", "wine", "--json"]).expect(0).json();
    assert_eq!((&shown["metric"], &shown["trials"]), (&json!("val_loss"), &json!(3)));
    sandbox.run(&["show", "sqlite:shared.db", "--name", "hyperopt"]).expect(2).says("it holds `wine`");
    // The option of the command line names it too; another metric in the same study is refused.
    let options = ["run", "-c", "wine.yaml", "-o", "other", "--study", "sqlite:o.db", "--metric", "path.f1"];
    sandbox.run(&[&options[..], &command].concat()).expect(0);
    assert!(sandbox.read("other/trials.csv").starts_with("trial,state,path.f1,"));
    let options = ["run", "-c", "wine.yaml", "-o", "third", "-n", "4", "--metric", "path.f1"];
    let ran = sandbox.run(&[&options[..], &command].concat()).expect(2);
    ran.says("study `wine`: its metric is `val_loss`, and this sweep measures `path.f1`; write `--metric val_loss`");
    assert!(!sandbox.path("third").exists());
    let text = text.replace("metric: val_loss", "metric: f1");
    sandbox.write("f1.yaml", &text);
    let other = ["run", "-c", "f1.yaml", "-o", "third", "-n", "4"];
    let refused = sandbox.run(&[&other[..], &["--name", "wine"], &command].concat()).expect(2);
    refused.says("write `metric: val_loss`, or give the sweep a study of its own with `--name`");
    // Both advices hold.
    let options = ["run", "-c", "wine.yaml", "-o", "third", "-n", "4", "--metric", "val_loss"];
    sandbox.run(&[&options[..], &command].concat()).expect(0);
    assert_eq!(sandbox.history("third").len(), 4);
    let options = ["run", "-c", "wine.yaml", "-o", "own", "-n", "4", "--metric", "path.f1", "--name", "own"];
    assert_eq!(sandbox.run(&[&options[..], &["--json"], &command].concat()).expect(0).json()["metric"], "path.f1");
    // A name that is given counts, and so does an earlier study without one.
    let named = ["run", "-c", "wine.yaml", "-o", "named", "--study", "sqlite:n.db", "--name", "hyperopt"];
    sandbox.run(&[&named[..], &command].concat()).expect(0);
    assert_eq!(sandbox.run(&["show", "sqlite:n.db", "--name", "hyperopt", "--json"]).expect(0).json()["trials"], 3);
    let again = ["run", "-c", "wine.yaml", "-o", "again", "--study", "sqlite:n.db"];
    sandbox.run(&[&again[..], &command].concat()).expect(0).says("which `--name hyperopt` continues");
}

#[test]
fn categories_keep_their_types_in_files() {
    let sandbox = Sandbox::new("");
    sandbox.write(
        "sweep.yaml",
        "hyperopt:\n  sampler: {type: grid}\n  study: sqlite:s.db\n  parameters: {a: {space: choice, categories: [~, 1, '1',          sqrt, 0.5, true]}}\n",
    );
    sandbox.write("train.sh", "echo '{\"loss\": 1}'");
    let numbers = json!([null, 1, "1", "sqrt", 0.5, true]);
    let by_trial = |output: &str| {
        let mut values: Vec<_> = sandbox.history(output).iter().map(|trial| trial["params"]["a"].clone()).collect();
        values.sort_by_key(|value| numbers.as_array().unwrap().iter().position(|own| own == value));
        Value::from(values)
    };
    sandbox.sweep(&["-o", "out", "-n", "6"], &["sh", "train.sh"]).expect(0);
    assert_eq!(by_trial("out"), numbers);
    // For people, text that reads like a number is in quotes.
    let csv = sandbox.read("out/trials.csv");
    assert!(csv.contains(",null,") && csv.contains(",1,") && csv.contains(",\"\"\"1\"\"\","), "{csv}");
    // The configuration of each trial, and of the study alone.
    for trial in sandbox.history("out") {
        let number = trial["trial"].as_u64().unwrap();
        let shown = sandbox.run(&["show", "out", "--trial", &number.to_string(), "--json"]).expect(0).json();
        assert_eq!(shown["parameters"]["a"], trial["params"]["a"]);
    }
    let shown = sandbox.run(&["show", "sqlite:s.db", "--json"]).expect(0).json();
    assert!(numbers.as_array().unwrap().contains(&shown["best"]["parameters"]["a"]), "{shown}");
    sandbox.sweep(&["-o", "again"], &["sh", "train.sh"]).expect(0);
    assert_eq!(by_trial("again"), numbers);
}

#[test]
fn figures_that_have_nothing_to_show_are_refused() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let reasons = [
        ("rungs", "`--figure rungs` is not for this sweep: it has no budgets; write `--figure plot`"),
        ("pareto", "`--figure pareto_front` is not for this sweep: it has one goal; write `--figure plot`"),
        ("hypervolume_history", "it has one goal; write `--figure plot`"),
        ("intermediate_values", "no trial reported a value; write `--figure plot`"),
        ("param_importances", "at least 4 complete trials, and there are 3; write `--figure optimization_history`"),
        ("comparison", "it takes several sweeps; write `--with DIR` for each of the others"),
    ];
    for (figure, reason) in reasons {
        sandbox.run(&["plot", "out", "--figure", figure, "-o", "f.svg"]).expect(2).says(reason);
        assert!(!sandbox.path("f.svg").exists());
    }
    for instead in ["plot", "optimization_history"] {
        sandbox.run(&["plot", "out", "--figure", instead, "-o", "instead.svg"]).expect(0);
    }
    let url = format!("sqlite:{}", sandbox.path("out/study.db").display());
    sandbox.run(&["plot", &url, "--figure", "rungs"]).expect(2).says("write `--figure plot`");
    sandbox.run(&["plot", "out", "--figure", "parameters", "-o", "f.svg"]).expect(0);
    sandbox.write("one.yaml", "hyperopt: {parameters: {x: {space: uniform, lower: 0, upper: 1}}}\n");
    sandbox.run(&["run", "-c", "one.yaml", "-o", "one", "--", "sh", "train.sh", "{x}"]).expect(0);
    sandbox.run(&["plot", "one", "--figure", "pairs"]).expect(2).says("one hyperparameter makes no pair");
}

#[test]
fn several_sweeps_are_in_one_figure() {
    let sandbox = Sandbox::new("executor: {num_samples: 5}");
    for name in ["first", "second"] {
        sandbox.sweep(&["-o", name], &[]).expect(0);
    }
    for figure in ["comparison", "optimization_history", "edf", "param_importances"] {
        sandbox.run(&["plot", "first", "--with", "second", "--figure", figure, "-o", "f.svg"]).expect(0);
        let svg = sandbox.read("f.svg");
        assert!(svg.contains("\nfirst\n") && svg.contains("\nsecond\n"), "{figure}: {svg}");
    }
    let refused = sandbox.run(&["plot", "first", "--with", "second", "--figure", "slice", "-o", "g.svg"]).expect(2);
    refused.says("`--figure slice` draws one sweep; leave `--with` out");
}

#[test]
fn hyperparameters_of_a_figure_are_chosen() {
    let sandbox = Sandbox::new("executor: {num_samples: 3}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let plot = |names: &str| sandbox.run(&["plot", "out", "--hyperparameters", names, "-o", "f.svg"]);
    plot("model.cell").expect(0);
    assert!(sandbox.read("f.svg").contains("as chosen"));
    plot("x,rate").expect(2).says("there is no hyperparameter `rate` in this sweep: choose among `x`, `model.cell`");
}

#[test]
fn a_reader_that_has_closed_the_pipe_is_no_error() {
    let sandbox = Sandbox::new("executor: {num_samples: 300}\nsearch_alg: {type: random, seed: 1}");
    sandbox.write("train.sh", "echo '{\"loss\": 1}'");
    sandbox.sweep(&["-o", "out", "-w", "4"], &["sh", "train.sh"]).expect(0);
    let program = env!("CARGO_BIN_EXE_hyperopt");
    for arguments in
        ["export out --format csv", "export out --format jsonl", "completions bash", "show out", "best out"]
    {
        // The reader is gone before the first byte comes.
        let script = format!("exec 3>err; {{ sleep 0.2; {program} {arguments} 2>&3; echo $? > code; }} | true");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).current_dir(sandbox.path(""));
        assert!(command.status().unwrap().success());
        assert_eq!((sandbox.read("code").trim(), sandbox.read("err").as_str()), ("0", ""), "{arguments}");
    }
}
