use crate::normal::{probability, quantile};
use crate::space::domain::integers::{between, fraction};
use crate::space::{Scale, number};

/// How far from its mean a normal distribution reaches, in deviations: beyond, the unit interval has no floats to tell numbers
/// apart.
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
    pub(super) fn scale(self) -> Scale {
        if self.is_log { Scale::LogNormal } else { Scale::Normal }
    }

    /// The number that lies `z` deviations from the mean.
    pub(crate) fn at(self, z: f64) -> f64 {
        let x = self.mu + self.sigma * z;
        if self.is_log { x.exp() } else { x }
    }

    /// The least and the largest number.
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

    /// The probability of what is below `value`.
    pub(super) fn unit(self, value: f64) -> f64 {
        let x = if self.is_log { value.max(0.0).ln() } else { value };
        probability((x - self.mu) / self.sigma)
    }

    pub(super) fn describe(self) -> String {
        let of = if self.is_log { "the logarithm is normal" } else { "normal" };
        format!("{of} around {}, deviation {}", number(self.mu), number(self.sigma))
    }
}

/// What a quantised number is drawn from before it is rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Law {
    /// Evenly along `scale`, from `lo` to `hi`.
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

    #[inline(never)]
    pub(super) fn value(&self, unit: f64) -> f64 {
        match *self {
            Self::Even { lo, hi, scale } => along(lo, hi, scale, unit),
            Self::Normal(normal) => normal.value(unit),
        }
    }

    /// The probability of what is below `value`.
    pub(super) fn unit(&self, value: f64) -> f64 {
        match *self {
            Self::Even { lo, hi, .. } if lo == hi => 0.5,
            Self::Even { lo, hi, scale } => place(lo, hi, scale, value.clamp(lo, hi)).clamp(0.0, 1.0),
            Self::Normal(normal) => normal.unit(value),
        }
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

/// The number that is stretched to `x`.
fn unstretched(scale: Scale, x: f64) -> f64 {
    match scale {
        Scale::Log10 => x.exp(),
        Scale::Logit => 1.0 / (1.0 + (-x).exp()),
        Scale::Bilog => x.abs().exp_m1().copysign(x),
        Scale::Linear | Scale::Normal | Scale::LogNormal => x,
    }
}

/// The number at `unit` between `lo` and `hi`, both included.
#[inline(never)]
pub(super) fn along(lo: f64, hi: f64, scale: Scale, unit: f64) -> f64 {
    if unit <= 0.0 || unit >= 1.0 {
        return if unit <= 0.0 { lo } else { hi };
    }
    let x = between(stretched(scale, lo), stretched(scale, hi), unit);
    unstretched(scale, x).clamp(lo, hi)
}

/// The unit of a number between `lo` and `hi`.
#[inline(never)]
pub(super) fn place(lo: f64, hi: f64, scale: Scale, value: f64) -> f64 {
    fraction(stretched(scale, lo), stretched(scale, hi), stretched(scale, value))
}
