//! Sweeps that are kept in a study, and continued.

use std::sync::atomic::{AtomicUsize, Ordering};

use hyperopt_core::{Asha, Candidates, Outcome, Parameters, Search};
use hyperopt_yaml::{Config, Trial, train};

use crate::common::{float, history, parsed};

fn x(trial: &Trial<'_>) -> f64 {
    float(trial, "x")
}

fn sweep(study: &str, rest: &str) -> Config {
    let text = format!(
        "hyperopt:\n  seed: 7\n  study: {study}\n  parameters:\n    x: {{space: uniform, lower: 0, upper: 1}}\n    g: {{space: \
         grid_search, values: [a, b]}}\n{rest}"
    );
    parsed(&text)
}

#[test]
fn the_same_file_goes_on_where_it_stopped() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| format!("{{url: 'sqlite:{}/sweep.db', name: {name}}}", directory.path().display());
    for sampler in ["random", "tpe"] {
        let named = |name: &str, samples: u64| {
            let rest = format!("  search_alg: {sampler}\n  executor: {{num_samples: {samples}}}\n");
            sweep(&at(&format!("{sampler}-{name}")), &rest)
        };
        let part = train(&named("parts", 3), |trial| x(trial)).unwrap();
        assert_eq!(part.len(), 6);
        let started = AtomicUsize::new(0);
        let rest = train(&named("parts", 10), |trial| {
            started.fetch_add(1, Ordering::Relaxed);
            assert!(trial.number() >= 6);
            x(trial)
        })
        .unwrap();
        assert_eq!((started.into_inner(), rest.len()), (14, 20));
        let whole = train(&named("whole", 10), |trial| x(trial)).unwrap();
        assert_eq!(history(&rest), history(&whole));
        let again = train(&named("parts", 10), |_| -> f64 { unreachable!("all trials are there") }).unwrap();
        assert_eq!(history(&again), history(&whole));
    }
}

#[test]
fn budgets_go_on_too() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("'sqlite:{}/sweep.db'", directory.path().display());
    let rest = "  executor: {num_samples: 9, scheduler: {type: asha, max_t: 9, reduction_factor: 3}}\n";
    let config = sweep(&url, rest);
    let first = train(&config, |trial| x(trial) / trial.budget().unwrap_or(f64::NAN)).unwrap();
    let again = train(&config, |_| -> f64 { unreachable!("all trials are there") }).unwrap();
    assert_eq!(history(&first), history(&again));
    assert!(again.sweep().notes().iter().all(|note| !note.contains("checkpoint")), "{:?}", again.sweep().notes());
}

/// Earlier versions promoted the best of each rung, and did not say so in the study: their rungs are the same, and what they have
/// decided stays.
#[test]
fn a_study_that_promoted_its_configurations_goes_on_by_stopping() {
    let directory = tempfile::tempdir().unwrap();
    for trials in [1, 6, 11] {
        let file = directory.path().join(format!("{trials}.db"));
        let url = format!("sqlite:{}", file.display());
        let study = hyperopt_store::Study::open(&url).unwrap().name("hyperopt");
        let space = Parameters::new().with("x", (0.0..=1.0).dimension());
        let search = Search::new(space).sampler(Asha::new(3.0).configurations(9)).seed(7).study(study);
        let begun = search.run_trials(1..=9, |trial, params| match trial.number() {
            number if number == trials => Outcome::interrupted(),
            _ => Outcome::value(params[0].1),
        });
        assert_eq!(begun.len(), trials + 1);
        let text = format!(
            "hyperopt:\n  seed: 7\n  study: '{url}'\n  parameters: {{x: {{type: float, low: 0, high: 1}}}}\n  executor: \
             {{num_samples: 9, scheduler: {{type: asha, max_t: 9, reduction_factor: 3}}}}\n"
        );
        let error = train(&parsed(&text), |trial| x(trial)).unwrap_err().to_string();
        assert!(error.contains("begun with `Asha::new(3.0)` over the rungs 1, 3 and 9, and now has"), "{error}");
        let connection = rusqlite::Connection::open(&file).unwrap();
        let kept = "DELETE FROM study_system_attributes WHERE key = 'hyperopt:scheduler'";
        assert_eq!(connection.execute(kept, ()).unwrap(), 1);
        let ho = train(&parsed(&text), |trial| x(trial)).unwrap();
        assert!(ho.error().is_none(), "{trials}: {:?}", ho.error());
        assert_eq!(ho.history().configurations(), 9);
        assert_eq!(history(&ho)[..trials], history(&begun)[..trials]);
        assert!(ho.trials().any(|(trial, _)| trial.resources() == Some(9.0)));
    }
}

#[test]
fn an_address_that_is_none_is_an_error() {
    let error = train(&sweep("mysql://host/db", ""), |_| 0.0).unwrap_err().to_string();
    assert!(error.contains("mysql"), "{error}");
}

#[test]
fn passwords_are_not_shown() {
    let study = "postgres://me:sesame@host/db";
    let space = "parameters: {x: {space: uniform, lower: 0, upper: 1}}";
    let config = parsed(&format!("hyperopt:\n  study: '{study}'\n  {space}\n"));
    assert_eq!(config.definition().study(), Some(study));
    let shown = format!("{config:?} {:?}", config.definition());
    assert!(!shown.contains("sesame") && shown.contains("sweep.yaml"), "{shown}");
}
