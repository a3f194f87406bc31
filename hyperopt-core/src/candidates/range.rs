use std::fmt::{Debug, Display};
use std::ops::{Range, RangeInclusive};

use crate::candidates::{Candidates, Dimension, Sealed};
use crate::error::CandidatesError;
use crate::space::{Domain, MAX_LEVELS, Scale};

#[diagnostic::do_not_recommend]
impl Candidates for RangeInclusive<f64> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        real(*self.start(), *self.end(), false, Scale::Linear)
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Range<f64> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        real(self.start, self.end, true, Scale::Linear)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for RangeInclusive<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        integers(self.start().to_i128(), self.end().to_i128(), false, Scale::Linear)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Range<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        integers(self.start.to_i128(), self.end.to_i128(), true, Scale::Linear)
    }
}

/// The integer types of up to 64 bits: of ranges of candidates, and of the range in the head of the loop.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an integer type that a sweep can count or choose from",
    label = "expected a range of integers, such as `0..50`",
    note = "for candidates with fractions, write a range of `f64`, and for an `f32` also `x as f32` in the body",
    note = "a head that counts budgets, such as `1.0..=81.0`, belongs to a multi-fidelity scheduler; this sampler counts \
            trials: `for i in 0..50`"
)]
pub trait Integer: Copy + Display + sealed::Sealed {
    #[doc(hidden)]
    const MAX: i128;

    #[doc(hidden)]
    fn to_i128(self) -> i128;

    /// The integer of this type that is `value`, which lies between two of this type.
    #[doc(hidden)]
    fn from_i128(value: i128) -> Self;
}

macro_rules! integer {
    ($($t:ty)+) => {$(
        impl sealed::Sealed for $t {}
        // `From` would not do for all of them.
        #[allow(clippy::cast_lossless)]
        impl Integer for $t {
            const MAX: i128 = <$t>::MAX as i128;

            fn to_i128(self) -> i128 {
                self as i128
            }

            fn from_i128(value: i128) -> Self {
                value as Self
            }
        }
    )+};
}

integer!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

pub(super) fn real(lo: f64, hi: f64, open: bool, scale: Scale) -> Dimension<f64> {
    let dots = if open { ".." } else { "..=" };
    let found = format!("{lo:?}{dots}{hi:?}");
    let fault = if !(lo.is_finite() && hi.is_finite()) {
        Some(CandidatesError::NotFinite(found))
    } else if lo > hi {
        Some(reversed(&lo, &hi, dots))
    } else if open && lo == hi {
        Some(CandidatesError::Empty)
    } else {
        off_scale(lo, hi, scale, found)
    };
    Dimension::<f64>::real(Domain::Real { lo, hi, open, scale }, fault)
}

pub(super) fn integers<T: Integer>(lo: i128, end: i128, open: bool, scale: Scale) -> Dimension<T> {
    let (hi, dots) = if open { (end - 1, "..") } else { (end, "..=") };
    let found = format!("{lo}{dots}{end}");
    let fault = if hi == lo - 1 {
        Some(CandidatesError::Empty)
    } else if hi < lo {
        Some(CandidatesError::Reversed { found, instead: format!("{end}{dots}{lo}") })
    } else if hi - lo >= i128::from(MAX_LEVELS) {
        Some(CandidatesError::TooMany)
    } else if scale == Scale::Log10 && lo <= 0 {
        Some(CandidatesError::Logarithm(found))
    } else {
        None
    };
    Dimension::integer(Domain::Integers { lo, hi, scale }, fault, T::from_i128, |value| value.to_i128())
}

/// That bounds are written the wrong way round.
pub(super) fn reversed<T: Debug>(lo: &T, hi: &T, dots: &str) -> CandidatesError {
    CandidatesError::Reversed { found: format!("{lo:?}{dots}{hi:?}"), instead: format!("{hi:?}{dots}{lo:?}") }
}

/// What `scale` has no place for, if anything.
pub(super) fn off_scale(lo: f64, hi: f64, scale: Scale, found: String) -> Option<CandidatesError> {
    match scale {
        Scale::Log10 if lo <= 0.0 => Some(CandidatesError::Logarithm(found)),
        Scale::Logit if lo <= 0.0 || hi >= 1.0 => Some(CandidatesError::Odds(found)),
        _ => None,
    }
}

mod sealed {
    pub trait Sealed {}
}

impl<T> Sealed for Range<T> {}
impl<T> Sealed for RangeInclusive<T> {}
