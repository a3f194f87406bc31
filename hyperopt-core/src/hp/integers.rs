use std::ops::Range;

use super::Expression;
use crate::candidates::{Dimension, Integer};
use crate::error::CandidatesError;
use crate::space::{Domain, Law, MAX_LEVELS, Quantised, Scale};

/// An integer, every one as likely: `hp::randint("k", 10)` is one of 0 to 9, and `hp::randint("k", 5..10)`, for Python's
/// `hp.randint("k", 5, 10)`, one of 5 to 9.
///
/// ```
/// use hyperopt_core::{Candidates, hp};
///
/// let dimension = hp::randint("k", 5..10).dimension();
/// assert_eq!([dimension.decode(0.0), dimension.decode(1.0)], [5, 9]);
/// ```
pub fn randint<B: IntegerBounds>(label: impl Into<String>, bounds: B) -> Expression<B::Integer> {
    let (label, (low, high)) = (label.into(), bounds.bounds());
    let fault = if high <= low {
        Some(CandidatesError::Empty)
    } else if high - low > i128::from(MAX_LEVELS) {
        Some(CandidatesError::TooMany)
    } else {
        None
    };
    let domain = Domain::Integers { lo: low, hi: (high - 1).max(low), scale: Scale::Linear };
    let dimension = Dimension::integer(domain, fault, B::Integer::from_i128, |value| value.to_i128());
    Expression::new(label, dimension)
}

/// What [`randint`] takes: an upper bound, or a range, of any type of integers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not bound the integers of `hp::randint`",
    label = "expected an integer, or a range of integers without its upper end: `5..10`"
)]
pub trait IntegerBounds {
    /// The type of the integers.
    type Integer: Integer;

    /// The first integer, and the first that is none of them.
    #[doc(hidden)]
    fn bounds(self) -> (i128, i128);
}

#[diagnostic::do_not_recommend]
impl<T: Integer> IntegerBounds for T {
    type Integer = T;

    fn bounds(self) -> (i128, i128) {
        (0, self.to_i128())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> IntegerBounds for Range<T> {
    type Integer = T;

    fn bounds(self) -> (i128, i128) {
        (self.start.to_i128(), self.end.to_i128())
    }
}

/// A number between `low` and `high`, rounded to an integer: both ends are half as likely as each integer between them.
/// [`randint`] has no such ends.
///
/// ```
/// use hyperopt_core::{Candidates, hp};
///
/// let dimension = hp::uniformint("k", 1, 4).dimension();
/// assert_eq!([0.0, 0.16, 0.17, 0.5, 0.84, 1.0].map(|unit| dimension.decode(unit)), [1, 1, 2, 2, 4, 4]);
/// ```
pub fn uniformint<T: Integer>(label: impl Into<String>, low: T, high: T) -> Expression<T> {
    let label = label.into();
    let (lo, hi) = (low.to_i128(), high.to_i128());
    let law = Law::Even { lo: lo as f64, hi: hi as f64, scale: Scale::Linear };
    let checked = if lo > hi {
        let written = |low: i128, high: i128| format!("hp::uniformint({label:?}, {low}, {high})");
        Err(CandidatesError::Reversed { found: written(lo, hi), instead: written(hi, lo) })
    } else {
        Quantised::new(law, 1.0, true)
    };
    let nothing = Domain::Integers { lo: 0, hi: 0, scale: Scale::Linear };
    let (domain, fault) =
        checked.map_or_else(|fault| (nothing, Some(fault)), |quantised| (Domain::Quantised(quantised), None));
    let dimension = Dimension::integer(domain, fault, T::from_i128, |value| value.to_i128());
    Expression::new(label, dimension)
}
