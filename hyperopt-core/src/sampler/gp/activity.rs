//! Which conditional axes a proposal would have: no guard is known here, only which axes it reads.

use super::coordinate::Coordinate;
use crate::space::{Axis, Kind, Space};

/// For each conditional dimension, what was active where.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity {
    seen: Vec<Seen>,
}

/// The places along the parents of one dimension, and whether it was active there.
#[derive(Clone, Debug, Default)]
struct Seen {
    dimension: usize,
    parents: Vec<f64>,
    active: Vec<bool>,
}

impl Activity {
    /// Reads the coordinates of all axes of trials, each place once.
    pub(super) fn read(&mut self, dimensions: &[Coordinate], units: &[f64], axes: usize) {
        self.seen.clear();
        for (index, dimension) in dimensions.iter().enumerate().filter(|(_, dimension)| !dimension.parents.is_empty()) {
            let mut seen = Seen { dimension: index, ..Seen::default() };
            let mut place = Vec::new();
            for point in units.chunks_exact(axes) {
                place.clear();
                // NaN, an inactive parent, becomes a number like any other.
                place.extend(dimension.parents.iter().map(|&parent| number(point[parent])));
                if !seen.parents.chunks_exact(place.len()).any(|other| other == place) {
                    seen.parents.extend_from_slice(&place);
                    seen.active.push(!point[dimension.axis].is_nan());
                }
            }
            self.seen.push(seen);
        }
    }

    /// Fills in what is not known of a trial that runs: an axis that is likely to be active, at its middle.
    pub(super) fn fill(&self, space: &Space, dimensions: &[Coordinate], units: &mut [f64]) {
        if !self.seen.is_empty() {
            units.iter_mut().filter(|unit| unit.is_nan()).for_each(|unit| *unit = 0.5);
            self.apply(space, dimensions, units);
        }
    }

    /// Makes those coordinates NaN that would be inactive: as in the trial whose parents are the nearest.
    pub(super) fn apply(&self, space: &Space, dimensions: &[Coordinate], units: &mut [f64]) {
        for seen in &self.seen {
            let dimension = &dimensions[seen.dimension];
            let distance = |place: &[f64]| -> f64 {
                let apart =
                    |(&parent, &there): (&usize, &f64)| apart(&space.axes()[parent], number(units[parent]), there);
                dimension.parents.iter().zip(place).map(apart).sum()
            };
            let mut nearest = (f64::INFINITY, true);
            for (place, &active) in seen.parents.chunks_exact(dimension.parents.len()).zip(&seen.active) {
                let distance = distance(place);
                if distance < nearest.0 {
                    nearest = (distance, active);
                }
            }
            if !nearest.1 {
                units[dimension.axis] = f64::NAN;
            }
        }
    }
}

fn number(unit: f64) -> f64 {
    if unit.is_nan() { -1.0 } else { unit }
}

fn apart(axis: &Axis, a: f64, b: f64) -> f64 {
    let unordered = matches!(axis.kind(), Kind::Categorical(_)) || a < 0.0 || b < 0.0;
    if unordered { f64::from(u8::from(a != b)) } else { (a - b).abs() }
}
