//! Values as tables and files show them.

use std::fmt;
use std::sync::Arc;

use crate::space::number;

/// A candidate as a table, a CSV file or a figure shows it, which is never an index. Typed values exist only in the loop.
///
/// NaN equals NaN, so that a value can be found again among the candidates that it was taken from.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// An integer of any of Rust's types up to 64 bits.
    Int(i128),
    /// A floating-point number.
    Float(#[cfg_attr(feature = "serde", serde(with = "any_float"))] f64),
    /// Everything else, by its label.
    Text(Arc<str>),
    /// Nothing: `null` in JSON and YAML, `None` in Python.
    Null,
}

impl Value {
    /// Returns an integer or a float as an `f64`; `None` for all other values.
    ///
    /// ```
    /// use hyperopt_core::Value;
    ///
    /// assert_eq!(Value::Int(3).as_f64(), Some(3.0));
    /// assert_eq!(Value::Bool(true).as_f64(), None);
    /// ```
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Self::Int(int) => Some(int as f64),
            Self::Float(float) => Some(float),
            Self::Bool(_) | Self::Text(_) | Self::Null => None,
        }
    }

    /// Returns an integer that fits into an `i64`; `None` for all other values, floats included.
    ///
    /// ```
    /// use hyperopt_core::Value;
    ///
    /// assert_eq!([Value::Int(3), Value::Float(3.0)].map(|value| value.as_i64()), [Some(3), None]);
    /// ```
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match *self {
            Self::Int(int) => int.try_into().ok(),
            Self::Bool(_) | Self::Float(_) | Self::Text(_) | Self::Null => None,
        }
    }

    /// Returns a boolean; `None` for all other values.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match *self {
            Self::Bool(bool) => Some(bool),
            Self::Int(_) | Self::Float(_) | Self::Text(_) | Self::Null => None,
        }
    }

    /// Returns text; `None` for all other values.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::Null => None,
        }
    }
}

/// What identifies a value among others: its kind and its bits, or its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity<'a> {
    Bool(bool),
    Int(i128),
    Float(u64),
    Text(&'a str),
    Null,
}

impl Value {
    /// What identifies the value. All NaNs are one.
    pub(crate) fn identity(&self) -> Identity<'_> {
        match self {
            Self::Bool(bool) => Identity::Bool(*bool),
            Self::Int(int) => Identity::Int(*int),
            Self::Float(float) if float.is_nan() => Identity::Float(f64::NAN.to_bits()),
            Self::Float(float) => Identity::Float(float.to_bits()),
            Self::Text(text) => Identity::Text(text),
            Self::Null => Identity::Null,
        }
    }

    /// Returns the value with as many digits as identify it.
    pub(crate) fn exact(&self) -> String {
        match self {
            Self::Float(float) if number(*float).parse() != Ok(*float) => format!("{float:?}"),
            other => other.to_string(),
        }
    }

    /// Returns whether `self` and `other` are the same number, whatever its type, or are written alike.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self.as_f64(), other.as_f64()) {
            (Some(own), Some(other)) => own == other || (own.is_nan() && other.is_nan()),
            // A number as text: in full, or as a table shows it.
            (Some(number), None) => other.is_text_of(number, self),
            (None, Some(number)) => self.is_text_of(number, other),
            (None, None) => self.to_string() == other.to_string(),
        }
    }

    fn is_text_of(&self, number: f64, value: &Self) -> bool {
        let Self::Text(text) = self else { return false };
        text.parse() == Ok(number) || **text == value.to_string()
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(own), Self::Bool(other)) => own == other,
            (Self::Int(own), Self::Int(other)) => own == other,
            (Self::Float(own), Self::Float(other)) => own == other || (own.is_nan() && other.is_nan()),
            (Self::Text(own), Self::Text(other)) => own == other,
            (Self::Null, Self::Null) => true,
            _ => false,
        }
    }
}

impl From<&Self> for Value {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(bool) => bool.fmt(f),
            Self::Int(int) => int.fmt(f),
            Self::Float(float) => f.pad(&number(*float)),
            Self::Text(text) => f.pad(text),
            Self::Null => f.pad("null"),
        }
    }
}

/// Returns the `f64` that reads like `float`: 0.1, not 0.10000000149011612.
fn shortest(float: f32) -> f64 {
    float.to_string().parse().unwrap_or_else(|_| f64::from(float))
}

macro_rules! value_from {
    ($($variant:ident($convert:expr): $($t:ty)+;)+) => {$($(
        impl From<$t> for Value {
            fn from(value: $t) -> Self {
                Self::$variant($convert(value))
            }
        }
    )+)+};
}

value_from! {
    Bool(bool::from): bool;
    Int(i128::from): i8 i16 i32 i64 u8 u16 u32 u64;
    Int(|int| int as i128): isize usize;
    Float(f64::from): f64;
    Float(shortest): f32;
    Text(Arc::from): &str String;
}

/// Floats in JSON: those that JSON cannot represent are text.
#[cfg(feature = "serde")]
mod any_float {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Float {
        Finite(f64),
        Text(String),
    }

    // The shape that serde asks for.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(float: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        let float = if float.is_finite() { Float::Finite(*float) } else { Float::Text(float.to_string()) };
        float.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        match Float::deserialize(deserializer)? {
            Float::Finite(float) => Ok(float),
            Float::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(all(test, feature = "serde", feature = "export"))]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_from_json() {
        let floats = [0.1, -0.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN].map(Value::Float);
        let others = [Value::Null, Value::Bool(true), Value::Int(i128::from(u64::MAX)), Value::Text("a \" b".into())];
        for value in floats.into_iter().chain(others) {
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value, "{text}");
        }
    }
}
