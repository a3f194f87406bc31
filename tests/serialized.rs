//! Results as JSON, with the feature `serde`.

use hyperopt::prelude::*;
use hyperopt::{__private::serde, Parameters};
use serde_json::{json, to_value};

#[test]
fn the_best_trial_is_an_object() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        layers = [3, 2, 1],
        kernel = ["rbf", "linear"],
        gamma = if kernel == "rbf" {
            [0.5]
        },
        r#seed = [true],
        for _ in .. {
            f64::from(layers) + if r#seed { gamma.unwrap_or(0.0) } else { 9.0 }
        }
    );
    let params = json!({"layers": 1, "kernel": "linear", "gamma": null, "seed": true});
    assert_eq!(to_value(ho.best().unwrap()).unwrap(), json!({"number": 5, "value": 1.0, "params": params}));
    let (trial, last) = ho.trials().last().unwrap();
    let mut written = to_value((trial, last)).unwrap();
    written[0]["seconds"] = json!(0);
    assert_eq!(written, json!([{"trial": 5, "state": "complete", "objective": 1.0, "seconds": 0}, params]));
    // Without its types, an inactive hyperparameter is left out.
    let params = json!({"layers": 1, "kernel": "linear", "seed": true});
    assert_eq!(to_value(ho.sweep().best().unwrap()).unwrap(), json!({"number": 5, "value": 1.0, "params": params}));
}

#[test]
fn objectives_failures_and_reports_are_written() {
    let ho = hyperopt!(
        seed = 7,
        goal = [Minimize, Maximize],
        a = [1.5],
        repeats = true,
        for i in 0..2 {
            let metrics = Metrics::objectives([("loss", a), ("speed", 2.0)]).with("epochs", f64::NAN);
            if i == 0 { Ok(metrics.constraint("memory", -1.0)) } else { Err("no luck") }
        }
    );
    let front = to_value(ho.pareto().unwrap()).unwrap();
    assert_eq!(front, json!([{"number": 0, "values": [1.5, 2.0], "params": {"a": 1.5}}]));
    let trials: Vec<_> = ho.trials().map(|(trial, _)| to_value(trial).unwrap()).collect();
    assert_eq!(trials[0]["objectives"], json!([1.5, 2.0]));
    assert_eq!(
        (&trials[0]["metrics"], &trials[0]["constraints"]),
        (&json!({"epochs": "NaN"}), &json!({"memory": -1.0}))
    );
    assert_eq!((&trials[1]["state"], &trials[1]["reason"]), (&json!("failed"), &json!("no luck")));
}

/// A struct of the program serialises itself.
#[test]
fn a_struct_of_ones_own_is_written_its_own_way() {
    struct Settings {
        rate: f64,
    }
    impl serde::Serialize for Settings {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("rate {}", self.rate))
        }
    }
    let ho = hyperopt!(
        into = Settings,
        rate = [0.5],
        for _ in 0..1 {
            rate
        }
    );
    assert_eq!(to_value(ho.best().unwrap()).unwrap()["params"], json!("rate 0.5"));
    let space = Parameters::new().with_value("rate", [0.5]).with_value("depth", 3..=3);
    let ho = Search::new(space).run(0..1, |_, params| params["rate"].as_f64());
    assert_eq!(to_value(ho.best().unwrap()).unwrap()["params"], json!({"rate": 0.5, "depth": 3}));
}
