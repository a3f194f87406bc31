//! The results as a table with typed columns.

use std::fmt;

use itertools::Itertools;
use serde_json::Value;

use crate::definition::ParameterKind;
use crate::statistics::{Statistics, StatisticsError};

/// The results as a table, for reports and figures.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// The name of the metric.
    pub metric: String,
    /// The hyperparameters.
    pub columns: Vec<Column>,
    /// A row for each trial, best first.
    pub rows: Vec<Row>,
}

/// A column of a table: one hyperparameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub kind: ParameterKind,
    /// Whether the definition has a logarithmic scale.
    pub is_log: bool,
}

/// A row of a table: one trial.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The metric; NaN for a trial without a result.
    pub score: f64,
    /// The values, one for each column; `None` for a missing value.
    pub values: Vec<Option<Cell>>,
}

/// A cell of a table: the value of a hyperparameter in a trial.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// A value of a column of floats.
    Float(f64),
    /// A value of a column of integers.
    Int(i64),
    /// A value of a column of categories; lists and mappings as JSON.
    Category(String),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Float(float) => float.fmt(f),
            Self::Int(int) => int.fmt(f),
            Self::Category(text) => f.pad(text),
        }
    }
}

impl Statistics {
    /// Returns the results as a table. The type of a column follows from the `type` of the hyperparameter's definition (`float`
    /// and `real`, `int`, `category`) or else from its `space` (every kind of `uniform` and `randn` is a float, every kind of
    /// `randint` an integer; `choice` and `grid_search` are categories).
    ///
    /// # Errors
    ///
    /// Fails if a definition has neither a `type` nor a `space`, or if a value does not fit its column.
    pub fn table(&self) -> Result<Table, StatisticsError> {
        let metric = self.config.get("metric").and_then(Value::as_str).unwrap_or("metric_score").to_owned();
        let definitions = self.config.get("parameters").and_then(Value::as_object);
        // The columns have the order of the results.
        let names = self.results.iter().flat_map(|result| &result.parameters).map(|(name, _)| name);
        let names = names.chain(definitions.into_iter().flat_map(serde_json::Map::keys)).unique();
        let definition = |name| definitions.and_then(|all| all.get(name)).unwrap_or(&Value::Null);
        let columns: Vec<_> = names.map(|name: &String| column(name, definition(name))).try_collect()?;
        let row = |(index, result): (usize, &crate::statistics::TrialResult)| {
            let values = columns.iter().map(|column| {
                let found = result.parameters.iter().find(|(name, _)| *name == column.name);
                found.map(|(name, value)| cell(index, name, column.kind, value)).transpose()
            });
            Ok(Row { score: result.metric_score, values: values.collect::<Result<_, StatisticsError>>()? })
        };
        let rows = self.results.iter().enumerate().map(row).collect::<Result<_, StatisticsError>>()?;
        Ok(Table { metric, columns, rows })
    }
}

fn column(name: &str, definition: &Value) -> Result<Column, StatisticsError> {
    let text = |key: &str| definition.get(key).and_then(Value::as_str).map(str::to_lowercase);
    let (kind, space) = (text("type"), text("space").unwrap_or_default());
    let kind = match kind.as_deref() {
        Some("float" | "real") => Some(ParameterKind::Float),
        Some("int") => Some(ParameterKind::Int),
        Some("category") => Some(ParameterKind::Category),
        _ if space.contains("uniform") || space.contains("randn") => Some(ParameterKind::Float),
        _ if space.contains("randint") => Some(ParameterKind::Int),
        _ if matches!(space.as_str(), "choice" | "grid_search") => Some(ParameterKind::Category),
        _ => None,
    };
    let is_log = text("scale").is_some_and(|scale| scale == "log") || space.contains("log");
    match kind {
        Some(kind) => Ok(Column { name: name.to_owned(), kind, is_log }),
        None => Err(StatisticsError::Kind { name: name.to_owned(), definition: definition.to_string() }),
    }
}

fn cell(index: usize, name: &str, kind: ParameterKind, value: &Value) -> Result<Cell, StatisticsError> {
    let number = || value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let cell = match kind {
        ParameterKind::Float => number().map(Cell::Float),
        ParameterKind::Int => {
            value.as_i64().map(Cell::Int).or_else(|| number().filter(|x| x.is_finite()).map(|x| Cell::Int(x as i64)))
        }
        ParameterKind::Category => {
            Some(Cell::Category(value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)))
        }
    };
    cell.ok_or_else(|| StatisticsError::Form {
        place: format!("hyperopt_results[{index}].parameters.{name}"),
        found: format!("`{value}`"),
        wanted: if kind == ParameterKind::Int { "a whole number" } else { "a number" },
    })
}
