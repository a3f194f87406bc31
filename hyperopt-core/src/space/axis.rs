//! One coordinate of a space: how it is made, and how coordinates and values are converted.

use crate::error::CandidatesError;
use crate::space::{Confidence, Coordinate, Domain, Floats, Ints, Kind, Prior, Scale, Value, check_chances, ends};

/// One coordinate of a [`Space`](crate::Space): its name, its kind, and the map from the unit interval to values.
///
/// Ordered and categorical axes divide [0, 1] into one cell for each level. Candidates become axes by
/// [`Dimension::axis`](crate::Dimension::axis); a program that has no typed values, such as one that reads a study of another
/// program, makes them here:
///
/// ```
/// use hyperopt_core::{Axis, Confidence, Floats, Ints, Kind, Scale, Space, Value};
///
/// let axes = vec![
///     Axis::float("momentum", 0.0..=0.99)?,
///     Axis::float("rate", Floats::from(1e-5..=0.1).scale(Scale::Log10))?.with_prior(&Value::from(1e-3), Confidence::High)?,
///     Axis::int("layers", 1..=8)?,
///     Axis::int("width", Ints::from(16..=1024).scale(Scale::Log10))?,
///     Axis::ordinal("batch", [16, 32, 64])?,
///     Axis::categorical("kernel", ["linear", "rbf"])?,
///     Axis::float("gamma", 0.0..=1.0)?.with_parents(&[5]),
///     Axis::weighted("loss", [(0.9, "hinge"), (0.1, "log")])?,
/// ];
/// let space = Space::try_from(axes)?;
/// assert_eq!(space.axes()[4].kind(), Kind::Ordered(3));
/// assert_eq!(space.axes()[5].value(0.9), Value::from("rbf"));
/// assert_eq!(Axis::int("layers", 8..=1).unwrap_err().to_string(), "`8..=1` runs backwards; write `1..=8`");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Unchecked"))]
pub struct Axis {
    name: Box<str>,
    parameter: Box<str>,
    parents: Box<[usize]>,
    /// The label of the branch that it belongs to, where its last parent is a choice between branches. Earlier versions did not
    /// record it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    branch: Option<Box<str>>,
    domain: Domain,
    prior: Option<Prior>,
    /// The function that gives labels to its levels, where these are known by their places in a list only.
    #[cfg_attr(feature = "serde", serde(skip))]
    numbered: Numbered,
}

/// The function that gives labels to levels which have none. Axes that differ in it only are equal.
#[derive(Clone, Copy, Debug, Default)]
struct Numbered(Option<&'static str>);

impl PartialEq for Numbered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Axis {
    /// Makes an axis of floats: a range, or [`Floats`] on another scale, on a grid, or with a normal distribution.
    ///
    /// # Errors
    ///
    /// Fails if the bounds are not finite, run backwards or do not fit the scale; if there is no number, or more than 2^53
    /// levels; or if a step or a deviation is not above 0.
    pub fn float(name: &str, floats: impl Into<Floats>) -> Result<Self, CandidatesError> {
        Ok(Self::new(name, name, &[], floats.into().domain()?))
    }

    /// Makes an axis of integers: a range, or [`Ints`] on another scale.
    ///
    /// # Errors
    ///
    /// Fails if the bounds run backwards or do not fit the scale, or if there is no integer, or more than 2^53.
    pub fn int(name: &str, ints: impl Into<Ints>) -> Result<Self, CandidatesError> {
        Ok(Self::new(name, name, &[], ints.into().domain()?))
    }

    /// Makes an axis of levels in a meaningful order, which are known by their labels.
    ///
    /// # Errors
    ///
    /// Fails if there is no label, or if two are equal.
    pub fn ordinal<L: Into<Value>>(name: &str, labels: impl IntoIterator<Item = L>) -> Result<Self, CandidatesError> {
        let labels = labels.into_iter().map(Into::into).collect();
        Ok(Self::new(name, name, &[], Domain::Levels { labels, ordered: true, ends: None }.checked()?))
    }

    /// Makes an axis of levels without an order, which are known by their labels.
    ///
    /// # Errors
    ///
    /// Fails if there is no label, or if two are equal.
    pub fn categorical<L: Into<Value>>(
        name: &str,
        labels: impl IntoIterator<Item = L>,
    ) -> Result<Self, CandidatesError> {
        let labels = labels.into_iter().map(Into::into).collect();
        Ok(Self::new(name, name, &[], Domain::Levels { labels, ordered: false, ends: None }.checked()?))
    }

    /// Makes an axis of levels without an order from their probabilities and labels. A level of probability 0 is left out.
    ///
    /// # Errors
    ///
    /// Fails if there is no label or two are equal, or if probabilities are negative or do not sum to 1 (±10⁻⁶).
    pub fn weighted<L: Into<Value>>(
        name: &str,
        levels: impl IntoIterator<Item = (f64, L)>,
    ) -> Result<Self, CandidatesError> {
        let (chances, labels): (Vec<f64>, Vec<L>) = levels.into_iter().unzip();
        check_chances(&chances)?;
        let kept = chances.into_iter().zip(labels).filter(|&(chance, _)| chance > 0.0);
        let (chances, labels): (Vec<f64>, Vec<Value>) = kept.map(|(chance, label)| (chance, label.into())).unzip();
        let domain = Domain::Levels { labels: labels.into(), ordered: false, ends: Some(ends(&chances)) };
        Ok(Self::new(name, name, &[], domain.checked()?))
    }

    pub(crate) fn new(name: &str, parameter: &str, parents: &[usize], domain: Domain) -> Self {
        Self {
            name: name.into(),
            parameter: parameter.into(),
            parents: parents.into(),
            branch: None,
            domain,
            prior: None,
            numbered: Numbered(None),
        }
    }

    /// Sets the name of the hyperparameter (default: the name of the axis), which may have several axes: `gamma.else` is an
    /// axis of `gamma`.
    #[must_use]
    pub fn with_parameter(self, parameter: &str) -> Self {
        Self { parameter: parameter.into(), ..self }
    }

    /// Sets the axes that decide whether this one is active, by their indices (default: none). They precede it in its space.
    #[must_use]
    pub fn with_parents(self, parents: &[usize]) -> Self {
        Self { parents: parents.into(), ..self }
    }

    /// Sets the label of the branch that the axis belongs to, unless it belongs to one within that branch.
    pub(crate) fn within_branch(&mut self, label: &str) {
        self.branch.get_or_insert_with(|| label.into());
    }

    /// Sets a prior around `value`.
    ///
    /// # Errors
    ///
    /// Fails if `value` is not among the candidates.
    pub fn with_prior(self, value: &Value, confidence: Confidence) -> Result<Self, CandidatesError> {
        match self.unit_of_value(value) {
            Some(unit) => Ok(self.with(Prior::new(unit, confidence))),
            None => Err(CandidatesError::Prior { value: format!(" {value}"), candidates: self.describe() }),
        }
    }

    /// Makes the axis that of one value of several, such as the axis `w[0]` of `w`.
    pub(crate) fn element(&self, index: usize) -> Self {
        let of = |name: &str| format!("{name}[{index}]").into();
        Self { name: of(&self.name), parameter: of(&self.parameter), ..self.clone() }
    }

    /// Says that the levels are known by their places in a list only; `function` would give them labels.
    pub(crate) fn numbered(self, function: &'static str) -> Self {
        Self { numbered: Numbered(Some(function)), ..self }
    }

    /// Refuses levels that are known by their places in a list only: `keeper`, which hands them on, would pair them with others
    /// if the list changed.
    pub(crate) fn check_labels(&self, keeper: &'static str) -> Result<(), CandidatesError> {
        self.numbered.0.map_or(Ok(()), |function| Err(CandidatesError::Numbered { keeper, function }))
    }

    pub(crate) fn with(self, prior: Prior) -> Self {
        Self { prior: Some(prior), ..self }
    }

    /// Returns the name of the axis, unique in its space: `gamma`, or `gamma.else` for the second set of candidates of `gamma`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the hyperparameter that takes its values from this axis.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// Returns the indices of the axes that decide whether this one is active; empty for an axis that always is.
    #[must_use]
    pub fn parents(&self) -> &[usize] {
        &self.parents
    }

    /// Returns the label of the branch that the axis belongs to; `None` if it belongs to none, or to one that was not recorded.
    pub(crate) fn branch(&self) -> Option<&str> {
        self.branch.as_deref()
    }

    /// Returns the prior; `None` if none is set.
    #[must_use]
    pub fn prior(&self) -> Option<&Prior> {
        self.prior.as_ref()
    }

    /// Returns whether the axis is continuous, ordered or categorical.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (self.levels(), &self.domain) {
            (None, _) => Kind::Continuous,
            (Some(levels), Domain::Levels { ordered: false, .. }) => Kind::Categorical(levels),
            (Some(levels), _) => Kind::Ordered(levels),
        }
    }

    /// Returns the number of levels; `None` for a continuous axis.
    #[must_use]
    pub fn levels(&self) -> Option<u64> {
        self.domain.levels()
    }

    /// Returns the scale; [`Scale::Linear`] for an axis of labels.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.domain.scale()
    }

    /// Returns the smallest and the largest number of the axis; `None` for an axis of labels. A normal distribution is
    /// truncated eight standard deviations from its mean.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        self.domain.bounds()
    }

    /// Returns a value of the axis without the quotes that distinguish text from a value with the same spelling. In a list of
    /// `1` and `"1"`, tables show the text as `"1"`; JSON, which has types, holds the text `1`.
    #[must_use]
    pub fn bare(&self, value: Value) -> Value {
        let Value::Text(text) = &value else { return value };
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let alike = inner.and_then(|inner| self.labels()?.iter().find(|label| label.to_string() == inner));
        match (alike, inner) {
            (Some(_), Some(inner)) => Value::from(inner),
            _ => value,
        }
    }

    /// Returns the labels of the levels, in order; `None` for an axis of numbers.
    #[must_use]
    pub fn labels(&self) -> Option<&[Value]> {
        match &self.domain {
            Domain::Levels { labels, .. } => Some(labels),
            _ => None,
        }
    }

    /// Returns the level in whose cell `unit` lies; `None` for a continuous axis.
    #[must_use]
    pub fn level(&self, unit: f64) -> Option<u64> {
        self.domain.level(unit)
    }

    /// Returns the coordinate of `level`, or of the last level if `level` is higher: the middle of its cell, or the place of
    /// its own value where cells have unequal widths. `None` for a continuous axis.
    #[must_use]
    pub fn unit_of(&self, level: u64) -> Option<f64> {
        self.domain.unit_of(level)
    }

    /// Returns the ends of the cell of `level`; `None` for a continuous axis.
    pub(crate) fn cell(&self, level: u64) -> Option<(f64, f64)> {
        self.domain.cell(level)
    }

    /// Returns whether the axis has levels, all of them equally likely in a random draw.
    pub(crate) fn is_even(&self) -> bool {
        self.domain.is_even()
    }

    /// Returns the value at `unit`, as tables and files show it.
    #[must_use]
    pub fn value(&self, unit: f64) -> Value {
        self.domain.value(unit)
    }

    /// Returns the value at `coordinate`, as tables and files show it: the number that was given there, otherwise the value at
    /// its unit.
    #[must_use]
    pub fn value_at(&self, coordinate: Coordinate) -> Value {
        self.domain.value_at(coordinate)
    }

    /// `unit` clamped into [0, 1] and, where the axis has levels, moved to the middle of its cell.
    pub(crate) fn snap(&self, unit: f64) -> f64 {
        self.domain.snap(unit.clamp(0.0, 1.0))
    }

    /// Returns the coordinate of `value`; `None` if it is not among the candidates. Numbers on a grid are equal up to rounding,
    /// and levels are compared by their labels.
    #[must_use]
    pub fn unit_of_value(&self, value: &Value) -> Option<f64> {
        self.domain.unit_of_value(value)
    }

    /// Returns the coordinate of `value`, from which [`value_at`](Self::value_at) restores a number of a continuous axis
    /// exactly; `None` if it is not among the candidates.
    #[must_use]
    pub fn coordinate_of(&self, value: &Value) -> Option<Coordinate> {
        self.domain.coordinate_of(value)
    }

    /// Returns whether both axes have the same values at the same units.
    pub(crate) fn same_domain(&self, other: &Self) -> bool {
        self.domain.is_like(&other.domain)
    }

    /// Returns the candidates in a few words, or in more if few say the same of those of `other`, for messages.
    pub(crate) fn describe_unlike(&self, other: &Self) -> String {
        let (own, others) = (self.describe(), other.describe());
        if own == others { self.domain.describe_exactly() } else { own }
    }

    /// Returns the candidates in a few words, for messages.
    pub(crate) fn describe(&self) -> String {
        self.domain.describe()
    }
}

/// An axis as it is read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    name: Box<str>,
    parameter: Box<str>,
    parents: Box<[usize]>,
    #[serde(default)]
    branch: Option<Box<str>>,
    domain: Domain,
    prior: Option<Prior>,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Axis {
    type Error = String;

    fn try_from(unchecked: Unchecked) -> Result<Self, String> {
        let Unchecked { name, parameter, parents, branch, domain, prior } = unchecked;
        let domain = domain.checked().map_err(|fault| format!("axis `{name}`: {fault}"))?;
        Ok(Self { name, parameter, parents, branch, domain, prior, numbered: Numbered(None) })
    }
}
