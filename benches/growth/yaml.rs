//! Files in YAML, by the number of keys or entries.

use std::fmt::Write as _;
use std::process;

use hyperopt::{Config, train};

use crate::Row;
use crate::cell::Cell;

/// A row about a file of nine lines for ten trials, as a file may have 200,000 nodes.
fn row(name: &str, text: impl Fn(usize) -> String + 'static) -> Row {
    let row = Row::new(name, move |trials| {
        let lines = trials / 10 * 9;
        let text = text(lines);
        Cell::of(lines, || match Config::parse("growth.yaml", &text) {
            Ok(config) => config.resolve_yaml(&[]).len(),
            Err(errors) => {
                eprintln!("{}", errors.to_string().chars().take(200).collect::<String>());
                process::exit(1)
            }
        })
    });
    row.most(100_000)
}

const SECTION: &str = "hyperopt:\n  goal: minimize\n  seed: 7\n  parameters:\n    rate: {type: float, low: 0.0001, high: 0.1, scale: log}\n  sampler: {type: random, num_samples: 5}\n";

fn lines(line: impl Fn(usize) -> String, before: &str, count: usize, after: &str) -> String {
    let mut text = format!("{SECTION}{before}");
    (0..count).for_each(|index| text.push_str(&line(index)));
    text + after
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row("YAML, keys of a mapping", |count| lines(|index| format!("key{index}: {index}\n"), "", count, "")),
        row("YAML, keys of a nested mapping", |count| {
            lines(|index| format!("  key{index}: value {index}\n"), "nested:\n", count, "")
        }),
        row("YAML, keys within braces", |count| {
            lines(|index| format!("k{index}: {index}, "), "braces: {", count, "}\n")
        }),
        row("YAML, entries of a list", |count| lines(|index| format!("  - column{index}\n"), "columns:\n", count, "")),
        row("YAML, features", |count| {
            let count = count / 4;
            let text = lines(|index| format!("  - {{name: f{index}, type: number}}\n"), "input_features:\n", count, "");
            // Beside features, a name begins with a section.
            text.replace("    rate:", "    trainer.learning_rate:")
        }),
        row("YAML, entries within brackets", |count| lines(|index| format!("{index}, "), "brackets: [", count, "]\n")),
        row("YAML, anchors and aliases", |count| {
            let count = count / 2;
            lines(|index| format!("  a{index}: &a{index} {index}\n  b{index}: *a{index}\n"), "anchors:\n", count, "")
        }),
        row("YAML, comments", |count| lines(|index| format!("# {index}\n"), "", count, "")),
        row("YAML, lines of a text", |count| lines(|index| format!("  line {index}\n"), "text: |\n", count, "")),
        row("YAML, lines of a quoted text", |count| {
            lines(|index| format!("  line {index}\n"), "text: \"\n", count, "  \"\n")
        }),
        row("YAML, categories of a choice", |count| {
            let mut text = SECTION.replace("  sampler", "    units: {space: choice, categories: [X]}\n  sampler");
            let categories: Vec<String> = (0..count).map(|index| index.to_string()).collect();
            text = text.replace("[X]", &format!("[{}]", categories.join(", ")));
            text
        }),
        row("YAML, hyperparameters", |count| {
            let mut parameters = String::new();
            for index in 0..count / 90 {
                let _ = writeln!(parameters, "    rate{index}: {{type: float, low: 0.0001, high: 0.1, scale: log}}");
            }
            SECTION.replace("  sampler", &format!("{parameters}  sampler"))
        }),
        row("YAML, keys that are merged", |count| {
            let count = count / 4;
            let mut text = lines(|index| format!("  key{index}: {index}\n"), "first: &first\n", count, "");
            text.push_str("second:\n  <<: *first\n");
            for index in count / 2..count / 2 * 3 {
                let _ = writeln!(text, "  key{index}: 0");
            }
            text
        }),
        Row::new("YAML, trials of a sweep", |trials| {
            let text = SECTION.replace("num_samples: 5", &format!("num_samples: {trials}"));
            let config = Config::parse("growth.yaml", &text).expect("a sweep");
            Cell::of(trials, || train(&config, |trial| trial.config()["rate"].as_f64()).expect("a sweep"))
        }),
    ]
}
