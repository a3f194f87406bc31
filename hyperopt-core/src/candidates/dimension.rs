//! Candidates made ready for a sweep: their axis, and typed values along it.

use crate::candidates::expected::Expected;
use crate::candidates::integer::Integer;
use crate::candidates::values::{Values, position};
use crate::error::CandidatesError;
use crate::space::{Axis, Confidence, Coordinate, Domain, Point, Prior, Value};

/// Candidates made ready for a sweep: their axis, and the way from the unit interval to values and back.
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

    /// The same candidates, with something that is wrong with them.
    pub(crate) fn faulty(self, fault: CandidatesError) -> Self {
        Self { domain: Err(fault), ..self }
    }

    /// Names the hyperparameter, whatever name is written beside the candidates.
    pub(crate) fn labelled(self, label: &str) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// The axis of these candidates, or what is wrong with them.
    ///
    /// `name` is that of the axis, `parameter` that of the hyperparameter, `parents` the axes that its guard reads. The label
    /// of an [expression](crate::hp) takes the place of both names.
    ///
    /// # Errors
    ///
    /// What was wrong with the candidates: no value at all, bounds that are not finite or run backwards, a logarithm of 0 or
    /// less, equal labels, a prior that is not among the candidates.
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

    /// Takes a value that `try_first` gives to a hyperparameter. Returns nothing, so that a value of another type than the
    /// candidates have is one short error.
    #[doc(hidden)]
    pub fn given(&self, slot: &mut Option<V>, value: V) {
        *slot = Some(value);
    }

    /// The same candidates, with a prior at `value`.
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

    /// The same prior with another confidence.
    pub(super) fn with_confidence(self, confidence: Confidence) -> Self {
        Self { expected: self.expected.with_confidence(confidence), ..self }
    }

    /// The coordinate of a value that a person writes once more: numbers on a grid are equal up to rounding; levels are compared
    /// by `same`, or by their labels where values cannot be compared.
    pub(super) fn locate(&self, value: &V, same: Option<fn(&V, &V) -> bool>, label: &Value) -> Option<Coordinate> {
        self.values.locate(self.domain.as_ref().ok()?, value, same, label)
    }

    /// The unit at which `value` lies, the middle of its cell where the axis has levels; `None` if it is not among the
    /// candidates.
    #[must_use]
    pub fn encode(&self, value: &V) -> Option<f64>
    where
        V: PartialEq,
    {
        self.values.encode(self.domain.as_ref().ok()?, value)
    }
}

impl<V: Clone> Dimension<V> {
    /// The value at `unit`, a number in [0, 1].
    ///
    /// # Panics
    ///
    /// If the candidates are faulty, so that they have no [axis](Self::axis). A sweep asks for the axis first, and ends with
    /// its error.
    #[must_use]
    pub fn decode(&self, unit: f64) -> V {
        match &self.domain {
            Ok(domain) => self.values.decode(domain, Coordinate::from(unit)),
            Err(fault) => panic!("faulty candidates have no value: {fault}"),
        }
    }

    /// The value of a trial at `point` along `axis`, where it is active: a number that was given, to the last bit.
    pub(crate) fn decode_at(&self, point: &Point, axis: usize) -> V {
        match &self.domain {
            Ok(domain) => self.values.decode(domain, Coordinate::new(point.unit(axis), point.given(axis))),
            Err(fault) => panic!("faulty candidates have no value: {fault}"),
        }
    }

    /// The same axis, with what `f` makes of each value. Levels keep their labels.
    ///
    /// The way back is lost: [`encode`](Self::encode) finds no value, and `try_first` finds one by its label.
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
