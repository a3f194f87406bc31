use crate::space::{Domain, Kind, Prior, Scale, Value};

/// One coordinate of a [`Space`](crate::Space): its name, its kind, and the way from the unit interval to values.
///
/// Ordered and categorical axes divide [0, 1] into one cell for each level.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Axis {
    name: Box<str>,
    parameter: Box<str>,
    parents: Box<[usize]>,
    domain: Domain,
    prior: Option<Prior>,
}

impl Axis {
    pub(crate) fn new(name: &str, parameter: &str, parents: &[usize], domain: Domain) -> Self {
        Self { name: name.into(), parameter: parameter.into(), parents: parents.into(), domain, prior: None }
    }

    pub(crate) fn with_prior(self, prior: Prior) -> Self {
        Self { prior: Some(prior), ..self }
    }

    /// The name of the axis, unique in its space: `gamma`, or `gamma.else` for the second set of candidates of `gamma`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the hyperparameter that takes its values from this axis.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The axes (by index) that decide whether this one is active; empty for an axis that always is.
    #[must_use]
    pub fn parents(&self) -> &[usize] {
        &self.parents
    }

    /// Where the good values are believed to be, if anything is believed.
    #[must_use]
    pub fn prior(&self) -> Option<&Prior> {
        self.prior.as_ref()
    }

    /// Continuous, ordered or categorical.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (self.levels(), &self.domain) {
            (None, _) => Kind::Continuous,
            (Some(levels), Domain::Levels { ordered: false, .. }) => Kind::Categorical(levels),
            (Some(levels), _) => Kind::Ordered(levels),
        }
    }

    /// The number of levels; `None` for a continuous axis.
    #[must_use]
    pub fn levels(&self) -> Option<u64> {
        self.domain.levels()
    }

    /// How the unit interval is stretched: linear for all axes without numbers.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.domain.scale()
    }

    /// The smallest and the largest number of the axis; `None` where it has labels instead. A normal distribution ends eight
    /// deviations from its mean.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        self.domain.bounds()
    }

    /// The labels of the levels, in order; `None` for an axis of numbers.
    #[must_use]
    pub fn labels(&self) -> Option<&[Value]> {
        match &self.domain {
            Domain::Levels { labels, .. } => Some(labels),
            _ => None,
        }
    }

    /// The level in whose cell `unit` lies; `None` for a continuous axis.
    #[must_use]
    pub fn level(&self, unit: f64) -> Option<u64> {
        self.domain.level(unit)
    }

    /// Where `level`, or the last level if there are not so many, lies in its cell: in the middle, or where cells have unequal
    /// widths at its own value. `None` for a continuous axis.
    #[must_use]
    pub fn unit_of(&self, level: u64) -> Option<f64> {
        self.domain.unit_of(level)
    }

    /// The ends of the cell of `level`; `None` for a continuous axis.
    pub(crate) fn cell(&self, level: u64) -> Option<(f64, f64)> {
        self.domain.cell(level)
    }

    /// The value at `unit`, as a person sees it.
    #[must_use]
    pub fn value(&self, unit: f64) -> Value {
        self.domain.value(unit)
    }

    /// `unit` clamped into [0, 1] and, where the axis has levels, moved to the middle of its cell.
    pub(crate) fn snap(&self, unit: f64) -> f64 {
        self.domain.snap(unit.clamp(0.0, 1.0))
    }

    /// The unit of `value`, if it is among the candidates: a number on a grid up to rounding, a level by its label.
    #[must_use]
    pub fn unit_of_value(&self, value: &Value) -> Option<f64> {
        self.domain.unit_of_value(value)
    }

    pub(crate) fn same_domain(&self, other: &Self) -> bool {
        self.domain == other.domain
    }

    /// The candidates in a few words, for messages.
    pub(crate) fn describe(&self) -> String {
        self.domain.describe()
    }
}
