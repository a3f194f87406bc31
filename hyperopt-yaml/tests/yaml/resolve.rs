//! Names into the configuration, and what gives way to what.

use serde_json::{Value, json};

use crate::common::parsed;

/// Returns the configuration of `text` with these values, whose names are those of hyperparameters.
fn resolved(text: &str, values: &[(&str, Value)]) -> Value {
    let names: Vec<String> =
        values.iter().map(|(name, _)| format!("    '{name}': {{space: choice, categories: [{{}}]}}\n")).collect();
    let text = format!("{text}\nhyperopt:\n  parameters:\n{}", names.concat());
    let config = parsed(&text);
    let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    config.resolve(&values)
}

const FEATURES: &str = "
input_features:
  - {name: title, column: headline, type: text, encoder: {type: rnn, dropout: 0.1}}
  - {name: body, type: text}
  - {name: body.short, type: text, encoder: rnn}
  - {name: trainer, type: number}
output_features:
  - {name: label, type: category, decoder: {num_fc_layers: 2}}
  - {name: other, type: category}
defaults:
  text: {preprocessing: {lowercase: true}}
trainer: {epochs: 5}
";

#[test]
fn a_name_begins_with_a_feature_or_leads_from_the_root() {
    let all = resolved(
        FEATURES,
        &[
            ("headline.encoder.dropout", json!(0.5)),
            ("body.encoder.type", json!("bert")),
            ("body.short.encoder.layers", json!(3)),
            ("trainer.normalization", json!("zscore")),
            ("combiner.size", json!(8)),
        ],
    );
    let inputs = &all["input_features"];
    assert_eq!(inputs[0]["encoder"], json!({"type": "rnn", "dropout": 0.5}));
    assert_eq!(inputs[1]["encoder"], json!({"type": "bert"}));
    // Text that names a type is kept as one.
    assert_eq!(inputs[2]["encoder"], json!({"type": "rnn", "layers": 3}));
    // A feature of the name hides the section.
    assert_eq!((&inputs[3]["normalization"], &all["trainer"]), (&json!("zscore"), &json!({"epochs": 5})));
    assert_eq!(all["combiner"], json!({"size": 8}));
}

#[test]
fn mappings_merge_and_everything_else_replaces() {
    let text = "model: {a: {b: 1, c: [1, 2]}, d: 1}";
    let merged = resolved(text, &[("model.a", json!({"c": [3], "e": {"f": 1}}))]);
    assert_eq!(merged, json!({"model": {"a": {"b": 1, "c": [3], "e": {"f": 1}}, "d": 1}}));
    let replaced =
        resolved(text, &[("model.a", json!(7)), ("model.d", json!({"x": 1})), ("new.path.here", json!(null))]);
    assert_eq!(replaced, json!({"model": {"a": 7, "d": {"x": 1}}, "new": {"path": {"here": null}}}));
}

#[test]
fn later_values_win() {
    let text = "model: {width: 1}";
    let root = json!({"model": {"width": 2}});
    assert_eq!(resolved(text, &[(".", root.clone()), ("model.width", json!(3))])["model"]["width"], 3);
    assert_eq!(resolved(text, &[("model.width", json!(3)), (".", root)])["model"]["width"], 2);
}

#[test]
fn defaults_reach_the_features_of_their_type_and_give_way_to_them() {
    let all = resolved(
        FEATURES,
        &[
            ("defaults.text.encoder.dropout", json!(0.3)),
            ("defaults.text.encoder.layers", json!(4)),
            ("defaults.text.preprocessing.tokenizer", json!("space")),
            ("defaults.category.decoder.num_fc_layers", json!(7)),
            ("body.encoder.dropout", json!(0.9)),
        ],
    );
    let inputs = &all["input_features"];
    // Of another type than that of the default, so nothing of it fits.
    assert_eq!(inputs[0]["encoder"], json!({"type": "rnn", "dropout": 0.1}));
    // What is given for the feature itself wins, wherever it is written.
    assert_eq!(inputs[1]["encoder"], json!({"dropout": 0.9, "layers": 4}));
    assert_eq!(inputs[2]["encoder"], "rnn");
    for index in 0..3 {
        assert_eq!(inputs[index]["preprocessing"], json!({"lowercase": true, "tokenizer": "space"}), "{index}");
    }
    assert!(inputs[3].get("preprocessing").is_none());
    assert_eq!(all["output_features"][0]["decoder"], json!({"num_fc_layers": 2}));
    assert_eq!(all["output_features"][1]["decoder"], json!({"num_fc_layers": 7}));
    assert_eq!(all["defaults"]["text"]["encoder"], json!({"dropout": 0.3, "layers": 4}));
    assert_eq!(all["defaults"]["text"]["preprocessing"], json!({"lowercase": true, "tokenizer": "space"}));
}

#[test]
fn a_default_of_the_same_type_fits() {
    let text = "
input_features:
  - {name: title, type: text, encoder: {type: rnn, size: 1}}
  - {name: body, type: text, encoder: {type: bert}}
output_features: []
defaults: {text: {encoder: {type: rnn}}}
";
    let all = resolved(text, &[("defaults.text.encoder.size", json!(2)), ("defaults.text.encoder.depth", json!(3))]);
    assert_eq!(all["input_features"][0]["encoder"], json!({"type": "rnn", "size": 1, "depth": 3}));
    assert_eq!(all["input_features"][1]["encoder"], json!({"type": "bert"}));
}

#[test]
fn old_files_are_read_as_new_ones() {
    let text = "
hyperopt:
  parameters:
    training.lr: {space: uniform, lower: 0, upper: 1}
    training.decay: {space: uniform, lower: 0, upper: 1}
  sampler:
    type: ray
    num_samples: 7
    search_alg: bohb
    scheduler: {type: hb_bohb, max_t: 9}
";
    let config = parsed(text);
    let definition = config.definition();
    assert_eq!((definition.sampler(), definition.scheduler()), ("bohb", Some("hyperband")));
    assert_eq!((definition.num_samples(), definition.budgets()), (Some(7), Some((1.0, 9.0))));
    assert_eq!(
        config.notes(),
        [
            "line 9: `sampler.search_alg` is read as `search_alg` at the top of the section",
            "line 8: `sampler.num_samples` is read as `executor.num_samples`",
            "line 10: `sampler.scheduler` is read as `executor.scheduler`",
            "line 4: a round of `hyperband` starts 17 configurations, and `num_samples: 7` ends it after 7",
        ]
    );
}

/// Returns the names of the hyperparameters of `text`, and its notes.
fn names(text: &str) -> (Vec<String>, Vec<String>) {
    let config = parsed(text);
    let names = config.definition().parameters().iter().map(|parameter| parameter.name().to_owned());
    (names.collect(), config.notes())
}

#[test]
fn a_name_keeps_the_section_that_the_file_uses() {
    let old = "hyperopt:\n  parameters: {training.lr: {space: uniform, lower: 0, upper: 1}}\n";
    assert_eq!(names(old), (vec!["training.lr".into()], Vec::new()));
    assert_eq!(names(&format!("training: {{epochs: 9}}\n{old}")), (vec!["training.lr".into()], Vec::new()));
    let both = format!("training: {{epochs: 9}}\ntrainer: {{}}\n{old}");
    assert_eq!(names(&both), (vec!["training.lr".into()], Vec::new()));
    // Only a configuration with the newer section has the newer names.
    let upgraded = (vec!["trainer.lr".to_owned()], vec!["line 3: `training.lr` is read as `trainer.lr`".to_owned()]);
    assert_eq!(names(&format!("trainer: {{epochs: 9}}\n{old}")), upgraded);
    let mixed = "
hyperopt:
  parameters:
    training.lr: {space: uniform, lower: 0, upper: 1}
    trainer.decay: {space: uniform, lower: 0, upper: 1}
";
    assert_eq!(names(mixed).0, ["trainer.lr", "trainer.decay"]);
}

#[test]
fn epochs_are_written_to_the_section_that_the_file_uses() {
    let asha = |rest: &str| {
        let text = format!(
            "{rest}hyperopt:\n  parameters: {{training.lr: {{space: uniform, lower: 0, upper: 1}}}}\n  executor: {{scheduler: \
             {{type: asha, max_t: 9}}}}\n"
        );
        parsed(&text).resolve(&[("training.lr".into(), json!(0.5))])
    };
    let features = "input_features: []\n";
    assert_eq!(asha(features)["training"], json!({"lr": 0.5, "epochs": 9, "early_stop": -1}));
    assert_eq!(asha("training: {}\n")["training"], json!({"lr": 0.5, "epochs": 9, "early_stop": -1}));
    // Another kind of trainer.
    assert_eq!(asha(""), json!({"training": {"lr": 0.5}}));
}

#[test]
fn a_point_may_call_the_section_by_either_name() {
    let text = "
hyperopt:
  parameters: {training.lr: {space: choice, categories: [1, 2]}}
  search_alg: {type: tpe, points_to_evaluate: [{trainer.lr: 2}, {training.lr: 1}]}
  executor: {num_samples: 2}
";
    let ho = hyperopt_yaml::train(&parsed(text), |trial| trial.get("trainer.lr")?.as_f64()).unwrap();
    assert_eq!(ho.results().collect::<Vec<_>>(), [Some(2.0), Some(1.0)]);
}

#[test]
fn what_is_set_at_its_place_comes_before_an_old_place() {
    let text = "
hyperopt:
  parameters: {lr: {space: uniform, lower: 0, upper: 1}}
  search_alg: tpe
  executor: {search_alg: random, num_samples: 3}
  sampler: {num_samples: 9}
";
    let config = parsed(text);
    assert_eq!((config.definition().sampler(), config.definition().num_samples()), ("tpe", Some(3)));
    assert_eq!(config.notes().len(), 2, "{:?}", config.notes());
}

#[test]
fn algorithms_of_other_libraries_are_replaced_with_a_note() {
    for (name, taken) in
        [("hyperopt", "tpe"), ("optuna", "tpe"), ("skopt", "gp"), ("pysot", "gp"), ("nevergrad", "auto")]
    {
        let text = format!(
            "hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n  search_alg: {{type: {name}, gamma: 3, \
             random_state_seed: 4}}\n"
        );
        let config = parsed(&text);
        assert_eq!((config.definition().sampler(), config.definition().seed()), (taken, Some(4)));
        assert_eq!(
            config.notes(),
            [
                format!("line 3: `{name}` is not built in; `{taken}`, which comes nearest, is taken"),
                "line 3: `gamma` of `search_alg` is an option of another library, and has no effect here".into()
            ]
        );
    }
}

#[test]
fn the_configuration_keeps_its_order_and_its_numbers() {
    let text = "
z: 1.0
a: [1, 0x10, 1e-4, .inf, yes, 'yes', '1e-4', null, 2020-01-01]
base: &base {x: 1}
merged: {<<: *base, y: 2}
1: one
nested: [{a: [1, [2]]}, {}]
text: |
  two
  lines
hyperopt: {parameters: {rate: {type: float, low: 0, high: 1}}}
";
    let config = parsed(text);
    let yaml = config.resolve_yaml(&[("rate".into(), json!(1e-7))]);
    assert_eq!(
        yaml,
        "z: 1.0\na: [1, 16, 0.0001, .inf, true, \"yes\", \"1e-4\", null, \"2020-01-01\"]\nbase:\n  x: 1\nmerged:\n  \"y\": 2\n  x: 1\n\
         1: one\nnested:\n  - a:\n      - 1\n      - [2]\n  - {}\ntext: \"two\\nlines\\n\"\nrate: 1.0e-7\n"
    );
}

#[test]
fn an_executor_optuna_has_its_sampler_and_its_database() {
    let text = "
hyperopt:
  executor: {type: optuna, num_samples: 20, sampler: gp, pruner: median, study_name: wine, storage: 'sqlite:///wine.db'}
  parameters:
    a: {space: int, lower: 1, upper: 4}
    b: {space: categorical, categories: [1, 2]}
";
    let config = parsed(text);
    let definition = config.definition();
    assert_eq!((definition.sampler(), definition.num_samples()), ("gp", Some(20)));
    assert_eq!((definition.study(), definition.study_name()), (Some("sqlite:wine.db"), "wine"));
    assert_eq!(config.notes().len(), 3, "{:?}", config.notes());
    let plain = text.replace(
        "sampler: gp, pruner: median, study_name: wine, storage: 'sqlite:///wine.db'",
        "sampler: auto, pruner: null",
    );
    let config = parsed(&plain);
    assert_eq!((config.definition().sampler(), config.definition().study()), ("auto", None));
}

#[test]
fn a_section_of_the_old_name_takes_the_name_that_the_hyperparameters_have() {
    let text = "
training: {epochs: 4, learning_rate: 0.1}
hyperopt:
  parameters: {trainer.learning_rate: {space: uniform, lower: 0, upper: 1}}
";
    let config = parsed(text);
    assert_eq!(config.notes(), ["line 2: the section `training` is read as `trainer`, as the hyperparameters call it"]);
    let resolved = config.resolve(&[("trainer.learning_rate".into(), json!(0.5))]);
    assert_eq!(resolved, json!({"trainer": {"epochs": 4, "learning_rate": 0.5}}));
}

#[test]
fn a_point_alone_is_a_name() {
    let text = "
trainer: {epochs: 4}
hyperopt:
    parameters:
        .:
            space: choice
            categories:
                -   combiner:
                        type: tabnet
                    trainer:
                        batch_size: 64
                -   combiner: {type: concat}
";
    let config = parsed(text);
    let resolved = config.resolve(&[(".".into(), json!({"combiner": {"type": "concat"}}))]);
    assert_eq!(resolved, json!({"trainer": {"epochs": 4}, "combiner": {"type": "concat"}}));
}
