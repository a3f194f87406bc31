//! The cells of a space whose axes have levels, and a number for each point.

use crate::sampler::toolkit::is_constant;
use crate::space::{Axis, Space};

/// A space whose axes all have levels, or are continuous and conditional, with few enough cells for a `u64` key.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    /// The levels of each axis; 1 for a continuous one.
    pub(super) levels: Box<[u64]>,
    /// The continuous axes, along which no two points are the same.
    pub(super) continuous: Box<[usize]>,
    /// The amount that one level of each axis adds to a key. Each axis counts one extra level, for being inactive.
    strides: Box<[u64]>,
    /// The axes whose levels are equally likely.
    pub(super) even: Box<[usize]>,
    pub(super) count: u64,
    pub(super) is_conditional: bool,
}

impl Cells {
    pub(super) fn new(space: &Space) -> Option<Self> {
        // A range whose ends are equal has one level, too.
        let levels = |axis: &Axis| if is_constant(axis) { Some(1) } else { axis.levels() };
        let axes = || space.axes().iter().enumerate();
        let continuous: Box<[usize]> =
            axes().filter(|(_, axis)| levels(axis).is_none()).map(|(index, _)| index).collect();
        if continuous.iter().any(|&index| space.axes()[index].parents().is_empty()) {
            return None;
        }
        let levels: Box<[u64]> = space.axes().iter().map(|axis| levels(axis).unwrap_or(1)).collect();
        let mut next = Some(1_u64);
        let strides = levels.iter().map(|levels| {
            let stride = next?;
            next = stride.checked_mul(levels.checked_add(1)?);
            Some(stride)
        });
        let strides: Box<[u64]> = strides.collect::<Option<_>>()?;
        next?;
        let even = axes()
            .filter(|(_, axis)| axis.is_even() || is_constant(axis))
            .filter(|(index, _)| !continuous.contains(index))
            .map(|(index, _)| index)
            .collect();
        let is_conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
        let count = levels.iter().product();
        (count > 0).then_some(Self { levels, continuous, strides, even, count, is_conditional })
    }

    /// Returns the key of the point with these units, with the level after the last along inactive axes.
    pub(super) fn key(&self, space: &Space, units: &[f64]) -> u64 {
        let along = space.axes().iter().zip(units).zip(self.levels.iter().zip(&self.strides));
        along.map(|((axis, &unit), (&levels, stride))| level(axis, levels, unit) * stride).sum()
    }

    /// Returns `key` with the axes of `mask` inactive.
    pub(super) fn masked(&self, key: u64, mask: &[usize]) -> u64 {
        mask.iter().fold(key, |key, &axis| {
            let (levels, stride) = (self.levels[axis], self.strides[axis]);
            let level = key / stride % (levels + 1);
            key - level * stride + levels * stride
        })
    }
}

/// Returns the level at `unit` along an axis of that many levels, the one after the last if that is NaN.
fn level(axis: &Axis, levels: u64, unit: f64) -> u64 {
    if unit.is_nan() {
        levels
    } else if levels == 1 {
        0
    } else {
        axis.level(unit.clamp(0.0, 1.0)).unwrap_or(levels)
    }
}
