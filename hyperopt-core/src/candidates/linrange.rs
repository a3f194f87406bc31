use crate::candidates::range::off_scale;
use crate::candidates::{Candidates, Dimension, Sealed};
use crate::error::CandidatesError;
use crate::space::{Domain, MAX_LEVELS, Scale};

/// Evenly spaced numbers; made by [`linrange`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinRange {
    lo: f64,
    hi: f64,
    count: usize,
}

/// `count` numbers evenly spaced from `lo` to `hi`, both included.
///
/// No numbers, a bound that is NaN or infinite, and `lo > hi` are errors of the sweep; one number is `lo`.
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
        steps("linrange", self.lo, self.hi, self.count, Scale::Linear)
    }
}

/// Numbers evenly spaced in their exponent; made by [`exp_linrange`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpLinRange {
    lo: f64,
    hi: f64,
    count: usize,
}

/// `count` numbers from 10^`lo` to 10^`hi`, both included, evenly spaced in the exponent.
///
/// The errors are those of [`linrange`], and exponents outside −307 … 308, where 10^x leaves the floats.
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
        steps("exp_linrange", self.lo, self.hi, self.count, Scale::Log10)
    }
}

/// The same numbers of `range`, evenly spaced along `scale`.
pub(super) fn spaced(range: LinRange, scale: Scale) -> Dimension<f64> {
    let LinRange { lo, hi, count } = range;
    let count = count as u64;
    let fault = fault("linrange", lo, hi, count);
    let fault = fault.or_else(|| off_scale(lo, hi, scale, format!("linrange({lo:?}, {hi:?}, {count})")));
    Dimension::<f64>::real(Domain::Spaced { lo, hi, count, scale }, fault)
}

fn steps(function: &'static str, lo: f64, hi: f64, count: usize, scale: Scale) -> Dimension<f64> {
    let count = count as u64;
    let fault = fault(function, lo, hi, count).or_else(|| {
        let is_outside = scale == Scale::Log10 && !(lo >= -307.0 && hi <= 308.0);
        is_outside.then(|| CandidatesError::Exponent(if lo < -307.0 { lo } else { hi }))
    });
    Dimension::<f64>::real(Domain::Steps { lo, hi, count, scale }, fault)
}

/// What is wrong with `count` numbers from `lo` to `hi`, if anything.
fn fault(function: &str, lo: f64, hi: f64, count: u64) -> Option<CandidatesError> {
    if count == 0 {
        Some(CandidatesError::Empty)
    } else if count > MAX_LEVELS {
        Some(CandidatesError::TooMany)
    } else if !(lo.is_finite() && hi.is_finite()) {
        Some(CandidatesError::NotFinite(format!("{function}({lo:?}, {hi:?}, {count})")))
    } else if lo > hi {
        Some(CandidatesError::Reversed {
            found: format!("{function}({lo:?}, {hi:?}, {count})"),
            instead: format!("{function}({hi:?}, {lo:?}, {count})"),
        })
    } else {
        None
    }
}

impl Sealed for LinRange {}
impl Sealed for ExpLinRange {}
