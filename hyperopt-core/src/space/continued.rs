//! Checks that the trials of an earlier space are trials over another one.

use std::collections::HashMap;

use itertools::Itertools;

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
    /// Checks that trials over `earlier` are trials over this space, under guards that read the same axes; the error is the first
    /// difference.
    pub(crate) fn check_continues(&self, earlier: &Self) -> Result<(), SpaceMismatch> {
        self.check_axes(earlier)?;
        self.check_guards(earlier, |now, earlier| now.parents() == earlier.parents() && same_branch(now, earlier))
    }

    /// Checks that each trial over `earlier` has all values that a trial over this space has; the error is the first difference.
    ///
    /// Which hyperparameters are conditional in a study of another program is only known from its trials, and which ones decide it
    /// is not known at all. Trials may have values of a hyperparameter that is conditional here.
    pub(crate) fn check_decodes(&self, earlier: &Self) -> Result<(), SpaceMismatch> {
        self.check_axes(earlier)?;
        let is_conditional = |axis: &Axis| !axis.parents().is_empty();
        self.check_guards(earlier, |now, earlier| {
            (is_conditional(now) || !is_conditional(earlier)) && same_branch(now, earlier)
        })
    }

    /// Checks that both spaces have the same axes, whatever their guards are.
    fn check_axes(&self, earlier: &Self) -> Result<(), SpaceMismatch> {
        let (ours, theirs) = (self.by_name(), earlier.by_name());
        for axis in &self.axes {
            match theirs.get(axis.name()) {
                None => {
                    return Err(self
                        .lacking(earlier, axis)
                        .unwrap_or_else(|| SpaceMismatch::Added(self.whole(axis).into())));
                }
                Some(old) if !old.same_domain(axis) => {
                    return Err(SpaceMismatch::Changed {
                        name: axis.parameter().into(),
                        earlier: old.describe_unlike(axis),
                        now: axis.describe_unlike(old),
                    });
                }
                Some(_) => {}
            }
        }
        if let Some(old) = earlier.axes.iter().find(|axis| !ours.contains_key(axis.name())) {
            return Err(self
                .lacking(earlier, old)
                .unwrap_or_else(|| SpaceMismatch::Removed(earlier.whole(old).into())));
        }
        let moved = self.axes.iter().zip(&earlier.axes).find(|(axis, old)| axis.name() != old.name());
        moved.map_or(Ok(()), |(axis, _)| Err(SpaceMismatch::Moved(axis.parameter().into())))
    }

    /// Checks that the guards of each axis are alike; the axes of both spaces are the same. A trial has no value of an axis whose
    /// guard did not hold, and one of an axis that has no guard.
    fn check_guards(&self, earlier: &Self, are_alike: impl Fn(&Axis, &Axis) -> bool) -> Result<(), SpaceMismatch> {
        let mut pairs = self.axes.iter().zip(&earlier.axes);
        let other = pairs.find(|(axis, old)| !are_alike(axis, old));
        other.map_or(Ok(()), |(axis, old)| {
            let (earlier, now) = (earlier.guards_of(old), self.guards_of(axis));
            Err(SpaceMismatch::Guarded { name: self.whole(axis).into(), earlier, now })
        })
    }

    /// Returns the hyperparameters that the guards of `axis` read, the last one with the branch that it chooses, if that is known.
    pub(crate) fn guards_of(&self, axis: &Axis) -> Vec<String> {
        let read = axis.parents().iter().filter_map(|&parent| self.axes.get(parent));
        // An array may have many elements.
        let read =
            read.map(|parent| element_of(parent.parameter()).map_or(parent.parameter(), |(array, _)| array)).unique();
        let mut read: Vec<String> = read.map(ToOwned::to_owned).collect();
        if let (Some(choice), Some(branch)) = (read.last_mut(), axis.branch()) {
            *choice = format!("{choice} = {branch}");
        }
        read
    }

    fn by_name(&self) -> HashMap<&str, &Axis> {
        self.axes.iter().map(|axis| (axis.name(), axis)).collect()
    }

    /// Returns the difference that leaves one of the spaces without `axis`, if both have its hyperparameter.
    fn lacking(&self, earlier: &Self, axis: &Axis) -> Option<SpaceMismatch> {
        let (name, parameter) = (array(axis.name()), array(axis.parameter()));
        if let (Some(was), Some(is)) = (earlier.shape(name), self.shape(name)) {
            let counted = SpaceMismatch::Counted { name: parameter.into(), earlier: was.count(), now: is.count() };
            return (was != is).then_some(counted);
        }
        let has_it = |space: &Self| space.axes.iter().any(|other| array(other.parameter()) == parameter);
        (has_it(self) && has_it(earlier)).then(|| SpaceMismatch::Branches(parameter.into()))
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

    /// Returns the hyperparameter of `axis`: the array that it is an element of, if it is one.
    fn whole<'a>(&self, axis: &'a Axis) -> &'a str {
        let is_element = element_of(axis.name()).is_some_and(|(array, _)| self.shape(array).is_some());
        element_of(axis.parameter()).filter(|_| is_element).map_or(axis.parameter(), |(array, _)| array)
    }
}

/// Returns whether both axes belong to the same branch, as far as it is known.
fn same_branch(now: &Axis, earlier: &Axis) -> bool {
    now.branch().zip(earlier.branch()).is_none_or(|(now, earlier)| now == earlier)
}

/// Returns the array that `name` is an element of, or `name` itself.
fn array(name: &str) -> &str {
    element_of(name).map_or(name, |(array, _)| array)
}

/// Returns the name of an array and the index of its element: `w` and 3 of `w[3]`.
fn element_of(name: &str) -> Option<(&str, usize)> {
    let (array, index) = name.strip_suffix(']')?.rsplit_once('[')?;
    Some((array, index.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn large_spaces_are_compared_in_little_time() {
        let labels: Vec<String> = (0..20_000).map(|label| format!("label {label}")).collect();
        let float = |index: usize| Axis::float(&format!("x[{index}]"), 0.0..=1.0).unwrap();
        let axes = |floats: usize| {
            let axes =
                (0..floats).map(float).chain([Axis::categorical("kind", labels.iter().map(String::as_str)).unwrap()]);
            Space::new(axes.collect())
        };
        let (space, larger) = (axes(20_000), axes(20_001));
        let begun = Instant::now();
        assert_eq!(space.check_continues(&space.clone()), Ok(()));
        assert!(matches!(larger.check_continues(&space), Err(SpaceMismatch::Counted { .. })));
        assert!(matches!(space.check_decodes(&larger), Err(SpaceMismatch::Counted { .. })));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
