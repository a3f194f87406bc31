//! Integers: `hp::randint`, `hp::uniformint`.

use std::ops::Range;

use super::Expression;
use crate::candidates::{Dimension, Integer};
use crate::error::CandidatesError;
use crate::space::Ints;

/// Makes a uniformly distributed integer: `hp::randint("k", 10)` is one of 0 to 9, and `hp::randint("k", 5..10)`, for
/// Python's `hp.randint("k", 5, 10)`, one of 5 to 9.
///
/// ```
/// use hyperopt_core::{Candidates, hp};
///
/// let dimension = hp::randint("k", 5..10).dimension();
/// assert_eq!([dimension.decode(0.0), dimension.decode(1.0)], [5, 9]);
/// ```
pub fn randint<B: IntegerBounds>(label: impl Into<String>, bounds: B) -> Expression<B::Integer> {
    let (low, high) = bounds.bounds();
    let domain = if high <= low { Err(CandidatesError::Empty) } else { Ints::exclusive(low, high).domain() };
    Expression::new(label.into(), Dimension::ints(domain))
}

/// The bounds of [`randint`]: an upper bound or a range, of any integer type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not bound the integers of `hp::randint`",
    label = "expected an integer, or a range of integers without its upper end: `5..10`"
)]
pub trait IntegerBounds {
    /// The type of the integers.
    type Integer: Integer;

    /// Returns the first integer, and the one after the last.
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

/// Makes a number between `low` and `high`, rounded to an integer: both ends are half as likely as each integer between
/// them. For equal probabilities, use [`randint`].
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
    let domain = if lo > hi {
        let written = |low: i128, high: i128| format!("hp::uniformint({label:?}, {low}, {high})");
        Err(CandidatesError::Reversed { found: written(lo, hi), instead: written(hi, lo) })
    } else {
        Ints::inclusive(lo, hi).rounded().domain()
    };
    Expression::new(label, Dimension::ints(domain))
}
