//! The integers along an axis.

use std::ops::{Range, RangeInclusive};

use crate::error::CandidatesError;
use crate::space::{Domain, Law, MAX_LEVELS, Quantised, Scale};

/// Integers to choose from: the argument of [`Axis::int`](crate::Axis::int), made from a range of any integer type of up to 64
/// bits.
///
/// | integers | the same as candidates |
/// |---|---|
/// | `Ints::from(1..=8)`, `Ints::from(1..9)` | `1..=8`, `1..9`, `hp::randint(label, 1..9)` |
/// | `Ints::from(1..=1024).scale(Scale::Log10)` | `log(1..=1024)` |
/// | `Ints::from(-100..=100).scale(Scale::Bilog)` | `bilog(-100..=100)` |
/// | `Ints::from(1..=4).rounded()` | `hp::uniformint(label, 1, 4)` |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "integers are what an axis is made of"]
pub struct Ints {
    low: i128,
    /// The last integer, or the one after it.
    end: i128,
    is_open: bool,
    is_rounded: bool,
    scale: Scale,
}

impl Ints {
    /// Sets the scale: [`Scale::Linear`] (default), [`Scale::Log10`], whose range starts at 1 or above, or [`Scale::Bilog`].
    /// Others are errors of [`Axis::int`](crate::Axis::int).
    pub fn scale(self, scale: Scale) -> Self {
        Self { scale, ..self }
    }

    /// Rounds a number between the bounds, so that on a linear scale each bound is half as likely as any integer between them.
    pub fn rounded(self) -> Self {
        Self { is_rounded: true, ..self }
    }

    pub(crate) fn inclusive(low: i128, high: i128) -> Self {
        Self { low, end: high, is_open: false, is_rounded: false, scale: Scale::Linear }
    }

    pub(crate) fn exclusive(low: i128, end: i128) -> Self {
        Self { is_open: true, ..Self::inclusive(low, end) }
    }

    /// Makes the domain of an axis, or says what is wrong with it.
    pub(crate) fn domain(self) -> Result<Domain, CandidatesError> {
        let Self { low: lo, end, is_open, is_rounded, scale } = self;
        let dots = if is_open { ".." } else { "..=" };
        let hi = if is_open { end - 1 } else { end };
        let found = || format!("{lo}{dots}{end}");
        match scale {
            // Before the check of the domain, which does not know how the range was written.
            _ if hi < lo - 1 => Err(CandidatesError::Reversed { found: found(), instead: format!("{end}{dots}{lo}") }),
            _ if hi < lo => Err(CandidatesError::Empty),
            _ if hi - lo >= i128::from(MAX_LEVELS) => Err(CandidatesError::TooMany),
            Scale::Log10 if lo <= 0 => Err(CandidatesError::Logarithm(found())),
            Scale::Logit => Err(CandidatesError::Odds(found())),
            Scale::Normal | Scale::LogNormal => Err(CandidatesError::Scale { found: found(), scale }),
            Scale::Linear | Scale::Log10 if !is_rounded => Domain::Integers { lo, hi, scale }.checked(),
            _ => {
                // Half a step more at each end, so that the ends are as likely as their neighbours.
                let more = if is_rounded { 0.0 } else { 0.5 };
                let law = Law::Even { lo: lo as f64 - more, hi: hi as f64 + more, scale };
                Quantised::new(law, 1.0, true).map(Domain::Quantised)
            }
        }
    }
}

macro_rules! ints_from {
    ($($t:ty)+) => {$(
        // `From` would not do for all of them.
        #[allow(clippy::cast_lossless)]
        impl From<RangeInclusive<$t>> for Ints {
            fn from(range: RangeInclusive<$t>) -> Self {
                Self::inclusive(*range.start() as i128, *range.end() as i128)
            }
        }

        #[allow(clippy::cast_lossless)]
        impl From<Range<$t>> for Ints {
            fn from(range: Range<$t>) -> Self {
                Self::exclusive(range.start as i128, range.end as i128)
            }
        }
    )+};
}

ints_from!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
