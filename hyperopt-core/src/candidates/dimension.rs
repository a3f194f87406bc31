use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::error::CandidatesError;
use crate::space::{Axis, Confidence, Domain, Prior, Value, ends};

/// Candidates made ready for a sweep: their axis, and the way from the unit interval to values and back.
#[derive(Clone, Debug)]
pub struct Dimension<V> {
    /// The name that the candidates bring along.
    label: Option<Box<str>>,
    domain: Domain,
    fault: Option<CandidatesError>,
    belief: Belief,
    values: Values<V>,
}

/// What a person believes of the candidates.
#[derive(Clone, Debug)]
enum Belief {
    None,
    In(Prior),
    /// In a value that is none of them; a number is shown.
    Elsewhere(Option<Value>),
}

#[derive(Clone)]
enum Values<V> {
    Real {
        decode: fn(f64) -> V,
        encode: fn(&V) -> f64,
    },
    Integer {
        decode: fn(i128) -> V,
        encode: fn(&V) -> i128,
    },
    Levels {
        values: Box<[V]>,
        named: bool,
    },
    /// What a function makes of other values.
    Mapped(Arc<Decode<V>>),
}

/// The value at a unit of a domain.
type Decode<V> = dyn Fn(&Domain, f64) -> V + Send + Sync;

impl<V> Dimension<V> {
    pub(crate) fn real(domain: Domain, fault: Option<CandidatesError>) -> Dimension<f64> {
        Dimension {
            label: None,
            domain,
            fault,
            belief: Belief::None,
            values: Values::Real { decode: |real| real, encode: |real| *real },
        }
    }

    pub(crate) fn integer(
        domain: Domain,
        fault: Option<CandidatesError>,
        decode: fn(i128) -> V,
        encode: fn(&V) -> i128,
    ) -> Self {
        let values = Values::Integer { decode, encode };
        Self { label: None, domain, fault, belief: Belief::None, values }
    }

    pub(crate) fn levels(values: Box<[V]>, names: Option<Vec<Value>>, ordered: bool) -> Self {
        let has_names = names.is_some();
        let placeholders = || (0..values.len()).map(|index| Value::from(format!("#{index}"))).collect();
        let labels: Box<[Value]> = names.unwrap_or_else(placeholders).into();
        let fault = if values.is_empty() {
            Some(CandidatesError::Empty)
        } else if labels.len() != values.len() {
            Some(CandidatesError::Labels { labels: labels.len(), values: values.len() })
        } else {
            repeated(&labels)
        };
        Self {
            label: None,
            domain: Domain::Levels { labels, ordered, ends: None },
            fault,
            belief: Belief::None,
            values: Values::Levels { values, named: has_names },
        }
    }

    /// Gives the levels that have no labels of their own those that `label` finds.
    pub(crate) fn label(mut self, label: impl Fn(usize, &V) -> Option<Value>) -> Self {
        if let (Domain::Levels { labels, .. }, Values::Levels { values, named: has_names @ false }) =
            (&mut self.domain, &mut self.values)
        {
            *has_names = true;
            for (index, value) in values.iter().enumerate() {
                if let Some(found) = label(index, value) {
                    labels[index] = found;
                }
            }
            self.fault = self.fault.or_else(|| repeated(labels));
        }
        self
    }

    /// The same candidates, which are called `label` whatever is written beside them.
    pub(crate) fn labelled(self, label: &str) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// The same levels with these chances, or with what is wrong with them.
    pub(crate) fn weighted(mut self, chances: Result<Option<Vec<f64>>, CandidatesError>) -> Self {
        match (chances, &mut self.domain) {
            (Ok(Some(chances)), Domain::Levels { ends: weighted, .. }) if !chances.is_empty() => {
                *weighted = Some(ends(&chances));
            }
            (Err(fault), _) => self.fault = self.fault.or(Some(fault)),
            _ => {}
        }
        self
    }

    /// The same levels with other labels.
    pub(crate) fn renamed(mut self, names: Vec<Value>) -> Self {
        if let Domain::Levels { labels, .. } = &mut self.domain {
            let wrong = CandidatesError::Labels { labels: names.len(), values: labels.len() };
            let is_wrong = names.len() != labels.len();
            let fault = if is_wrong { Some(wrong) } else { repeated(&names) };
            self.fault = self.fault.or(fault);
            if !is_wrong {
                *labels = names.into();
            }
        }
        self
    }

    /// The axis of these candidates, or what is wrong with them.
    ///
    /// `name` is the axis' own, `parameter` that of the hyperparameter, `parents` the axes that its guard reads. The label of an
    /// [expression](crate::hp) takes the place of both.
    ///
    /// # Errors
    ///
    /// What was wrong with the candidates: none at all, bounds that are not numbers or the wrong way round, a logarithm
    /// of nothing, equal labels.
    pub fn axis(&self, name: &str, parameter: &str, parents: &[usize]) -> Result<Axis, CandidatesError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let domain = self.domain.clone();
        let axis = match &self.label {
            None => Axis::new(name, parameter, parents, domain),
            Some(label) => {
                let alternative = name.strip_prefix(parameter).unwrap_or_default();
                Axis::new(&format!("{label}{alternative}"), label, parents, domain)
            }
        };
        match &self.belief {
            Belief::None => Ok(axis),
            Belief::In(prior) => Ok(axis.with_prior(*prior)),
            Belief::Elsewhere(value) => {
                let value = value.as_ref().map_or_else(String::new, |value| format!(" {value}"));
                Err(CandidatesError::Prior { value, candidates: axis.describe() })
            }
        }
    }
}

impl<V: Clone> Dimension<V> {
    /// The value at `unit`, a number in [0, 1].
    ///
    /// # Panics
    ///
    /// If there are no candidates at all. A sweep never comes here: it asks for the axis first, and ends with that error.
    #[must_use]
    pub fn decode(&self, unit: f64) -> V {
        match &self.values {
            Values::Real { decode, .. } => decode(self.domain.real(unit)),
            Values::Integer { decode, .. } => decode(self.domain.integer(unit)),
            Values::Levels { values, .. } => values[self.domain.level(unit).unwrap_or_default() as usize].clone(),
            Values::Mapped(decode) => decode(&self.domain, unit),
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
        let Self { label, domain, fault, belief, values } = self;
        let values: Arc<Decode<W>> = match values {
            Values::Real { decode, .. } => Arc::new(move |domain, unit| f(decode(domain.real(unit)))),
            Values::Integer { decode, .. } => Arc::new(move |domain, unit| f(decode(domain.integer(unit)))),
            Values::Levels { values, .. } => {
                Arc::new(move |domain, unit| f(values[domain.level(unit).unwrap_or_default() as usize].clone()))
            }
            Values::Mapped(decode) => Arc::new(move |domain, unit| f(decode(domain, unit))),
        };
        Dimension { label, domain, fault, belief, values: Values::Mapped(values) }
    }

    /// The unit at which `value` lies, the middle of its cell where the axis has levels; `None` if it is not among the
    /// candidates.
    #[must_use]
    pub fn encode(&self, value: &V) -> Option<f64>
    where
        V: PartialEq,
    {
        match &self.values {
            Values::Real { encode, .. } => self.domain.unit_of_real(encode(value)),
            Values::Integer { encode, .. } => self.domain.unit_of_integer(encode(value)),
            Values::Levels { values, .. } => {
                let level = values.iter().position(|candidate| candidate == value)?;
                self.domain.unit_of(level as u64)
            }
            Values::Mapped(_) => None,
        }
    }
}

impl<V> Dimension<V> {
    /// Takes a value that `try_first` gives to a hyperparameter. Returns nothing, so that a value of another type than the
    /// candidates have is one short error.
    #[doc(hidden)]
    pub fn given(&self, slot: &mut Option<V>, value: V) {
        *slot = Some(value);
    }

    /// These candidates, with a belief in `value`.
    pub(super) fn with_prior(mut self, value: &V, confidence: Confidence) -> Self
    where
        V: PartialEq,
    {
        let number = match &self.values {
            Values::Real { encode, .. } => Some(Value::Float(encode(value))),
            Values::Integer { encode, .. } => Some(Value::Int(encode(value))),
            Values::Levels { .. } | Values::Mapped(_) => None,
        };
        if self.fault.is_none() {
            let unit = self.locate(value, Some(V::eq), &Value::Bool(false));
            self.belief = unit.map_or(Belief::Elsewhere(number), |unit| Belief::In(Prior::new(unit, confidence)));
        }
        self
    }

    /// The same belief, as firmly as `confidence` says.
    pub(super) fn with_confidence(mut self, confidence: Confidence) -> Self {
        if let Belief::In(prior) = &mut self.belief {
            *prior = Prior::new(prior.unit(), confidence);
        }
        self
    }

    /// The unit of a value that a person writes down once more: numbers on a grid up to rounding, levels by `same`, or by
    /// their labels where values cannot be compared.
    pub(super) fn locate(&self, value: &V, same: Option<fn(&V, &V) -> bool>, label: &Value) -> Option<f64> {
        match (&self.values, same) {
            (Values::Real { encode, .. }, _) => self.domain.unit_near_real(encode(value)),
            (Values::Integer { encode, .. }, _) => self.domain.unit_of_integer(encode(value)),
            (Values::Levels { values, .. }, Some(same)) => {
                let level = values.iter().position(|candidate| same(candidate, value))?;
                self.domain.unit_of(level as u64)
            }
            (Values::Levels { .. }, None) => self.domain.unit_of_label(label),
            (Values::Mapped(_), _) => self.domain.unit_of_value(label),
        }
    }
}

fn repeated(labels: &[Value]) -> Option<CandidatesError> {
    let mut seen = HashSet::with_capacity(labels.len());
    let texts = labels.iter().map(ToString::to_string);
    texts.into_iter().find(|text| !seen.insert(text.clone())).map(CandidatesError::Repeated)
}

impl<V: fmt::Debug> fmt::Debug for Values<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Real { .. } => f.write_str("Real"),
            Self::Integer { .. } => f.write_str("Integer"),
            Self::Levels { values, named } => {
                f.debug_struct("Levels").field("values", values).field("named", named).finish()
            }
            Self::Mapped(_) => f.write_str("Mapped"),
        }
    }
}
