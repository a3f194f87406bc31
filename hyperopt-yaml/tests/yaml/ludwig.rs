//! What Ludwig accepts runs here, with Ludwig's meaning, or with a note where a key has none.

use hyperopt_core::Goal;
use hyperopt_yaml::{Config, train};

use crate::common::parsed;

/// Returns the notes on a hyperparameter `x`, and the values that a sweep of it draws.
fn drawn(definition: &str) -> (Vec<String>, Vec<f64>) {
    let config = parsed(&format!(
        "hyperopt:\n  parameters:\n    x: {definition}\n  seed: 3\n  repeats: true\n  executor: {{num_samples: 300}}\n"
    ));
    let ho = train(&config, |trial| trial.get("x")?.as_f64()).unwrap();
    let mut values: Vec<f64> = ho.results().flatten().collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    (config.notes(), values)
}

#[test]
fn a_type_beside_a_space_has_no_effect() {
    for (definition, type_of, low, high) in [
        ("{type: float, space: loguniform, lower: 0.001, upper: 0.1}", "loguniform", 0.001, 0.1),
        ("{space: randint, type: int, lower: 3, upper: 5}", "randint", 3.0, 4.0),
        ("{type: category, space: choice, categories: [1, 2]}", "choice", 1.0, 2.0),
        ("{type: int, space: UNIFORM, lower: 0, upper: 1}", "UNIFORM", 0.0, 1.0),
    ] {
        let (notes, values) = drawn(definition);
        assert_eq!(notes, [format!("line 3: `type` of hyperparameter `x` has no effect beside `space: {type_of}`")]);
        assert!(values.len() > 1 && values[0] >= low && values[values.len() - 1] <= high, "{definition}: {values:?}");
    }
    // A scale is no space of Ray.
    assert!(drawn("{type: float, space: log, low: 0.1, high: 1}").0.is_empty());
}

#[test]
fn the_values_of_a_list_have_two_names() {
    let (notes, values) = drawn("{space: choice, values: [3, 5]}");
    assert_eq!(notes, ["line 3: `values` of hyperparameter `x` is read as `categories`"]);
    assert_eq!(values, [3.0, 5.0]);
    let (notes, values) = drawn("{space: grid_search, categories: [3, 5]}");
    assert!(notes[0] == "line 3: `categories` of hyperparameter `x` is read as `values`", "{notes:?}");
    assert_eq!(values, [3.0, 5.0]);
    let (notes, values) = drawn("{space: choice, values: [3, 5], categories: [7]}");
    assert_eq!(notes, ["line 3: `values` of hyperparameter `x` has no effect beside `space: choice`"]);
    assert_eq!(values, [7.0]);
}

#[test]
fn keys_of_another_space_have_no_effect() {
    let (notes, _) = drawn("{space: loguniform, lower: 0.001, upper: 0.1, q: 3, steps: 4}");
    assert_eq!(
        notes,
        [
            "line 3: `q` of hyperparameter `x` has no effect beside `space: loguniform`",
            "line 3: `steps` of hyperparameter `x` has no effect beside `space: loguniform`",
        ]
    );
    let text = "hyperopt:\n  parameters:\n    x: {space: loguniform, lower: 0.001, upper: 0.1, min: 3}\n";
    let error = Config::parse("s.yaml", text).unwrap_err().to_string();
    assert!(error.starts_with("s.yaml:3:54: hyperparameter `x` has no key `min`; it takes"), "{error}");
}

#[test]
fn integers_are_the_multiples_in_their_range() {
    let (notes, values) = drawn("{space: qrandint, lower: 1, upper: 10, q: 3}");
    assert_eq!(notes, ["line 3: the multiples of `q: 3` between 1 and 10 are those from 3 to 9"]);
    assert_eq!(values, [3.0, 6.0, 9.0]);
    assert_eq!(drawn("{space: qlograndint, lower: 1, upper: 100, q: 50}").1, [50.0, 100.0]);
    assert_eq!(drawn("{space: qrandint, lower: 1, upper: 5, q: 4}").1, [4.0]);
    assert_eq!(drawn("{space: qrandint, lower: -7, upper: 7, q: 5}").1, [-5.0, 0.0, 5.0]);
}

#[test]
fn the_float_of_optuna_has_both_ends() {
    assert!(drawn("{space: float, lower: 0.0, upper: 0.5}").1.iter().all(|value| (0.0..=0.5).contains(value)));
}

#[test]
fn a_metric_of_the_validation_has_no_effect() {
    for key in ["validation_metric", "validation_metrics"] {
        let config = parsed(&format!(
            "hyperopt:\n  {key}: accuracy\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n"
        ));
        assert_eq!(config.definition().metric(), "loss");
        assert_eq!(config.notes(), [format!("line 2: `{key}` of `hyperopt` has no effect here: the metric is `loss`")]);
    }
}

fn metric(text: &str) -> Result<Config, String> {
    let features = "output_features: [{name: label, type: binary}]\n";
    let parameters = "parameters: {trainer.x: {space: uniform, lower: 0, upper: 1}}";
    let text = format!("{features}hyperopt:\n  goal: minimize\n  {parameters}\n{text}");
    Config::parse("s.yaml", &text).map_err(|errors| errors.to_string())
}

#[test]
fn a_metric_may_be_a_path() {
    let config = metric("  metric: validation.combined.loss\n  split: validation\n").unwrap();
    let definition = config.definition();
    assert_eq!(
        (definition.metric(), definition.output_feature(), definition.split()),
        ("loss", "combined", "validation")
    );
    assert_eq!(
        config.notes(),
        [
            "line 5: `metric: validation.combined.loss` is read as `metric: loss`, `output_feature: combined` and `split: \
             validation`"
        ]
    );
    let config = metric("  metric: test.label.roc_auc\n").unwrap();
    let definition = config.definition();
    assert_eq!((definition.metric(), definition.output_feature(), definition.split()), ("roc_auc", "label", "test"));
    assert_eq!(definition.goal(), Goal::Minimize);
    assert_eq!(
        metric("  metric: test.label.roc_auc\n  split: validation\n").unwrap_err(),
        "s.yaml:5:11: `metric: test.label.roc_auc` names `test`, and `split` is `validation`; leave one out"
    );
    assert!(metric("  metric: label.acuracy\n").unwrap_err().contains("did you mean `accuracy`?"));
}
