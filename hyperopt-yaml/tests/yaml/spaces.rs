//! The values of each kind of space: which there are, and how often.

use std::collections::BTreeMap;

use hyperopt_yaml::train;
use serde_json::Value;

use crate::common::parsed;

/// Returns the values of `samples` random trials of one hyperparameter.
fn drawn(definition: &str, samples: u64) -> Vec<f64> {
    let text = format!(
        "hyperopt: {{parameters: {{x: {definition}}}, seed: 11, repeats: true, executor: {{num_samples: {samples}}}}}"
    );
    let config = parsed(&text);
    let ho = train(&config, |_| 0.0).unwrap_or_else(|error| panic!("{error}"));
    ho.trials().map(|(_, params)| params[0].1.as_f64().unwrap()).collect()
}

/// How often each value comes.
fn counts(definition: &str, samples: u64) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in drawn(definition, samples) {
        *counts.entry(value.to_string()).or_default() += 1;
    }
    counts
}

fn ends(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}

#[test]
fn the_ends_of_an_int_are_as_likely_as_the_rest() {
    let counts = counts("{type: int, low: 1, high: 4}", 4000);
    assert_eq!(counts.keys().collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    assert!(counts.values().all(|count| (900..1100).contains(count)), "{counts:?}");
    assert!(counts.values().any(|&count| count != 1000), "drawn, not dealt: {counts:?}");
}

#[test]
fn the_upper_end_is_in_or_out_as_the_space_says() {
    let cases: [(&str, &[&str]); 6] = [
        ("{space: randint, lower: 0, upper: 3}", &["0", "1", "2"]),
        ("{space: lograndint, lower: 1, upper: 4}", &["1", "2", "3"]),
        ("{space: qrandint, lower: 0, upper: 6, q: 3}", &["0", "3", "6"]),
        ("{space: qrandint, lower: 0, upper: 3}", &["0", "1", "2"]),
        ("{space: qlograndint, lower: 4, upper: 12, q: 4}", &["12", "4", "8"]),
        ("{space: quniform, lower: 0, upper: 1, q: 0.5}", &["0", "0.5", "1"]),
    ];
    for (definition, values) in cases {
        let counts = counts(definition, 400);
        assert_eq!(counts.keys().collect::<Vec<_>>(), values, "{definition}");
    }
}

#[test]
fn what_is_rounded_comes_to_its_ends_half_as_often() {
    let counts = counts("{space: quniform, lower: 0, upper: 1, q: 0.25}", 4000);
    assert!((400..600).contains(&counts["0"]) && (400..600).contains(&counts["1"]), "{counts:?}");
    assert!((900..1100).contains(&counts["0.5"]), "{counts:?}");
}

#[test]
fn scales_say_where_numbers_are_dense() {
    let median = |definition: &str| {
        let mut values = drawn(definition, 2000);
        values.sort_by(f64::total_cmp);
        values[1000]
    };
    for (definition, expected) in [
        ("{type: float, low: 0.0001, high: 0.1, scale: log}", 0.1_f64 * 0.031_6),
        ("{type: float, low: 0.0001, high: 0.1, space: log}", 0.1 * 0.031_6),
        ("{type: float, low: -4, high: -1, base: 10, scale: log}", 0.1 * 0.031_6),
        ("{space: loguniform, lower: 0.0001, upper: 0.1}", 0.1 * 0.031_6),
        ("{type: real, low: 0.0001, high: 0.1}", 0.05),
        ("{type: float, low: 0.001, high: 0.9, scale: logit}", 0.0866),
        ("{type: float, low: 0, high: 999, scale: bilog}", 30.6),
        ("{space: randn, mean: 5, sd: 2}", 5.0),
        ("{space: qrandn, mean: 5, sd: 2, q: 1}", 5.0),
        ("{space: qloguniform, lower: 1, upper: 1024, q: 1}", 32.0),
    ] {
        let found = median(definition);
        assert!((found / expected - 1.0).abs() < 0.25, "{definition}: {found}");
    }
}

#[test]
fn every_number_lies_between_its_ends() {
    for (definition, low, high) in [
        ("{type: float, low: -1.5, high: 2.5}", -1.5, 2.5),
        ("{type: float, low: 0.01, high: 0.99, scale: logit}", 0.01, 0.99),
        ("{type: float, low: -50, high: 50, scale: bilog}", -50.0, 50.0),
        ("{space: uniform, lower: 0, upper: 1}", 0.0, 1.0),
        ("{space: qloguniform, lower: 1, upper: 64, q: 1}", 1.0, 64.0),
    ] {
        let values = drawn(definition, 1000);
        let found = ends(&values);
        assert!(found.0 >= low && found.1 <= high, "{definition}: {found:?}");
    }
}

#[test]
fn every_key_is_understood() {
    let text = include_str!("files/every_key.yaml");
    let mut config = parsed(text);
    assert_eq!(
        config.notes(),
        [
            "line 26: `base` of hyperparameter `k` has no effect here",
            "line 37: `optuna` is not built in; `tpe`, which comes nearest, is taken",
            "line 52: `brackets` of `scheduler` has no effect here",
            "line 45: `cpu_resources_per_trial` of `executor` has no effect here",
        ]
    );
    let definition = config.definition_mut();
    assert_eq!((definition.study(), definition.study_name()), (Some("sqlite:sweep.db"), "every_key"));
    assert_eq!((definition.workers(), definition.grid(), definition.configurations()), (2, 2, Some(6)));
    assert_eq!((definition.scheduler(), definition.budgets()), (Some("asha"), Some((1.0, 9.0))));
    assert_eq!(definition.timeout().map(|timeout| timeout.as_secs()), Some(3600));
    let section = definition.to_value();
    assert_eq!(section["executor"]["scheduler"]["max_t"], 9.0);
    assert_eq!(
        (&section["goal"], &section["split"], &section["seed"]),
        (&"maximize".into(), &"test".into(), &Value::Null)
    );
    // As the file, but for the database.
    let without = text.replace("  study:\n    url: sqlite:sweep.db\n    name: every_key\n", "");
    let config = parsed(&without);
    let ho = train(&config, |trial| {
        let model = &trial.config()["model"];
        assert_eq!(model["batch_size"], 32);
        assert_eq!(trial.config()["trainer"]["epochs"].as_f64(), trial.budget());
        model["width"].as_f64()
    })
    .unwrap();
    assert_eq!(ho.best().unwrap().value, 5.0);
}
