//! The kind of an axis, and how the unit interval is mapped onto its numbers.

/// The kind of an axis: whether it has levels, and whether they have an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Every number between two bounds.
    Continuous,
    /// This many levels in a meaningful order: integers, `linrange`, `ordinal`.
    Ordered(u64),
    /// This many levels without an order: arrays, `Vec`s, `categorical`.
    Categorical(u64),
}

/// The scale of an axis: how the unit interval is mapped onto its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Scale {
    /// Equal steps of the unit are equal differences.
    Linear,
    /// Equal steps of the unit are equal ratios.
    Log10,
    /// Equal steps of the unit are equal ratios of the odds x / (1 − x), for numbers between 0 and 1.
    Logit,
    /// Equal steps of the unit are equal differences of sign(x) ln(1 + |x|): logarithmic away from 0, on both sides of it.
    Bilog,
    /// The unit is a quantile of a normal distribution.
    Normal,
    /// The unit is a quantile of a distribution whose logarithm is normal.
    LogNormal,
}

impl Scale {
    /// Returns whether a figure should draw these numbers along a logarithmic axis.
    #[must_use]
    pub fn is_logarithmic(self) -> bool {
        matches!(self, Self::Log10 | Self::LogNormal)
    }
}
