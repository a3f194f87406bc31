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
