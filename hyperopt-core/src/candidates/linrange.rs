//! Evenly spaced numbers as candidates: `linrange`, `exp_linrange`.

use crate::candidates::{Candidates, Dimension, Sealed};
use crate::space::Floats;

/// Evenly spaced numbers; made by [`linrange`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinRange {
    lo: f64,
    hi: f64,
    count: usize,
}

/// Makes candidates of `count` numbers, evenly spaced from `lo` to `hi`, both included.
///
/// A count of 0, a bound that is NaN or infinite, and `lo > hi` are errors of the sweep. With a count of 1, the number is `lo`.
///
/// ```
/// use hyperopt_core::{Candidates, linrange};
///
/// let dimension = linrange(1.0, 5.0, 5).dimension();
/// assert_eq!([dimension.decode(0.0), dimension.decode(0.5), dimension.decode(1.0)], [1.0, 3.0, 5.0]);
/// ```
#[must_use]
pub fn linrange(lo: f64, hi: f64, count: usize) -> LinRange {
    LinRange { lo, hi, count }
}

#[diagnostic::do_not_recommend]
impl Candidates for LinRange {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self).dimension()
    }
}

/// Numbers evenly spaced in their exponent; made by [`exp_linrange`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpLinRange {
    lo: f64,
    hi: f64,
    count: usize,
}

/// Makes candidates of `count` numbers from 10^`lo` to 10^`hi`, both included, evenly spaced in the exponent.
///
/// The errors are those of [`linrange`], and also exponents outside −307 … 308, beyond which 10^x is not a finite, normal
/// `f64`.
///
/// ```
/// use hyperopt_core::{Candidates, exp_linrange};
///
/// let dimension = exp_linrange(-1.0, 3.0, 5).dimension();
/// assert_eq!([dimension.decode(0.5), dimension.decode(1.0)], [10.0, 1000.0]);
/// ```
#[must_use]
pub fn exp_linrange(lo: f64, hi: f64, count: usize) -> ExpLinRange {
    ExpLinRange { lo, hi, count }
}

#[diagnostic::do_not_recommend]
impl Candidates for ExpLinRange {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::powers_of_ten(self.lo, self.hi, self.count).dimension()
    }
}

impl From<LinRange> for Floats {
    fn from(LinRange { lo, hi, count }: LinRange) -> Self {
        Self::from(lo..=hi).count(count)
    }
}

impl Sealed for LinRange {}
impl Sealed for ExpLinRange {}
