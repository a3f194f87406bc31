//! Schedulers that count seconds, with `time_attr: time_total_s`.

use std::thread::sleep;
use std::time::Duration;

use hyperopt_core::State;
use hyperopt_yaml::{Config, Trained, Trial, train};
use serde_json::json;

use crate::common::{float, parsed};

fn with(scheduler: &str) -> Config {
    parsed(&format!(
        "trainer: {{learning_rate: 0.1}}\nhyperopt:\n  seed: 1\n  parameters: {{x: {{space: choice, categories: [1, 2, 3, 4]}}}}\n  \
         sampler: grid\n  executor: {{scheduler: {scheduler}}}\n"
    ))
}

/// Trains for up to `reports` times 30 ms; the metric is `x` and no better later.
fn trained(trial: &mut Trial<'_>, reports: u64) -> Option<f64> {
    assert_eq!(*trial.config(), json!({"trainer": {"learning_rate": 0.1}, "x": trial.get("x")?}));
    for epoch in 0..reports {
        sleep(Duration::from_millis(30));
        let x = float(trial, "x");
        trial.report(epoch, x);
        if trial.should_stop() {
            return None;
        }
    }
    Some(float(trial, "x"))
}

fn states(ho: &Trained) -> Vec<State> {
    ho.trials().map(|(trial, _)| trial.state()).collect()
}

#[test]
fn trials_are_compared_and_ended_by_their_seconds() {
    for name in ["asha", "async_hyperband", "hyperband"] {
        let config = with(&format!(
            "{{type: {name}, time_attr: time_total_s, max_t: 0.2, grace_period: 0.05, reduction_factor: 4}}"
        ));
        assert_eq!((config.definition().budgets(), config.definition().counts_seconds()), (Some((0.05, 0.2)), true));
        assert!(config.notes()[0].contains("counts seconds from the start of a trial"), "{:?}", config.notes());
        assert!(config.notes()[0].contains("compared after 0.05 seconds"), "{:?}", config.notes());
        let ho = train(&config, |trial| {
            assert_eq!(trial.budget(), Some(0.2));
            trained(trial, 100)
        })
        .unwrap();
        // The first goes on, and the others are worse: with the last report as the result of the one that had all its seconds.
        assert_eq!(states(&ho), [State::Complete, State::Pruned, State::Pruned, State::Pruned], "{name}");
        assert_eq!(ho.best().unwrap().value, 1.0);
        let seconds = |number: usize| ho.history().trials()[number].duration().as_secs_f64();
        assert!(seconds(0) >= 0.2 && seconds(1) >= 0.05 && seconds(1) < seconds(0), "{name}");
        let (last, _) = ho.history().trials()[0].last_report().unwrap();
        assert!((200..10_000).contains(&last), "{last}");
        assert!(ho.sweep().notes().contains(&config.notes()[0]), "{:?}", ho.sweep().notes());
    }
}

#[test]
fn a_better_trial_goes_on_past_its_milestones() {
    let config = with("{type: asha, time_attr: time_total_s, max_t: 0.1, grace_period: 0.01, reduction_factor: 2}");
    let ho = train(&config, |trial| {
        for epoch in 0..100 {
            sleep(Duration::from_millis(15));
            trial.report(epoch, -float(trial, "x"));
            if trial.should_stop() {
                break;
            }
        }
        None::<f64>
    })
    .unwrap();
    assert_eq!(states(&ho), [State::Complete; 4]);
    assert_eq!(ho.best().unwrap().value, -4.0);
}

#[test]
fn a_trial_that_is_done_before_keeps_its_own_result() {
    let config = with("{type: asha, time_attr: time_total_s, max_t: 3600, grace_period: 72, reduction_factor: 5}");
    let ho = train(&config, |trial| trained(trial, 2)).unwrap();
    assert_eq!(states(&ho), [State::Complete; 4]);
    let silent = train(&config, |trial| trial.get("x")?.as_f64()).unwrap();
    let notes = silent.sweep().notes();
    assert!(notes.iter().any(|note| note.starts_with("no trial reported its metric while it ran")), "{notes:?}");
}

#[test]
fn the_median_rule_counts_seconds() {
    let config =
        with("{type: median_stopping_rule, time_attr: time_total_s, grace_period: 0.05, min_samples_required: 2}");
    let ho = train(&config, |trial| trained(trial, 5)).unwrap();
    assert_eq!(states(&ho), [State::Complete, State::Complete, State::Pruned, State::Pruned]);
    assert!(ho.trials().skip(2).all(|(trial, _)| trial.last_report().is_some_and(|(time, _)| time >= 50)));
    assert_eq!(config.definition().budgets(), None);
    // The unit of Ludwig is not taken for granted, since files here have counted steps.
    let steps = "`median_stopping_rule` counts the steps that a trial reports; for seconds, as in Ludwig, write `time_attr: time_total_s`";
    for (scheduler, has_note) in [
        ("median_stopping_rule", true),
        ("{type: medianstoppingrule, grace_period: 60}", true),
        ("{type: median_stopping_rule, time_attr: training_iteration}", false),
    ] {
        let config = with(scheduler);
        assert!(!config.definition().counts_seconds() && config.definition().is_pruning());
        assert_eq!(config.notes().iter().any(|note| note.ends_with(steps)), has_note, "{:?}", config.notes());
    }
}

#[test]
fn a_sampler_with_a_scheduler_counts_seconds_too() {
    let config = parsed(
        "hyperopt:\n  parameters: {x: {space: uniform, lower: 0, upper: 1}}\n  sampler: {type: bohb, max_t: 600, time_attr: \
         time_total_s}\n",
    );
    let definition = config.definition();
    assert_eq!((definition.counts_seconds(), definition.budgets()), (true, Some((1.0, 600.0))));
    assert!(config.notes()[0].starts_with("line 3: `hyperband` counts seconds"), "{:?}", config.notes());
}

#[test]
fn a_sampler_that_replaces_the_scheduler_replaces_its_note() {
    let counting = |scheduler: &str, sampler: &str| {
        let mut config = with(scheduler);
        config.definition_mut().set_sampler(sampler).unwrap();
        config.notes().into_iter().filter(|note| note.contains("` counts ")).collect::<Vec<_>>()
    };
    let asha = "{type: asha, time_attr: time_total_s, max_t: 8, grace_period: 3, reduction_factor: 2}";
    let [note] = &counting(asha, "hyperband")[..] else { panic!() };
    assert!(note.contains("`hyperband` counts seconds") && note.contains("compared after 4 seconds"), "{note}");
    let [note] = &counting(asha, "tpe")[..] else { panic!() };
    assert!(note.contains("`asha` counts seconds") && note.contains("compared after 3 seconds"), "{note}");
    assert_eq!(counting("median_stopping_rule", "asha"), [""; 0]);
    assert_eq!(counting("median_stopping_rule", "tpe").len(), 1);
}

/// What is said about a scheduler in a configuration with 144 epochs.
fn said(scheduler: &str) -> String {
    let text = format!(
        "trainer: {{epochs: 144}}\nhyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n  executor: {{scheduler: \
         {scheduler}}}\n"
    );
    Config::parse("s.yaml", &text).map_or_else(|errors| errors.to_string(), |config| config.notes().join("\n"))
}

#[test]
fn seconds_are_no_epochs() {
    let text = "
trainer: {epochs: 2}
hyperopt:
  parameters: {trainer.x: {space: uniform, lower: 0, upper: 1}}
  executor: {scheduler: {type: async_hyperband, time_attr: time_total_s, max_t: 3600, grace_period: 72, reduction_factor: 5}}
";
    let config = parsed(text);
    assert_eq!(config.resolve(&[("trainer.x".into(), json!(0.5))]), json!({"trainer": {"epochs": 2, "x": 0.5}}));
    assert!(
        config.notes()[0].ends_with(
            "trials are compared after 72 seconds, and then each time the seconds are 5 times as many; they end after 3600 \
             seconds. The number of epochs stays as it is"
        ),
        "{:?}",
        config.notes()
    );
    for name in ["pasha", "dehb", "priorband"] {
        let said = said(&format!("{{type: {name}, time_attr: time_total_s}}"));
        let expected =
            "counts no seconds; write `type: async_hyperband` or `hyperband`, or `time_attr: training_iteration`";
        assert!(said.ends_with(&format!(": `{name}` {expected}")), "{said}");
    }
    let steps = said("{type: asha, time_attr: timesteps_total, max_t: 9000}");
    assert!(steps.contains("`time_attr: timesteps_total` counts neither epochs nor seconds"), "{steps}");
    // What the messages say instead.
    for advice in [
        "{type: async_hyperband, time_attr: time_total_s}",
        "{type: hyperband, time_attr: time_total_s}",
        "{type: pasha, time_attr: training_iteration}",
        "{type: asha, time_attr: timesteps_total, max_t: 9000, budget: trainer.train_steps}",
    ] {
        assert!(!said(advice).starts_with("s.yaml"), "{advice}: {}", said(advice));
    }
    let written = said("{type: asha, time_attr: time_total_s, max_t: 600, budget: trainer.seconds}");
    assert_eq!(written, "line 4: budgets are seconds, which the trainer counts: they are written to `trainer.seconds`");
}

#[test]
fn a_sampler_of_the_command_line_keeps_the_seconds() {
    let mut config = with("{type: asha, time_attr: time_total_s, max_t: 600}");
    config.definition_mut().set_sampler("bohb").unwrap();
    assert_eq!((config.definition().counts_seconds(), config.definition().scheduler()), (true, Some("hyperband")));
    assert!(config.definition_mut().set_sampler("pasha").unwrap_err().contains("counts no seconds"));
    assert_eq!(config.definition().sampler(), "bohb");
}

#[test]
fn other_names_of_epochs_are_noted() {
    for name in ["epoch", "epochs", "iteration", "iterations", "iterations_since_restore"] {
        for kind in ["asha", "hyperband", "bohb", "pasha", "dehb"] {
            let noted = said(&format!("{{type: {kind}, time_attr: {name}}}"));
            let note =
                format!("`time_attr: {name}` is read as `training_iteration`: budgets are epochs of the trainer");
            assert!(noted.contains(&note) && !noted.starts_with("s.yaml"), "{kind}: {noted}");
        }
        let noted = said(&format!("{{type: asha, time_attr: {name}, max_t: 9, budget: trainer.train_steps}}"));
        assert!(noted.contains(&format!("`time_attr: {name}` has no effect")), "{noted}");
        let noted = said(&format!("{{type: median_stopping_rule, time_attr: {name}}}"));
        assert!(noted.contains(&format!("whatever `time_attr: {name}` is")), "{noted}");
    }
    assert!(!said("{type: asha, time_attr: training_iteration}").contains("time_attr"));
}

#[test]
fn a_metric_with_an_empty_part_is_refused() {
    for (metric, instead) in [("''", "loss"), ("a..b", "a.b"), ("'.acc'", "acc"), ("' '", "loss")] {
        let text =
            format!("hyperopt:\n  metric: {metric}\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n");
        let fault = Config::parse("s.yaml", &text).unwrap_err().to_string();
        assert!(fault.starts_with("s.yaml:2:") && fault.contains(&format!("write `metric: {instead}`")), "{fault}");
    }
}

#[test]
fn a_grid_of_the_command_line_needs_an_end_of_values() {
    let text = "hyperopt: {parameters: {x: {space: uniform, lower: 0, upper: 1}, n: {type: int, low: 1, high: 3}}}";
    let with_grid = |text: &str| {
        let mut config = parsed(text);
        config.definition_mut().set_sampler("grid").unwrap();
        config.definition().check_sampler()
    };
    let fault = with_grid(text).unwrap_err();
    assert!(fault.starts_with("hyperparameter `x` has no end of values for a grid; write `"), "{fault}");
    let listed = "hyperopt: {parameters: {x: {type: float, low: 0, high: 1, steps: 5}}}";
    assert_eq!(with_grid(listed), Ok(()));
}
