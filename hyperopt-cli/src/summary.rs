//! A sweep as one object of JSON, for scripts.

use hyperopt_core::{State, Sweep, Trial, Value as Label};
use serde_json::{Map, Number, Value, json};

use crate::output::Layout;

/// The hyperparameters of a trial by their names.
pub(crate) type Named = Vec<(String, Value)>;

/// How many trials there are of each kind, and the best one; `values` are the hyperparameters of each trial where the
/// configuration is known, which has numbers where a study has labels.
pub(crate) fn of(sweep: &Sweep, layout: Option<&Layout>, values: &[Named]) -> Value {
    let history = sweep.history();
    let states = [State::Complete, State::Pruned, State::Failed, State::Running, State::Cancelled];
    let counts: Map<_, _> =
        states.iter().map(|state| (state.name().to_owned(), history.count(*state).into())).collect();
    let best = history.best(sweep.goal()).map(|(trial, value)| {
        let mut best =
            json!({ "trial": trial.number(), "objective": value, "parameters": parameters(sweep, trial, values) });
        if let Some(layout) = layout {
            best["config"] = layout.trial(trial.number()).config().display().to_string().into();
        }
        best
    });
    let mut summary = json!({
        "sampler": sweep.sampler(),
        "seed": sweep.seed(),
        "trials": history.len(),
        "states": counts,
        "best": best,
    });
    if let Some(layout) = layout {
        summary["output"] = layout.root().display().to_string().into();
    }
    summary
}

/// The hyperparameters of a trial by their names, without those that it does not have.
pub(crate) fn parameters(sweep: &Sweep, trial: &Trial, values: &[Named]) -> Value {
    if let Some(values) = values.get(trial.number()) {
        return Value::Object(values.iter().cloned().collect());
    }
    Value::Object(assignments(sweep, trial).map(|(name, value)| (name.to_owned(), json_of(&value))).collect())
}

/// The same with values as a person reads them.
pub(crate) fn assignments<'a>(sweep: &'a Sweep, trial: &'a Trial) -> impl Iterator<Item = (&'a str, Label)> {
    let space = sweep.space();
    space.parameters().filter_map(|name| Some((name, space.value(name, trial.point())?)))
}

fn json_of(value: &Label) -> Value {
    match value {
        Label::Bool(bool) => (*bool).into(),
        Label::Int(int) => Number::from_i128(*int).map_or_else(|| int.to_string().into(), Value::Number),
        Label::Float(float) => (*float).into(),
        value => value.to_string().into(),
    }
}
