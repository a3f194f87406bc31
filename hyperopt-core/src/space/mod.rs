//! The axes of a sweep, and points of the unit cube over them.

mod axis;
mod continued;
mod coordinate;
mod domain;
mod floats;
mod ints;
mod mismatch;
mod named_values;
mod number;
mod point;
mod prior;
mod prior_law;
mod scale;
mod value;

pub use axis::Axis;
pub use coordinate::Coordinate;
pub(crate) use domain::{Alike, Domain, Law, MAX_LEVELS, Normal, Quantised, check_chances, ends};
pub use floats::Floats;
pub use ints::Ints;
pub use mismatch::{SpaceError, SpaceMismatch};
pub use named_values::NamedValues;
pub(crate) use number::distinct_numbers;
pub use number::number;
pub use point::Point;
pub use prior::{Confidence, Prior};
pub use scale::{Kind, Scale};
pub use value::Value;

use std::collections::HashSet;

use itertools::Itertools;

/// The axes of a sweep, in the order in which the hyperparameters are written.
///
/// A hyperparameter with alternatives (`if … else`, `match`) has one axis for each set of candidates: `gamma`,
/// `gamma.else`. A space knows which axes a guard reads ([`Axis::parents`]), never the guard itself: whether an axis was
/// active is recorded in each trial's [`Point`].
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Unchecked"))]
pub struct Space {
    axes: Box<[Axis]>,
    /// The indices of the axes by the names of their hyperparameters, those of one in order.
    #[cfg_attr(feature = "serde", serde(skip))]
    by_parameter: Box<[usize]>,
}

impl Space {
    pub(crate) fn new(axes: Vec<Axis>) -> Self {
        let by_parameter = (0..axes.len()).sorted_by_key(|&index| axes[index].parameter()).collect();
        Self { axes: axes.into(), by_parameter }
    }

    /// Returns the axes, in the order of the coordinates of every [`Point`] of this space.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// Returns the number of axes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.axes.len()
    }

    /// Returns whether the space has no axis.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// Iterates over the names of the hyperparameters, once each, in order; alternatives of one hyperparameter share its name.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.axes.iter().map(Axis::parameter).unique()
    }

    /// Returns the value that `point` gives to the hyperparameter `parameter`; `None` if it is inactive or unknown.
    #[must_use]
    pub fn value(&self, parameter: &str, point: &Point) -> Option<Value> {
        let mut alternatives = self.alternatives(parameter);
        alternatives.find_map(|(index, axis)| point.coordinate(index).map(|coordinate| axis.value_at(coordinate)))
    }

    /// Returns the axes of the hyperparameter `parameter`, each with its index.
    pub(crate) fn alternatives(&self, parameter: &str) -> impl Iterator<Item = (usize, &Axis)> {
        let of = |index: &usize| self.axes[*index].parameter();
        let first = self.by_parameter.partition_point(|index| of(index) < parameter);
        let own = self.by_parameter[first..].iter().take_while(move |index| of(index) == parameter);
        own.map(|&index| (index, &self.axes[index]))
    }

    /// Returns the hyperparameters of `point` that are active, with their values: `a = 3, b = true`.
    pub(crate) fn assignments<'a>(&'a self, point: &'a Point) -> impl Iterator<Item = (&'a str, Value)> {
        let placed = self.axes.iter().enumerate();
        placed.filter_map(|(index, axis)| Some((axis.parameter(), axis.value_at(point.coordinate(index)?))))
    }

    /// Returns the axes along which `known` has values that a trial at `point` does not use: it has no value of the
    /// hyperparameter, or one of other candidates.
    pub(crate) fn inactive<'a>(&'a self, known: &'a Point, point: &'a Point) -> impl Iterator<Item = &'a Axis> {
        let is_unused = |index: usize| known.is_active(index) && !point.is_active(index);
        let unused = self.axes.iter().enumerate().filter(move |&(index, _)| is_unused(index));
        unused.map(|(_, axis)| axis).filter(|axis| {
            !self.alternatives(axis.parameter()).any(|(index, _)| known.is_active(index) && point.is_active(index))
        })
    }

    /// Makes all axes inactive whose guards are still to be evaluated.
    pub(crate) fn deactivate_conditional(&self, point: &mut Point) {
        for (index, axis) in self.axes.iter().enumerate() {
            if !axis.parents().is_empty() {
                point.deactivate(index);
            }
        }
    }
}

impl TryFrom<Vec<Axis>> for Space {
    type Error = SpaceError;

    /// Takes the axes in order. Two axes of one name are an error, and so is a parent that is not an earlier axis.
    fn try_from(axes: Vec<Axis>) -> Result<Self, SpaceError> {
        let mut names = HashSet::new();
        for (index, axis) in axes.iter().enumerate() {
            if !names.insert(axis.name()) {
                return Err(SpaceError::Repeated { name: axis.name().into() });
            }
            if let Some(&parent) = axis.parents().iter().find(|&&parent| parent >= index) {
                return Err(SpaceError::Parent { name: axis.name().into(), index, parent });
            }
        }
        Ok(Self::new(axes))
    }
}

/// A space as it is read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    axes: Vec<Axis>,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Space {
    type Error = SpaceError;

    fn try_from(unchecked: Unchecked) -> Result<Self, SpaceError> {
        Self::try_from(unchecked.axes)
    }
}
