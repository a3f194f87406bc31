//! What there is to choose from: axes, and points of the unit cube over them.

mod axis;
mod domain;
mod mismatch;
mod number;
mod point;
mod prior;
mod prior_law;
mod scale;
mod value;

pub use axis::Axis;
pub(crate) use domain::{Domain, Law, MAX_LEVELS, Normal, Quantised, ends};
pub use mismatch::SpaceMismatch;
pub use number::number;
pub use point::Point;
pub use prior::{Confidence, Prior};
pub use scale::{Kind, Scale};
pub use value::Value;

/// The axes of a sweep, in the order in which the hyperparameters are written.
///
/// A hyperparameter with alternatives (`if … else`, `match`) has one axis for each set of candidates: `gamma`,
/// `gamma.else`. A space knows which axes a guard reads ([`Axis::parents`]), never the guard itself: whether an axis was
/// active is recorded in each trial's [`Point`].
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Space {
    axes: Box<[Axis]>,
}

impl Space {
    pub(crate) fn new(axes: Vec<Axis>) -> Self {
        Self { axes: axes.into() }
    }

    /// The axes in order: the coordinates of every [`Point`] of this space.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The number of axes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.axes.len()
    }

    /// Whether there is no axis.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// The names of the hyperparameters, once each, in order; alternatives of one hyperparameter share its name.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let mut last = None;
        self.axes.iter().map(Axis::parameter).filter(move |&name| last.replace(name) != Some(name))
    }

    /// The value that `point` gives to the hyperparameter `parameter`; `None` where it is inactive or unknown.
    #[must_use]
    pub fn value(&self, parameter: &str, point: &Point) -> Option<Value> {
        let mut alternatives = self.axes.iter().enumerate().filter(|(_, axis)| axis.parameter() == parameter);
        alternatives.find_map(|(index, axis)| point.get(index).map(|unit| axis.value(unit)))
    }

    /// The hyperparameters of `point` that are active, with their values: `a = 3, b = true`.
    pub(crate) fn assignments<'a>(&'a self, point: &'a Point) -> impl Iterator<Item = (&'a str, Value)> {
        let active = self.axes.iter().zip(point.iter());
        active.filter_map(|(axis, unit)| Some((axis.parameter(), axis.value(unit?))))
    }

    /// Makes all axes inactive whose guards are still to be evaluated.
    pub(crate) fn deactivate_conditional(&self, point: &mut Point) {
        for (index, axis) in self.axes.iter().enumerate() {
            if !axis.parents().is_empty() {
                point.deactivate(index);
            }
        }
    }

    /// Whether trials over `earlier` are trials over this space.
    pub(crate) fn check_continues(&self, earlier: &Self) -> Result<(), SpaceMismatch> {
        for axis in &self.axes {
            match earlier.axes.iter().find(|old| old.name() == axis.name()) {
                None => return Err(SpaceMismatch::Added(axis.name().into())),
                Some(old) if !old.same_domain(axis) => {
                    return Err(SpaceMismatch::Changed {
                        name: axis.name().into(),
                        earlier: old.describe(),
                        now: axis.describe(),
                    });
                }
                Some(_) => {}
            }
        }
        let missing = earlier.axes.iter().find(|old| self.axes.iter().all(|axis| axis.name() != old.name()));
        if let Some(old) = missing {
            return Err(SpaceMismatch::Removed(old.name().into()));
        }
        let moved = self.axes.iter().zip(&earlier.axes).find(|(axis, old)| axis.name() != old.name());
        moved.map_or(Ok(()), |(axis, _)| Err(SpaceMismatch::Moved(axis.name().into())))
    }
}

impl From<Vec<Axis>> for Space {
    /// Takes the axes in order; each has a name of its own.
    fn from(axes: Vec<Axis>) -> Self {
        Self::new(axes)
    }
}
