//! `hyperopt_statistics.json`: written of a sweep, and read from whoever wrote it.

use hyperopt_yaml::{Cell, Config, ParameterKind, Statistics, train};
use serde_json::json;

const SWEEP: &str = "
hyperopt:
  goal: maximize
  metric: accuracy
  seed: 7
  parameters:
    z: {type: int, low: 1, high: 8}
    a: {type: category, values: [[1, 2], {b: true}, text]}
    lr: {space: loguniform, lower: 0.0001, upper: 0.1}
  executor: {num_samples: 12}
";

fn sweep() -> (Config, hyperopt_yaml::Trained) {
    let config = Config::parse("sweep.yaml", SWEEP).unwrap();
    let ho = train(&config, |trial| {
        if trial.number() % 4 == 3 {
            return Err("out of memory");
        }
        Ok(trial.get("lr").and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN))
    })
    .unwrap();
    (config, ho)
}

#[test]
fn the_best_result_comes_first_and_a_trial_without_one_last() {
    let (config, ho) = sweep();
    let stats = |number: usize| Some((json!({"training": {"recommended": {"loss": [number]}}}), json!({"n": number})));
    let statistics = Statistics::with(&config, &ho, stats);
    let scores: Vec<f64> = statistics.results().iter().map(|result| result.metric_score).collect();
    assert_eq!(scores.len(), 12);
    assert!(scores[..9].is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert!(scores[9..].iter().all(|score| score.is_nan()), "{scores:?}");
    let best = ho.best().unwrap();
    assert_eq!((scores[0], &statistics.results()[0].parameters), (best.value, best.params));
    assert_eq!(statistics.results()[0].eval_stats, json!({"n": best.number}));
    assert_eq!(
        (&statistics.results()[9].eval_stats, &statistics.results()[9].training_stats),
        (&json!({}), &json!({}))
    );
}

#[test]
fn what_is_written_is_read_again() {
    let (config, ho) = sweep();
    let written = Statistics::of(&config, &ho);
    let text = written.to_json();
    assert!(text.contains("\"metric_score\": NaN"), "{text}");
    assert!(text.find("\"z\":").unwrap() < text.find("\"training_stats\"").unwrap());
    let read = Statistics::parse(&text).unwrap();
    assert_eq!(read.to_json().len(), text.len());
    assert_eq!(read.config()["metric"], "accuracy");
    assert_eq!(read.config()["split"], "validation");
    assert_eq!(read.config()["search_alg"], json!({"type": "random", "seed": 7}));
    assert_eq!(read.config()["executor"]["num_samples"], 12);
    assert_eq!(read.config()["parameters"]["z"], json!({"type": "int", "low": 1, "high": 8}));
    for (read, written) in read.results().iter().zip(written.results()) {
        assert!(read.metric_score == written.metric_score || read.metric_score.is_nan());
    }
}

#[test]
fn a_table_has_the_values_that_the_definitions_call_for() {
    let text = r#"{
        "hyperopt_config": {"metric": "loss", "parameters": {
            "a": {"type": "real", "low": 0, "high": 1, "scale": "log"},
            "b": {"space": "qrandint", "lower": 0, "upper": 10},
            "c": {"space": "choice", "categories": [1, [2]]},
            "d": {"space": "qrandn"}}},
        "hyperopt_results": [
            {"parameters": {"a": 1, "b": 4.0, "c": [2], "d": "0.5"}, "metric_score": 0.25, "training_stats": {}, "eval_stats": {}},
            {"parameters": {"a": 0.5, "b": 2, "c": 1, "d": 1}, "metric_score": NaN}]}"#;
    let table = Statistics::parse(text).unwrap().table().unwrap();
    let kinds: Vec<_> = table.columns.iter().map(|column| (column.name.as_str(), column.kind, column.is_log)).collect();
    assert_eq!(
        kinds,
        [
            ("a", ParameterKind::Float, true),
            ("b", ParameterKind::Int, false),
            ("c", ParameterKind::Category, false),
            ("d", ParameterKind::Float, false),
        ]
    );
    let first = [Cell::Float(1.0), Cell::Int(4), Cell::Category("[2]".into()), Cell::Float(0.5)];
    assert_eq!(table.rows[0].values, first.map(Some));
    assert!(table.rows[1].score.is_nan());
}

#[test]
fn a_file_of_another_form_is_an_error_that_names_the_place() {
    let said = |text: &str| Statistics::parse(text).unwrap_err().to_string();
    assert!(said("{").starts_with("this is not JSON"));
    assert_eq!(said("{}"), "hyperopt_config is missing; statistics have a mapping there");
    let results = r#"{"hyperopt_config": {}, "hyperopt_results": [{"parameters": {}, "metric_score": "x"}]}"#;
    assert_eq!(said(results), "hyperopt_results[0].metric_score is `\"x\"`; statistics have a number there");
    let unknown = r#"{"hyperopt_config": {"parameters": {"a": {"space": "sample_from"}}}, "hyperopt_results": []}"#;
    let error = Statistics::parse(unknown).unwrap().table().unwrap_err();
    assert!(error.to_string().starts_with("hyperparameter `a` is neither"), "{error}");
    let kind = r#"{"hyperopt_config": {"parameters": {"a": {"type": "int"}}},
                   "hyperopt_results": [{"parameters": {"a": "x"}, "metric_score": 1}]}"#;
    let error = Statistics::parse(kind).unwrap().table().unwrap_err();
    assert_eq!(error.to_string(), "hyperopt_results[0].parameters.a is `\"x\"`; statistics have a whole number there");
}
