//! The distributions of the numbers along an axis: even along a scale, or normal.

use crate::error::CandidatesError;
use crate::normal::{probability, quantile};
use crate::space::domain::decimals::tidy;
use crate::space::domain::integers::{between, evenly_spaced, fraction};
use crate::space::{Scale, number};

/// The distance from the mean, in deviations, at which a normal distribution is cut off: beyond, the unit interval has no
/// floats to tell numbers apart.
pub(super) const REACH: f64 = 8.0;

/// A normal distribution, or that of a number whose logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Normal {
    pub(crate) mu: f64,
    pub(crate) sigma: f64,
    pub(crate) is_log: bool,
}

impl Normal {
    pub(crate) fn scale(self) -> Scale {
        if self.is_log { Scale::LogNormal } else { Scale::Normal }
    }

    /// Returns the number that lies `z` deviations from the mean.
    pub(crate) fn at(self, z: f64) -> f64 {
        let x = self.mu + self.sigma * z;
        if self.is_log { x.exp() } else { x }
    }

    /// Returns the least and the largest number.
    pub(crate) fn reach(self) -> (f64, f64) {
        (self.at(-REACH), self.at(REACH))
    }

    #[inline(never)]
    pub(super) fn value(self, unit: f64) -> f64 {
        let z = match unit {
            ..=0.0 => -REACH,
            1.0.. => REACH,
            _ => quantile(unit).clamp(-REACH, REACH),
        };
        self.at(z)
    }

    /// Returns the probability of what is below `value`.
    pub(super) fn unit(self, value: f64) -> f64 {
        let x = if self.is_log { value.max(0.0).ln() } else { value };
        probability((x - self.mu) / self.sigma)
    }

    /// Returns the distribution as [`Floats`](crate::Floats) name it.
    pub(crate) fn written(self) -> String {
        let function = if self.is_log { "log_normal" } else { "normal" };
        format!("{function}({:?}, {:?})", self.mu, self.sigma)
    }

    /// Refuses a mean or a deviation of which no distribution is made. A number that is `rounded` may underflow to 0.
    pub(super) fn check(self, rounded: bool) -> Result<(), CandidatesError> {
        let Self { mu, sigma, is_log } = self;
        let found = || self.written();
        if !(mu.is_finite() && sigma.is_finite()) {
            return Err(CandidatesError::NotFinite(found()));
        }
        if sigma <= 0.0 {
            return Err(CandidatesError::Deviation { found: found(), sigma });
        }
        let (lo, hi) = self.reach();
        if !(is_log || lo.is_finite() && hi.is_finite()) {
            return Err(CandidatesError::NotFinite(found()));
        }
        if !hi.is_finite() || (is_log && lo == 0.0 && !rounded) {
            let power = if hi.is_finite() { mu - REACH * sigma } else { mu + REACH * sigma };
            return Err(CandidatesError::Power { found: found(), power });
        }
        Ok(())
    }

    pub(super) fn describe(self) -> String {
        let of = if self.is_log { "the logarithm is normal" } else { "normal" };
        format!("{of} around {}, deviation {}", number(self.mu), number(self.sigma))
    }
}

/// The distribution of a quantised number before it is rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Law {
    /// Uniform along `scale`, from `lo` to `hi`.
    Even { lo: f64, hi: f64, scale: Scale },
    /// A normal distribution.
    Normal(Normal),
}

impl Law {
    pub(super) fn scale(&self) -> Scale {
        match *self {
            Self::Even { scale, .. } => scale,
            Self::Normal(normal) => normal.scale(),
        }
    }

    pub(super) fn bounds(&self) -> (f64, f64) {
        match *self {
            Self::Even { lo, hi, .. } => (lo, hi),
            Self::Normal(normal) => normal.reach(),
        }
    }

    /// Returns the distribution in a few words, for messages.
    pub(super) fn describe(&self) -> String {
        match *self {
            Self::Even { lo, hi, .. } => format!("{}..={}", number(lo), number(hi)),
            Self::Normal(normal) => normal.describe(),
        }
    }

    /// Refuses bounds, a mean or a deviation that make no distribution to round numbers of.
    pub(super) fn check(&self) -> Result<(), CandidatesError> {
        match *self {
            Self::Even { lo, hi, scale } => check_bounds(lo, hi, scale, |lo, hi| format!("{lo:?}..={hi:?}")),
            Self::Normal(normal) => normal.check(true),
        }
    }

    #[inline(never)]
    pub(super) fn value(&self, unit: f64) -> f64 {
        match *self {
            Self::Even { lo, hi, scale } => along(lo, hi, scale, unit),
            Self::Normal(normal) => normal.value(unit),
        }
    }

    /// Returns the probability of what is below `value`.
    pub(super) fn unit(&self, value: f64) -> f64 {
        match *self {
            Self::Even { lo, hi, .. } if lo == hi => 0.5,
            Self::Even { lo, hi, scale } => place(lo, hi, scale, value.clamp(lo, hi)).clamp(0.0, 1.0),
            Self::Normal(normal) => normal.unit(value),
        }
    }
}

/// Refuses bounds that are not finite, run backwards or leave `scale`, in the words of `written`.
pub(super) fn check_bounds(
    lo: f64,
    hi: f64,
    scale: Scale,
    written: impl Fn(f64, f64) -> String,
) -> Result<(), CandidatesError> {
    let found = || written(lo, hi);
    if !(lo.is_finite() && hi.is_finite()) {
        return Err(CandidatesError::NotFinite(found()));
    }
    if lo > hi {
        return Err(CandidatesError::Reversed { found: found(), instead: written(hi, lo) });
    }
    match scale {
        Scale::Log10 if lo <= 0.0 => Err(CandidatesError::Logarithm(found())),
        Scale::Logit if lo <= 0.0 || hi >= 1.0 => Err(CandidatesError::Odds(found())),
        Scale::Normal | Scale::LogNormal => Err(CandidatesError::Scale { found: found(), scale }),
        Scale::Linear | Scale::Log10 | Scale::Logit | Scale::Bilog => Ok(()),
    }
}

/// What a number becomes where equal steps of the unit are equal differences.
fn stretched(scale: Scale, value: f64) -> f64 {
    match scale {
        Scale::Log10 => value.ln(),
        Scale::Logit => (value / (1.0 - value)).ln(),
        Scale::Bilog => value.abs().ln_1p().copysign(value),
        Scale::Linear | Scale::Normal | Scale::LogNormal => value,
    }
}

/// Returns the number that is stretched to `x`.
fn unstretched(scale: Scale, x: f64) -> f64 {
    match scale {
        Scale::Log10 => x.exp(),
        Scale::Logit => 1.0 / (1.0 + (-x).exp()),
        Scale::Bilog => x.abs().exp_m1().copysign(x),
        Scale::Linear | Scale::Normal | Scale::LogNormal => x,
    }
}

/// Returns the number at `unit` between `lo` and `hi`, both included.
#[inline(never)]
pub(super) fn along(lo: f64, hi: f64, scale: Scale, unit: f64) -> f64 {
    if unit <= 0.0 || unit >= 1.0 {
        return if unit <= 0.0 { lo } else { hi };
    }
    let x = between(stretched(scale, lo), stretched(scale, hi), unit);
    unstretched(scale, x).clamp(lo, hi)
}

/// Returns the `index`-th of `count` numbers from `lo` to `hi`, evenly spaced along `scale`. Powers of ten stay exact.
#[inline(never)]
pub(super) fn spaced(lo: f64, hi: f64, count: u64, scale: Scale, index: u64) -> f64 {
    match (index, scale) {
        (0, _) => lo,
        _ if index + 1 >= count => hi,
        (_, Scale::Log10) => tidy(10f64.powf(evenly_spaced(lo.log10(), hi.log10(), count, index))).clamp(lo, hi),
        _ => tidy(along(lo, hi, scale, index as f64 / (count - 1) as f64)).clamp(lo, hi),
    }
}

/// Returns the unit of a number between `lo` and `hi`.
#[inline(never)]
pub(super) fn place(lo: f64, hi: f64, scale: Scale, value: f64) -> f64 {
    fraction(stretched(scale, lo), stretched(scale, hi), stretched(scale, value))
}
