//! The candidates of a hyperparameter, with values of JSON.

use hyperopt_core::{self as core, Candidates, Dimension, Floats, bilog, categorical, hp, log, ordinal};
use itertools::Itertools;
use serde_json::Value;

use crate::definition::{Scale, Space};

/// Returns the candidates of the hyperparameter `name`.
pub(crate) fn dimension(name: &str, space: &Space) -> Dimension<Value> {
    match *space {
        Space::Float { low, high, is_open, scale } => {
            let floats = if is_open { Floats::from(low..high) } else { Floats::from(low..=high) };
            floats.scale(along(scale)).dimension().map(Value::from)
        }
        Space::Steps { low, high, count, scale } => {
            let dimension = Floats::from(low..=high).scale(along(scale)).count(count).dimension();
            // The way to the scale and back costs the last place.
            dimension
                .map(move |value| Value::from(near(value, low).or(near(value, high)).unwrap_or_else(|| rounded(value))))
        }
        Space::Int { low, high, scale: Scale::Log } => log(low..=high).dimension().map(Value::from),
        Space::Int { low, high, scale: Scale::Bilog } => bilog(low..=high).dimension().map(Value::from),
        Space::Int { low, high, .. } => (low..=high).dimension().map(Value::from),
        Space::Quantized { low, high, q, scale } => quantized(name, low, high, q, scale).map(Value::from),
        // Half a step more at each end, so that the ends are as likely as the others.
        Space::Multiples { low, high, q, scale } => {
            let (low, high, q) = (low as f64, high as f64, q as f64);
            let multiples = quantized(name, low - q / 2.0, high + q / 2.0, q, scale).whole();
            multiples.map(|value| Value::from(value.round() as i64))
        }
        Space::Normal { mean, sd, q: None } => hp::normal(name, mean, sd).dimension().map(Value::from),
        Space::Normal { mean, sd, q: Some(q) } => hp::qnormal(name, mean, sd, q).dimension().map(Value::from),
        Space::Ordered(ref values) => ordinal(values.iter().cloned()).labels(labels(values)).dimension(),
        Space::Choice(ref values) | Space::Grid(ref values) => {
            categorical(values.iter().cloned()).labels(labels(values)).dimension()
        }
    }
}

fn along(scale: Scale) -> core::Scale {
    match scale {
        Scale::Linear => core::Scale::Linear,
        Scale::Log => core::Scale::Log10,
        Scale::Logit => core::Scale::Logit,
        Scale::Bilog => core::Scale::Bilog,
    }
}

fn quantized(name: &str, low: f64, high: f64, q: f64, scale: Scale) -> Dimension<f64> {
    match scale {
        Scale::Log => hp::qloguniform(name, low.ln(), high.ln(), q).dimension(),
        _ => hp::quniform(name, low, high, q).dimension(),
    }
}

/// Returns the number of twelve digits that `value` is up to rounding, else `value` itself: 0.001, not 0.0010000000000000002.
fn rounded(value: f64) -> f64 {
    let short = format!("{value:.11e}").parse().unwrap_or(value);
    if (value - short).abs() <= 4.0 * f64::EPSILON * value.abs() { short } else { value }
}

/// Returns `other` if `value` equals it up to rounding.
fn near(value: f64, other: f64) -> Option<f64> {
    ((value - other).abs() <= 1e-12 * other.abs()).then_some(other)
}

/// Returns the labels of values in tables and studies: text as it is, anything else as JSON. Text that reads like another value
/// is in quotes, and a number that does is written out: `1`, `"1"`, `1.0`.
fn labels(values: &[Value]) -> Vec<core::Value> {
    let mut labels: Vec<_> = values.iter().map(label).collect();
    for is_next in [Value::is_string as fn(&Value) -> bool, Value::is_f64] {
        let counts = labels.iter().map(ToString::to_string).counts();
        let alike = values.iter().zip(&mut labels).filter(|(value, _)| is_next(value));
        for (value, label) in alike.filter(|(_, label)| counts[&label.to_string()] > 1) {
            *label = value.to_string().into();
        }
    }
    labels
}

/// Returns the label of a value of the space.
pub(crate) fn label_of(space: &Space, value: &Value) -> core::Value {
    if let Space::Choice(values) | Space::Grid(values) | Space::Ordered(values) = space
        && let Some(index) = values.iter().position(|own| own == value)
    {
        return labels(values).swap_remove(index);
    }
    label(value)
}

fn label(value: &Value) -> core::Value {
    match value {
        Value::Bool(bool) => core::Value::from(*bool),
        Value::String(text) => core::Value::from(text.as_str()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(int), _) => core::Value::from(int),
            (None, Some(float)) => core::Value::from(float),
            (None, None) => core::Value::from(number.to_string()),
        },
        Value::Null => core::Value::Null,
        other => core::Value::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(space: &Space, count: u32) -> Vec<Value> {
        let dimension = dimension("x", space);
        (0..count).map(|level| dimension.decode((f64::from(level) + 0.5) / f64::from(count))).collect()
    }

    #[test]
    fn four_steps_on_a_log_scale_are_powers_of_ten() {
        let space = Space::Steps { low: 1e-4, high: 1e-1, count: 4, scale: Scale::Log };
        assert_eq!(values(&space, 4), [1e-4, 1e-3, 1e-2, 1e-1].map(Value::from));
    }

    #[test]
    fn the_ends_of_a_log_scale_are_exact() {
        let space = Space::Steps { low: 3e-5, high: 0.7, count: 6, scale: Scale::Log };
        let values = values(&space, 6);
        assert_eq!((&values[0], &values[5]), (&Value::from(3e-5), &Value::from(0.7)));
    }

    #[test]
    fn multiples_are_short() {
        let space = Space::Quantized { low: 0.1, high: 0.5, q: 0.1, scale: Scale::Linear };
        let mut found = values(&space, 80);
        found.dedup();
        assert_eq!(found, [0.1, 0.2, 0.3, 0.4, 0.5].map(Value::from));
    }

    #[test]
    fn multiples_of_an_integer_are_equally_likely() {
        for (space, expected) in [
            (Space::Multiples { low: 0, high: 10, q: 5, scale: Scale::Linear }, vec![0, 5, 10]),
            (Space::Multiples { low: -4, high: 2, q: 2, scale: Scale::Linear }, vec![-4, -2, 0, 2]),
        ] {
            assert_eq!(
                values(&space, expected.len() as u32),
                expected.into_iter().map(Value::from).collect::<Vec<_>>()
            );
        }
        let axis =
            dimension("x", &Space::Multiples { low: 0, high: 10, q: 5, scale: Scale::Linear }).axis("x", "x", &[]);
        assert_eq!(axis.unwrap().value(0.5), core::Value::Int(5));
        let mut log = values(&Space::Multiples { low: 8, high: 64, q: 8, scale: Scale::Log }, 1000);
        log.dedup();
        assert_eq!(log, (1..=8).map(|count| Value::from(8 * count)).collect::<Vec<_>>());
    }

    #[test]
    fn scales_are_even_where_they_say_so() {
        let logit = values(&Space::Steps { low: 0.1, high: 0.9, count: 3, scale: Scale::Logit }, 3);
        assert_eq!(logit, [0.1, 0.5, 0.9].map(Value::from));
        let bilog = values(&Space::Steps { low: -99.0, high: 99.0, count: 5, scale: Scale::Bilog }, 5);
        assert_eq!(bilog, [-99.0, -9.0, 0.0, 9.0, 99.0].map(Value::from));
        let normal = dimension("x", &Space::Normal { mean: 1.0, sd: 2.0, q: Some(0.5) });
        assert_eq!([normal.decode(0.5), normal.decode(0.8413)], [1.0, 3.0].map(Value::from));
    }

    #[test]
    fn values_that_look_alike_have_labels_of_their_own() {
        let values = [Value::from(1), Value::from("1"), Value::from(1.0), Value::from("a")];
        let labels: Vec<_> = labels(&values).iter().map(ToString::to_string).collect();
        assert_eq!(labels, ["1", "\"1\"", "1.0", "a"]);
    }
}
