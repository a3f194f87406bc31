//! Schedulers in seconds, by the clock from the start of a trial at the lines with its metric.

use serde_json::Value;

use crate::common::Sandbox;

#[test]
fn a_program_is_ended_by_its_seconds() {
    let sandbox = Sandbox::new(
        "search_alg: {type: random, seed: 1}\nexecutor: {num_samples: 3, scheduler: {type: async_hyperband, time_attr: \
         time_total_s, max_t: 0.6, grace_period: 0.2, reduction_factor: 4}}",
    );
    let text = sandbox.read("sweep.yaml");
    sandbox.write("sweep.yaml", &format!("trainer: {{learning_rate: 0.1}}\n{text}"));
    // Lines without a step, each trial worse than the one before, for ever.
    sandbox.write("train.sh", "while sleep 0.1; do echo \"{\\\"loss\\\": $1, \\\"budget\\\": $2}\"; done");
    let run = sandbox.sweep(&["-o", "out", "--quiet", "--json"], &["sh", "train.sh", "{trial}", "{budget}"]);
    let run = run.expect(0).json();
    assert_eq!((run["states"]["complete"].as_u64(), run["states"]["pruned"].as_u64()), (Some(1), Some(2)), "{run}");
    assert_eq!((run["best"]["trial"].as_u64(), run["best"]["objective"].as_f64()), (Some(0), Some(0.0)));
    let note = run["notes"][0].as_str().unwrap();
    assert!(note.contains("`asha` counts seconds from the start of a trial"), "{note}");
    let history = sandbox.history("out");
    let times = |trial: usize| {
        let reports = history[trial]["reports"].as_array().unwrap();
        reports.iter().map(|report| report[0].as_u64().unwrap()).collect::<Vec<_>>()
    };
    let (first, second) = (times(0), times(1));
    assert!(
        first.is_sorted_by(|a, b| a < b) && first[first.len() - 1] >= 600 && first[first.len() - 2] < 600,
        "{first:?}"
    );
    assert!(second[second.len() - 1] >= 200 && second.iter().rev().skip(1).all(|time| *time < 200), "{second:?}");
    assert_eq!(history[0]["metrics"]["budget"], 0.6);
    // The epochs are the trainer's own.
    let config = sandbox.read("out/trials/00000/config.yaml");
    assert!(config.starts_with("trainer:\n  learning_rate: 0.1\nmodel:\n"), "{config}");
    let result: Value = sandbox.json("out/trials/00000/result.json");
    assert_eq!((result["state"].as_str(), result["objective"].as_f64()), (Some("complete"), Some(0.0)));
}

#[test]
fn the_median_rule_by_seconds_needs_no_steps() {
    let sandbox = Sandbox::new(
        "search_alg: {type: random, seed: 1}\nexecutor: {num_samples: 3, scheduler: {type: median_stopping_rule, time_attr: \
         time_total_s, grace_period: 0.1, min_samples_required: 1}}",
    );
    sandbox.write("train.sh", "for i in 1 2 3; do sleep 0.1; echo \"{\\\"loss\\\": $1}\"; done");
    let run = sandbox.sweep(&["-o", "out", "--quiet", "--json"], &["sh", "train.sh", "{trial}"]).expect(0).json();
    assert_eq!((run["states"]["complete"].as_u64(), run["states"]["pruned"].as_u64()), (Some(1), Some(2)), "{run}");
}
