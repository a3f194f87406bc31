//! How Optuna records an axis, and a value along it: `distribution_json` and `param_value`.

use hyperopt_core::{Axis, Coordinate, Kind, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The distributions that Optuna knows. One that it does not accept makes a whole study unreadable for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "name", content = "attributes")]
pub(crate) enum Distribution {
    #[serde(rename = "FloatDistribution")]
    Float { step: Option<f64>, low: f64, high: f64, log: bool },
    #[serde(rename = "IntDistribution")]
    Int { log: bool, step: u64, low: Json, high: Json },
    #[serde(rename = "CategoricalDistribution")]
    Categorical { choices: Vec<Json> },
}

impl Distribution {
    /// Returns the distribution that describes `axis` best. It is exact but for powers of ten, a grid whose step is not a
    /// decimal number, and integers that floats cannot represent: of those it gives the range.
    pub(crate) fn of(axis: &Axis) -> Self {
        if let Some(labels) = axis.labels() {
            return Self::Categorical { choices: labels.iter().map(|label| choice(axis, label)).collect() };
        }
        let log = axis.scale().is_logarithmic();
        match (axis.value(0.0), axis.value(1.0)) {
            (Value::Int(low), Value::Int(high)) => {
                Self::Int { log, step: whole_step(axis, low, high), low: integer(low), high: integer(high) }
            }
            (low, high) => {
                // Through its logarithm, the lower end may come out above itself.
                let low = axis.bounds().map_or(f64::INFINITY, |(low, _)| low).min(low.as_f64().unwrap_or_default());
                let high = high.as_f64().unwrap_or_default();
                let step = axis.levels().filter(|&levels| levels > 1 && !log).map(|levels| levels - 1);
                let step = step.and_then(|steps| decimal_step(low, high, steps));
                let step = step.filter(|&step| is_even(axis, low, step));
                Self::Float { step, low, high, log }
            }
        }
    }

    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Returns the `param_value` of the value at `coordinate`: the number, or the index of the choice.
pub(crate) fn internal(axis: &Axis, coordinate: Coordinate) -> f64 {
    match axis.labels() {
        Some(_) => axis.level(coordinate.unit()).unwrap_or_default() as f64,
        None => axis.value_at(coordinate).as_f64().unwrap_or_default(),
    }
}

/// Returns the coordinate of a `param_value` that another program has written with `distribution`, or why there is none.
pub(crate) fn place_of_internal(axis: &Axis, value: f64, distribution: &str) -> Result<Coordinate, String> {
    let stored: Stored = read(distribution)
        .map_err(|error| format!("parameter `{}`: its distribution cannot be read: {error}", axis.name()))?;
    let choices = stored.attributes.and_then(|attributes| attributes.choices).or(stored.choices);
    match choices {
        None => place_of_value(axis, &Value::Float(value)),
        Some(choices) => {
            let choice = (value >= 0.0 && value.fract() == 0.0).then(|| choices.get(value as usize)).flatten();
            let choice = choice.ok_or_else(|| format!("parameter `{}`: there is no choice {value}", axis.name()))?;
            place_of_json(axis, choice)
        }
    }
}

/// Returns the coordinate of a value as Optuna gives it to a program, or why there is none.
pub(crate) fn place_of_json(axis: &Axis, value: &Json) -> Result<Coordinate, String> {
    let own = axis.labels().into_iter().flatten().position(|label| choice(axis, label) == *value);
    let own = own.and_then(|level| axis.unit_of(level as u64)).map(Coordinate::from);
    own.map_or_else(|| place_of_value(axis, &label(value)), Ok)
}

/// Returns a choice of Optuna, which is a value of JSON, as this crate shows it.
pub(crate) fn label(choice: &Json) -> Value {
    match choice {
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Null => Value::Null,
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(int), _) => Value::from(int),
            (None, Some(int)) => Value::from(int),
            (None, None) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::Array(_) | Json::Object(_) => Value::from(choice.to_string()),
    }
}

/// The part of a distribution that is read: the axis has the rest. Very old versions of Optuna wrote `choices` at the top.
#[derive(Deserialize)]
struct Stored {
    attributes: Option<Attributes>,
    choices: Option<Vec<Json>>,
}

#[derive(Deserialize)]
struct Attributes {
    choices: Option<Vec<Json>>,
}

/// Reads what Python has written as JSON: numbers that JSON cannot represent, such as NaN among the choices, become text.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> serde_json::Result<T> {
    serde_json::from_str(json).or_else(|error| match quoted(json) {
        quoted if quoted == json => Err(error),
        quoted => serde_json::from_str(&quoted),
    })
}

/// Returns `json` with quotes around the names of numbers (`NaN`, `Infinity`) outside of strings.
fn quoted(json: &str) -> String {
    let (mut written, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(first) = rest.chars().next() {
        let name = ["-Infinity", "Infinity", "NaN"].into_iter().find(|name| rest.starts_with(name));
        let len = match (first, name) {
            ('"', _) => {
                let mut is_escaped = false;
                let end = rest.char_indices().skip(1).find(|&(_, char)| {
                    let is_end = char == '"' && !is_escaped;
                    is_escaped = char == '\\' && !is_escaped;
                    is_end
                });
                end.map_or(rest.len(), |(index, _)| index + 1)
            }
            (_, Some(name)) => name.len(),
            (other, None) => other.len_utf8(),
        };
        let quote = if name.is_some() && first != '"' { "\"" } else { "" };
        written.extend([quote, &rest[..len], quote]);
        rest = &rest[len..];
    }
    written
}

fn place_of_value(axis: &Axis, value: &Value) -> Result<Coordinate, String> {
    let none = || if *value == Value::Null { axis.coordinate_of(&Value::from("None")) } else { None };
    let nearest = || nearest(axis, value.as_f64()?).map(Coordinate::from);
    none().or_else(|| axis.coordinate_of(value)).or_else(nearest).ok_or_else(|| match axis.bounds() {
        Some((low, high)) => format!("parameter `{}`: {value} is not within {low}..={high}", axis.name()),
        None => format!("parameter `{}`: {value} is not among the choices", axis.name()),
    })
}

/// Returns the unit of the level that is nearest to `number`, if that is within the bounds.
fn nearest(axis: &Axis, number: f64) -> Option<f64> {
    let (low, high) = axis.bounds()?;
    let slack = 1e-9 * (high - low).abs();
    if !(low - slack..=high + slack).contains(&number) {
        return None;
    }
    let Kind::Ordered(levels) = axis.kind() else { return Some(if number < high { 0.0 } else { 1.0 }) };
    let at = |level: u64| axis.unit_of(level).and_then(|unit| axis.value(unit).as_f64());
    // The values increase with the levels.
    let (mut below, mut above) = (0, levels - 1);
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if at(middle)? <= number { below = middle } else { above = middle }
    }
    let level = if number - at(below)? <= at(above)? - number { below } else { above };
    axis.unit_of(level)
}

fn choice(axis: &Axis, label: &Value) -> Json {
    match axis.bare(label.clone()) {
        Value::Bool(bool) => Json::from(bool),
        Value::Int(int) => integer(int),
        Value::Float(float) if float.is_finite() => Json::from(float),
        Value::Null => Json::Null,
        other => Json::from(other.to_string()),
    }
}

/// Returns the integer as Optuna keeps it, which is in a float.
fn integer(int: i128) -> Json {
    let kept = int as f64 as i128;
    i64::try_from(kept).map(Json::from).or_else(|_| u64::try_from(kept).map(Json::from)).unwrap_or_else(|_| {
        // 2^64, the float next to the largest integer of 64 bits.
        Json::from(u64::MAX)
    })
}

/// Returns `(high - low) / steps`, if that is exact in the decimal numbers that these floats are written as: Optuna divides
/// those, and lowers `high` where something remains.
fn decimal_step(low: f64, high: f64, steps: u64) -> Option<f64> {
    let step = (high - low) / steps as f64;
    let (from, to, each) = (decimal(low)?, decimal(high)?, decimal(step)?);
    let exponent = from.1.min(to.1).min(each.1);
    let scaled = |(digits, own): (i128, i32)| {
        10_i128.checked_pow(own.abs_diff(exponent)).and_then(|power| digits.checked_mul(power))
    };
    let product = scaled(each)?.checked_mul(i128::from(steps))?;
    (product == scaled(to)?.checked_sub(scaled(from)?)?).then_some(step)
}

/// Returns the distance between the levels of an axis of integers, if all are on a grid; else 1, which is all that Optuna takes
/// on a logarithmic scale.
fn whole_step(axis: &Axis, low: i128, high: i128) -> u64 {
    let steps = axis.levels().filter(|&levels| levels > 1 && !axis.scale().is_logarithmic()).map(|levels| levels - 1);
    let step = steps.and_then(|steps| u64::try_from((high - low) / i128::from(steps)).ok());
    step.filter(|&step| step > 1 && is_even(axis, low as f64, step as f64)).unwrap_or(1)
}

/// Returns whether the second level and the last but one are `step` away from the ends: rounded numbers may be cut off at a
/// bound.
fn is_even(axis: &Axis, low: f64, step: f64) -> bool {
    let at = |level: u64| axis.unit_of(level).and_then(|unit| axis.value(unit).as_f64());
    let is_on_grid =
        |level: u64| at(level).is_some_and(|value| (value - low - step * level as f64).abs() < 1e-6 * step);
    axis.levels().is_some_and(|levels| [1, levels.saturating_sub(2)].into_iter().all(is_on_grid))
}

/// Returns the digits and the exponent of the shortest decimal number that is read as `float`.
fn decimal(float: f64) -> Option<(i128, i32)> {
    let text = format!("{float:e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, exponent.parse::<i32>().ok()? - fraction.len() as i32))
}

#[cfg(test)]
mod tests {
    use hyperopt_core::{Candidates, bilog, exp_linrange, hp, linrange, log};

    use super::*;

    fn axis<C: Candidates>(candidates: C) -> Axis {
        candidates.dimension().axis("x", "x", &[]).unwrap()
    }

    fn labelled(labels: &[Value], is_ordered: bool) -> Axis {
        let labels = labels.to_vec();
        if is_ordered { Axis::ordinal("x", labels) } else { Axis::categorical("x", labels) }.unwrap()
    }

    fn all() -> Vec<Axis> {
        vec![
            axis(0.0..=1.0),
            axis(-3.5..2.0),
            axis(log(1e-5..=1e-1)),
            axis(log(1e-3..=1.0)),
            axis(linrange(0.0, 1.0, 5)),
            axis(linrange(1.0, 5.0, 1000)),
            axis(linrange(2.0, 2.0, 1)),
            axis(exp_linrange(-4.0, 1.0, 100)),
            axis(1..=64),
            axis(log(1..=1024)),
            axis(i64::MIN..=i64::MIN + 9),
            labelled(&["adam".into(), "sgd".into()], false),
            labelled(&[true.into(), false.into()], false),
            labelled(&[16.into(), 32.into(), 64.into()], true),
            labelled(&[0.1.into(), f64::INFINITY.into()], false),
        ]
    }

    fn expressions() -> [Axis; 8] {
        [
            axis(hp::quniform("x", 0, 1, 0.25)),
            axis(hp::quniform("x", 1, 6.5, 4)),
            axis(hp::uniformint("x", 1, 5)),
            axis(hp::loguniform("x", -1, 0)),
            axis(hp::normal("x", 0, 1)),
            axis(hp::lognormal("x", 0, 0.125)),
            axis(hp::pchoice("x", [(0.75, "adam"), (0.25, "sgd")])),
            axis(bilog(-10.0..=10.0)),
        ]
    }

    /// Optuna knows no steps that are cut off, nor normal distributions: of those it gets the range.
    #[test]
    fn expressions_have_the_range_of_a_distribution() {
        let json: Vec<_> = expressions().iter().map(|axis| Distribution::of(axis).json()).collect();
        let [least, most] = [-1.0_f64, 1.0].map(f64::exp);
        assert_eq!(
            json,
            [
                r#"{"name":"FloatDistribution","attributes":{"step":0.25,"low":0.0,"high":1.0,"log":false}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":1.0,"high":6.5,"log":false}}"#,
                r#"{"name":"IntDistribution","attributes":{"log":false,"step":1,"low":1,"high":5}}"#,
                &format!(
                    r#"{{"name":"FloatDistribution","attributes":{{"step":null,"low":{least},"high":1.0,"log":true}}}}"#
                ),
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":-8.0,"high":8.0,"log":false}}"#,
                &format!(
                    r#"{{"name":"FloatDistribution","attributes":{{"step":null,"low":{least},"high":{most},"log":true}}}}"#
                ),
                r#"{"name":"CategoricalDistribution","attributes":{"choices":["adam","sgd"]}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":-10.0,"high":10.0,"log":false}}"#,
            ]
        );
    }

    #[test]
    fn each_kind_of_axis_has_a_distribution() {
        let json: Vec<_> = all().iter().map(|axis| Distribution::of(axis).json()).collect();
        let last = 2f64.next_down();
        assert_eq!(
            json,
            [
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":0.0,"high":1.0,"log":false}}"#,
                &format!(
                    r#"{{"name":"FloatDistribution","attributes":{{"step":null,"low":-3.5,"high":{last},"log":false}}}}"#
                ),
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":0.00001,"high":0.1,"log":true}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":0.001,"high":1.0,"log":true}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":0.25,"low":0.0,"high":1.0,"log":false}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":1.0,"high":5.0,"log":false}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":2.0,"high":2.0,"log":false}}"#,
                r#"{"name":"FloatDistribution","attributes":{"step":null,"low":0.0001,"high":10.0,"log":true}}"#,
                r#"{"name":"IntDistribution","attributes":{"log":false,"step":1,"low":1,"high":64}}"#,
                r#"{"name":"IntDistribution","attributes":{"log":true,"step":1,"low":1,"high":1024}}"#,
                r#"{"name":"IntDistribution","attributes":{"log":false,"step":1,"low":-9223372036854775808,"high":-9223372036854775808}}"#,
                r#"{"name":"CategoricalDistribution","attributes":{"choices":["adam","sgd"]}}"#,
                r#"{"name":"CategoricalDistribution","attributes":{"choices":[true,false]}}"#,
                r#"{"name":"CategoricalDistribution","attributes":{"choices":[16,32,64]}}"#,
                r#"{"name":"CategoricalDistribution","attributes":{"choices":[0.1,"inf"]}}"#,
            ]
        );
    }

    #[test]
    fn values_come_back_as_the_units_they_were() {
        for axis in
            all().into_iter().chain(expressions()).filter(|axis| axis.bounds().is_none_or(|(low, _)| low > -1e18))
        {
            let distribution = Distribution::of(&axis).json();
            for unit in [0.0, 0.1, 0.25, 0.5, 0.77, 1.0] {
                let value = internal(&axis, unit.into());
                let back = place_of_internal(&axis, value, &distribution).unwrap();
                assert_eq!(internal(&axis, back), value, "{distribution} {unit}");
                if axis.levels().is_none() {
                    assert!((back.unit() - unit).abs() < 1e-12, "{distribution} {unit} {back:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_between_levels_move_to_the_nearest() {
        let float = r#"{"name":"FloatDistribution","attributes":{"low":0.0,"high":4.0}}"#;
        let value = |axis: &Axis, number| {
            place_of_internal(axis, number, float).map(|place| axis.value_at(place).as_f64().unwrap())
        };
        let steps = axis(linrange(0.0, 4.0, 5));
        assert_eq!(value(&steps, 1.4), Ok(1.0));
        assert_eq!(value(&steps, 3.6), Ok(4.0));
        let powers = axis(exp_linrange(0.0, 3.0, 4));
        assert_eq!(value(&powers, 60.0), Ok(100.0));
        assert_eq!(value(&powers, 1000.0), Ok(1000.0));
        assert_eq!(value(&axis(0.0..4.0), 4.0), Ok(4f64.next_down()));
        assert_eq!(value(&axis(1..=3), 2.0), Ok(2.0));
        assert_eq!(value(&steps, 4.5), Err("parameter `x`: 4.5 is not within 0..=4".into()));
        assert!(value(&steps, f64::NAN).is_err());
    }

    #[test]
    fn numbers_that_json_lacks_are_read() {
        let json = r#"{"name": "CategoricalDistribution", "attributes": {"choices": [NaN, -Infinity, "NaN \" Infinity", 0.5]}}"#;
        let axis = labelled(&[0.5.into(), f64::NAN.into(), f64::NEG_INFINITY.into(), "NaN \" Infinity".into()], false);
        let units = [0, 1, 2, 3].map(|index| place_of_internal(&axis, f64::from(index), json).map(Coordinate::unit));
        assert_eq!(units, [0.375, 0.625, 0.875, 0.125].map(Ok));
        assert!(read::<Json>("{NaN").is_err() && read::<Json>("{").is_err());
    }

    #[test]
    fn choices_are_found_by_what_they_are_not_by_their_place() {
        let unit_of_internal =
            |axis: &Axis, value, json: &str| place_of_internal(axis, value, json).map(Coordinate::unit);
        let unit_of_json = |axis: &Axis, json: &Json| place_of_json(axis, json).map(Coordinate::unit);
        let axis = labelled(&["adam".into(), "sgd".into()], false);
        let other = r#"{"name": "CategoricalDistribution", "attributes": {"choices": ["sgd", "adam", "lion", null]}}"#;
        assert_eq!(unit_of_internal(&axis, 0.0, other), Ok(0.75));
        assert_eq!(unit_of_internal(&axis, 1.0, other), Ok(0.25));
        let message = unit_of_internal(&axis, 2.0, other).unwrap_err();
        assert_eq!(message, "parameter `x`: lion is not among the choices");
        assert!(unit_of_internal(&axis, 9.0, other).unwrap_err().contains("no choice 9"));
        assert!(unit_of_internal(&axis, 0.0, "{").unwrap_err().contains("cannot be read"));
        // What earlier versions, and programs in Rust, call the null of Python.
        let none = labelled(&["None".into(), "null".into()], false);
        assert_eq!(unit_of_json(&none, &Json::Null), Ok(0.25));
        assert_eq!(unit_of_json(&labelled(&["a".into(), Value::Null], false), &Json::Null), Ok(0.75));
        let quoted = labelled(&[1.into(), "\"1\"".into(), Value::Null, "\"a\"".into()], false);
        let json = r#"{"name":"CategoricalDistribution","attributes":{"choices":[1,"1",null,"\"a\""]}}"#;
        assert_eq!(Distribution::of(&quoted).json(), json);
        for (level, unit) in [0.125, 0.375, 0.625, 0.875].into_iter().enumerate() {
            assert_eq!(unit_of_internal(&quoted, level as f64, json), Ok(unit));
        }
        let alike = labelled(&[1.into(), "1".into()], false);
        assert_eq!(unit_of_json(&alike, &Json::from(1)), Ok(0.25));
        assert_eq!(unit_of_json(&alike, &Json::from("1")), Ok(0.75));
        let bools = labelled(&[true.into(), false.into()], false);
        assert_eq!(unit_of_json(&bools, &Json::from(false)), Ok(0.75));
    }
}
