//! Values by the names of their hyperparameters, where names are known only at run time.

use std::fmt;
use std::ops::{Deref, Index};

use crate::space::Value;

/// The values of one trial by the names of their hyperparameters, in the order of the space: `params["lr"]`.
///
/// A hyperparameter that is inactive in the trial has no value. The values dereference to a slice of pairs of a name and a
/// value.
///
/// ```
/// use hyperopt_core::NamedValues;
///
/// let params = NamedValues::from(vec![("lr".to_owned(), 0.1), ("momentum".to_owned(), 0.9)]);
/// assert_eq!((params["lr"], params.get("layers"), params.len()), (0.1, None, 2));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedValues<V = Value> {
    values: Vec<(String, V)>,
}

impl<V> NamedValues<V> {
    /// Returns the value of the hyperparameter `name`; `None` if there is none, or if it is inactive in this trial.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.values.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Iterates over the names of the hyperparameters that have a value.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.values.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the pairs of a name and a value.
    #[must_use]
    pub fn into_vec(self) -> Vec<(String, V)> {
        self.values
    }
}

impl<V> Deref for NamedValues<V> {
    type Target = [(String, V)];

    fn deref(&self) -> &[(String, V)] {
        &self.values
    }
}

/// Returns the value of the hyperparameter with this name, like the index of a `HashMap`.
///
/// # Panics
///
/// Panics if there is no such hyperparameter, or if it is inactive in this trial; [`get`](NamedValues::get) returns `None` then.
impl<V> Index<&str> for NamedValues<V> {
    type Output = V;

    #[track_caller]
    fn index(&self, name: &str) -> &V {
        // A closure would be the place of the panic.
        match self.get(name) {
            Some(value) => value,
            None if self.is_empty() => panic!("there is no value of `{name}` in this trial, which has none"),
            None => {
                let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
                panic!("there is no value of `{name}` in this trial, which has {}", names.join(", "))
            }
        }
    }
}

/// Returns the pair at a place, as a slice does.
impl<V> Index<usize> for NamedValues<V> {
    type Output = (String, V);

    #[track_caller]
    fn index(&self, place: usize) -> &(String, V) {
        match self.values.get(place) {
            Some(pair) => pair,
            None => panic!("there is no value at place {place} in this trial, which has {}", self.len()),
        }
    }
}

impl<V> From<Vec<(String, V)>> for NamedValues<V> {
    fn from(values: Vec<(String, V)>) -> Self {
        Self { values }
    }
}

impl<V> FromIterator<(String, V)> for NamedValues<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(values: I) -> Self {
        Self { values: values.into_iter().collect() }
    }
}

impl<V> IntoIterator for NamedValues<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, V> IntoIterator for &'a NamedValues<V> {
    type Item = &'a (String, V);
    type IntoIter = std::slice::Iter<'a, (String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<V: fmt::Display> fmt::Display for NamedValues<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, value)) in self.values.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{name} = {value}")?;
        }
        Ok(())
    }
}

/// Serialises the values as an object with plain values: `{"lr": 0.1, "kernel": "rbf"}`. Numbers that JSON cannot represent
/// become text.
#[cfg(feature = "serde")]
impl serde::Serialize for NamedValues {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.values.iter().map(|(name, value)| (name, PlainValue(value))))
    }
}

#[cfg(feature = "serde")]
struct PlainValue<'a>(&'a Value);

#[cfg(feature = "serde")]
impl serde::Serialize for PlainValue<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            Value::Int(int) => match (i64::try_from(*int), u64::try_from(*int)) {
                (Ok(int), _) => serializer.serialize_i64(int),
                (_, Ok(int)) => serializer.serialize_u64(int),
                _ => serializer.collect_str(int),
            },
            Value::Float(float) if float.is_finite() => serializer.serialize_f64(*float),
            Value::Float(float) if float.is_nan() => serializer.serialize_str("NaN"),
            Value::Float(float) => serializer.serialize_str(if *float > 0.0 { "Infinity" } else { "-Infinity" }),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Null => serializer.serialize_unit(),
        }
    }
}

#[cfg(all(test, feature = "serde", feature = "export"))]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_plainly() {
        let values =
            [Value::Float(0.5), Value::Int(-3), Value::Text("rbf".into()), Value::Float(f64::NAN), Value::Null];
        let values: NamedValues = ["a", "b", "c", "d", "e"].map(ToOwned::to_owned).into_iter().zip(values).collect();
        let json = serde_json::to_string(&values).unwrap();
        assert_eq!(json, r#"{"a":0.5,"b":-3,"c":"rbf","d":"NaN","e":null}"#);
    }
}

#[cfg(test)]
mod panics {
    use std::panic::{self, AssertUnwindSafe, Location};
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_name_that_is_not_there_is_the_callers_fault() {
        static PLACES: Mutex<Vec<(String, u32)>> = Mutex::new(Vec::new());
        let values: NamedValues<f64> = [("lr".to_owned(), 0.1), ("layers".to_owned(), 2.0)].into_iter().collect();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if let Some((place, message)) = info
                .location()
                .zip(info.payload_as_str())
                .filter(|(_, message)| message.contains(" in this trial, which has "))
            {
                PLACES.lock().unwrap().push((message.to_owned(), place.line()));
            }
            before(info);
        }));
        let panics = |f: &dyn Fn() -> f64| panic::catch_unwind(AssertUnwindSafe(f)).is_err();
        let line = Location::caller().line();
        assert!(panics(&|| values["lrr"]));
        assert!(panics(&|| values[7].1));
        let _ = panic::take_hook();
        let found = PLACES.lock().unwrap().clone();
        let named = "there is no value of `lrr` in this trial, which has `lr`, `layers`".to_owned();
        let placed = "there is no value at place 7 in this trial, which has 2".to_owned();
        assert!(found.contains(&(named, line + 1)) && found.contains(&(placed, line + 2)), "{found:?}");
    }
}
