//! Typed values, and the way to them from the unit interval.

use std::fmt;
use std::sync::Arc;

use crate::space::{Coordinate, Domain, Value};

/// The values of a dimension.
#[derive(Clone)]
pub(super) enum Values<V> {
    Floats {
        decode: fn(f64) -> V,
        encode: fn(&V) -> f64,
    },
    Ints {
        decode: fn(i128) -> V,
        encode: fn(&V) -> i128,
    },
    Levels {
        values: Box<[V]>,
        /// The labels that the levels have been given; `None` where they are only numbered.
        names: Option<Box<[Value]>>,
        ordered: bool,
    },
    /// What a function makes of other values, and what would give labels to these if they have none.
    Mapped(Arc<Decode<V>>, Option<&'static str>),
}

/// The value at a coordinate of a domain.
type Decode<V> = dyn Fn(&Domain, Coordinate) -> V + Send + Sync;

/// Returns the number at `place` of a domain of floats.
fn real(domain: &Domain, place: Coordinate) -> f64 {
    place.given().unwrap_or_else(|| domain.real(place.unit()))
}

impl<V: Clone> Values<V> {
    /// Returns the value at `place` of `domain`.
    pub(super) fn decode(&self, domain: &Domain, place: Coordinate) -> V {
        match self {
            Self::Floats { decode, .. } => decode(real(domain, place)),
            Self::Ints { decode, .. } => decode(domain.integer(place.unit())),
            Self::Levels { values, .. } => values[domain.level(place.unit()).unwrap_or_default() as usize].clone(),
            Self::Mapped(decode, _) => decode(domain, place),
        }
    }

    /// Returns the values that `f` makes of these.
    pub(super) fn map<W>(self, f: impl Fn(V) -> W + Send + Sync + 'static, is_expression: bool) -> Values<W>
    where
        V: Send + Sync + 'static,
    {
        let function = self.unlabelled(is_expression);
        let decode: Arc<Decode<W>> =
            match self {
                Self::Floats { decode, .. } => Arc::new(move |domain, place| f(decode(real(domain, place)))),
                Self::Ints { decode, .. } => Arc::new(move |domain, place| f(decode(domain.integer(place.unit())))),
                Self::Levels { values, .. } => Arc::new(move |domain, place| {
                    f(values[domain.level(place.unit()).unwrap_or_default() as usize].clone())
                }),
                Self::Mapped(decode, _) => Arc::new(move |domain, place| f(decode(domain, place))),
            };
        Values::Mapped(decode, function)
    }
}

impl<V> Values<V> {
    /// Returns the unit at which exactly `value` lies.
    pub(super) fn encode(&self, domain: &Domain, value: &V) -> Option<f64>
    where
        V: PartialEq,
    {
        match self {
            Self::Floats { encode, .. } => domain.unit_of_real(encode(value)),
            Self::Ints { encode, .. } => domain.unit_of_integer(encode(value)),
            Self::Levels { values, .. } => domain.unit_of(position(values, value, V::eq)? as u64),
            Self::Mapped(..) => None,
        }
    }

    /// Returns the coordinate of a value of `try_first` or of a prior: numbers on a grid are equal up to rounding; levels are
    /// compared by `same`, or by their labels where values cannot be compared.
    pub(super) fn locate(
        &self,
        domain: &Domain,
        value: &V,
        same: Option<fn(&V, &V) -> bool>,
        label: &Value,
    ) -> Option<Coordinate> {
        let unit = match (self, same) {
            (Self::Floats { encode, .. }, _) => return domain.coordinate_of_real(encode(value)),
            (Self::Mapped(..), _) => return domain.coordinate_of(label),
            (Self::Ints { encode, .. }, _) => domain.unit_of_integer(encode(value)),
            (Self::Levels { values, .. }, Some(same)) => {
                match position(values, value, same) {
                    Some(level) => domain.unit_of(level as u64),
                    // What does not equal itself is known by its label.
                    None if !same(value, value) => domain.unit_of_label(label),
                    None => None,
                }
            }
            (Self::Levels { .. }, None) => domain.unit_of_label(label),
        };
        unit.map(Coordinate::from)
    }

    /// Returns the function that would give labels to the levels, if they are known by their places in a list only.
    pub(super) fn unlabelled(&self, is_expression: bool) -> Option<&'static str> {
        match self {
            Self::Levels { names: None, .. } if is_expression => Some("hp::choice"),
            Self::Levels { names: None, ordered: true, .. } => Some("ordinal"),
            Self::Levels { names: None, ordered: false, .. } => Some("categorical"),
            Self::Mapped(_, function) => *function,
            _ => None,
        }
    }

    /// Returns the value as a table shows it, if it is a number.
    pub(super) fn number(&self, value: &V) -> Option<Value> {
        match self {
            Self::Floats { encode, .. } => Some(Value::Float(encode(value))),
            Self::Ints { encode, .. } => Some(Value::Int(encode(value))),
            Self::Levels { .. } | Self::Mapped(..) => None,
        }
    }
}

/// Returns the place of `value` in `values`. One that does not equal itself, such as NaN, is the only one of this kind.
pub(super) fn position<V>(values: &[V], value: &V, same: impl Fn(&V, &V) -> bool) -> Option<usize> {
    let equal = values.iter().position(|candidate| same(candidate, value));
    if equal.is_some() || same(value, value) {
        return equal;
    }
    let mut unequal = values.iter().enumerate().filter(|(_, candidate)| !same(candidate, candidate));
    let (index, _) = unequal.next()?;
    unequal.next().is_none().then_some(index)
}

impl<V: fmt::Debug> fmt::Debug for Values<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Floats { .. } => f.write_str("Floats"),
            Self::Ints { .. } => f.write_str("Ints"),
            Self::Levels { values, names, .. } => {
                f.debug_struct("Levels").field("values", values).field("names", names).finish()
            }
            Self::Mapped(..) => f.write_str("Mapped"),
        }
    }
}
