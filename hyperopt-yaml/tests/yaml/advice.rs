//! What a message says to write has been tried out: it is accepted in its place.

use hyperopt_yaml::{Config, train};

fn said(definition: &str) -> Result<(), Vec<String>> {
    let text = format!("hyperopt:\n  parameters:\n    x: {definition}\n");
    match Config::parse("s.yaml", &text) {
        Ok(_) => Ok(()),
        Err(errors) => Err(errors.faults().iter().map(|fault| fault.message.clone()).collect()),
    }
}

/// Follows the advice of all messages about `definition`, an inner mapping, once; returns what it has become.
fn followed(definition: &str) -> String {
    let mut definition = definition.to_owned();
    for message in said(&format!("{{{definition}}}")).expect_err(&definition) {
        let advice = message.rsplit("write ").next().unwrap_or_default();
        if let Some(pair) = advice.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            definition = format!("{definition}, {pair}");
        } else {
            // The end in the message is replaced by the number.
            let pair = message.split('`').nth(1).unwrap_or_default();
            let key = pair.split(':').next().unwrap_or_default();
            assert!(definition.contains(pair), "{message}");
            definition = definition.replace(pair, &format!("{key}: {advice}"));
        }
    }
    definition
}

#[test]
fn advice_about_ranges_is_accepted() {
    let cases = [
        ("space: qloguniform, lower: 0.0001, upper: 0.1, q: 0.0005", "lower: 0.0005"),
        ("space: qloguniform, lower: 0.0001, upper: 0.1, q: 0.5", "upper: 1"),
        ("space: qloguniform, lower: -0.31, upper: 0.1, q: 0.02", "lower: 0.02"),
        ("space: quniform, lower: 16, upper: 512, q: 64", "lower: 0"),
        ("space: quniform, lower: 0, upper: 1, q: 0.3", "upper: 0.9"),
        ("space: quniform, lower: 0.16, upper: 0.17, q: 0.1", "upper: 0.3"),
        ("space: quniform, lower: 0, upper: 0.2, q: 0.7", "upper: 0.7"),
        ("space: randint", "lower: 1, upper: 10"),
        ("space: randint, lower: 50", "upper: 51"),
        ("space: randint, upper: -3", "lower: -4"),
        ("space: lograndint, lower: 50", "upper: 500"),
        ("space: int", "lower: 1, upper: 10"),
        ("space: qrandint, q: 64", "lower: 0, upper: 640"),
        ("space: qrandint, q: 64, lower: 1024", "upper: 1664"),
        ("space: qlograndint", "q: 2, lower: 2, upper: 20"),
        ("space: qlograndint, q: 8", "lower: 8, upper: 80"),
        ("space: uniform", "lower: 0.0001, upper: 0.1"),
        ("space: uniform, lower: 3", "upper: 4.0"),
        ("space: uniform, upper: -3", "lower: -4.0"),
        ("space: loguniform, lower: 5", "upper: 50.0"),
        ("space: loguniform, upper: 0.00001", "lower: 1e-6"),
        ("space: quniform", "q: 0.5, lower: 0.0, upper: 5.0"),
        ("space: qloguniform", "q: 0.5, lower: 0.5, upper: 5.0"),
        ("space: qloguniform, q: 0.01", "lower: 0.01, upper: 0.1"),
        ("type: float", "low: 0.0, high: 1.0"),
        ("type: float, low: 3", "high: 4.0"),
        ("type: float, scale: log", "low: 0.0001, high: 1.0"),
        ("type: float, scale: log, low: 3", "high: 30.0"),
        ("type: float, scale: logit", "low: 0.1, high: 0.9"),
        ("type: float, scale: logit, low: 0.95", "high: 0.975"),
        ("type: int", "low: 1, high: 10"),
        ("type: int, low: 50", "high: 51"),
        ("type: int, high: 0", "low: -1"),
        ("type: int, scale: log, low: 64", "high: 640"),
    ];
    for (definition, expected) in cases {
        let followed = followed(definition);
        assert!(followed.contains(expected), "{definition}: {followed}");
        assert_eq!(said(&format!("{{{followed}}}")), Ok(()), "{definition}: {followed}");
    }
}

/// What a grid over `x` says, and else the values it runs.
fn grid(definition: &str) -> Result<Vec<f64>, String> {
    let text = format!("hyperopt:\n  parameters:\n    x: {definition}\n  sampler: {{type: grid}}\n");
    let config = Config::parse("s.yaml", &text).map_err(|errors| errors.to_string())?;
    assert_eq!(config.notes(), [""; 0], "{definition}");
    let ho = train(&config, |trial| trial.get("x")?.as_f64()).unwrap();
    let mut values: Vec<f64> = ho.results().flatten().collect();
    values.sort_by(f64::total_cmp);
    Ok(values)
}

#[test]
fn advice_about_a_grid_makes_one() {
    let five = "{type: float, low: 0.0, high: 1.0, steps: 5}";
    for (definition, advice, values) in [
        ("{type: float, low: 0, high: 1}", "steps: 5", vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        ("{type: float, low: -4, high: 0, base: 10, scale: log}", "steps: 5", vec![1e-4, 1e-3, 1e-2, 1e-1, 1.0]),
        ("{space: uniform, lower: 0, upper: 1}", five, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        ("{space: float, lower: 0, upper: 1}", five, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        ("{type: float, space: uniform, lower: 0, upper: 1, low: 3}", five, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        ("{space: float, lower: 2, upper: 2}", "{space: choice, categories: [2.0]}", vec![2.0]),
        (
            "{space: loguniform, lower: 1.0e-8, upper: 1.0e-4}",
            "{type: float, low: 1e-8, high: 0.0001, steps: 5, scale: log}",
            vec![1e-8, 1e-7, 1e-6, 1e-5, 1e-4],
        ),
        ("{space: randn}", "{type: float, low: -2.0, high: 2.0, steps: 5}", vec![-2.0, -1.0, 0.0, 1.0, 2.0]),
        (
            "{space: randn, mean: 0.1, sd: 0.1}",
            "{type: float, low: -0.1, high: 0.3, steps: 5}",
            vec![-0.1, 0.0, 0.1, 0.2, 0.3],
        ),
    ] {
        let said = grid(definition).expect_err(definition);
        let expected = format!("hyperparameter `x` has no end of values for a grid; write `{advice}`, say");
        assert!(said.ends_with(&expected), "{definition}: {said}");
        let followed = match definition.strip_suffix('}') {
            Some(rest) if !advice.starts_with('{') => format!("{rest}, {advice}}}"),
            _ => advice.to_owned(),
        };
        let found = grid(&followed).unwrap_or_else(|said| panic!("{followed}: {said}"));
        let is_near = |(found, value): (&f64, &f64)| (found - value).abs() <= 1e-9 * value.abs() + 1e-15;
        assert!(found.len() == values.len() && found.iter().zip(&values).all(is_near), "{followed}: {found:?}");
    }
}

#[test]
fn a_list_is_to_be_chosen_from() {
    for (list, categories) in [
        ("[1, 2, 3]", "[1, 2, 3]"),
        ("[0.5, 1.0, 1.0e-7]", "[0.5, 1.0, 1e-7]"),
        ("[relu, 'no', \"1\", true, null]", "[relu, \"no\", \"1\", true, null]"),
        ("[a, a]", "[a]"),
        ("[[1, 2], {b: 3}]", "[[1,2], {\"b\":3}]"),
        ("[]", "[a, b]"),
    ] {
        let messages = said(list).expect_err(list);
        let advice = format!("{{space: choice, categories: {categories}}}");
        assert_eq!(messages, [format!("hyperparameter `x` is a list; write `{advice}`")]);
        assert_eq!(said(&advice), Ok(()));
    }
    let long = format!("[{}]", (0..100).map(|value| value.to_string()).collect::<Vec<_>>().join(", "));
    let message = "hyperparameter `x` is a list; write `space: choice`, and the list as its `categories`";
    assert_eq!(said(&long), Err(vec![message.into()]));
    assert_eq!(said(&format!("{{space: choice, categories: {long}}}")), Ok(()));
}
