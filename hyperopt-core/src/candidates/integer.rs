//! The types of integers.

use std::fmt::Display;

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

    /// Returns the integer of this type that is `value`, which lies between two of this type.
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

mod sealed {
    pub trait Sealed {}
}
