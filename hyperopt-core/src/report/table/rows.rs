//! The rows of a table: the columns of the trials shown.

use std::collections::HashMap;

use crate::history::Goal;
use crate::importance::Importances;
use crate::plain::plain_line;
use crate::report::column_names::ColumnNames;
use crate::report::duration;
use crate::report::text::{MISSING, shortened, shown as in_full};
use crate::space::Value;
use crate::sweep::Sweep;
use crate::trial::{Metric, Trial};

use super::column::{Column, Weight, cells};

/// Largest width of a name or a label that a table shows.
pub(super) const WIDTH: usize = 40;

/// The columns of text that a table takes beside the name of its first objective: the trial, spaces and an arrow.
const BESIDE: usize = 10;

/// The end of the name of a constraint.
const AT_MOST_0: &str = " ≤ 0";

/// Returns all columns of a table of `shown`, at most `most` columns of text wide. Hyperparameters weigh by `importances`,
/// otherwise by their order.
pub(super) fn columns(
    sweep: &Sweep,
    shown: &[&Trial],
    importances: Option<&Importances>,
    most: Option<usize>,
) -> Vec<Column> {
    let mut titles = ColumnNames::new(["trial", "resources", "time"].into_iter());
    let objectives = sweep.objective_names();
    let goals = titles.of("objectives", objectives.iter().map(AsRef::as_ref));
    let mut columns = vec![column("trial", shown.iter().map(|trial| Some(trial.number().into())), Weight::Always)];
    if shown.iter().any(|trial| trial.resources().is_some()) {
        columns.push(column(
            "resources",
            shown.iter().map(|trial| trial.resources().map(Value::Float)),
            Weight::Budget,
        ));
    }
    for (index, (name, goal)) in goals.iter().zip(sweep.goals()).enumerate() {
        let arrow = match goal {
            _ if sweep.goals().len() == 1 => "",
            Goal::Minimize => " ↓",
            Goal::Maximize => " ↑",
        };
        let values = shown.iter().map(|trial| trial.values().get(index).map(|value| Value::Float(*value)));
        let weight = if index == 0 { Weight::Always } else { Weight::Objective(sweep.goals().len() - index) };
        let mut objective = column(name, values, weight);
        if let Some(most) = most.filter(|_| index == 0) {
            objective.title = shortened(name, WIDTH.min(most.saturating_sub(BESIDE).max(1)));
        }
        columns.push(with_suffix(objective, arrow));
    }
    let parameters: Vec<_> = sweep.space().parameters().collect();
    let headed = titles.of("params", parameters.iter().copied());
    let shares: HashMap<_, _> =
        importances.into_iter().flatten().map(|found| (found.name.as_str(), found.share)).collect();
    for (index, (name, title)) in parameters.iter().zip(&headed).enumerate() {
        let importance = shares.get(name).copied().unwrap_or_default();
        let values = shown.iter().map(|trial| sweep.space().value(name, trial.point()));
        columns.push(column(title, values, Weight::Parameter(importance, parameters.len() - index)));
    }
    let metrics = metric_names(shown.iter().copied());
    let headed = titles.of("metrics", metrics.iter().copied());
    for (index, (name, title)) in metrics.iter().zip(&headed).enumerate() {
        let values = shown.iter().map(|trial| find(trial.metrics(), name));
        columns.push(column(title, values, Weight::Metric(metrics.len() - index)));
    }
    let constraints = constraint_names(shown.iter().copied());
    let limited: Vec<_> = constraints.iter().map(|name| format!("{name}{AT_MOST_0}")).collect();
    let headed = titles.of("constraints", limited.iter().map(String::as_str));
    for (index, (name, title)) in constraints.iter().zip(&headed).enumerate() {
        let values = shown.iter().map(|trial| find(trial.constraints(), name));
        let title = title.strip_suffix(AT_MOST_0).unwrap_or(title);
        let weight = Weight::Constraint(constraints.len() - index);
        let mut constraint = with_suffix(column(title, values, weight), AT_MOST_0);
        let is_violated = |trial: &&Trial| matches!(find(trial.constraints(), name), Some(Value::Float(value)) if value.is_nan() || value > 0.0);
        let cells = constraint.cells.iter_mut().zip(&mut constraint.full);
        for (_, (cell, full)) in shown.iter().zip(cells).filter(|(trial, _)| is_violated(trial)) {
            cell.push_str(" violated");
            full.clone_from(cell);
        }
        columns.push(constraint);
    }
    let times: Vec<_> = shown.iter().map(|trial| duration(trial.duration())).collect();
    columns.push(Column::new("time", times, Weight::Time));
    columns
}

/// Makes a column whose names and labels are cut.
fn column(name: &str, values: impl Iterator<Item = Option<Value>>, weight: Weight) -> Column {
    let values: Vec<_> = values.collect();
    let shown = cells(&values, MISSING, |value| shortened(&in_full(value), WIDTH));
    let full = values.iter().zip(&shown).map(|(value, cell)| match value {
        Some(value) if !matches!(value, Value::Float(_)) => in_full(value),
        _ => cell.clone(),
    });
    Column {
        name: plain_line(name).into_owned(),
        full: full.collect(),
        ..Column::new(shortened(name, WIDTH), shown, weight)
    }
}

fn with_suffix(column: Column, suffix: &str) -> Column {
    Column { title: column.title + suffix, name: column.name + suffix, ..column }
}

fn find(metrics: &[Metric], name: &str) -> Option<Value> {
    metrics.iter().find(|(metric, _)| metric == name).map(|(_, value)| Value::Float(*value))
}

/// Returns the names of the metrics of `trials`, in the order of their first appearance.
pub(in crate::report) fn metric_names<'a>(trials: impl Iterator<Item = &'a Trial>) -> Vec<&'a str> {
    names(trials.flat_map(Trial::metrics))
}

/// Returns the names of the constraints of `trials`, in the order of their first appearance.
pub(in crate::report) fn constraint_names<'a>(trials: impl Iterator<Item = &'a Trial>) -> Vec<&'a str> {
    names(trials.flat_map(Trial::constraints))
}

fn names<'a>(metrics: impl Iterator<Item = &'a Metric>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (name, _) in metrics {
        if !names.contains(&name.as_ref()) {
            names.push(name.as_ref());
        }
    }
    names
}
