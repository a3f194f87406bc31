//! The space of a study that another program has begun, as far as it is known from its trials.

use std::collections::BTreeMap;
use std::mem::discriminant;

use hyperopt_core::{Axis, CandidatesError, Floats, Ints, Scale, Space, Value};
use itertools::Itertools;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::distribution::{label, read};
use crate::rows::{RowState, TrialRow};

/// A distribution of Optuna; `None` for what its kind does not have.
#[derive(Clone, Deserialize)]
struct Stored {
    name: String,
    attributes: Attributes,
}

#[derive(Clone, PartialEq, Deserialize)]
struct Attributes {
    low: Option<f64>,
    high: Option<f64>,
    step: Option<f64>,
    #[serde(default)]
    log: bool,
    choices: Option<Vec<Json>>,
}

/// The largest number of levels of a float with a step; with more, its axis is continuous.
const MOST_LEVELS: f64 = 1e6;

/// Returns one axis for each parameter, in the order in which the trials name them, over all that its distributions cover. The
/// parameters that some complete trials lack come last, and depend on all those that every complete trial has.
pub(crate) fn space<'a>(trials: impl Iterator<Item = &'a TrialRow> + Clone) -> Result<Space, String> {
    let mut found: Vec<(&str, Stored)> = Vec::new();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut complete = 0;
    for trial in trials {
        let is_complete = trial.state == RowState::Complete;
        complete += usize::from(is_complete);
        for (name, _, distribution) in &trial.params {
            *counts.entry(name).or_default() += usize::from(is_complete);
            let stored: Stored = read(distribution)
                .map_err(|error| format!("parameter `{name}`: its distribution cannot be read: {error}"))?;
            match found.iter_mut().find(|(earlier, _)| earlier == name) {
                Some((_, earlier)) => {
                    join(earlier, stored).map_err(|reason| format!("parameter `{name}`: {reason}"))?;
                }
                None => found.push((name, stored)),
            }
        }
    }
    let is_conditional = |name: &str| counts.get(name).is_some_and(|&count| count < complete);
    found.sort_by_key(|(name, _)| is_conditional(name));
    let parents: Vec<_> = (0..found.len()).filter(|&index| !is_conditional(found[index].0)).collect();
    let axes = found.iter().map(|(name, stored)| {
        let parents = if is_conditional(name) { &parents[..] } else { &[] };
        let axis = axis(name, stored).map_err(|reason| format!("parameter `{name}`: {reason}"))?;
        Ok(axis.with_parents(parents))
    });
    Space::try_from(axes.collect::<Result<Vec<_>, String>>()?).map_err(|error| error.to_string())
}

/// Widens `earlier` to cover `next` too: the bounds and the step may change between trials.
fn join(earlier: &mut Stored, next: Stored) -> Result<(), String> {
    let (old, new) = (&mut earlier.attributes, next.attributes);
    if earlier.name != next.name || old.log != new.log || old.choices != new.choices {
        return Err("its trials have distributions of different kinds".into());
    }
    if old.step != new.step || old.low != new.low {
        old.step = None;
    }
    old.low = old.low.zip(new.low).map(|(old, new)| old.min(new));
    old.high = old.high.zip(new.high).map(|(old, new)| old.max(new));
    Ok(())
}

fn axis(name: &str, stored: &Stored) -> Result<Axis, String> {
    let Attributes { low, high, step, log, choices } = &stored.attributes;
    let scale = if *log { Scale::Log10 } else { Scale::Linear };
    let axis = match (stored.name.as_str(), low.zip(*high), choices) {
        ("FloatDistribution", Some((low, high)), _) => {
            let floats = Floats::from(low..=high).scale(scale);
            let steps = step.filter(|_| !log).map(|step| ((high - low) / step).round());
            match steps.filter(|steps| *steps < MOST_LEVELS) {
                Some(steps) => Axis::float(name, floats.count(steps as usize + 1)),
                None => Axis::float(name, floats),
            }
        }
        ("IntDistribution", Some((low, high)), _) => Axis::int(name, Ints::from(low as i64..=high as i64).scale(scale)),
        ("CategoricalDistribution", _, Some(choices)) => categorical(name, choices),
        (kind, ..) => return Err(format!("the distribution `{kind}` is unknown")),
    };
    axis.map_err(|fault| fault.to_string())
}

/// Returns an axis of choices. Optuna takes equal ones, and tells them apart by their place only: here they are one level, with
/// their share as its weight.
fn categorical(name: &str, choices: &[Json]) -> Result<Axis, CandidatesError> {
    let labels: Vec<Value> = choices.iter().map(label).collect();
    let levels = labels.iter().unique_by(|label| (discriminant(*label), exact(label)));
    let counts: Vec<usize> =
        levels.clone().map(|level| labels.iter().filter(|label| *label == level).count()).collect();
    if counts.iter().all_equal() {
        Axis::categorical(name, levels)
    } else {
        let share = |count: usize| count as f64 / labels.len() as f64;
        Axis::weighted(name, counts.into_iter().map(share).zip(levels))
    }
}

/// Returns the text of a label, with all digits of a number.
fn exact(label: &Value) -> String {
    label.as_f64().map_or_else(|| label.to_string(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use hyperopt_core::Kind;
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_choices_are_one_with_its_share() {
        let axis = |choices: Json| categorical("x", choices.as_array().unwrap()).unwrap();
        let thrice = axis(json!(["a", "b", "b", "b"]));
        assert_eq!(
            (thrice.kind(), thrice.value(0.2), thrice.value(0.3)),
            (Kind::Categorical(2), "a".into(), "b".into())
        );
        let even = axis(json!([1, "1", 1, "1"]));
        assert_eq!((even.kind(), even.unit_of(0)), (Kind::Categorical(2), Some(0.25)));
        let close = axis(json!([0.123_456_71, 0.123_456_72, null]));
        assert_eq!((close.kind(), close.value(0.5)), (Kind::Categorical(3), Value::from(0.123_456_72)));
    }
}
