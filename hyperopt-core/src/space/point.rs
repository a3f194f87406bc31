//! A point of the unit cube.

use std::fmt;

use crate::space::Coordinate;

/// A point of the unit cube: one coordinate in [0, 1] for each axis, or none where the axis is inactive.
///
/// A [`Sampler`](crate::Sampler) sees trials in this form only. An axis is inactive when the guard of a conditional
/// hyperparameter did not hold.
///
/// A value that was given for a trial, such as 0.001 in `try_first`, may have no coordinate that decodes to exactly that
/// number. The point then holds the [number](Self::given) too.
///
/// ```
/// use hyperopt_core::Point;
///
/// let point = Point::from(vec![0.25, 1.0]);
/// assert_eq!(point.get(0), Some(0.25));
/// assert_eq!(point.get(7), None);
/// ```
pub struct Point {
    /// The coordinates; NaN marks an inactive axis, which keeps a trial of eight axes in 64 bytes. Where values were given, there
    /// follow one for each axis, NaN where there is none, and [`MARK`].
    numbers: Box<[f64]>,
}

/// The last number of a point with given values: a NaN that marks no axis.
const MARK: u64 = 0x7ff8_0000_6769_7665;

impl Clone for Point {
    fn clone(&self) -> Self {
        Self { numbers: self.numbers.clone() }
    }

    /// Keeps the allocation where the numbers of axes are equal.
    fn clone_from(&mut self, source: &Self) {
        self.numbers.clone_from(&source.numbers);
    }
}

impl Point {
    /// Returns the coordinate along `axis`; `None` if that axis is inactive or does not exist.
    #[must_use]
    pub fn get(&self, axis: usize) -> Option<f64> {
        self.units().get(axis).copied().filter(|unit| !unit.is_nan())
    }

    /// Returns the number that was given along `axis`, if its coordinate does not decode to exactly that number; `None`
    /// otherwise.
    #[must_use]
    pub fn given(&self, axis: usize) -> Option<f64> {
        let dimensions = self.marked()?;
        let given = (axis < dimensions).then(|| self.numbers[dimensions + axis])?;
        (!given.is_nan()).then_some(given)
    }

    /// Returns whether the trial has a value for `axis`.
    #[must_use]
    pub fn is_active(&self, axis: usize) -> bool {
        self.get(axis).is_some()
    }

    /// Returns the number of axes, active or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marked().unwrap_or(self.numbers.len())
    }

    /// Returns whether the point has no axis.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Iterates over the coordinates in the order of the axes; `None` for an inactive axis.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        self.units().iter().map(|&unit| (!unit.is_nan()).then_some(unit))
    }

    /// Places the point at `coordinate` along `axis`; does nothing if that axis does not exist.
    pub fn place(&mut self, axis: usize, coordinate: Coordinate) {
        if axis >= self.len() {
            return;
        }
        self.set(axis, coordinate.unit());
        let Some(given) = coordinate.given() else { return };
        let dimensions = self.len();
        if self.marked().is_none() {
            let mut numbers = Vec::with_capacity(2 * dimensions + 1);
            numbers.extend_from_slice(&self.numbers);
            numbers.resize(2 * dimensions, f64::NAN);
            numbers.push(f64::from_bits(MARK));
            self.numbers = numbers.into();
        }
        self.numbers[dimensions + axis] = given;
    }

    /// Returns the coordinate along `axis` with the number that was given there; `None` if that axis is inactive or does not
    /// exist.
    #[must_use]
    pub fn coordinate(&self, axis: usize) -> Option<Coordinate> {
        self.get(axis).map(|unit| Coordinate::new(unit, self.given(axis)))
    }

    /// Returns the coordinates in the order of the axes; NaN where one is inactive.
    pub(crate) fn units(&self) -> &[f64] {
        match self.marked() {
            None => &self.numbers,
            Some(dimensions) => &self.numbers[..dimensions],
        }
    }

    /// Returns the number of axes of a point with given values.
    fn marked(&self) -> Option<usize> {
        let is_marked = self.numbers.last().is_some_and(|last| last.to_bits() == MARK);
        is_marked.then(|| (self.numbers.len() - 1) / 2)
    }

    pub(crate) fn unit(&self, axis: usize) -> f64 {
        self.numbers[axis]
    }

    pub(crate) fn set(&mut self, axis: usize, unit: f64) {
        self.numbers[axis] = unit;
        if let Some(dimensions) = self.marked() {
            self.numbers[dimensions + axis] = f64::NAN;
        }
    }

    /// Moves each coordinate without a given number to what `f` makes of its axis and of itself.
    pub(crate) fn adjust(&mut self, f: impl Fn(usize, f64) -> f64) {
        let (units, given) = self.numbers.split_at_mut(self.len());
        for (axis, unit) in units.iter_mut().enumerate() {
            if given.get(axis).is_none_or(|given| given.is_nan()) {
                *unit = f(axis, *unit);
            }
        }
    }

    /// Moves along `axis` to where `other` is.
    pub(crate) fn follow(&mut self, axis: usize, other: &Self) {
        match other.coordinate(axis) {
            Some(coordinate) => self.place(axis, coordinate),
            None => self.deactivate(axis),
        }
    }

    pub(crate) fn deactivate(&mut self, axis: usize) {
        self.set(axis, f64::NAN);
    }

    fn of(mut numbers: Box<[f64]>) -> Self {
        if let Some(last) = numbers.last_mut().filter(|last| last.is_nan()) {
            *last = f64::NAN;
        }
        Self { numbers }
    }
}

impl PartialEq for Point {
    /// Compares which axes are active, their coordinates and the given numbers.
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        let (own, others) = (self.units(), other.units());
        let are_given = |axis: usize| self.given(axis).map(f64::to_bits) == other.given(axis).map(f64::to_bits);
        let is_plain = self.marked().is_none() && other.marked().is_none();
        own.len() == others.len() && own.iter().zip(others).all(same) && (is_plain || (0..own.len()).all(are_given))
    }
}

impl From<Vec<f64>> for Point {
    /// Takes one coordinate for each axis; NaN stands for an inactive one.
    fn from(units: Vec<f64>) -> Self {
        Self::of(units.into())
    }
}

impl FromIterator<f64> for Point {
    fn from_iter<I: IntoIterator<Item = f64>>(units: I) -> Self {
        Self::of(units.into_iter().collect())
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.units()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_values_come_with_their_coordinates() {
        let mut point = Point::from(vec![0.25, f64::NAN, 0.5]);
        assert_eq!((point.given(0), point.len()), (None, 3));
        point.place(0, Coordinate::new(0.125, Some(3.5)));
        point.place(9, Coordinate::from(0.5));
        assert_eq!((point.len(), point.units().len(), point.get(3)), (3, 3, None));
        assert_eq!(
            (point.get(0), point.given(0), point.given(2), point.given(3)),
            (Some(0.125), Some(3.5), None, None)
        );
        assert_eq!(format!("{point:?}"), "[0.125, NaN, 0.5]");
        let mut other = Point::from(vec![0.125, f64::NAN, 0.5]);
        assert_ne!(point, other);
        other.follow(0, &point);
        assert_eq!(point, other);
        other.clone_from(&point);
        other.deactivate(0);
        assert_eq!((other.get(0), other.given(0)), (None, None));
        other.follow(0, &point);
        other.set(0, 0.125);
        assert_eq!(other, Point::from(vec![0.125, f64::NAN, 0.5]));
        other.follow(0, &point);
        other.adjust(|axis, unit| unit + axis as f64);
        assert_eq!((other.get(0), other.given(0), other.get(2)), (Some(0.125), Some(3.5), Some(2.5)));
        let odd = Point::from(vec![0.5, f64::from_bits(MARK)]);
        assert_eq!((odd.len(), odd.is_active(1)), (2, false));
    }
}
