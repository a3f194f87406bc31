//! The hyperparameters of a trial as text to copy: JSON, YAML, and Rust.

use hyperopt_core::{Sweep, Trial, Value, number};
use itertools::Itertools as _;

/// Returns the hyperparameters of `trial` in each form that fits them: the name of the form, and the text.
pub(super) fn forms(sweep: &Sweep, trial: &Trial) -> Vec<(&'static str, String)> {
    let axes = sweep.space().axes().iter().enumerate();
    let values = axes.filter_map(|(index, axis)| {
        let value = axis.value_at(trial.point().coordinate(index)?);
        Some((axis.parameter(), axis.bare(value)))
    });
    let values: Vec<_> = values.collect();
    let rust = rust(&values).map(|text| ("Setting of another sweep in Rust", text));
    [("Hyperparameters as JSON", json(&values)), ("Hyperparameters as YAML", yaml(&values))]
        .into_iter()
        .chain(rust)
        .collect()
}

fn json(values: &[(&str, Value)]) -> String {
    let lines = values.iter().map(|(name, value)| {
        let value = match value {
            Value::Float(float) if !float.is_finite() => quoted(&number(*float)),
            value => plain(value, |float| format!("{float:?}")),
        };
        format!("  {}: {value}", quoted(name))
    });
    format!("{{\n{}\n}}\n", lines.format(",\n"))
}

fn yaml(values: &[(&str, Value)]) -> String {
    let line = |(name, value): &(&str, Value)| {
        let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c))
            // What YAML 1.1 takes for a bool or for nothing.
            && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&name.to_lowercase().as_str());
        let name = if is_plain { (*name).to_owned() } else { quoted(name) };
        format!("{name}: {}\n", plain(value, yaml_float))
    };
    values.iter().map(line).collect()
}

/// Writes a number that readers of YAML 1.1 take for one as well: `1e-5` is text to them.
fn yaml_float(float: f64) -> String {
    if float.is_nan() {
        return ".nan".to_owned();
    } else if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let text = format!("{float:?}");
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{digits}{point}e{sign}{exponent}")
}

/// Words of the language, which the code of the sweep writes `r#type`.
const RAW: [&str; 38] = [
    "as", "async", "await", "box", "break", "const", "continue", "crate", "do", "dyn", "else", "enum", "extern",
    "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "static", "struct", "super", "trait", "type", "use", "where", "while",
];

/// Returns the setting `try_first` with these values, if all of them are numbers or Booleans; `None` otherwise, since a text
/// may be the label of any expression.
fn rust(values: &[(&str, Value)]) -> Option<String> {
    let is_number = |(_, value): &(&str, Value)| match value {
        Value::Float(float) => float.is_finite(),
        value => matches!(value, Value::Int(_) | Value::Bool(_)),
    };
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !RAW.contains(&name)
    };
    if values.is_empty() || !values.iter().all(|value| is_number(value) && is_name(value.0)) {
        return None;
    }
    let written = |(name, value): &(&str, Value)| format!("{name} = {}", plain(value, |float| format!("{float:?}")));
    Some(format!("try_first = [({})],\n", values.iter().map(written).format(", ")))
}

fn plain(value: &Value, float: impl Fn(f64) -> String) -> String {
    match value {
        Value::Bool(bool) => bool.to_string(),
        Value::Int(int) => int.to_string(),
        Value::Float(number) => float(*number),
        Value::Null => "null".to_owned(),
        value => quoted(&value.to_string()),
    }
}

/// Returns `text` as a string of JSON, which is one of YAML too.
pub(super) fn quoted(text: &str) -> String {
    hyperopt_core::plain::plain_json(&serde_json::Value::from(text).to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_in_every_form() {
        let values = [
            ("rate", Value::Float(1e-5)),
            ("large", Value::Float(3e30)),
            ("whole", Value::Float(2.0)),
            ("layers", Value::Int(3)),
            ("on", Value::Bool(true)),
        ];
        assert_eq!(
            json(&values),
            "{\n  \"rate\": 1e-5,\n  \"large\": 3e30,\n  \"whole\": 2.0,\n  \"layers\": 3,\n  \"on\": true\n}\n"
        );
        assert_eq!(yaml(&values), "rate: 1.0e-5\nlarge: 3.0e+30\nwhole: 2.0\nlayers: 3\n\"on\": true\n");
        assert_eq!(
            rust(&values).as_deref(),
            Some("try_first = [(rate = 1e-5, large = 3e30, whole = 2.0, layers = 3, on = true)],\n")
        );
    }

    #[test]
    fn texts_are_quoted_and_have_no_form_in_rust() {
        let values = [("a b", Value::from("x: \"y\"\n")), ("trainer.rate", Value::Null)];
        assert_eq!(yaml(&values), "\"a b\": \"x: \\\"y\\\"\\n\"\ntrainer.rate: null\n");
        assert_eq!(json(&values), "{\n  \"a b\": \"x: \\\"y\\\"\\n\",\n  \"trainer.rate\": null\n}\n");
        assert_eq!(rust(&values), None);
        assert_eq!(rust(&[("trainer.rate", Value::Float(0.5))]), None);
        assert_eq!(rust(&[("type", Value::Int(1))]), None);
        assert_eq!(yaml_float(f64::NEG_INFINITY), "-.inf");
    }
}
