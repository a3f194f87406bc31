use crate::candidates::linrange::spaced;
use crate::candidates::range::{real, reversed};
use crate::candidates::{Candidates, Dimension, Integer, LinRange, Log, Sealed};
use crate::error::CandidatesError;
use crate::space::{Domain, Law, Quantised, Scale};
use std::ops::RangeInclusive;

/// A range on a scale other than its own; made by [`logit`] and [`bilog`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretched<R> {
    range: R,
    scale: Scale,
}

/// Every number of a range within 0 and 1, with equal weight for equal ratios of the odds x / (1 − x): `logit(0.01..=0.99)`, or
/// some of them, `logit(linrange(0.01, 0.99, 9))`.
///
/// The range starts above 0 and ends below 1, else the sweep says so.
///
/// ```
/// use hyperopt_core::{Candidates, logit};
///
/// let dimension = logit(0.001..=0.999).dimension();
/// assert!((dimension.decode(0.5) - 0.5).abs() < 1e-12);
/// assert!(dimension.decode(0.1) < 0.005);
/// ```
pub fn logit<R>(range: R) -> Stretched<R>
where
    Stretched<R>: Candidates,
{
    Stretched { range, scale: Scale::Logit }
}

/// Every number of a range, with equal weight for equal differences of sign(x) ln(1 + |x|): logarithmic away from 0, on both
/// sides of it. `bilog(-100.0..=100.0)`, `bilog(-100..=100)`, or some of them, `bilog(linrange(-100.0, 100.0, 9))`.
///
/// ```
/// use hyperopt_core::{Candidates, bilog};
///
/// let dimension = bilog(-1000.0..=1000.0).dimension();
/// assert_eq!([0.0, 0.5, 1.0].map(|unit| dimension.decode(unit)), [-1000.0, 0.0, 1000.0]);
/// assert!((dimension.decode(0.75) - (1001_f64.sqrt() - 1.0)).abs() < 1e-9);
/// ```
pub fn bilog<R>(range: R) -> Stretched<R>
where
    Stretched<R>: Candidates,
{
    Stretched { range, scale: Scale::Bilog }
}

impl<R> Sealed for Stretched<R> {}

#[diagnostic::do_not_recommend]
impl Candidates for Stretched<RangeInclusive<f64>> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        real(*self.range.start(), *self.range.end(), false, self.scale)
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Stretched<LinRange> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        spaced(self.range, self.scale)
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Log<LinRange> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        spaced(self.range, Scale::Log10)
    }
}

/// Every integer has a cell from half below it to half above.
#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Stretched<RangeInclusive<T>> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        let (lo, hi) = (self.range.start().to_i128(), self.range.end().to_i128());
        let law = Law::Even { lo: lo as f64 - 0.5, hi: hi as f64 + 0.5, scale: self.scale };
        let checked = if lo > hi {
            Err(reversed(&lo, &hi, "..="))
        } else if self.scale == Scale::Logit {
            Err(CandidatesError::Odds(format!("{lo}..={hi}")))
        } else {
            Quantised::new(law, 1.0, true)
        };
        let nothing = Domain::Integers { lo: 0, hi: 0, scale: Scale::Linear };
        let (domain, fault) =
            checked.map_or_else(|fault| (nothing, Some(fault)), |quantised| (Domain::Quantised(quantised), None));
        Dimension::integer(domain, fault, T::from_i128, |value| value.to_i128())
    }
}
