//! Text of others on its way to a terminal: through names, labels, messages and databases.

use hyperopt_core::plain::is_command;

use crate::common::{Ran, Sandbox};

/// Colours, a new title of the window, an erased screen, the same in one byte, an overwritten line, reordered text.
const HOSTILE: [&str; 6] = ["\\e[31m", "\\e]0;owned\\a", "\\e[2J", "\\x9b2J", "\\r", "\\u202e"];

/// Checks that a terminal would obey nothing of the output.
#[track_caller]
fn is_harmless(ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        let found: Vec<_> = text.chars().filter(|char| is_command(*char) && !matches!(char, '\n' | '\t')).collect();
        assert!(found.is_empty(), "{found:?} in:\n{}", text.escape_debug());
    }
}

#[test]
fn names_labels_and_messages_do_not_reach_the_terminal_as_commands() {
    for hostile in HOSTILE {
        let sandbox = Sandbox::new("");
        sandbox.write(
            "sweep.yaml",
            &format!(
                "hyperopt:\n  metric: \"lo{hostile}ss\"\n  seed: 1\n  study: {{url: 'sqlite:s.db', name: \"st{hostile}udy\"}}\n  \
                 sampler: {{type: grid}}\n  parameters:\n    \"x{hostile}x\": {{space: choice, categories: \
                 [\"a{hostile}a\", b, c]}}\n    y: {{space: grid_search, values: [1, 2]}}\n"
            ),
        );
        // One of the trials fails with hostile words; the others measure something with a hostile name.
        let bytes = serde_json::from_str::<String>(&format!("\"{}\"", json(hostile))).unwrap();
        sandbox.write("words", &format!("{bytes}it failed{bytes}\n"));
        sandbox.write("result", &format!("{{\"lo{0}ss\": 0.5, \"other{0}\": 1}}\n", json(hostile)));
        sandbox.write("train.sh", "if [ $HYPEROPT_TRIAL = 1 ]; then cat words >&2; exit 3; fi; cat result");
        let ran = sandbox.sweep(&["-o", "out"], &["sh", "train.sh"]).expect(0);
        is_harmless(&ran);
        assert!(ran.out.contains("it failed"), "{}", ran.out);
        let said: [&[&str]; 13] = [
            &["show", "out"],
            &["show", "out", "--json"],
            &["show", "out", "--trial", "0"],
            &["show", "out", "--trial", "1"],
            &["show", "out", "--trial", "1", "--json"],
            &["show", "sqlite:s.db"],
            &["show", "sqlite:s.db", "--name", "other"],
            &["best", "out"],
            &["best", "out", "--format", "json"],
            &["best", "sqlite:s.db"],
            &["export", "out", "--format", "jsonl"],
            &["export", "out", "--format", "statistics"],
            &["resume", "out", "--json"],
        ];
        for arguments in said {
            let ran = sandbox.run(arguments);
            is_harmless(&ran);
            assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{arguments:?}");
        }
        // Another file with the same study: its labels are in the message.
        let text = sandbox.read("sweep.yaml").replace("b, c]", "b]");
        sandbox.write("sweep.yaml", &text);
        let ran = sandbox.sweep(&["-o", "other"], &["sh", "train.sh"]).expect(2);
        assert!(ran.err.contains("had the candidates"), "{}", ran.err);
        is_harmless(&ran);
        // Several studies: their names are listed.
        sandbox.sweep(&["-o", "second", "--name", "second"], &["sh", "train.sh"]).expect(0);
        let ran = sandbox.run(&["show", "sqlite:s.db"]).expect(2);
        ran.says("choose one with `--name`");
        is_harmless(&ran);
        // A mistake in a file.
        sandbox.write("sweep.yaml", &format!("hyperopt:\n  \"go{hostile}al\": [\"{hostile}\"]\n  parameters: {{}}\n"));
        let ran = sandbox.sweep(&["-o", "third"], &["sh", "train.sh"]).expect(2);
        is_harmless(&ran);
    }
}

/// An escape of YAML as one of JSON.
fn json(yaml: &str) -> String {
    yaml.replace("\\e", "\\u001b").replace("\\a", "\\u0007").replace("\\x", "\\u00")
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_guarded_on_request() {
    let sandbox = Sandbox::new("");
    sandbox.write(
        "sweep.yaml",
        "hyperopt:\n  sampler: {type: grid}\n  parameters:\n    '=x': {space: choice, categories: ['=HYPERLINK(1)', '+1+1', '@a', \
         '-a', -3, b]}\n",
    );
    sandbox.write("train.sh", "if [ $HYPEROPT_TRIAL = 0 ]; then echo =cmd >&2; exit 1; fi; echo '{\"loss\": -0.5}'");
    sandbox.sweep(&["-o", "out"], &["sh", "train.sh"]).expect(0);
    let column = |csv: &str| -> Vec<String> {
        let head = csv.lines().next().unwrap();
        let at = head.split(',').position(|name| name.trim_start_matches('\'') == "=x").unwrap();
        let rows = csv.lines().filter(|line| line.split(',').count() == head.split(',').count());
        rows.map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
    };
    let plain = ["=x", "=HYPERLINK(1)", "+1+1", "@a", "-a", "-3", "b"];
    assert_eq!(column(&sandbox.read("out/trials.csv")), plain);
    let csv = sandbox.run(&["export", "out", "--format", "csv", "--csv-guard"]).expect(0).out;
    assert_eq!(column(&csv), ["'=x", "'=HYPERLINK(1)", "'+1+1", "'@a", "'-a", "-3", "b"]);
    assert!(csv.contains(",-0.5,"), "{csv}");
    sandbox.run(&["report", "out", "--directory", "--csv-guard"]).expect(0);
    assert_eq!(sandbox.read("out/report/trials.csv"), csv);
    sandbox.sweep(&["-o", "guarded", "--csv-guard"], &["sh", "train.sh"]).expect(0);
    assert_eq!(column(&sandbox.read("guarded/trials.csv")), column(&csv));
}
