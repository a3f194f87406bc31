//! The trait of everything that can be written beside the name of a hyperparameter.

use crate::candidates::Dimension;

/// A set of values to choose from, which is written beside the name of a hyperparameter.
///
/// | written | values | axis |
/// |---|---|---|
/// | `linrange(1.0, 5.0, 1000)` | 1,000 numbers evenly spaced | ordered |
/// | `exp_linrange(-1.0, 3.0, 1000)` | 10⁻¹ … 10³, evenly spaced in the exponent | ordered, log scale |
/// | `0.0..=1.0`, `0.0..1.0` | every `f64` in the range | continuous |
/// | `1..=64`, `1..65` | every integer in the range, of any type up to 64 bits | ordered |
/// | `log(1e-5..=1e-1)`, `log(1..=1024)` | the same, uniform in the logarithm | continuous or ordered, log scale |
/// | `log(linrange(1e-4, 1e-1, 4))` | 4 numbers evenly spaced in the logarithm | ordered, log scale |
/// | `logit(0.01..=0.99)`, `bilog(-100.0..=100.0)` | uniform in the log-odds, or in the logarithm on both sides of 0 | continuous |
/// | [`Floats`](crate::Floats) | floats whose scale or grid is known at run time only | continuous or ordered |
/// | `hp::uniform(label, low, high)` and its like | the expressions of Python's hyperopt: see [`hp`](crate::hp) | by kind |
/// | `[true, false]`, `vec![…]`, `&slice` | each element, of any `Clone` type | categorical |
/// | `categorical([…])` | the same, stated explicitly | categorical |
/// | `ordinal([16, 32, 64])` | each element, in a meaningful order | ordered |
///
/// In a macro, `each(8, 0.0..=1.0)` makes an array of 8 values from the same candidates, each with an axis of its own: `w[0]`,
/// `w[1]` and so on for `w = each(…)`. A count that is neither a literal nor a constant makes a `Vec`.
///
/// Numbers have the type that the body gives them; where nothing does, a suffix states it: `1..=8_i32`.
///
/// References to candidates are candidates too. The trait cannot be implemented outside this crate; computed candidates are a
/// `Vec`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of candidates",
    label = "expected an array, a `Vec`, a range of integers or `f64`, `linrange(..)`, `exp_linrange(..)`, `log(..)` or `ordinal(..)`; \
             for a fixed value, write `[value]`",
    note = "where an `f32` is needed, sweep an `f64` and write `x as f32` in the body",
    note = "settings are `sampler`, `seed`, `goal`, `ho`, `study`, `checkpoint`, `timeout`, `loss_threshold`, \
            `no_progress`, `spend`, `progress`, `on_error`, `on_interrupt`, `into`, `try_first`, `transfer` and `repeats`; all else is a hyperparameter"
)]
pub trait Candidates: Sealed {
    /// The type of the values, as the loop's body sees them.
    type Value: Clone;

    /// Returns the axis of these candidates, with the map from its coordinates to values.
    ///
    /// A fault of the candidates (no value at all, NaN, bounds that run backwards) is kept in the dimension, and the sweep
    /// reports it under the name of the hyperparameter.
    fn dimension(self) -> Dimension<Self::Value>;

    /// Returns the former name of [`dimension`](Self::dimension).
    #[deprecated(note = "renamed to `dimension`")]
    fn codec(self) -> Dimension<Self::Value>
    where
        Self: Sized,
    {
        self.dimension()
    }
}

#[diagnostic::do_not_recommend]
impl<C: Candidates + Clone> Candidates for &C {
    type Value = C::Value;

    fn dimension(self) -> Dimension<C::Value> {
        self.clone().dimension()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Clone> Candidates for Dimension<V> {
    type Value = V;

    fn dimension(self) -> Self {
        self
    }
}

impl<V> Sealed for Dimension<V> {}

pub(crate) use sealed::Sealed;

/// Implemented here only.
mod sealed {
    pub trait Sealed {}

    impl<C: Sealed> Sealed for &C {}
}
