//! The axis of a set of candidates, and typed values along it.

use crate::candidates::expected::Expected;
use crate::candidates::integer::Integer;
use crate::candidates::values::{Values, position};
use crate::error::CandidatesError;
use crate::space::{Axis, Confidence, Coordinate, Domain, Point, Prior, Value};

/// The axis of a set of candidates, with the map from the unit interval to typed values and back.
#[derive(Clone, Debug)]
pub struct Dimension<V> {
    /// The name that the candidates bring along.
    pub(super) label: Option<Box<str>>,
    /// What lies along the axis, or what is wrong with it.
    pub(super) domain: Result<Domain, CandidatesError>,
    pub(super) expected: Expected,
    pub(super) values: Values<V>,
}

impl Dimension<f64> {
    pub(crate) fn floats(domain: Result<Domain, CandidatesError>) -> Self {
        Self::new(domain, Values::Floats { decode: |float| float, encode: |float| *float })
    }

    /// Returns the same multiples of a whole step, which tables and files show as integers.
    #[doc(hidden)]
    #[must_use]
    pub fn whole(self) -> Self {
        let domain = self.domain.map(|domain| match domain {
            Domain::Quantised(multiples) => Domain::Quantised(multiples.whole()),
            domain => domain,
        });
        Self { domain, ..self }
    }
}

impl<T: Integer> Dimension<T> {
    pub(crate) fn ints(domain: Result<Domain, CandidatesError>) -> Self {
        Self::new(domain, Values::Ints { decode: T::from_i128, encode: |int| int.to_i128() })
    }
}

impl<V> Dimension<V> {
    pub(super) fn new(domain: Result<Domain, CandidatesError>, values: Values<V>) -> Self {
        Self { label: None, domain, expected: Expected::Nothing, values }
    }

    /// Returns the same candidates, with something that is wrong with them.
    pub(crate) fn faulty(self, fault: CandidatesError) -> Self {
        Self { domain: Err(fault), ..self }
    }

    /// Sets the name of the hyperparameter, in place of the name beside the candidates.
    pub(crate) fn labelled(self, label: &str) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// Returns the axis of these candidates.
    ///
    /// `name` is the name of the axis, `parameter` that of the hyperparameter, and `parents` are the indices of the axes that
    /// its guard reads. The label of an [expression](crate::hp) replaces both names.
    ///
    /// # Errors
    ///
    /// Fails if the candidates are faulty: no value at all, bounds that are not finite or run backwards, a logarithm of 0 or
    /// less, equal labels, or a prior that is not among the candidates.
    pub fn axis(&self, name: &str, parameter: &str, parents: &[usize]) -> Result<Axis, CandidatesError> {
        let domain = self.domain.clone()?;
        let axis = match &self.label {
            None => Axis::new(name, parameter, parents, domain),
            Some(label) => {
                let alternative = name.strip_prefix(parameter).unwrap_or_default();
                Axis::new(&format!("{label}{alternative}"), label, parents, domain)
            }
        };
        let function = self.values.unlabelled(self.label.is_some());
        self.expected.on(match function {
            Some(function) => axis.numbered(function),
            None => axis,
        })
    }

    /// Puts a value of `try_first` into `slot`. It returns nothing, so that a value of another type than that of the candidates
    /// is one short error.
    #[doc(hidden)]
    pub fn given(&self, slot: &mut Option<V>, value: V) {
        *slot = Some(value);
    }

    /// Returns the same candidates, with a prior at `value`.
    pub(super) fn with_prior(mut self, value: &V, confidence: Confidence) -> Self
    where
        V: PartialEq,
    {
        let unit = match (&self.domain, &self.values) {
            // Equal values may still become one level.
            (Err(CandidatesError::Repeated(_)), Values::Levels { values, .. }) => {
                position(values, value, V::eq).map(|index| (index as f64 + 0.5) / values.len() as f64)
            }
            _ => self.locate(value, Some(V::eq), &Value::Bool(false)).map(Coordinate::unit),
        };
        self.expected = match unit {
            Some(unit) => Expected::Here(Prior::new(unit, confidence)),
            None => Expected::Elsewhere(self.values.number(value)),
        };
        self
    }

    /// Returns the same prior with another confidence.
    pub(super) fn with_confidence(self, confidence: Confidence) -> Self {
        Self { expected: self.expected.with_confidence(confidence), ..self }
    }

    /// Returns the coordinate of a value of `try_first` or of a prior: numbers on a grid are equal up to rounding; levels are
    /// compared by `same`, or by their labels if values cannot be compared.
    pub(super) fn locate(&self, value: &V, same: Option<fn(&V, &V) -> bool>, label: &Value) -> Option<Coordinate> {
        self.values.locate(self.domain.as_ref().ok()?, value, same, label)
    }

    /// Returns the coordinate of `value` in [0, 1], which is the middle of its cell where the axis has levels; `None` if it is
    /// not among the candidates, or if these are faulty.
    #[must_use]
    pub fn encode(&self, value: &V) -> Option<f64>
    where
        V: PartialEq,
    {
        self.values.encode(self.domain.as_ref().ok()?, value)
    }
}

impl<V: Clone> Dimension<V> {
    /// Returns the value at the coordinate `unit` in [0, 1].
    ///
    /// # Panics
    ///
    /// Panics if the candidates are faulty, so that they have no [axis](Self::axis). A sweep asks for the axis first, and ends
    /// with its error.
    #[must_use]
    pub fn decode(&self, unit: f64) -> V {
        match &self.domain {
            Ok(domain) => self.values.decode(domain, Coordinate::from(unit)),
            Err(fault) => panic!("faulty candidates have no value: {fault}"),
        }
    }

    /// Returns the value of a trial at `point` along `axis`, where it is active: a number that was given, to the last bit.
    pub(crate) fn decode_at(&self, point: &Point, axis: usize) -> V {
        match &self.domain {
            Ok(domain) => self.values.decode(domain, Coordinate::new(point.unit(axis), point.given(axis))),
            Err(fault) => panic!("faulty candidates have no value: {fault}"),
        }
    }

    /// Maps each value by `f`; the axis stays the same. Levels keep their labels.
    ///
    /// The mapped values cannot be converted back: [`encode`](Self::encode) returns `None`, and `try_first` finds a value by
    /// its label.
    ///
    /// ```
    /// use hyperopt_core::Candidates;
    ///
    /// let dimension = (1..=4).dimension().map(|exponent: u32| 2_u64.pow(exponent));
    /// assert_eq!([dimension.decode(0.0), dimension.decode(1.0)], [2, 16]);
    /// ```
    #[must_use]
    pub fn map<W>(self, f: impl Fn(V) -> W + Send + Sync + 'static) -> Dimension<W>
    where
        V: Send + Sync + 'static,
    {
        let Self { label, domain, expected, values } = self;
        let values = values.map(f, label.is_some());
        Dimension { label, domain, expected, values }
    }
}
