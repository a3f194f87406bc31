//! The files of the two generations of documentation.

use hyperopt_core::Goal;
use hyperopt_yaml::{Config, ParameterKind, train};
use serde_json::{Value, json};

fn read(name: &str) -> Config {
    Config::read(format!("{}/tests/yaml/files/{name}.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn assigned(pairs: &[(&str, Value)]) -> Vec<(String, Value)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

#[test]
fn rotten_tomatoes_is_read() {
    let config = read("rotten_tomatoes");
    let definition = config.definition();
    let names: Vec<_> = definition.parameters().iter().map(|parameter| (parameter.name(), parameter.kind())).collect();
    assert_eq!(
        names,
        [
            ("training.learning_rate", ParameterKind::Float),
            ("training.optimizer.type", ParameterKind::Category),
            ("review_content.embedding_size", ParameterKind::Category),
        ]
    );
    assert_eq!((definition.goal(), definition.metric()), (Goal::Maximize, "accuracy"));
    assert_eq!((definition.split(), definition.output_feature()), ("validation", "recommended"));
    assert_eq!((definition.sampler(), definition.workers(), definition.configurations()), ("random", 1, Some(10)));
    assert!(config.notes().is_empty(), "{:?}", config.notes());
}

#[test]
fn rotten_tomatoes_takes_four_learning_rates_from_every_sampler() {
    for sampler in ["random", "grid", "lhs", "clh", "qmc", "tpe", "gp", "cmaes", "auto", "anneal"] {
        let mut config = read("rotten_tomatoes");
        config.definition_mut().set_sampler(sampler).unwrap();
        config.definition_mut().set_seed(0);
        config.definition_mut().set_num_samples(24);
        let ho = train(&config, |trial| trial.get("trainer.learning_rate")?.as_f64()).unwrap();
        let mut rates: Vec<_> = ho.trials().map(|(_, params)| params[0].1.as_f64().unwrap()).collect();
        rates.sort_by(f64::total_cmp);
        rates.dedup();
        assert_eq!(rates, [1e-4, 1e-3, 1e-2, 1e-1], "{sampler}");
        assert_eq!(ho.best().unwrap().value, 0.1, "{sampler}");
    }
}

#[test]
fn rotten_tomatoes_is_resolved() {
    let values = assigned(&[
        ("training.learning_rate", json!(0.001)),
        ("training.optimizer.type", json!("adam")),
        ("review_content.embedding_size", json!(256)),
    ]);
    let config = read("rotten_tomatoes");
    let resolved = config.resolve(&values);
    assert_eq!(resolved["training"], json!({"learning_rate": 0.001, "optimizer": {"type": "adam"}}));
    let review = json!({"name": "review_content", "type": "text", "encoder": "embed", "embedding_size": 256});
    assert_eq!(resolved["input_features"][4], review);
    assert_eq!(resolved["output_features"], json!([{"name": "recommended", "type": "binary"}]));
    assert!(resolved.get("hyperopt").is_none());
    assert!(config.resolve_yaml(&values).ends_with(
        "output_features:\n  - name: recommended\n    type: binary\n\
         training:\n  learning_rate: 0.001\n  optimizer:\n    type: adam\n"
    ));
}

#[test]
fn reuters_gives_a_feature_its_own_value_and_the_others_that_of_their_type() {
    let config = read("reuters");
    assert_eq!((config.definition().goal(), config.definition().configurations()), (Goal::Minimize, Some(10)));
    let resolved = config.resolve(&assigned(&[
        ("title.num_filters", json!(128)),
        ("defaults.text.num_filters", json!(512)),
        ("defaults.category.embedding_size", json!(64)),
    ]));
    let features = &resolved["input_features"];
    assert_eq!(features[0]["num_filters"], 128);
    assert_eq!(features[1]["num_filters"], 512);
    // Another encoder, to which the default does not apply.
    assert_eq!(features[2], json!({"name": "summary", "type": "text", "encoder": "rnn"}));
    assert_eq!(features[3]["embedding_size"], 64);
    assert_eq!(resolved["output_features"][0]["embedding_size"], 64);
}
