//! What is said about keys and names that stand where they have no effect.

use hyperopt_yaml::Config;

use crate::errors::said;

#[test]
fn keys_of_a_sampler_without_a_type_are_checked() {
    let text = |rest: &str| format!("hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n{rest}");
    for (rest, expected) in [
        ("  sampler: {tpye: tpe, num_samples: 3}\n", "3:13: `sampler` has no key `tpye`; did you mean `type`?"),
        ("  sampler: {typo: 1}\n", "3:13: `sampler` has no key `typo`; did you mean `type`?"),
        ("  sampler: {typo: null}\n", "3:13: `sampler` has no key `typo`; did you mean `type`?"),
        ("  sampler: {searchalg: {type: tpe}}\n", "3:13: `sampler` has no key `searchalg`; did you mean `search_alg`?"),
        (
            "  sampler: {type: ray, searchalg: {type: tpe}}\n",
            "3:24: `sampler` has no key `searchalg`; did you mean `search_alg`?",
        ),
        (
            "  sampler: {num_samples: 3, schduler: asha}\n",
            "3:29: `sampler` has no key `schduler`; did you mean `scheduler`?",
        ),
        (
            "  search_alg: tpe\n  sampler: {num_sampels: 3}\n",
            "4:13: `sampler` has no key `num_sampels`; did you mean `num_samples`?",
        ),
        ("  sampler: 5\n", "3:12: `sampler` is `5`; write a mapping"),
        ("  sampler: {type: 5}\n", "3:19: `type` is `5`; write text"),
    ] {
        assert_eq!(said(&text(rest)), [expected], "{rest}");
    }
    let unknown = said(&text("  sampler: {colour: 1}\n"));
    assert!(unknown[0].starts_with("3:13: `sampler` has no key `colour`; it takes `type`"), "{unknown:?}");
    // Its known keys count, beside `search_alg` too.
    for rest in ["  sampler: {seed: 7}\n", "  sampler: {type: ray, seed: 7}\n  search_alg: tpe\n"] {
        assert_eq!(Config::parse("s.yaml", &text(rest)).unwrap().definition().seed(), Some(7), "{rest}");
    }
    let config = Config::parse("s.yaml", &text("  sampler: {search_alg: {type: tpe}, num_samples: 3}\n")).unwrap();
    assert_eq!((config.definition().sampler(), config.definition().num_samples()), ("tpe", Some(3)));
    let config = Config::parse("s.yaml", &text("  sampler: {type: ray, colour: 1}\n")).unwrap();
    assert_eq!(config.notes(), ["line 3: `colour` of `sampler` has no effect here"]);
}

#[test]
fn the_section_of_the_sweep_is_no_setting_of_the_program() {
    let choice = |name: &str| {
        format!("seed: 1\nhyperopt:\n  parameters:\n    {name}: {{space: choice, categories: [{{a: 1}}, {{a: 2}}]}}\n")
    };
    for name in ["hyperopt.seed", "hyperopt.executor.num_samples", "hyperopt.new"] {
        let expected = format!(
            "4:5: `{name}` leads into the section `hyperopt`, which does not reach the program; name a setting outside it"
        );
        assert_eq!(said(&choice(name)), [expected.as_str()]);
        let features = format!("input_features: [{{name: title, type: text}}]\n{}", choice(name));
        assert_eq!(said(&features), [expected.replacen('4', "5", 1)]);
    }
    assert_eq!(
        said(&choice("hyperopt")),
        ["4:5: `hyperopt` is the section `hyperopt`, which does not reach the program; name a setting outside it"]
    );
    let merged = "hyperopt:\n  parameters:\n    .: {space: choice, categories: [{a: 1}, {hyperopt: {seed: 2}}]}\n";
    assert_eq!(
        said(merged),
        ["3:5: `.` sets the section `hyperopt`, which does not reach the program; leave it out of the mappings"]
    );
    let budget = format!("{}  executor: {{scheduler: {{type: asha, budget: hyperopt.epochs}}}}\n", choice("x"));
    assert_eq!(
        said(&budget),
        [
            "5:46: `hyperopt.epochs` leads into the section `hyperopt`, which does not reach the program; name a setting \
          outside it"
        ]
    );
    // Names that only look like it, and a feature of that name.
    for name in ["hyperopts.seed", "trainer.hyperopt.seed"] {
        Config::parse("s.yaml", &choice(name)).unwrap();
    }
    let feature = format!("input_features: [{{name: hyperopt, type: text}}]\n{}", choice("hyperopt.encoder"));
    Config::parse("s.yaml", &feature).unwrap();
}

#[test]
fn keys_of_the_executor_are_sent_there() {
    let text = |rest: &str| format!("hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n{rest}");
    for pair in
        ["num_samples: 3", "scheduler: {type: asha}", "num_workers: 2", "max_concurrent_trials: 2", "time_budget_s: 60"]
    {
        let key = pair.split(':').next().unwrap();
        let expected = format!("3:3: `hyperopt` has no key `{key}`; write it in `executor`");
        assert_eq!(said(&text(&format!("  {pair}\n"))), [expected]);
        Config::parse("s.yaml", &text(&format!("  executor: {{{pair}}}\n"))).unwrap();
    }
    assert_eq!(
        said(&text("  num_sampels: 3\n")),
        ["3:3: `hyperopt` has no key `num_sampels`; did you mean `num_samples`, in `executor`?"]
    );
}

#[test]
fn a_key_in_another_section_is_told_where_it_belongs() {
    let text =
        |rest: &str| format!("hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n  {rest}\n");
    for (rest, expected) in [
        ("sampler: {type: tpe, spend: 5}", "`sampler` has no key `spend`; write it in `executor`"),
        (
            "search_alg: {type: asha, time_budget_s: 5}",
            "`search_alg` has no key `time_budget_s`; write it in `executor`",
        ),
        ("search_alg: {type: tpe, budget: x}", "`search_alg` has no key `budget`; write it in `scheduler`"),
        ("executor: {max_t: 5}", "`executor` has no key `max_t`; write it in `scheduler`"),
        ("executor: {seed: 5}", "`executor` has no key `seed`; write it in `hyperopt`"),
        ("executor: {n_initial_points: 5}", "`executor` has no key `n_initial_points`; write it in `search_alg`"),
        ("executor: {scheduler: {type: asha, spend: 5}}", "`scheduler` has no key `spend`; write it in `executor`"),
        ("study: {url: 'sqlite:a.db', seed: 5}", "`study` has no key `seed`; write it in `hyperopt`"),
        ("startup: 5", "`hyperopt` has no key `startup`; write it in `search_alg`"),
        ("executor: {startp: 5}", "`executor` has no key `startp`; did you mean `startup`, in `search_alg`?"),
    ] {
        let found = said(&text(rest));
        assert!(found.len() == 1 && found[0].ends_with(&format!(": {expected}")), "{rest}: {found:?}");
    }
    // A sampler of its own section is not sent away from it.
    let found = said(&text("sampler: {type: random, startup: 5}"));
    assert!(found[0].contains("`sampler` has no key `startup`; it takes "), "{found:?}");
    // Options of other libraries are notes.
    let config = Config::parse("s.yaml", &text("search_alg: {type: skopt, spend: 5, base_estimator: GP}")).unwrap();
    let notes = config.notes().join("\n");
    assert!(notes.contains("`spend` of `search_alg` has no effect here; write it in `executor`"), "{notes}");
    assert!(notes.contains("`base_estimator` of `search_alg` is an option of another library"), "{notes}");
}

/// The keys that a section says it takes are those that the other sections send to it, but for those without effect.
#[test]
fn all_keys_of_a_section_are_known_elsewhere() {
    let sections = [
        ("hyperopt", "zzz: 1", "validation_metric validation_metrics"),
        ("search_alg", "search_alg: {type: tpe, zzz: 1}", "goal metric mode max_concurrent parallel"),
        ("search_alg", "search_alg: {type: grid, zzz: 1}", "goal metric mode max_concurrent parallel"),
        (
            "executor",
            "executor: {zzz: 1}",
            "cpu_resources_per_trial gpu_resources_per_trial num_cpus_per_worker num_gpus_per_worker trial_driver_resources \
             kubernetes_namespace fiber_backend epsilon run_remote",
        ),
        (
            "scheduler",
            "executor: {scheduler: {type: asha, zzz: 1}}",
            "brackets stop_last_trials metric mode max_concurrent",
        ),
        (
            "scheduler",
            "executor: {scheduler: {type: median_stopping_rule, zzz: 1}}",
            "brackets stop_last_trials metric mode max_concurrent min_time_slice hard_stop eval_interval",
        ),
    ];
    // They are keys of several sections.
    let shared = ["type", "name", "num_samples", "seed", "random_seed", "random_state", "random_state_seed"];
    let text =
        |rest: &str| format!("hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n  {rest}\n");
    for (section, rest, without_effect) in sections {
        let found = said(&text(rest)).concat();
        let (_, listed) = found.split_once("it takes ").unwrap_or_else(|| panic!("{rest}: {found}"));
        let without_effect: Vec<_> = without_effect.split(' ').collect();
        let keys = listed.split(", ").map(|key| key.trim_matches('`'));
        for key in keys.filter(|key| !shared.contains(key) && !without_effect.contains(key)) {
            let sent = said(&text(&format!("study: {{url: 'sqlite:a.db', {key}: 1}}"))).concat();
            assert!(sent.ends_with(&format!("`study` has no key `{key}`; write it in `{section}`")), "{sent}");
        }
    }
}

#[test]
fn a_plan_needs_a_number_of_configurations() {
    let text = |executor: &str, sampler: &str| {
        format!(
            "hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n  search_alg: {sampler}\n  executor: \
             {{spend: 20, scheduler: {{type: asha, max_t: 9}}{executor}}}\n"
        )
    };
    for sampler in ["lhs", "clh"] {
        let found = said(&text("", sampler)).concat();
        let expected = format!(
            "`{sampler}` plans a number of configurations, which `spend` does not say; write `num_samples` too"
        );
        assert!(found.ends_with(&expected), "{found}");
        let config = Config::parse("s.yaml", &text(", num_samples: 4", sampler)).unwrap();
        let ho = hyperopt_yaml::train(&config, |trial| trial.budget()).unwrap();
        assert!(ho.error().is_none() && ho.len() >= 4, "{ho:?}");
    }
    assert!(Config::parse("s.yaml", &text("", "qmc")).is_ok());
}

#[test]
fn a_key_beside_the_section_of_the_sweep_is_a_note() {
    let section = "hyperopt:\n  parameters: {x: {space: uniform, lower: 0, upper: 1}}\n";
    let notes = |rest: &str| Config::parse("s.yaml", &format!("{section}{rest}")).unwrap().notes();
    assert_eq!(
        notes("executor: {num_samples: 50}\n"),
        [
            "line 3: `executor` lies outside of the section `hyperopt`, as a setting of the program; for the sweep, write it in \
          `hyperopt`"
        ]
    );
    assert_eq!(notes("  executor: {num_samples: 50}\nexecutor: {threads: 2}\n"), [""; 0]);
    assert_eq!(notes("seed: 7\ngoal: 3\n"), [""; 0]);
}
