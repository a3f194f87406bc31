//! The axes of a space as the model sees them: columns of numbers between which there are distances.

use crate::sampler::toolkit::searched;
use crate::space::{Axis, Kind, Space};

/// An axis that the model has a length scale for; constant axes have none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coordinate {
    pub(super) axis: usize,
    pub(super) levels: Option<u64>,
    /// Levels without an order, which are either equal or not.
    pub(super) is_categorical: bool,
    /// The axes whose values decide whether this one is active.
    pub(super) parents: Box<[usize]>,
    /// The first column; see [`Coordinate::columns`].
    pub(super) column: usize,
}

impl Coordinate {
    pub(super) fn all(space: &Space) -> Vec<Self> {
        let mut column = 0;
        let dimension = |(index, axis): (usize, &Axis)| {
            let is_categorical = matches!(axis.kind(), Kind::Categorical(_));
            let parents = axis.parents().into();
            let new = Self { axis: index, levels: axis.levels(), is_categorical, parents, column };
            column += new.columns();
            new
        };
        searched(space).map(dimension).collect()
    }

    /// Returns the number of columns. One, but for a conditional axis with an order: an inactive one lies over the middle of the
    /// axis, in its second column at a right angle to the first, as far off as the axis is long. So an inactive axis is away from
    /// all active ones, from the ends a little more than from the middle, and the distances are those of points in a plane.
    ///
    /// A conditional axis without an order has one level more, for inactive.
    pub(super) fn columns(&self) -> usize {
        1 + usize::from(!self.is_categorical && !self.parents.is_empty())
    }

    /// Appends the columns of `unit`, NaN where the axis is inactive.
    pub(super) fn encode(&self, unit: f64, row: &mut Vec<f64>) {
        row.push(match (unit.is_nan(), self.is_categorical) {
            (true, true) => -1.0,
            (true, false) => 0.5,
            // The middle of a cell is as good a name of a level as its number.
            (false, _) => unit,
        });
        if self.columns() == 2 {
            row.push(f64::from(u8::from(unit.is_nan())));
        }
    }

    /// Whether the acquisition is followed along its gradient here: few levels are tried one by one instead.
    pub(super) fn is_smooth(&self) -> bool {
        !self.is_categorical && self.levels.is_none_or(|levels| levels > MOST_TRIED)
    }
}

/// The most levels of an ordered axis that are tried one by one.
pub(super) const MOST_TRIED: u64 = 16;
