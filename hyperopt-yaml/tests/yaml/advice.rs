//! What a message says to write has been tried out: it is accepted in its place.

use hyperopt_yaml::Config;

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
