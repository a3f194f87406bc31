//! A place along an axis.

/// A place along an axis: a coordinate in [0, 1], and the number that was given there if the coordinate does not decode to
/// exactly that number.
///
/// ```
/// use hyperopt_core::{Axis, Value};
///
/// let axis = Axis::float("x", -10.0..=10.0)?;
/// let coordinate = axis.coordinate_of(&Value::from(3.7)).unwrap();
/// assert_eq!(axis.value_at(coordinate), Value::from(3.7));
/// # Ok::<_, hyperopt_core::CandidatesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinate {
    unit: f64,
    /// NaN where no number was given.
    given: f64,
}

impl Coordinate {
    /// Makes a coordinate from `unit`, a number in [0, 1], and the number that was given there, if one was.
    #[must_use]
    pub fn new(unit: f64, given: Option<f64>) -> Self {
        Self { unit, given: given.unwrap_or(f64::NAN) }
    }

    /// Returns the coordinate in [0, 1].
    #[must_use]
    pub fn unit(self) -> f64 {
        self.unit
    }

    /// Returns the number that was given there, if the coordinate does not decode to exactly that number; `None` otherwise.
    #[must_use]
    pub fn given(self) -> Option<f64> {
        (!self.given.is_nan()).then_some(self.given)
    }
}

impl From<f64> for Coordinate {
    fn from(unit: f64) -> Self {
        Self::new(unit, None)
    }
}
