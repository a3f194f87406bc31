//! The space of a study that another program has begun, as far as its trials tell.

use std::collections::BTreeMap;

use hyperopt_core::{Axis, Candidates, CandidatesError, Space, Value, linrange, log};
use serde::Deserialize;
use serde_json::Value as Json;

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

/// The most levels that a float with a step is taken to have; with more, it is continuous.
const MOST_LEVELS: f64 = 1e6;

/// One axis for each parameter, in the order in which the trials name them, over all that its distributions cover. A
/// parameter that some complete trials lack comes last, and depends on all that none of them lacks.
pub(crate) fn space<'a>(trials: impl Iterator<Item = &'a TrialRow> + Clone) -> Result<Space, String> {
    let mut found: Vec<(&str, Stored)> = Vec::new();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut complete = 0;
    for trial in trials {
        let is_complete = trial.state == RowState::Complete;
        complete += usize::from(is_complete);
        for (name, _, distribution) in &trial.params {
            *counts.entry(name).or_default() += usize::from(is_complete);
            let stored: Stored = serde_json::from_str(distribution)
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
        axis(name, parents, stored).map_err(|reason| format!("parameter `{name}`: {reason}"))
    });
    Ok(Space::from(axes.collect::<Result<Vec<_>, _>>()?))
}

/// Widens `earlier` to what `next` has: the bounds and the step may change between trials.
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

fn axis(name: &str, parents: &[usize], stored: &Stored) -> Result<Axis, String> {
    let Attributes { low, high, step, log: is_log, choices } = &stored.attributes;
    let axis = match (stored.name.as_str(), low.zip(*high), choices) {
        ("FloatDistribution", Some((low, high)), _) if *is_log => log(low..=high).dimension().axis(name, name, parents),
        ("FloatDistribution", Some((low, high)), _) => {
            let steps = step.map(|step| ((high - low) / step).round()).filter(|steps| *steps < MOST_LEVELS);
            match steps {
                Some(steps) => linrange(low, high, steps as usize + 1).dimension().axis(name, name, parents),
                None => (low..=high).dimension().axis(name, name, parents),
            }
        }
        ("IntDistribution", Some((low, high)), _) => {
            let (low, high) = (low as i64, high as i64);
            if *is_log {
                log(low..=high).dimension().axis(name, name, parents)
            } else {
                (low..=high).dimension().axis(name, name, parents)
            }
        }
        ("CategoricalDistribution", _, Some(choices)) => return categorical(name, parents, choices),
        (kind, ..) => return Err(format!("the distribution `{kind}` is unknown")),
    };
    axis.map_err(|error: CandidatesError| error.to_string())
}

fn categorical(name: &str, parents: &[usize], choices: &[Json]) -> Result<Axis, String> {
    let labels = choices.iter().map(|choice| match choice {
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Null => Value::from("None"),
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => match number.as_i64() {
            Some(int) => Value::from(int),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::Array(_) | Json::Object(_) => Value::from(choice.to_string()),
    });
    let axis = vec![(); choices.len()].dimension().axis(name, name, parents).map_err(|error| error.to_string())?;
    let mut json = serde_json::to_value(axis).map_err(|error| error.to_string())?;
    let labels = serde_json::to_value(labels.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    json["domain"]["Levels"]["labels"] = labels;
    serde_json::from_value(json).map_err(|error| error.to_string())
}
