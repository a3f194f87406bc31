use crate::candidates::{Candidates, Dimension, Sealed};
use crate::space::Value;

/// Candidates that are listed one by one; made by [`categorical`] and [`ordinal`].
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
/// A sampler takes neighbours in the list for alike; nothing is assumed about how far apart they are.
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

#[diagnostic::do_not_recommend]
impl<T: Clone> Candidates for Levels<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        Dimension::levels(self.values.into(), self.labels, self.ordered)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, const N: usize> Candidates for [T; N] {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        categorical(self).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Candidates for Vec<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        categorical(self).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Candidates for &[T] {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        self.to_vec().dimension()
    }
}

impl<T, const N: usize> Sealed for [T; N] {}
impl<T> Sealed for Vec<T> {}
impl<T> Sealed for &[T] {}
impl<T> Sealed for Levels<T> {}
