//! Ranges on a scale other than the linear one: `log`, `logit`, `bilog`.

use std::ops::{Range, RangeInclusive};

use crate::candidates::{Candidates, Dimension, Integer, LinRange, Sealed};
use crate::space::{Floats, Ints, Scale};

/// A range on a scale other than the linear one; made by [`log`], [`logit`] and [`bilog`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scaled<R> {
    range: R,
    scale: Scale,
}

/// Makes candidates on a logarithmic scale, uniform in the logarithm: every number of a range, `log(1e-5..=1e-1)` or
/// `log(1..=1024)`; or numbers evenly spaced in the logarithm, `log(linrange(1e-4, 1e-1, 4))`, which are 0.0001, 0.001, 0.01
/// and 0.1.
///
/// The range holds floats or integers. A range that does not start above 0 is an error of the sweep.
///
/// ```
/// use hyperopt_core::{Candidates, log};
///
/// let dimension = log(1e-4..=1e-2).dimension();
/// assert!((dimension.decode(0.5) - 1e-3).abs() < 1e-12);
/// ```
pub fn log<R>(range: R) -> Scaled<R>
where
    Scaled<R>: Candidates,
{
    Scaled { range, scale: Scale::Log10 }
}

/// Makes candidates between 0 and 1, uniform in the log-odds ln(x / (1 − x)): every number of a range, `logit(0.01..=0.99)`, or
/// numbers evenly spaced in the log-odds, `logit(linrange(0.01, 0.99, 9))`.
///
/// A range that does not start above 0 and end below 1 is an error of the sweep.
///
/// ```
/// use hyperopt_core::{Candidates, logit};
///
/// let dimension = logit(0.001..=0.999).dimension();
/// assert!((dimension.decode(0.5) - 0.5).abs() < 1e-12);
/// assert!(dimension.decode(0.1) < 0.005);
/// ```
pub fn logit<R>(range: R) -> Scaled<R>
where
    Scaled<R>: Candidates,
{
    Scaled { range, scale: Scale::Logit }
}

/// Makes candidates that are uniform in sign(x) ln(1 + |x|), which is logarithmic on both sides of 0: every number of a range,
/// `bilog(-100.0..=100.0)` or `bilog(-100..=100)`, or numbers evenly spaced on that scale, `bilog(linrange(-100.0, 100.0, 9))`.
///
/// ```
/// use hyperopt_core::{Candidates, bilog};
///
/// let dimension = bilog(-1000.0..=1000.0).dimension();
/// assert_eq!([0.0, 0.5, 1.0].map(|unit| dimension.decode(unit)), [-1000.0, 0.0, 1000.0]);
/// assert!((dimension.decode(0.75) - (1001_f64.sqrt() - 1.0)).abs() < 1e-9);
/// ```
pub fn bilog<R>(range: R) -> Scaled<R>
where
    Scaled<R>: Candidates,
{
    Scaled { range, scale: Scale::Bilog }
}

impl<R> Sealed for Scaled<R> {}

#[diagnostic::do_not_recommend]
impl Candidates for Scaled<RangeInclusive<f64>> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self.range).scale(self.scale).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Scaled<Range<f64>> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self.range).scale(self.scale).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Scaled<LinRange> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self.range).scale(self.scale).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Scaled<RangeInclusive<T>> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        let ints = Ints::inclusive(self.range.start().to_i128(), self.range.end().to_i128());
        Dimension::ints(ints.scale(self.scale).domain())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Scaled<Range<T>> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        let ints = Ints::exclusive(self.range.start.to_i128(), self.range.end.to_i128());
        Dimension::ints(ints.scale(self.scale).domain())
    }
}
