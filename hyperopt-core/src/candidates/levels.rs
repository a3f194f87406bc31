//! Candidates that are listed one by one: `categorical`, `ordinal`, arrays.

use itertools::Itertools;

use crate::candidates::values::Values;
use crate::candidates::{Candidates, Dimension, Sealed};
use crate::error::CandidatesError;
use crate::space::{Domain, Value, ends};

/// Candidates listed one by one; made by [`categorical`] and [`ordinal`].
#[derive(Clone, Debug)]
pub struct Levels<T> {
    values: Vec<T>,
    labels: Option<Vec<Value>>,
    ordered: bool,
}

/// Values without an order, of any `Clone` type: enums, strings, function pointers, whole configurations.
///
/// An array or a `Vec` beside a name means the same. A value is shown by what `Display` writes of it, else by its source
/// text; [`Levels::labels`] names them otherwise. An empty list and two equal labels are errors of the sweep.
///
/// ```
/// use hyperopt_core::{Candidates, Kind, categorical};
///
/// let activation: [fn(f64) -> f64; 2] = [f64::tanh, |x| x.max(0.0)];
/// let dimension = categorical(activation).labels(["tanh", "relu"]).dimension();
/// let axis = dimension.axis("activation", "activation", &[])?;
/// assert_eq!(axis.kind(), Kind::Categorical(2));
/// assert_eq!(axis.value(0.9).to_string(), "relu");
/// # Ok::<_, hyperopt_core::CandidatesError>(())
/// ```
pub fn categorical<T>(values: impl IntoIterator<Item = T>) -> Levels<T> {
    Levels { values: values.into_iter().collect(), labels: None, ordered: false }
}

/// Values in a meaningful order, of any `Clone` type, such as `ordinal([16, 32, 64])`.
///
/// A sampler expects neighbours in the list to behave alike, and assumes nothing about the distances between them.
pub fn ordinal<T>(values: impl IntoIterator<Item = T>) -> Levels<T> {
    Levels { ordered: true, ..categorical(values) }
}

impl<T> Levels<T> {
    /// Names the values, in order: in tables, files and figures, and in a study, which knows them again by their labels.
    #[must_use]
    pub fn labels<L: Into<Value>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        self.labels = Some(labels.into_iter().map(Into::into).collect());
        self
    }
}

/// A value that can be one of several candidates: each trial gets a clone of it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "candidates are cloned for each trial, and `{Self}` does not implement `Clone`",
    label = "derive `Clone` for `{Self}`; functions are cloned in an `Arc`: `Arc<dyn Fn(f64) -> f64>`"
)]
pub trait Candidate: Sized {
    /// The type itself.
    type Itself: Clone;

    /// The value itself.
    fn itself(self) -> Self::Itself;

    /// A clone of the value.
    fn cloned(&self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Candidate for T {
    type Itself = T;

    fn itself(self) -> T {
        self
    }

    fn cloned(&self) -> T {
        self.clone()
    }
}

impl<T: Candidate> Candidates for Levels<T> {
    type Value = T::Itself;

    fn dimension(self) -> Dimension<T::Itself> {
        let values = self.values.into_iter().map(T::itself).collect();
        Dimension::levels(values, self.labels, self.ordered)
    }
}

impl<T: Candidate, const N: usize> Candidates for [T; N] {
    type Value = T::Itself;

    fn dimension(self) -> Dimension<T::Itself> {
        categorical(self).dimension()
    }
}

impl<T: Candidate> Candidates for Vec<T> {
    type Value = T::Itself;

    fn dimension(self) -> Dimension<T::Itself> {
        categorical(self).dimension()
    }
}

impl<T: Candidate> Candidates for &[T] {
    type Value = T::Itself;

    fn dimension(self) -> Dimension<T::Itself> {
        categorical(self.iter().map(T::cloned)).dimension()
    }
}

impl<T, const N: usize> Sealed for [T; N] {}
impl<T> Sealed for Vec<T> {}
impl<T> Sealed for &[T] {}
impl<T> Sealed for Levels<T> {}

impl<V> Dimension<V> {
    /// Lists values, with their labels if they are known already.
    pub(crate) fn levels(values: Box<[V]>, names: Option<Vec<Value>>, ordered: bool) -> Self {
        let has_names = names.is_some();
        let placeholders = || (0..values.len()).map(|index| Value::from(format!("#{index}"))).collect();
        let labels = names.unwrap_or_else(placeholders);
        let domain = if values.is_empty() {
            Err(CandidatesError::Empty)
        } else if labels.len() == values.len() {
            labelled(labels, ordered)
        } else {
            Err(CandidatesError::Labels { labels: labels.len(), values: values.len() })
        };
        Self::new(domain, Values::Levels { values, named: has_names })
    }

    /// Gives the levels that have no labels of their own those that `label` finds.
    pub(super) fn label(mut self, label: impl Fn(usize, &V) -> Option<Value>) -> Self {
        if let (Ok(Domain::Levels { labels, .. }), Values::Levels { values, named: named @ false }) =
            (&mut self.domain, &mut self.values)
        {
            *named = true;
            for (index, (own, value)) in labels.iter_mut().zip(values).enumerate() {
                if let Some(found) = label(index, value) {
                    *own = found;
                }
            }
            if let Some(fault) = repeated(labels) {
                self.domain = Err(fault);
            }
        }
        self
    }

    /// Gives the levels these probabilities, or says what is wrong with them.
    pub(crate) fn weighted(mut self, chances: Result<Option<Vec<f64>>, CandidatesError>) -> Self {
        match (chances, &mut self.domain) {
            (Ok(Some(chances)), Ok(Domain::Levels { ends: weighted, .. })) => *weighted = Some(ends(&chances)),
            (Err(fault), Ok(_)) => self.domain = Err(fault),
            _ => {}
        }
        self
    }

    /// Gives the levels other labels.
    pub(crate) fn renamed(mut self, names: Vec<Value>) -> Self {
        if let Ok(Domain::Levels { labels, .. }) = &mut self.domain {
            if names.len() != labels.len() {
                self.domain = Err(CandidatesError::Labels { labels: names.len(), values: labels.len() });
            } else if let Some(fault) = repeated(&names) {
                self.domain = Err(fault);
            } else {
                *labels = names.into();
            }
        }
        self
    }
}

/// Levels with these labels, which read differently.
fn labelled(labels: Vec<Value>, ordered: bool) -> Result<Domain, CandidatesError> {
    match repeated(&labels) {
        Some(fault) => Err(fault),
        None => Domain::Levels { labels: labels.into(), ordered, ends: None }.checked(),
    }
}

/// That two labels read the same, so that a person could not tell their values apart in a table.
fn repeated(labels: &[Value]) -> Option<CandidatesError> {
    labels.iter().map(ToString::to_string).duplicates().next().map(CandidatesError::Repeated)
}
