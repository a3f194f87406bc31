//! Candidates that are listed one by one: `categorical`, `ordinal`, arrays.

use itertools::Itertools;

use crate::candidates::label::Same;
use crate::candidates::values::Values;
use crate::candidates::{Candidates, Dimension, Sealed};
use crate::error::CandidatesError;
use crate::space::{Alike, Domain, Value, ends};

/// Candidates listed one by one; made by [`categorical`] and [`ordinal`].
#[derive(Clone, Debug)]
pub struct Levels<T> {
    values: Vec<T>,
    labels: Option<Vec<Value>>,
    ordered: bool,
}

/// Makes candidates without an order, of any `Clone` type: enums, strings, function pointers, whole configurations.
///
/// An array or a `Vec` beside a name means the same. A number, a boolean or text is its own label. The label of any other value
/// is its `Display` output, else its source text if the list is written out, else its `Debug` output; [`Levels::labels`] sets
/// other labels. A study identifies values by their labels, so values without labels, such as functions in a variable, are an
/// error of a sweep that is stored or resumed.
///
/// Equal values are one level, whose weight is its share of the list: `[true, true, false]`. Outside the macros, which see the
/// type of the values, only the values of [`hp::choice`](crate::hp::choice) are compared. An empty list and two different
/// values with one label are errors of the sweep.
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

/// Makes candidates in a meaningful order, of any `Clone` type, such as `ordinal([16, 32, 64])`.
///
/// A sampler expects neighbours in the list to behave alike, and assumes nothing about the distances between them.
pub fn ordinal<T>(values: impl IntoIterator<Item = T>) -> Levels<T> {
    Levels { ordered: true, ..categorical(values) }
}

impl<T> Levels<T> {
    /// Sets the labels of the values, in order, for tables, files, figures, and studies, which identify values by their labels.
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

    /// Returns the value itself.
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
        let domain = match &names {
            _ if values.is_empty() => Err(CandidatesError::Empty),
            None => {
                let labels = (0..values.len()).map(|index| Value::from(format!("#{index}")));
                labelled(labels.collect(), ordered)
            }
            Some(names) if names.len() == values.len() => labelled(names.clone(), ordered),
            Some(names) => Err(CandidatesError::Labels { labels: names.len(), values: values.len() }),
        };
        Self::new(domain, Values::Levels { values, names: names.map(Vec::into), ordered })
    }

    /// Lists values that their labels tell apart, with their probabilities unless these are equal. Values of one label are one
    /// level.
    pub(crate) fn alike(values: Vec<V>, names: Vec<Value>, chances: Option<&[f64]>) -> Self {
        let alike = Alike::new(&names, chances);
        let mut dimension = Self::levels(alike.keep(values).into(), Some(alike.keep(names)), false);
        if let Ok(Domain::Levels { ends, .. }) = &mut dimension.domain {
            *ends = alike.ends;
        }
        dimension
    }

    /// Gives the levels that have no labels of their own those that `label` finds. Equal values with one label, as `same` tells,
    /// are one level, with their share as its weight.
    pub(super) fn label(mut self, label: impl FnOnce(&[V]) -> Option<Vec<Value>>, same: Same<V>) -> Self {
        let Values::Levels { values, names, ordered } = &mut self.values else { return self };
        let is_settled = match &self.domain {
            Ok(_) => names.is_some(),
            Err(fault) => !matches!(fault, CandidatesError::Repeated(_)),
        };
        if is_settled {
            return self;
        }
        let Some(found) = names.take().map(Vec::from).or_else(|| label(values)) else { return self };
        let alike = Alike::new(&found, None);
        let is_equal = |first: &V, other: &V| {
            same.is_some_and(|same| same(first, other) || !(same(first, first) || same(other, other)))
        };
        let unequal = alike.repeated().find(|&(first, other)| !is_equal(&values[first], &values[other]));
        self.domain = match unequal {
            Some((first, _)) => Err(CandidatesError::Repeated(found[first].to_string())),
            None => labelled(alike.keep(found.iter().cloned()), *ordered),
        };
        if let Ok(Domain::Levels { labels, ends, .. }) = &mut self.domain {
            ends.clone_from(&alike.ends);
            *values = alike.keep(std::mem::take(values)).into();
            *names = Some(labels.clone());
            self.expected = self.expected.moved(|unit| {
                let entry = (unit * alike.levels.len() as f64) as usize;
                self.domain.as_ref().ok()?.unit_of(*alike.levels.get(entry)? as u64)
            });
        } else {
            *names = Some(found.into());
        }
        self
    }

    /// Returns the same axis with a [`Value`] in place of each value, which is the label of a level that has none.
    pub(crate) fn valued(self) -> Dimension<Value>
    where
        V: Clone + Into<Value> + Send + Sync + 'static,
    {
        let Self { label, domain, expected, values: Values::Levels { values, names, ordered } } = self else {
            return self.map(Into::into);
        };
        let values = Values::Levels { values: values.into_iter().map(Into::into).collect(), names, ordered };
        Dimension { label, domain, expected, values }.label(|values| Some(values.to_vec()), Some(Value::eq))
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
    pub(crate) fn renamed(mut self, given: Vec<Value>) -> Self {
        if let (Ok(Domain::Levels { labels, .. }), Values::Levels { names, .. }) = (&mut self.domain, &mut self.values)
        {
            if given.len() != labels.len() {
                self.domain = Err(CandidatesError::Labels { labels: given.len(), values: labels.len() });
            } else if let Some(fault) = repeated(&given) {
                self.domain = Err(fault);
            } else {
                *labels = given.clone().into();
                *names = Some(given.into());
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

/// Returns the error that two labels read the same, so that their values could not be distinguished in a table. Floats are told
/// apart by more digits than a table shows.
fn repeated(labels: &[Value]) -> Option<CandidatesError> {
    let read = |label: &Value| match label {
        Value::Float(float) => float.to_string(),
        other => other.to_string(),
    };
    labels.iter().map(read).duplicates().next().map(CandidatesError::Repeated)
}
