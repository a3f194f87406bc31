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

/// What the values of a hyperparameter are, for tables and figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterKind {
    /// Fractional numbers.
    Float,
    /// Whole numbers.
    Int,
    /// Anything else, without an order.
    Category,
}

impl Parameter {
    /// Its name, a path into the configuration: `trainer.learning_rate`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its definition stands in the file.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// What its values are.
    #[must_use]
    pub fn kind(&self) -> ParameterKind {
        self.kind
    }

    /// Its definition as it is written.
    #[must_use]
    pub fn definition(&self) -> &Value {
        &self.definition
    }

    /// How many values there are, if it is one of `grid_search`: each of them is tried with each sample.
    #[must_use]
    pub fn grid(&self) -> Option<usize> {
        if let Space::Grid(values) = &self.space { Some(values.len()) } else { None }
    }
}

/// The values to choose from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Space {
    /// All numbers from `low` to `high`, the latter included unless the range is open.
    Float { low: f64, high: f64, is_open: bool, scale: Scale },
    /// So many numbers from `low` to `high`, evenly spaced on their scale.
    Steps { low: f64, high: f64, count: usize, scale: Scale },
    /// All integers from `low` to `high`, both included.
    Int { low: i64, high: i64, scale: Scale },
    /// Multiples of `q` from `low` to `high`, both included.
    Quantized { low: f64, high: f64, q: f64, scale: Scale, is_integer: bool },
    /// A normal distribution, rounded to multiples of `q`.
    Normal { mean: f64, sd: f64, q: Option<f64> },
    /// Values without an order.
    Choice(Vec<Value>),
    /// Numbers in order.
    Ordered(Vec<Value>),
    /// Values each of which is tried with every sample of the others.
    Grid(Vec<Value>),
}

/// How numbers are spread between their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Linear,
    Log,
    /// Even in ln(x / (1 − x)).
    Logit,
    /// Even in sign(x) · ln(1 + |x|).
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

    /// A number on the axis on which it is spread evenly.
    pub(crate) fn warp(self, x: f64) -> f64 {
        match self {
            Self::Linear => x,
            Self::Log => x.ln(),
            Self::Logit => (x / (1.0 - x)).ln(),
            Self::Bilog => x.abs().ln_1p().copysign(x),
        }
    }

    /// The way back.
    pub(crate) fn unwarp(self, y: f64) -> f64 {
        match self {
            Self::Linear => y,
            Self::Log => y.exp(),
            Self::Logit => 1.0 / (1.0 + (-y).exp()),
            Self::Bilog => y.abs().exp_m1().copysign(y),
        }
    }
}

/// `count` numbers from `low` to `high`, evenly spaced on `scale`, the ends exact.
pub(crate) fn spaced(low: f64, high: f64, count: usize, scale: Scale) -> Vec<f64> {
    let (from, to) = (scale.warp(low), scale.warp(high));
    let last = count.saturating_sub(1);
    let number = |index: usize| match index {
        0 => low,
        index if index == last => high,
        index => scale.unwarp(from + (to - from) * index as f64 / last as f64).clamp(low, high),
    };
    (0..count).map(number).collect()
}
