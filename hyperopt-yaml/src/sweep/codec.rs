use std::collections::HashSet;

use hyperopt_core::{self as core, Candidates, Codec, exp_linrange, linrange, log, ordinal};
use serde_json::Value;

use crate::definition::{Scale, Space};

/// The candidates of a hyperparameter.
pub(crate) fn codec(space: &Space) -> Codec<Value> {
    match *space {
        Space::Float { low, high, is_open, scale } => float(low, high, is_open, scale),
        Space::Steps { low, high, count, scale: Scale::Linear } => linrange(low, high, count).codec().map(Value::from),
        // The powers of ten of logarithms differ from the numbers in the last place.
        Space::Steps { low, high, count, .. } => {
            let steps = exp_linrange(low.log10(), high.log10(), count).codec();
            steps.map(move |value| Value::from(near(value, low).or(near(value, high)).unwrap_or(value)))
        }
        Space::Int { low, high, scale: Scale::Log } => log(low..=high).codec().map(Value::from),
        Space::Int { low, high, .. } => (low..=high).codec().map(Value::from),
        Space::Quantized { low, high, q, scale, is_integer } => quantized(low, high, q, scale, is_integer),
        Space::Normal { mean, sd, q } => normal(mean, sd, q),
        Space::Ordered(ref values) => ordinal(values.iter().cloned()).labels(labels(values)).codec(),
        Space::Choice(ref values) | Space::Grid(ref values) => {
            core::categorical(values.iter().cloned()).labels(labels(values)).codec()
        }
    }
}

fn float(low: f64, high: f64, is_open: bool, scale: Scale) -> Codec<Value> {
    match (scale, is_open) {
        (Scale::Linear, true) => (low..high).codec().map(Value::from),
        (Scale::Linear, false) => (low..=high).codec().map(Value::from),
        (Scale::Log, true) => log(low..high).codec().map(Value::from),
        (Scale::Log, false) => log(low..=high).codec().map(Value::from),
        (scale, _) => {
            let warped = (scale.warp(low)..=scale.warp(high)).codec();
            warped.map(move |warped| Value::from(scale.unwarp(warped).clamp(low, high)))
        }
    }
}

fn quantized(low: f64, high: f64, q: f64, scale: Scale, is_integer: bool) -> Codec<Value> {
    let (first, last) = ((low / q).round() as i64, (high / q).round() as i64);
    let counts = if scale == Scale::Log { log(first..=last).codec() } else { (first..=last).codec() };
    counts.map(move |count| multiple(count, q, is_integer))
}

fn normal(mean: f64, sd: f64, _: Option<f64>) -> Codec<Value> {
    (mean - 3.0 * sd..=mean + 3.0 * sd).codec().map(Value::from)
}

/// `count` times `q`; 0.3, not 0.30000000000000004.
fn multiple(count: i64, q: f64, is_integer: bool) -> Value {
    if is_integer {
        return Value::from(count * q as i64);
    }
    let product = count as f64 * q;
    let short = format!("{product:.12e}").parse().unwrap_or(product);
    Value::from(near(product, short).unwrap_or(product))
}

/// `other`, if `value` is that but for rounding.
fn near(value: f64, other: f64) -> Option<f64> {
    ((value - other).abs() <= 1e-12 * other.abs()).then_some(other)
}

/// What values are called in tables and studies: text as it is, anything else as JSON; text too, where it would be taken for
/// another value.
fn labels(values: &[Value]) -> Vec<core::Value> {
    let mut seen = HashSet::new();
    let is_clear = values.iter().all(|value| seen.insert(label(value).to_string()));
    let quoted = |value: &Value| if value.is_string() { core::Value::from(value.to_string()) } else { label(value) };
    values.iter().map(|value| if is_clear { label(value) } else { quoted(value) }).collect()
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
        other => core::Value::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(space: &Space, count: u32) -> Vec<Value> {
        let codec = codec(space);
        (0..count).map(|level| codec.decode((f64::from(level) + 0.5) / f64::from(count))).collect()
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
        let space = Space::Quantized { low: 0.1, high: 0.5, q: 0.1, scale: Scale::Linear, is_integer: false };
        assert_eq!(values(&space, 5), [0.1, 0.2, 0.3, 0.4, 0.5].map(Value::from));
    }

    #[test]
    fn values_that_look_alike_have_labels_of_their_own() {
        let values = [Value::from(1), Value::from("1"), Value::from("a")];
        let labels: Vec<_> = labels(&values).iter().map(ToString::to_string).collect();
        assert_eq!(labels, ["1", "\"1\"", "\"a\""]);
    }
}
