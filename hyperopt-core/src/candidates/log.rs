use std::ops::{Range, RangeInclusive};

use crate::candidates::range::{integers, real};
use crate::candidates::{Candidates, Dimension, Integer, Sealed};
use crate::space::Scale;

/// A range on a logarithmic scale; made by [`log`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Log<R> {
    pub(super) range: R,
}

/// Every number of a range, with equal weight for equal ratios: `log(1e-5..=1e-1)`, `log(1..=1024)`; or some of them,
/// `log(linrange(1e-4, 1e-1, 4))`, which is 0.0001, 0.001, 0.01 and 0.1.
///
/// The range holds floats or integers and starts above 0, else the sweep says so.
///
/// ```
/// use hyperopt_core::{Candidates, log};
///
/// let dimension = log(1e-4..=1e-2).dimension();
/// assert!((dimension.decode(0.5) - 1e-3).abs() < 1e-12);
/// ```
pub fn log<R>(range: R) -> Log<R>
where
    Log<R>: Candidates,
{
    Log { range }
}

#[diagnostic::do_not_recommend]
impl Candidates for Log<RangeInclusive<f64>> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        real(*self.range.start(), *self.range.end(), false, Scale::Log10)
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Log<Range<f64>> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        real(self.range.start, self.range.end, true, Scale::Log10)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Log<RangeInclusive<T>> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        integers(self.range.start().to_i128(), self.range.end().to_i128(), false, Scale::Log10)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Log<Range<T>> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        integers(self.range.start.to_i128(), self.range.end.to_i128(), true, Scale::Log10)
    }
}

impl<R> Sealed for Log<R> {}
