//! Hyperparameters as a file defines them.

use serde_json::Value;

use crate::mark::Mark;

/// A hyperparameter as a file defines it.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub(crate) name: String,
    pub(crate) mark: Mark,
    pub(crate) kind: ParameterKind,
    pub(crate) space: Space,
    pub(crate) definition: Value,
}

/// The type of a hyperparameter's values, for tables and figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterKind {
    /// Floats.
    Float,
    /// Integers.
    Int,
    /// Anything else, without an order.
    Category,
}

impl Parameter {
    /// Returns the name, a path into the configuration: `trainer.learning_rate`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the place of the definition in the file.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// Returns the type of the values.
    #[must_use]
    pub fn kind(&self) -> ParameterKind {
        self.kind
    }

    /// Returns the definition as it is written in the file.
    #[must_use]
    pub fn definition(&self) -> &Value {
        &self.definition
    }

    /// Returns the number of values of a `grid_search`, all of which run with each sample of the other hyperparameters; `None`
    /// for other spaces.
    #[must_use]
    pub fn grid(&self) -> Option<usize> {
        if let Space::Grid(values) = &self.space { Some(values.len()) } else { None }
    }
}

/// The candidates of a hyperparameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Space {
    /// All numbers from `low` to `high`, which is excluded if the range is open.
    Float { low: f64, high: f64, is_open: bool, scale: Scale },
    /// `count` numbers from `low` to `high`, evenly spaced on their scale.
    Steps { low: f64, high: f64, count: usize, scale: Scale },
    /// All integers from `low` to `high`, both included.
    Int { low: i64, high: i64, scale: Scale },
    /// Numbers from `low` to `high`, rounded to multiples of `q`.
    Quantized { low: f64, high: f64, q: f64, scale: Scale },
    /// Integer multiples of `q` from `low` to `high`, both included.
    Multiples { low: i64, high: i64, q: i64, scale: Scale },
    /// A normal distribution, rounded to multiples of `q`.
    Normal { mean: f64, sd: f64, q: Option<f64> },
    /// Values without an order.
    Choice(Vec<Value>),
    /// Numbers in order.
    Ordered(Vec<Value>),
    /// Values, each of which is run with every sample of the other hyperparameters.
    Grid(Vec<Value>),
}

/// The scale on which numbers are evenly distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Linear,
    Log,
    /// Uniform in ln(x / (1 − x)).
    Logit,
    /// Uniform in sign(x) · ln(1 + |x|).
    Bilog,
}

impl Scale {
    pub(crate) const NAMES: [&str; 4] = ["linear", "log", "logit", "bilog"];

    pub(crate) fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().as_str() {
            "linear" => Some(Self::Linear),
            "log" => Some(Self::Log),
            "logit" => Some(Self::Logit),
            "bilog" => Some(Self::Bilog),
            _ => None,
        }
    }
}
