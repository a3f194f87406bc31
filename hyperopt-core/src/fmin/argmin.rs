//! The values of the best point, by label.

use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::Index;

use crate::space::{Point, Space, Value};

/// The values of a point by their labels, in the order of the labels; those of branches that were not chosen are left out.
///
/// It holds values and never indices: the value of a choice is the label of the option. Its `Display` output looks like
/// that of Python's hyperopt.
///
/// ```
/// use hyperopt_core::{fmin, hp};
///
/// let space = (hp::uniformint("Iterations", 1, 20), hp::choice("kernel", ["linear", "rbf"]));
/// let best = fmin(|(n, kernel)| n + i32::from(kernel == "rbf"), space).max_evals(40).rstate(7).run()?;
/// assert_eq!(best.argmin().to_string(), "{'Iterations': 1, 'kernel': 'linear'}");
/// assert_eq!(best.argmin()["Iterations"].as_f64(), Some(1.0));
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Argmin {
    values: BTreeMap<String, Value>,
}

impl Argmin {
    pub(super) fn of(space: &Space, point: &Point) -> Self {
        // The entries are inserted one by one: collecting a map would sort them, and each sort of another type is compiled
        // anew.
        let mut values = BTreeMap::new();
        for (label, value) in space.assignments(point) {
            values.insert(label.to_owned(), value);
        }
        Self { values }
    }

    /// Returns the value with this label; `None` if it is inactive or unknown.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<&Value> {
        self.values.get(label)
    }

    /// Returns the number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Iterates over the labels with their values, in the order of the labels.
    pub fn iter(&self) -> btree_map::Iter<'_, String, Value> {
        self.values.iter()
    }
}

impl<'a> IntoIterator for &'a Argmin {
    type Item = (&'a String, &'a Value);
    type IntoIter = btree_map::Iter<'a, String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Index<&str> for Argmin {
    type Output = Value;

    /// # Panics
    ///
    /// Panics if there is no value with this label; [`get`](Self::get) returns `None` instead.
    fn index(&self, label: &str) -> &Value {
        &self.values[label]
    }
}

impl fmt::Display for Argmin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, (label, value)) in self.values.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}'{label}': ")?;
            match value {
                Value::Float(float) => write!(f, "{float:?}")?,
                Value::Text(text) => write!(f, "'{text}'")?,
                Value::Bool(_) | Value::Int(_) | Value::Null => write!(f, "{value}")?,
            }
        }
        f.write_str("}")
    }
}
