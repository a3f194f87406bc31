//! The trials of a sweep as columns, from which tables of all trials are made in any format.

use std::fmt;

use crate::report::column_names::ColumnNames;
use crate::report::table::{constraint_names, metric_names};
use crate::space::Value;
use crate::sweep::Sweep;
use crate::trial::{Metric, Trial};

/// The type that all values of a [`Column`] have, if they have any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// `true` or `false`: [`Value::Bool`].
    Bool,
    /// Integers: [`Value::Int`].
    Int,
    /// Numbers, integers among them where candidates are of both kinds: [`Value::Float`] and [`Value::Int`].
    Float,
    /// Text, and every value of candidates whose kinds do not agree.
    Text,
}

/// One value of each trial of a sweep, under a name that no other column has: see [`Sweep::columns`].
pub struct Column<'a> {
    name: String,
    kind: ColumnKind,
    trials: &'a [Trial],
    cell: Box<dyn Fn(&'a Trial) -> Option<Value> + Send + Sync + 'a>,
}

impl<'a> Column<'a> {
    /// Returns the name of the column.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the type of the values. It follows from the candidates, not from the recorded values, so that two runs of a
    /// sweep have the same types.
    #[must_use]
    pub fn kind(&self) -> ColumnKind {
        self.kind
    }

    /// Iterates over the values, one for each trial in the order of their numbers; `None` for a trial without one.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = Option<Value>> {
        self.trials.iter().map(|trial| self.of(trial))
    }

    pub(crate) fn of(&self, trial: &'a Trial) -> Option<Value> {
        (self.cell)(trial)
    }
}

impl fmt::Debug for Column<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Sweep {
    /// Returns all trials as columns, for data frames and files: those that [`write_csv`](Self::write_csv) writes, with their
    /// types.
    ///
    /// ```
    /// use hyperopt_core::{ColumnKind, Parameters, Search};
    ///
    /// let space = Parameters::new().with_value("layers", 1..=4);
    /// let ho = Search::new(space).seed(7).run(0..3, |_, p| p.len() as f64);
    /// let columns = ho.columns();
    /// let layers = columns.iter().find(|column| column.name() == "layers").unwrap();
    /// assert_eq!((layers.kind(), layers.values().len()), (ColumnKind::Int, 3));
    /// ```
    #[must_use]
    pub fn columns(&self) -> Vec<Column<'_>> {
        let trials = self.history().trials();
        let has_budgets = trials.iter().any(|trial| trial.resources().is_some());
        let has_reports = trials.iter().any(|trial| trial.last_report().is_some());
        let rung: &[&str] = if has_budgets { &["configuration", "resources"] } else { &[] };
        let last: &[&str] = if has_reports { &["last_step", "last_report"] } else { &[] };
        let own = ["trial"].iter().chain(rung).chain(&["state"]).chain(last).chain(&["seconds", "reason"]);
        let mut columns = Columns { trials, names: ColumnNames::new(own.copied()), named: Vec::new() };

        columns.own("trial", ColumnKind::Int, |trial| Some(int(trial.number())));
        if has_budgets {
            columns
                .own("configuration", ColumnKind::Int, |trial| trial.resources().map(|_| int(trial.configuration())));
            columns.own("resources", ColumnKind::Float, |trial| trial.resources().map(Value::Float));
        }
        columns.own("state", ColumnKind::Text, |trial| Some(trial.state().name().into()));
        for (index, name) in self.objective_names().iter().enumerate() {
            let cell = move |trial: &Trial| trial.values().get(index).copied().map(Value::Float);
            columns.add("objectives", name, ColumnKind::Float, cell);
        }
        if has_reports {
            columns.own("last_step", ColumnKind::Int, |trial| {
                trial.last_report().map(|(step, _)| Value::Int(step.into()))
            });
            columns.own("last_report", ColumnKind::Float, |trial| {
                trial.last_report().map(|(_, value)| Value::Float(value))
            });
        }
        for name in self.space().parameters() {
            columns.add("params", name, self.kind_of(name), |trial| self.space().value(name, trial.point()));
        }
        for name in metric_names(trials.iter()) {
            columns.add("metrics", name, ColumnKind::Float, move |trial| named(name, trial.metrics()));
        }
        for name in constraint_names(trials.iter()) {
            let cell = move |trial: &Trial| named(name, trial.constraints());
            columns.add("constraints", &format!("{name} <= 0"), ColumnKind::Float, cell);
        }
        columns.own("seconds", ColumnKind::Float, |trial| Some(Value::Float(trial.duration().as_secs_f64())));
        columns.own("reason", ColumnKind::Text, |trial| trial.reason().map(Into::into));
        columns.named
    }

    /// Returns the type of the values of a hyperparameter.
    fn kind_of(&self, parameter: &str) -> ColumnKind {
        let axes = self.space().alternatives(parameter).map(|(_, axis)| axis);
        let values = axes.flat_map(|axis| axis.labels().map_or_else(|| vec![axis.value(0.5)], <[_]>::to_vec));
        let kinds = values.filter_map(|value| match value {
            Value::Bool(_) => Some(ColumnKind::Bool),
            Value::Int(_) => Some(ColumnKind::Int),
            Value::Float(_) => Some(ColumnKind::Float),
            Value::Text(_) => Some(ColumnKind::Text),
            Value::Null => None,
        });
        let common = kinds.reduce(|left, right| match (left, right) {
            _ if left == right => left,
            (ColumnKind::Int | ColumnKind::Float, ColumnKind::Int | ColumnKind::Float) => ColumnKind::Float,
            _ => ColumnKind::Text,
        });
        common.unwrap_or(ColumnKind::Text)
    }
}

/// Columns that are being named, each differently.
struct Columns<'a> {
    trials: &'a [Trial],
    names: ColumnNames,
    named: Vec<Column<'a>>,
}

impl<'a> Columns<'a> {
    /// Adds a column of the sweep itself, whose name is taken from the start.
    fn own(&mut self, name: &str, kind: ColumnKind, cell: impl Fn(&'a Trial) -> Option<Value> + Send + Sync + 'a) {
        self.named.push(Column { name: name.to_owned(), kind, trials: self.trials, cell: Box::new(cell) });
    }

    /// Adds a column, with the `room` before its name where that is taken.
    fn add(
        &mut self,
        room: &str,
        name: &str,
        kind: ColumnKind,
        cell: impl Fn(&'a Trial) -> Option<Value> + Send + Sync + 'a,
    ) {
        let name = self.names.one(room, name);
        self.named.push(Column { name, kind, trials: self.trials, cell: Box::new(cell) });
    }
}

fn named(name: &str, metrics: &[Metric]) -> Option<Value> {
    metrics.iter().find(|(metric, _)| metric == name).map(|&(_, value)| Value::Float(value))
}

fn int(number: usize) -> Value {
    Value::Int(number as i128)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::log;
    use crate::run::Search;
    use crate::sampler::GridSampler;
    use crate::search_space::Parameters;

    #[test]
    fn types_follow_from_the_candidates() {
        let space = Parameters::new()
            .with_value("seed", 1..=4_u64)
            .with_value("rate", log(1e-3..=1.0))
            .with_value("switch", [true, false])
            .with_value("word", ["a", "b"])
            .with_value("both", [Value::Int(1), Value::Float(0.5)])
            .with_value("mixed", [Value::Int(1), "auto".into()])
            .with_value("trial", 1..=2);
        let ho = Search::new(space).seed(7).run(0..0, |_, _| 0.0);
        let kinds: Vec<_> = ho.columns().iter().map(|column| (column.name().to_owned(), column.kind())).collect();
        let of = |name: &str| kinds.iter().find(|(found, _)| found == name).map(|&(_, kind)| kind);
        assert_eq!(of("seed"), Some(ColumnKind::Int));
        assert_eq!(of("rate"), Some(ColumnKind::Float));
        assert_eq!(of("switch"), Some(ColumnKind::Bool));
        assert_eq!(of("word"), Some(ColumnKind::Text));
        assert_eq!(of("both"), Some(ColumnKind::Float));
        assert_eq!(of("mixed"), Some(ColumnKind::Text));
        assert_eq!(of("params.trial"), Some(ColumnKind::Int));
    }

    #[test]
    fn values_are_those_of_the_trials() {
        let space = Parameters::new().with_value("layers", [1, 2, 3]);
        let ho = Search::new(space).sampler(GridSampler::new()).seed(7).run(.., |_, _| Err::<f64, _>("no luck"));
        let columns = ho.columns();
        let of =
            |name: &str| -> Vec<_> { columns.iter().find(|column| column.name() == name).unwrap().values().collect() };
        assert_eq!(of("trial"), [0, 1, 2].map(|number| Some(Value::Int(number))));
        assert_eq!(of("objective"), [None, None, None]);
        assert_eq!(of("reason"), vec![Some("no luck".into()); 3]);
        let mut layers =
            of("layers").into_iter().map(|value| value.and_then(|value| value.as_i64())).collect::<Vec<_>>();
        layers.sort_unstable();
        assert_eq!(layers, [Some(1), Some(2), Some(3)]);
    }
}
