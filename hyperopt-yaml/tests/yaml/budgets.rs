//! Budgets: who has the full one, how many configurations start, and which configuration wins.

use hyperopt_yaml::{Config, Trained, train};
use serde_json::json;

use crate::common::{float, parsed};

const SPACE: &str = "trainer: {epochs: 100}
hyperopt:
  seed: 1
  parameters: {x: {space: uniform, lower: 0.0, upper: 1.0}}
";

fn with(executor: &str) -> Config {
    parsed(&format!("{SPACE}  executor: {executor}\n"))
}

/// Runs the sweep of `executor` on a loss that falls with the budget.
fn run(executor: &str) -> Trained {
    train(&with(executor), |trial| float(trial, "x") + 1.0 / trial.budget().unwrap_or(f64::NAN)).unwrap()
}

fn budgets_of_the_first(ho: &Trained) -> Vec<f64> {
    ho.trials().filter(|(trial, _)| trial.configuration() == 0).filter_map(|(trial, _)| trial.resources()).collect()
}

#[test]
fn the_first_at_a_milestone_of_asha_goes_on() {
    for samples in [1, 2, 10, 40] {
        let ho = run(&format!("{{num_samples: {samples}, scheduler: {{type: asha}}}}"));
        assert_eq!(budgets_of_the_first(&ho), [2.0, 6.0, 25.0, 100.0], "{samples}");
        assert_eq!(ho.history().configurations(), samples);
        let best = ho.best().unwrap();
        assert_eq!(ho.history().trials()[best.number].resources(), Some(100.0));
        // A configuration is judged once in each rung, among those before it.
        let mut seen: Vec<(f64, f64)> = Vec::new();
        for (trial, _) in ho.trials() {
            let (budget, value) = (trial.resources().unwrap(), trial.objective().unwrap());
            let mut before: Vec<f64> = seen.iter().filter(|(at, _)| *at == budget).map(|&(_, value)| value).collect();
            before.sort_by(f64::total_cmp);
            let place = before.len().saturating_sub(1) as f64 / 4.0;
            let cutoff = before.get(place as usize).map(|&low| {
                let high = before.get(place as usize + 1).copied().unwrap_or(low);
                low + (high - low) * place.fract()
            });
            let goes_on = ho.trials().any(|(later, _)| {
                later.configuration() == trial.configuration() && later.resources() > trial.resources()
            });
            let is_good = cutoff.is_none_or(|cutoff| value <= cutoff + 1e-12);
            assert_eq!(goes_on, is_good && budget < 100.0, "{samples}: trial {}", trial.number());
            seen.push((budget, value));
        }
    }
}

#[test]
fn the_best_of_those_stopped_goes_on_where_the_others_fail() {
    let ho = train(&with("{num_samples: 8, scheduler: {type: asha}}"), |trial| {
        // The first two have good starts, and break afterwards.
        let breaks = trial.configuration() < 2 && trial.budget() > Some(2.0);
        if breaks { None } else { Some(trial.configuration() as f64) }
    })
    .unwrap();
    assert_eq!(ho.best().unwrap().params, train_params(&ho, 2));
    assert!(ho.sweep().notes().iter().all(|note| !note.contains("full budget")), "{:?}", ho.sweep().notes());
}

fn train_params(ho: &Trained, configuration: usize) -> &Vec<(String, serde_json::Value)> {
    ho.trials().find(|(trial, _)| trial.configuration() == configuration).unwrap().1
}

#[test]
fn num_samples_is_the_most_that_a_scheduler_starts() {
    for name in ["asha", "async_hyperband", "hyperband", "bohb", "hb_bohb", "priorband"] {
        for samples in [1, 2, 10, 85, 150] {
            let ho = run(&format!("{{num_samples: {samples}, scheduler: {{type: {name}, max_t: 100}}}}"));
            assert_eq!(ho.history().configurations(), samples, "{name}");
            let most = ho.trials().filter_map(|(trial, _)| trial.resources()).fold(0.0, f64::max);
            assert_eq!(most, 100.0, "{name} {samples}");
            assert!(ho.sweep().notes().iter().all(|note| !note.contains("full budget")), "{:?}", ho.sweep().notes());
        }
    }
    let config = with("{num_samples: 10, scheduler: {type: hyperband}}");
    assert_eq!(
        config.notes(),
        ["line 4: a round of `hyperband` starts 143 configurations, and `num_samples: 10` ends it after 10"]
    );
    let unset = with("{scheduler: {type: hyperband}}");
    assert_eq!(
        unset.notes(),
        ["line 5: `num_samples` is not set, so `hyperband` starts a whole round: 143 configurations"]
    );
    // The table says so too.
    assert_eq!(run("{num_samples: 10, scheduler: {type: hyperband}}").sweep().notes(), config.notes());
}

#[test]
fn a_sweep_whose_best_never_had_the_full_budget_says_so() {
    for name in ["asha", "hyperband", "bohb", "pasha", "dehb"] {
        let ho = train(&with(&format!("{{num_samples: 6, scheduler: {{type: {name}}}}}")), |trial| {
            if trial.budget() == Some(100.0) { None } else { Some(float(trial, "x")) }
        })
        .unwrap();
        let notes = ho.sweep().notes();
        let note =
            notes.iter().find(|note| note.starts_with("no configuration was complete with the full budget of 100"));
        assert!(note.is_some_and(|note| note.contains("; the best one had ")), "{name}: {notes:?}");
        assert!(ho.sweep().to_string().contains("the full budget of 100"), "{name}");
    }
}

#[test]
fn the_winning_configuration_has_the_full_budget() {
    let config = with("{num_samples: 6, scheduler: {type: pasha}}");
    let ho = train(&config, |trial| float(trial, "x")).unwrap();
    let best = ho.best().unwrap();
    let had = ho.history().trials()[best.number].resources();
    assert!(had < Some(100.0), "{had:?}");
    assert_eq!(config.resolve(best.params)["trainer"], json!({"epochs": 100, "early_stop": -1}));
    assert!(config.resolve_yaml(best.params).contains("epochs: 100"));
    let validated = config.resolve_yaml_of_trial(best.params, had);
    assert!(validated.contains(&format!("epochs: {}\n", had.unwrap())), "{validated}");
    assert_eq!(config.budget_setting(), Some(("trainer.epochs", 100.0)));
    let note = config.budget_note(ho.sweep()).unwrap();
    assert!(note.starts_with("no configuration was complete with the full budget of 100"), "{note}");
}

#[test]
fn a_scheduler_of_the_command_line_trains_epochs_too() {
    let mut config = parsed(SPACE);
    config.definition_mut().set_sampler("hyperband").unwrap();
    assert_eq!(config.definition().budgets(), Some((1.0, 100.0)));
    assert_eq!(config.resolve(&[])["trainer"]["epochs"], 100);
}

#[cfg(feature = "sqlite")]
#[test]
fn more_samples_continue_a_study_that_was_cut_short() {
    let directory = tempfile::tempdir().unwrap();
    for name in ["hyperband", "asha", "bohb"] {
        let sweep = |samples: usize| {
            let study = format!("  study: 'sqlite:{}/{name}.db'\n", directory.path().display());
            let executor = format!("  executor: {{num_samples: {samples}, scheduler: {{type: {name}}}}}\n");
            let config = parsed(&format!("{SPACE}{study}{executor}"));
            let ho = train(&config, |trial| float(trial, "x") + 1.0 / trial.budget().unwrap_or(f64::NAN)).unwrap();
            assert!(ho.error().is_none(), "{name} {samples}: {:?}", ho.error());
            (ho.len(), ho.history().configurations())
        };
        let first = sweep(10);
        assert_eq!(first.1, 10, "{name}");
        assert_eq!(sweep(10), first);
        let second = sweep(25);
        assert_eq!(second.1, 25, "{name}");
        assert_eq!(sweep(25), second);
        // Fewer than there are leave it as it is.
        if name != "asha" {
            assert_eq!(sweep(10), second);
        }
    }
}
