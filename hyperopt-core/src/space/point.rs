//! A point of the unit cube.

use std::fmt;

/// A point of the unit cube: one coordinate in [0, 1] for each axis, or none where the axis is inactive.
///
/// This is the only form in which a [`Sampler`](crate::Sampler) meets a trial. An axis is inactive when the guard of a
/// conditional hyperparameter did not hold.
///
/// ```
/// use hyperopt_core::Point;
///
/// let point = Point::from(vec![0.25, 1.0]);
/// assert_eq!(point.get(0), Some(0.25));
/// assert_eq!(point.get(7), None);
/// ```
pub struct Point {
    /// NaN marks an inactive axis, which keeps a trial of eight axes in 64 bytes.
    units: Box<[f64]>,
}

impl Clone for Point {
    fn clone(&self) -> Self {
        Self { units: self.units.clone() }
    }

    /// Keeps the allocation where the numbers of axes are equal.
    fn clone_from(&mut self, source: &Self) {
        self.units.clone_from(&source.units);
    }
}

impl Point {
    /// The coordinate along `axis`; `None` where that axis is inactive or does not exist.
    #[must_use]
    pub fn get(&self, axis: usize) -> Option<f64> {
        self.units.get(axis).copied().filter(|unit| !unit.is_nan())
    }

    /// Whether the trial has a value for `axis`.
    #[must_use]
    pub fn is_active(&self, axis: usize) -> bool {
        self.get(axis).is_some()
    }

    /// The number of axes, active or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is no axis at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The coordinates in the order of the axes.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        self.units.iter().map(|&unit| (!unit.is_nan()).then_some(unit))
    }

    /// The coordinates in the order of the axes; NaN where one is inactive.
    pub(crate) fn units(&self) -> &[f64] {
        &self.units
    }

    pub(crate) fn unit(&self, axis: usize) -> f64 {
        self.units[axis]
    }

    pub(crate) fn set(&mut self, axis: usize, unit: f64) {
        self.units[axis] = unit;
    }

    pub(crate) fn deactivate(&mut self, axis: usize) {
        self.units[axis] = f64::NAN;
    }
}

impl PartialEq for Point {
    /// The same axes are active, with equal coordinates.
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        self.units.len() == other.units.len() && self.units.iter().zip(&other.units).all(same)
    }
}

impl From<Vec<f64>> for Point {
    /// Takes one coordinate for each axis; NaN stands for an inactive one.
    fn from(units: Vec<f64>) -> Self {
        Self { units: units.into() }
    }
}

impl FromIterator<f64> for Point {
    fn from_iter<I: IntoIterator<Item = f64>>(units: I) -> Self {
        Self { units: units.into_iter().collect() }
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.units).finish()
    }
}
