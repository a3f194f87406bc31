//! The axes of a space as the model sees them.

use super::prior::Belief;
use crate::sampler::toolkit::searched;
use crate::space::{Axis, Kind, Point, Space};

/// Up to this many levels, a kernel is integrated over each of them; the cells of more are so narrow that it is widened by
/// them instead.
const MOST_CELLS: u64 = 32;

/// An axis that the model has a dimension for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coordinate {
    pub(super) axis: usize,
    pub(super) form: Form,
    pub(super) belief: Belief,
}

/// What a coordinate is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A unit.
    Continuous,
    /// A unit too, the middle of a cell of some width.
    Fine,
    /// The index of a level in an order; where each level's cell begins, and where the last one ends.
    Coarse(Box<[f64]>),
    /// The index of a level without an order; the number of levels.
    Unordered(u64),
}

impl Coordinate {
    /// Returns the dimensions of `space`: its axes but for those with one candidate, which tell nothing apart.
    pub(super) fn all(space: &Space) -> Vec<Self> {
        let coordinate = |(index, axis)| Self { axis: index, form: Form::of(axis), belief: Belief::of(axis) };
        searched(space).map(coordinate).collect()
    }

    /// Returns the coordinate of `point`; NaN where the axis is inactive.
    pub(super) fn read(&self, space: &Space, point: &Point) -> f64 {
        match (point.get(self.axis), &self.form) {
            (None, _) => f64::NAN,
            (Some(unit), Form::Continuous | Form::Fine) => unit,
            (Some(unit), _) => space.axes()[self.axis].level(unit).map_or(f64::NAN, |level| level as f64),
        }
    }

    /// Returns the unit of a coordinate.
    pub(super) fn unit(&self, space: &Space, coordinate: f64) -> f64 {
        match self.form {
            Form::Continuous | Form::Fine => coordinate,
            _ => space.axes()[self.axis].unit_of(coordinate as u64).unwrap_or(coordinate),
        }
    }

    /// A coordinate, moved to the middle of its cell.
    pub(super) fn snap(&self, space: &Space, coordinate: f64) -> f64 {
        match self.form {
            Form::Fine => space.axes()[self.axis].snap(coordinate),
            _ => coordinate,
        }
    }

    /// Returns the width of the cell of `unit`; 0 on a continuous axis.
    pub(super) fn width(&self, space: &Space, unit: f64) -> f64 {
        let axis = &space.axes()[self.axis];
        axis.level(unit).and_then(|level| axis.cell(level)).map_or(0.0, |(start, end)| end - start)
    }
}

impl Form {
    /// Whether coordinates are the indices of levels.
    pub(super) fn is_a_level(&self) -> bool {
        matches!(self, Self::Coarse(_) | Self::Unordered(_))
    }

    fn of(axis: &Axis) -> Self {
        match axis.kind() {
            Kind::Continuous => Self::Continuous,
            Kind::Categorical(levels) => Self::Unordered(levels),
            Kind::Ordered(levels) if levels > MOST_CELLS => Self::Fine,
            Kind::Ordered(levels) => {
                let starts = (0..levels).map(|level| axis.cell(level).map_or(0.0, |(start, _)| start));
                Self::Coarse(starts.chain([1.0]).collect())
            }
        }
    }
}
