//! The columns of the tables of a page: what is known of each trial, as text.

use std::collections::HashSet;

use hyperopt_core::{Axis, Goal, Metric, Sweep, Trial, Value, number, plain::plain_line};
use itertools::Itertools as _;

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Unlike that of any other column: a filter names it.
    pub(super) name: String,
    /// What stands behind the name in the head.
    pub(super) sign: &'static str,
    /// Whether all of its cells are numbers.
    pub(super) is_number: bool,
    /// A cell for each trial, `None` where there is nothing to show.
    pub(super) cells: Vec<Option<String>>,
}

/// More numbers than this are written with [`FEW`] digits, which keeps a page of 10,000 trials light.
const MANY: usize = 60_000;
const FEW: usize = 4;

/// Returns the columns of all trials, in the order of CSV.
pub(super) fn columns(sweep: &Sweep) -> Vec<Column> {
    let trials = sweep.history().trials();
    let parameters: Vec<_> = sweep.space().parameters().collect();
    let axes = sweep.space().axes().iter().enumerate().into_group_map_by(|(_, axis)| axis.parameter());
    let is_many = is_heavy(sweep);
    let short = |value: f64| if is_many { number(rounded(value, FEW)) } else { number(value) };
    let mut all = Columns { trials, taken: HashSet::new(), listed: Vec::new() };
    all.numbers("", "trial", "", |trial| Some(trial.number().to_string()));
    if trials.iter().any(|trial| trial.resources().is_some()) {
        all.numbers("", "configuration", "", |trial| Some(trial.configuration().to_string()));
        all.numbers("", "resources", "", |trial| trial.resources().map(number));
    }
    all.texts("", "state", |trial| Some(trial.state().name().to_owned()));
    for (index, (name, goal)) in sweep.objective_names().iter().zip(sweep.goals()).enumerate() {
        let sign = match goal {
            Goal::Minimize => " ↓",
            Goal::Maximize => " ↑",
        };
        all.numbers("objectives", name, sign, |trial| trial.values().get(index).copied().map(number));
    }
    if trials.iter().any(|trial| trial.last_report().is_some()) {
        all.numbers("", "last_step", "", |trial| trial.last_report().map(|(step, _)| step.to_string()));
        all.numbers("", "last_report", "", |trial| trial.last_report().map(|(_, value)| number(value)));
    }
    for name in parameters {
        let axes = &axes[name];
        let value = |trial: &Trial| axes.iter().find_map(|&(index, axis)| value(axis, index, trial));
        let text = |value: Value| match value {
            Value::Float(float) => short(float),
            value => value.to_string(),
        };
        if trials.iter().filter_map(value).all(|value| is_number(&value)) {
            all.numbers("params", name, "", |trial| value(trial).map(text));
        } else {
            all.texts("params", name, |trial| value(trial).map(text));
        }
    }
    for name in names(trials, Trial::metrics) {
        all.numbers("metrics", name, "", |trial| named(trial.metrics(), name));
    }
    for name in names(trials, Trial::constraints) {
        all.numbers("constraints", name, " ≤ 0", |trial| named(trial.constraints(), name));
    }
    let seconds = |trial: &Trial| {
        let seconds = trial.duration().as_secs_f64();
        (seconds > 0.0).then(|| number(rounded(seconds, 3)))
    };
    all.numbers("", "seconds", "", seconds);
    if trials.iter().any(|trial| trial.reason().is_some()) {
        all.texts("", "reason", |trial| trial.reason().map(summary));
    }
    all.listed
}

/// Returns whether the table alone is about half of what a page may weigh.
pub(super) fn is_heavy(sweep: &Sweep) -> bool {
    sweep.history().len() * sweep.space().parameters().count() > MANY
}

/// Says how short the numbers of the columns are.
pub(super) fn digits(sweep: &Sweep) -> usize {
    if is_heavy(sweep) { FEW } else { 6 }
}

struct Columns<'s> {
    trials: &'s [Trial],
    taken: HashSet<String>,
    listed: Vec<Column>,
}

impl Columns<'_> {
    fn numbers(&mut self, kind: &str, name: &str, sign: &'static str, cell: impl Fn(&Trial) -> Option<String>) {
        self.add(kind, name, sign, true, cell);
    }

    fn texts(&mut self, kind: &str, name: &str, cell: impl Fn(&Trial) -> Option<String>) {
        self.add(kind, name, "", false, |trial| cell(trial).map(|text| plain_line(&text).into_owned()));
    }

    fn add(
        &mut self,
        kind: &str,
        name: &str,
        sign: &'static str,
        is_number: bool,
        cell: impl Fn(&Trial) -> Option<String>,
    ) {
        let mut name = plain_line(name).into_owned();
        // A filter finds names in whatever case they are written.
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{kind}.{name}");
        }
        let cells = self.trials.iter().map(cell).collect();
        self.listed.push(Column { name, sign, is_number, cells });
    }
}

/// Returns the value that a trial takes from `axis`.
fn value(axis: &Axis, index: usize, trial: &Trial) -> Option<Value> {
    Some(axis.value_at(trial.point().coordinate(index)?))
}

/// Returns whether a script can compare `value` as a number.
fn is_number(value: &Value) -> bool {
    match value {
        Value::Float(_) => true,
        Value::Int(int) => int.unsigned_abs() < 1 << 53,
        _ => false,
    }
}

/// Returns the names of metrics or constraints, in the order of their first appearance.
fn names<'t>(trials: &'t [Trial], metrics: impl Fn(&'t Trial) -> &'t [Metric]) -> Vec<&'t str> {
    trials.iter().flat_map(metrics).map(|(name, _)| name.as_ref()).unique().collect()
}

fn named(metrics: &[Metric], name: &str) -> Option<String> {
    metrics.iter().find(|(metric, _)| metric == name).map(|(_, value)| number(*value))
}

/// Rounds `value` to `digits` significant digits.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// Puts a message on one line of at most 200 characters: of a longer one the beginning and the end.
fn summary(text: &str) -> String {
    const MOST: usize = 200;
    let line = text.split_whitespace().join(" ");
    let count = line.chars().count();
    if count <= MOST {
        return line;
    }
    let part = |skip: usize, take: usize| line.chars().skip(skip).take(take).collect::<String>();
    format!("{} … {}", part(0, MOST / 2), part(count - MOST / 2, MOST / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_messages_are_short() {
        assert_eq!(
            [1234.56, 0.000_123_456, -5.0, f64::INFINITY].map(|value| rounded(value, 3)),
            [1230.0, 0.000_123, -5.0, f64::INFINITY]
        );
        assert_eq!(summary("one\n  two"), "one two");
        let long = summary(&format!("{}{}", "ä".repeat(300), "z".repeat(300)));
        assert!(long.starts_with("ää") && long.ends_with("zz") && long.chars().count() == 203, "{long}");
    }
}
