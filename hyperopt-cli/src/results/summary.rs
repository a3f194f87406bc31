//! A sweep as one object of JSON, for scripts.

use std::path::PathBuf;

use hyperopt_core::{State, Sweep, Trial, Value as Label};
use serde_json::{Map, Number, Value, json};

use crate::output::Layout;
use crate::results::shortfall::Shortfall;

/// The hyperparameters of a trial with their names, in the order of the configuration.
pub(crate) type Named = Vec<(String, Value)>;

/// Counts the trials of each state, and describes the best one. `values` are the hyperparameters of each trial. They are empty
/// without a configuration; the labels of the study are then used, in which numbers may be text. If the best trial had less
/// than the full budget, its own configuration is given beside that with the full budget.
pub(crate) fn summary(
    sweep: &Sweep,
    layout: Option<&Layout>,
    values: &[Named],
    shortfall: Option<&Shortfall>,
) -> Value {
    let history = sweep.history();
    let states = [State::Complete, State::Pruned, State::Failed, State::Running, State::Cancelled];
    let counts: Map<_, _> =
        states.iter().map(|state| (state.name().to_owned(), history.count(*state).into())).collect();
    let best = history.best(sweep.goal()).map(|(trial, value)| {
        let mut best =
            json!({ "trial": trial.number(), "objective": value, "parameters": parameters(sweep, trial, values) });
        if let Some(layout) = layout {
            let shown = |path: Option<PathBuf>| Value::from(path.map(|path| path.display().to_string()));
            best["config"] = shown(layout.best_config(trial.number(), shortfall.is_some()));
            if shortfall.is_some() {
                best["validated"] = shown(Some(layout.trial(trial.number()).config()).filter(|path| path.is_file()));
            }
        }
        if let Some(budget) = trial.resources() {
            best["budget"] = budget.into();
        }
        if let Some(Shortfall { full, .. }) = shortfall {
            best["full_budget"] = (*full).into();
        }
        best
    });
    let mut summary = json!({
        "metric": sweep.objective_names().first(),
        "sampler": sweep.sampler(),
        "seed": sweep.seed(),
        "trials": history.len(),
        "states": counts,
        "best": best,
    });
    if let Some(spent) = sweep.spent() {
        summary["spent"] = spent.into();
    }
    if let Some(spend) = sweep.spend() {
        summary["spend"] = spend.into();
    }
    let notes = sweep.notes().iter().cloned();
    let notes: Vec<_> = notes.chain(sweep.warn_on_boundary().iter().map(ToString::to_string)).collect();
    if !notes.is_empty() {
        summary["notes"] = notes.into();
    }
    if let Some(layout) = layout {
        summary["output"] = layout.root().display().to_string().into();
    }
    summary
}

/// Returns the hyperparameters of a trial as an object, without those that the trial does not have.
pub(crate) fn parameters(sweep: &Sweep, trial: &Trial, values: &[Named]) -> Value {
    if let Some(values) = values.get(trial.number()) {
        return Value::Object(values.iter().cloned().collect());
    }
    Value::Object(named(sweep, trial).into_iter().collect())
}

/// Returns the hyperparameters of a trial with the labels of the study as JSON, without those that the trial does not have.
pub(crate) fn named(sweep: &Sweep, trial: &Trial) -> Named {
    let axes = sweep.space().axes().iter().enumerate();
    let named = axes.filter_map(|(index, axis)| {
        let value = axis.value_at(trial.point().coordinate(index)?);
        Some((axis.parameter().to_owned(), json_of(&axis.bare(value))))
    });
    named.collect()
}

/// Returns the hyperparameters of a trial with the labels that tables show.
pub(crate) fn assignments<'a>(sweep: &'a Sweep, trial: &'a Trial) -> impl Iterator<Item = (&'a str, Label)> {
    let space = sweep.space();
    space.parameters().filter_map(|name| Some((name, space.value(name, trial.point())?)))
}

fn json_of(value: &Label) -> Value {
    match value {
        Label::Bool(bool) => (*bool).into(),
        Label::Int(int) => Number::from_i128(*int).map_or_else(|| int.to_string().into(), Value::Number),
        Label::Float(float) => (*float).into(),
        Label::Null => Value::Null,
        value => value.to_string().into(),
    }
}
