//! The axes of a space as the two distributions see them.

use super::bounds::Folding;
use crate::sampler::toolkit::searched;
use crate::space::{Kind, Point, Space};

/// Which axes are searched, and by what.
#[derive(Clone, Debug, Default)]
pub(super) struct Coordinates {
    /// Those with an order, by the normal distribution.
    pub(super) gaussian: Vec<Coordinate>,
    /// Those without one, by probabilities.
    pub(super) categorical: Vec<Unordered>,
}

/// A dimension of the normal distribution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coordinate {
    pub(super) axis: usize,
    /// Whether the axis has levels, each a cell of the unit interval.
    pub(super) has_levels: bool,
    /// Beyond these ends a number is drawn again. Those of levels are further out by the first and by the last cell: where
    /// these are wide for the deviation, their levels are drawn from behind the bound as a matter of course.
    ends: (f64, f64),
}

/// An axis of levels without an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unordered {
    pub(super) axis: usize,
    pub(super) levels: usize,
}

impl Coordinates {
    /// Returns the axes of `space` that are not constant.
    pub(super) fn new(space: &Space) -> Self {
        let mut coordinates = Self::default();
        for (index, axis) in searched(space) {
            match axis.kind() {
                Kind::Categorical(levels) => {
                    coordinates.categorical.push(Unordered { axis: index, levels: levels as usize });
                }
                kind => {
                    let has_levels = kind != Kind::Continuous;
                    let cell = |level: u64| axis.cell(level).map_or(0.0, |(start, end)| end - start);
                    let last = axis.levels().map_or(0, |levels| levels - 1);
                    let ends = (-cell(0), 1.0 + cell(last));
                    coordinates.gaussian.push(Coordinate { axis: index, has_levels, ends });
                }
            }
        }
        coordinates
    }

    pub(super) fn len(&self) -> usize {
        self.gaussian.len() + self.categorical.len()
    }
}

impl Coordinate {
    /// Returns the unit of a number drawn with this deviation. Along an axis with levels, the cells of the first and the last one
    /// have no end; a continuous axis is [folded](Folding).
    pub(super) fn unit(self, space: &Space, drawn: f64, deviation: f64) -> f64 {
        if self.has_levels { space.axes()[self.axis].snap(drawn) } else { Folding::of(deviation).unit(drawn) }
    }

    /// Whether a drawn number is not so far out that another one is to be drawn.
    pub(super) fn is_within(self, drawn: f64) -> bool {
        (self.ends.0..=self.ends.1).contains(&drawn)
    }
}

impl Unordered {
    pub(super) fn level(self, space: &Space, point: &Point) -> Option<usize> {
        let level = space.axes()[self.axis].level(point.get(self.axis)?)?;
        Some(level as usize)
    }

    pub(super) fn unit(self, space: &Space, level: usize) -> f64 {
        space.axes()[self.axis].unit_of(level as u64).unwrap_or(0.5)
    }
}
