//! The axes of a space as the model sees them.

use crate::sampler::toolkit::searched;
use crate::space::{Axis, Kind, Point, Space};

/// An axis that the model has a dimension for: a coordinate in [0, 1], or the index of a level without order.
///
/// Integers, `linrange` and `ordinal` are continuous to the model, as integers are to the authors'.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Coordinate {
    pub(super) axis: usize,
    /// The number of levels of a categorical axis.
    pub(super) levels: Option<u64>,
}

impl Coordinate {
    /// Returns the dimensions of `space`. An axis with one candidate tells configurations apart in nothing, and would only widen
    /// the bandwidths and put off the first model: it counts as a dimension only if `constants` do.
    pub(super) fn all(space: &Space, constants: bool) -> Vec<Self> {
        let dimension = |(index, axis): (usize, &Axis)| {
            let levels = if let Kind::Categorical(levels) = axis.kind() { Some(levels) } else { None };
            Self { axis: index, levels }
        };
        if constants {
            space.axes().iter().enumerate().map(dimension).collect()
        } else {
            searched(space).map(dimension).collect()
        }
    }

    /// Returns the coordinate of `point`; NaN where the axis is inactive.
    pub(super) fn read(self, space: &Space, point: &Point) -> f64 {
        match (point.get(self.axis), self.levels) {
            (None, _) => f64::NAN,
            (Some(unit), None) => unit,
            (Some(unit), Some(_)) => space.axes()[self.axis].level(unit).map_or(f64::NAN, |level| level as f64),
        }
    }

    /// Returns the unit of a coordinate.
    pub(super) fn unit(self, space: &Space, coordinate: f64) -> f64 {
        match self.levels {
            None => coordinate,
            Some(_) => space.axes()[self.axis].unit_of(coordinate as u64).unwrap_or(coordinate),
        }
    }
}
