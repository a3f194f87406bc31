//! Sweeps: how many trials, which, how many at a time, and what becomes of them.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyperopt::prelude::*;
use hyperopt_core::{Metrics, State};
use hyperopt_yaml::{Trained, Training, Trial, train};
use serde_json::{Value, json};

use crate::common::{float, history, parsed};

const SPACE: &str = "
hyperopt:
  seed: 7
  goal: maximize
  parameters:
    lr: {type: float, low: 0.0001, high: 0.1, scale: log}
    layers: {type: int, low: 1, high: 4}
    optimizer: {type: category, values: [sgd, adam, adagrad]}
    steps: {type: float, low: 1, high: 5, steps: 9}
";

fn objective(lr: f64, layers: f64, optimizer: &str, steps: f64) -> f64 {
    -(lr.log10() + 2.0).powi(2)
        - (layers - 3.0).abs()
        - if optimizer == "adam" { 0.0 } else { 1.0 }
        - (steps - 2.0).abs()
}

fn trained(trial: &Trial<'_>) -> f64 {
    let optimizer = trial.get("optimizer").and_then(Value::as_str).unwrap_or_default();
    objective(float(trial, "lr"), float(trial, "layers"), optimizer, float(trial, "steps"))
}

/// The same sweep by the macro.
macro_rules! by_hand {
    ($sampler:expr, $head:pat in $range:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = 7,
            goal = Maximize,
            lr = log(1e-4..=1e-1),
            layers = 1..=4,
            optimizer = ["sgd", "adam", "adagrad"],
            steps = linrange(1.0, 5.0, 9),
            for $head in $range {
                objective(lr, f64::from(layers), optimizer, steps)
            }
        )
    };
}

#[test]
fn one_seed_gives_the_history_of_the_macro() {
    let by_file = |rest: &str| {
        let config = parsed(&format!("{SPACE}{rest}"));
        assert!(config.notes().is_empty(), "{:?}", config.notes());
        history(&train(&config, |trial| trained(trial)).unwrap())
    };
    assert_eq!(
        by_file("  sampler: {type: random, num_samples: 20}"),
        history(&by_hand!(RandomSampler::new(), _ in 0..20))
    );
    assert_eq!(
        by_file("  search_alg: tpe\n  executor: {num_samples: 30}"),
        history(&by_hand!(TpeSampler::new(), _ in 0..30))
    );
    assert_eq!(by_file("  sampler: {type: lhs, num_samples: 9}"), history(&by_hand!(LhsSampler::new(), _ in 0..9)));
    assert_eq!(by_file("  sampler: {type: qmc}"), history(&by_hand!(QmcSampler::new(), _ in 0..10)));
    assert_eq!(
        by_file("  executor: {num_samples: 12, scheduler: {type: asha, max_t: 9, reduction_factor: 3}}"),
        history(&by_hand!(Asha::new(3.0).stopping().configurations(12), (_, _) in 1..=9))
    );
    assert_eq!(by_file("  sampler: {type: bohb, max_t: 9}"), history(&by_hand!(Bohb::new(), (_, _) in 1..=9)));
    let promoted = by_hand!(Pasha::new(3.0).configurations(12), (_, _) in 1..=9);
    assert_eq!(by_file("  executor: {num_samples: 12, scheduler: {type: pasha, max_t: 9}}"), history(&promoted));
}

#[test]
fn any_number_of_workers_gives_one_history_and_no_more_run_at_a_time() {
    let run = |workers: usize| {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut config = parsed(&format!("{SPACE}  sampler: {{type: tpe, num_samples: 40}}"));
        config.definition_mut().set_workers(workers);
        let ho = train(&config, |trial| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            let value = trained(trial);
            running.fetch_sub(1, Ordering::SeqCst);
            value
        });
        assert!(most.into_inner() <= workers);
        history(&ho.unwrap())
    };
    assert_eq!(run(2), run(5));
}

#[test]
fn a_grid_is_run_whole() {
    let text = "
hyperopt:
  parameters:
    a: {type: int, low: 1, high: 3}
    b: {type: float, low: 0.1, high: 10, steps: 3, scale: log}
    c: {type: int, low: 1, high: 4, steps: 3}
    d: {type: category, values: [true, [1, 2]]}
    e: {type: float, low: -2, high: 0, steps: 3, scale: log, base: 10}
  sampler: {type: grid}
";
    let ho = train(&parsed(text), |_| 0.0).unwrap();
    assert_eq!(ho.len(), 3 * 3 * 3 * 2 * 3);
    let of = |index: usize| {
        let values = ho.trials().map(|(_, params)| params[index].1.to_string());
        let mut seen = HashSet::new();
        values.filter(|value| seen.insert(value.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(0), ["1", "2", "3"]);
    assert_eq!(of(1), ["0.1", "1.0", "10.0"]);
    assert_eq!(of(2), ["1", "2", "4"]);
    assert_eq!(of(3), ["true", "[1,2]"]);
    assert_eq!(of(4), ["0.01", "0.1", "1.0"]);
    let points: HashSet<String> = ho.trials().map(|(_, params)| format!("{params:?}")).collect();
    assert_eq!(points.len(), ho.len());
}

const GRIDS: &str = "
hyperopt:
  seed: 3
  parameters:
    a: {space: grid_search, values: [1, 2, 3]}
    x: {space: uniform, lower: 0.0, upper: 1.0}
    b: {space: grid_search, values: [u, v]}
";

fn combinations(ho: &Trained) -> Vec<(String, String)> {
    ho.trials().map(|(_, params)| (params[0].1.to_string(), params[2].1.to_string())).collect()
}

#[test]
fn each_sample_meets_the_product_of_the_grids() {
    for sampler in ["random", "tpe", "lhs", "auto"] {
        let mut config = parsed(GRIDS);
        config.definition_mut().set_sampler(sampler).unwrap();
        let once = combinations(&train(&config, |trial| float(trial, "x")).unwrap());
        let expected = ["1", "2", "3"].iter().flat_map(|a| ["\"u\"", "\"v\""].map(|b| ((*a).to_owned(), b.to_owned())));
        assert_eq!(once, expected.collect::<Vec<_>>(), "{sampler}");

        config.definition_mut().set_num_samples(4);
        assert_eq!(config.definition().configurations(), Some(24));
        let ho = train(&config, |trial| float(trial, "x")).unwrap();
        assert!(combinations(&ho).chunks(6).all(|chunk| chunk == once), "{sampler}");
        let xs: HashSet<String> = ho.trials().map(|(_, params)| params[1].1.to_string()).collect();
        // Samplers that learn may come to one value twice.
        assert!(xs.len() > 12, "{sampler}");
    }
}

#[test]
fn a_grid_alone_is_repeated_with_a_note() {
    let text = "
hyperopt:
  parameters: {a: {space: grid_search, values: [1, 2, 3]}}
  executor: {num_samples: 2}
";
    let config = parsed(text);
    assert_eq!(config.notes().len(), 1);
    assert!(config.notes()[0].contains("runs each of its points 2 times"), "{:?}", config.notes());
    let ho = train(&config, |_| 0.0).unwrap();
    let values: Vec<_> = ho.trials().map(|(_, params)| params[0].1.clone()).collect();
    assert_eq!(values, [1, 2, 3, 1, 2, 3].map(Value::from));
}

#[test]
fn a_scheduler_hands_out_budgets_up_to_max_t() {
    let text = "
trainer: {early_stop: 5}
hyperopt:
  seed: 1
  parameters: {x: {space: uniform, lower: 0, upper: 1}}
  executor:
    num_samples: 9
    scheduler: {type: async_hyperband, max_t: 9, reduction_factor: 3}
";
    let seen = Mutex::new(Vec::new());
    let ho = train(&parsed(text), |trial| {
        let trainer = trial.config()["trainer"].clone();
        seen.lock().unwrap().push((trial.number(), trial.configuration(), trial.budget(), trainer));
        float(trial, "x")
    })
    .unwrap();
    let seen = seen.into_inner().unwrap();
    assert_eq!(ho.len(), seen.len());
    let starts = seen.iter().filter(|(_, _, budget, _)| *budget == Some(1.0)).count();
    assert_eq!(starts, 9);
    assert!(seen.iter().any(|(_, _, budget, _)| *budget == Some(9.0)));
    for ((number, configuration, budget, trainer), (trial, _)) in seen.iter().zip(ho.trials()) {
        assert_eq!((*number, *configuration), (trial.number(), trial.configuration()));
        assert_eq!(*budget, trial.resources());
        assert_eq!(*trainer, json!({"epochs": budget.unwrap() as i64, "early_stop": -1}));
    }
}

#[test]
fn the_epochs_of_the_trainer_are_the_largest_budget() {
    let text = "
trainer: {epochs: 27}
hyperopt:
  parameters: {x: {space: uniform, lower: 0, upper: 1}}
  executor: {scheduler: hyperband}
";
    assert_eq!(parsed(text).definition().budgets(), Some((1.0, 27.0)));
}

#[test]
fn every_scheduler_runs_on_several_workers() {
    for name in ["hyperband", "bohb", "asha", "pasha", "dehb", "priorband"] {
        let text = format!(
            "
hyperopt:
  seed: 1
  parameters:
    x: {{space: uniform, lower: 0, upper: 1}}
    g: {{space: grid_search, values: [1, 2]}}
  executor: {{type: parallel, num_workers: 3, num_samples: 6, scheduler: {{type: {name}, max_t: 9}}}}
"
        );
        let ho = train(&parsed(&text), |trial| float(trial, "x") / trial.budget().unwrap_or(f64::NAN)).unwrap();
        let budgets: HashSet<String> =
            ho.trials().filter_map(|(trial, _)| trial.resources()).map(|r| r.to_string()).collect();
        assert!(budgets.len() > 1 && ho.best().is_ok(), "{name}: {budgets:?}");
    }
}

#[test]
fn the_median_rule_gives_trials_up() {
    let text = "
hyperopt:
  seed: 5
  parameters: {x: {space: uniform, lower: 0, upper: 1}}
  executor:
    num_samples: 30
    scheduler: {type: median_stopping_rule, grace_period: 2, min_samples_required: 4}
";
    let steps = AtomicUsize::new(0);
    let ho = train(&parsed(text), |trial| {
        let x = float(trial, "x");
        for step in 0..10 {
            steps.fetch_add(1, Ordering::Relaxed);
            trial.report(step, x + 1.0 / (step + 1) as f64);
            if trial.should_stop() {
                break;
            }
        }
        x
    })
    .unwrap();
    let pruned: Vec<_> = ho.trials().filter(|(trial, _)| trial.state() == State::Pruned).collect();
    assert!(pruned.len() > 5, "{}", pruned.len());
    assert!(steps.into_inner() < 300);
    assert!(pruned.iter().all(|(trial, _)| trial.last_report().is_some_and(|(step, _)| step >= 2)));
    let first = ho.trials().take(4).all(|(trial, _)| trial.state() == State::Complete);
    assert!(first);
}

#[test]
fn a_failed_trial_is_kept_and_the_sweep_goes_on() {
    let text = "hyperopt: {seed: 2, parameters: {x: {space: uniform, lower: 0, upper: 1}}, executor: {num_samples: 6}}";
    let body =
        |trial: &mut Trial<'_>| if trial.number() == 2 { Err("out of memory") } else { Ok(trial.number() as f64) };
    let ho = train(&parsed(text), body).unwrap();
    let failed: Vec<_> = ho.trials().filter_map(|(trial, _)| trial.reason()).collect();
    assert_eq!((ho.len(), failed), (6, vec!["out of memory"]));
    let stopped = Training::new(&parsed(text)).on_error(OnError::Stop).run(body).unwrap();
    assert_eq!(stopped.len(), 3);
}

#[test]
fn goals_say_what_is_best_and_metrics_are_kept() {
    let run = |goal: &str| {
        let text =
            format!("hyperopt: {{seed: 2, goal: {goal}, parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}}}");
        let ho = train(&parsed(&text), |trial| Metrics::new(float(trial, "x")).with("twice", 2.0 * float(trial, "x")))
            .unwrap();
        assert!(ho.trials().all(|(trial, _)| trial.metrics().len() == 1));
        ho.best().unwrap().value
    };
    assert!(run("minimize") < run("maximize"));
}

#[test]
fn a_root_mapping_is_merged_and_later_names_win() {
    let text = "
model: {width: 1, depth: 1, kind: {name: rnn}}
hyperopt:
  parameters:
    model.width: {space: choice, categories: [2]}
    '.': {space: choice, categories: [{model: {width: 3, kind: {size: 4}}}]}
    model.depth: {space: choice, categories: [5]}
  executor: {num_samples: 1}
";
    let seen = Mutex::new(Value::Null);
    _ = train(&parsed(text), |trial| {
        *seen.lock().unwrap() = trial.config().clone();
        0.0
    })
    .unwrap();
    let expected = json!({"model": {"width": 3, "depth": 5, "kind": {"name": "rnn", "size": 4}}});
    assert_eq!(seen.into_inner().unwrap(), expected);
}

#[test]
fn a_sampler_that_cannot_work_says_so() {
    let text = "hyperopt: {parameters: {x: {type: float, low: 0.0, high: 1.0}}}";
    let mut config = parsed(text);
    config.definition_mut().set_sampler("grid").unwrap();
    let error = train(&config, |_| 0.0).unwrap_err().to_string();
    assert!(error.contains("`x` is continuous"), "{error}");
}

#[test]
fn points_are_tried_first_as_in_the_macro() {
    let by_hand = hyperopt!(
        sampler = TpeSampler::new(),
        seed = 7,
        goal = Maximize,
        try_first = [(lr = 1e-3, layers = 2), (optimizer = "adam", steps = 2.5)],
        lr = log(1e-4..=1e-1),
        layers = 1..=4,
        optimizer = ["sgd", "adam", "adagrad"],
        steps = linrange(1.0, 5.0, 9),
        for _ in 0..15 {
            objective(lr, f64::from(layers), optimizer, steps)
        }
    );
    let points = "[{lr: 0.001, layers: 2}, {optimizer: adam, steps: 2.5}]";
    for rest in [
        format!("  try_first: {points}\n  search_alg: {{type: tpe, num_samples: 15}}"),
        format!("  search_alg: {{type: tpe, num_samples: 15, points_to_evaluate: {points}}}"),
    ] {
        let ho = train(&parsed(&format!("{SPACE}{rest}")), |trial| trained(trial)).unwrap();
        assert_eq!(history(&ho), history(&by_hand));
    }
}

#[test]
fn a_file_and_fmin_have_one_history() {
    let text = "
hyperopt:
  seed: 7
  parameters:
    x: {type: float, low: -5, high: 5}
    y: {space: quniform, lower: 0, upper: 4, q: 0.5}
    z: {space: randn, mean: 1, sd: 2}
    k: {space: choice, categories: [a, b]}
  search_alg: {type: tpe, num_samples: 40}
";
    let loss = |x: f64, y: f64, z: f64, k: &str| x * x + y + (z - 1.0).abs() + if k == "a" { 0.0 } else { 1.0 };
    let of_file = train(&parsed(text), |trial| {
        let k = trial.get("k").and_then(Value::as_str).unwrap_or_default();
        loss(float(trial, "x"), float(trial, "y"), float(trial, "z"), k)
    });
    let space =
        (hp::uniform("x", -5, 5), hp::quniform("y", 0, 4, 0.5), hp::normal("z", 1, 2), hp::choice("k", ["a", "b"]));
    let of_fmin = hyperopt::fmin(|(x, y, z, k): (f64, f64, f64, &str)| loss(x, y, z, k), space)
        .algo(TpeSampler::new())
        .max_evals(40)
        .rstate(7)
        .evaluate()
        .unwrap();
    assert_eq!(history(&of_file.unwrap()), history(of_fmin.hyperoptimizer()));
}
