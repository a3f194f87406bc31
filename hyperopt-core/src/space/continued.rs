//! Checks that the trials of an earlier space are trials over another one.

use std::collections::HashMap;

use crate::space::{Axis, Space, SpaceMismatch};

/// How many values a hyperparameter has in a trial.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Single,
    Array(usize),
}

impl Shape {
    fn count(self) -> Option<usize> {
        match self {
            Self::Single => None,
            Self::Array(count) => Some(count),
        }
    }
}

impl Space {
    /// Checks that trials over `earlier` are trials over this space; the error is the first difference.
    pub(crate) fn check_continues(&self, earlier: &Self) -> Result<(), SpaceMismatch> {
        let (ours, theirs) = (self.by_name(), earlier.by_name());
        for axis in &self.axes {
            match theirs.get(axis.name()) {
                None => {
                    let counted = self.counted_otherwise(earlier, axis.name());
                    return Err(counted.unwrap_or_else(|| SpaceMismatch::Added(self.whole(axis.name()).into())));
                }
                Some(old) if !old.same_domain(axis) => {
                    return Err(SpaceMismatch::Changed {
                        name: axis.name().into(),
                        earlier: old.describe_unlike(axis),
                        now: axis.describe_unlike(old),
                    });
                }
                Some(_) => {}
            }
        }
        if let Some(old) = earlier.axes.iter().find(|axis| !ours.contains_key(axis.name())) {
            let counted = self.counted_otherwise(earlier, old.name());
            return Err(counted.unwrap_or_else(|| SpaceMismatch::Removed(earlier.whole(old.name()).into())));
        }
        let moved = self.axes.iter().zip(&earlier.axes).find(|(axis, old)| axis.name() != old.name());
        moved.map_or(Ok(()), |(axis, _)| Err(SpaceMismatch::Moved(axis.name().into())))
    }

    fn by_name(&self) -> HashMap<&str, &Axis> {
        self.axes.iter().map(|axis| (axis.name(), axis)).collect()
    }

    /// Returns the difference in the number of values of the hyperparameter that has the axis `name`; `None` if there is none.
    fn counted_otherwise(&self, earlier: &Self, name: &str) -> Option<SpaceMismatch> {
        let array = element_of(name).map_or(name, |(array, _)| array);
        let (was, is) = (earlier.shape(array)?, self.shape(array)?);
        (was != is).then(|| SpaceMismatch::Counted { name: array.into(), earlier: was.count(), now: is.count() })
    }

    /// Returns the shape of the values that are called `name`; `None` if there are none.
    fn shape(&self, name: &str) -> Option<Shape> {
        if self.axes.iter().any(|axis| axis.name() == name) {
            return Some(Shape::Single);
        }
        let elements = self.axes.iter().filter_map(|axis| element_of(axis.name()));
        let indices: Vec<usize> = elements.filter(|(array, _)| *array == name).map(|(_, index)| index).collect();
        let is_array = !indices.is_empty() && indices.iter().copied().eq(0..indices.len());
        is_array.then_some(Shape::Array(indices.len()))
    }

    /// Returns the name of the array that the axis `name` is an element of, or `name` itself.
    fn whole<'a>(&self, name: &'a str) -> &'a str {
        element_of(name).map(|(array, _)| array).filter(|array| self.shape(array).is_some()).unwrap_or(name)
    }
}

/// Returns the name of an array and the index of its element: `w` and 3 of `w[3]`.
fn element_of(name: &str) -> Option<(&str, usize)> {
    let (array, index) = name.strip_suffix(']')?.rsplit_once('[')?;
    Some((array, index.parse().ok()?))
}
