//! What lies along an axis, and the way from the unit interval to it and back.

mod integers;
mod law;
mod quantised;
mod weighted;

pub(crate) use law::{Law, Normal};
pub(crate) use quantised::Quantised;
pub(crate) use weighted::ends;

use integers::{between, cell, evenly_spaced, fraction, log_ends, log_integer, log_unit};
use law::{along, place};

use crate::space::{Scale, Value, number};

/// The most levels that an ordered axis can have: every level needs a unit interval of its own among the floats.
pub(crate) const MAX_LEVELS: u64 = 1 << 53;

#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Domain {
    /// `lo..=hi`, or `lo..hi` if `open`.
    Real { lo: f64, hi: f64, open: bool, scale: Scale },
    /// `count` numbers evenly spaced from `lo` to `hi`, both exponents of ten on a logarithmic scale.
    Steps { lo: f64, hi: f64, count: u64, scale: Scale },
    /// Every integer from `lo` to `hi`.
    Integers { lo: i128, hi: i128, scale: Scale },
    /// `count` numbers from `lo` to `hi`, evenly spaced along `scale`.
    Spaced { lo: f64, hi: f64, count: u64, scale: Scale },
    /// Multiples of a step.
    Quantised(Quantised),
    /// Numbers with a normal distribution, or a normal logarithm.
    Normal(Normal),
    /// Values known by their labels; where the cell of each ends, unless they have equal ones.
    Levels {
        labels: Box<[Value]>,
        ordered: bool,
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        ends: Option<Box<[f64]>>,
    },
}

impl Domain {
    pub(crate) fn levels(&self) -> Option<u64> {
        match self {
            Self::Real { .. } | Self::Normal(_) => None,
            Self::Steps { count, .. } | Self::Spaced { count, .. } => Some(*count),
            Self::Quantised(quantised) => Some(quantised.levels()),
            Self::Integers { lo, hi, .. } => Some((hi - lo + 1) as u64),
            Self::Levels { labels, .. } => Some(labels.len() as u64),
        }
    }

    pub(crate) fn scale(&self) -> Scale {
        match self {
            Self::Real { scale, .. }
            | Self::Steps { scale, .. }
            | Self::Integers { scale, .. }
            | Self::Spaced { scale, .. } => *scale,
            Self::Quantised(quantised) => quantised.law().scale(),
            Self::Normal(normal) => normal.scale(),
            Self::Levels { .. } => Scale::Linear,
        }
    }

    pub(crate) fn bounds(&self) -> Option<(f64, f64)> {
        match *self {
            Self::Steps { lo, hi, scale: Scale::Log10, .. } => Some((10f64.powf(lo), 10f64.powf(hi))),
            Self::Real { lo, hi, .. } | Self::Steps { lo, hi, .. } | Self::Spaced { lo, hi, .. } => Some((lo, hi)),
            Self::Integers { lo, hi, .. } => Some((lo as f64, hi as f64)),
            Self::Quantised(ref quantised) => Some(quantised.bounds()),
            Self::Normal(normal) => Some((normal.value(0.0), normal.value(1.0))),
            Self::Levels { .. } => None,
        }
    }

    /// The value at `unit`, as a person sees it.
    pub(crate) fn value(&self, unit: f64) -> Value {
        match self {
            Self::Integers { .. } => Value::Int(self.integer(unit)),
            Self::Quantised(quantised) => quantised.shown(unit),
            Self::Levels { labels, .. } => labels[self.level(unit).unwrap_or_default() as usize].clone(),
            _ => Value::Float(self.real(unit)),
        }
    }

    /// The level in whose cell `unit` lies.
    pub(crate) fn level(&self, unit: f64) -> Option<u64> {
        Some(match self {
            Self::Real { .. } | Self::Normal(_) => return None,
            Self::Steps { count, .. } | Self::Spaced { count, .. } => cell(unit, *count),
            Self::Levels { labels, ends: None, .. } => cell(unit, labels.len() as u64),
            Self::Integers { lo, hi, scale: Scale::Log10 } => (log_integer(*lo, *hi, unit) - lo) as u64,
            Self::Integers { lo, hi, .. } => cell(unit, (hi - lo + 1) as u64),
            Self::Levels { ends: Some(ends), .. } => weighted::level(ends, unit),
            Self::Quantised(quantised) => quantised.level(unit),
        })
    }

    /// The middle of the cell in which `unit` lies, or `unit` where there are none. Each coordinate of each trial comes here.
    pub(crate) fn snap(&self, unit: f64) -> f64 {
        let count = match self {
            Self::Real { .. } | Self::Normal(_) => return unit,
            Self::Steps { count, .. } | Self::Spaced { count, .. } => *count,
            Self::Levels { labels, ends: None, .. } => labels.len() as u64,
            Self::Integers { lo, hi, scale: Scale::Linear } => (hi - lo + 1) as u64,
            _ => return self.level(unit).and_then(|level| self.unit_of(level)).unwrap_or(unit),
        };
        middle(cell(unit, count), count)
    }

    pub(crate) fn unit_of(&self, level: u64) -> Option<f64> {
        let levels = self.levels()?;
        let level = level.min(levels.saturating_sub(1));
        Some(match *self {
            Self::Quantised(ref quantised) => quantised.unit_of(level),
            Self::Levels { ends: Some(ref ends), .. } => {
                let (start, end) = weighted::cell(ends, level);
                f64::midpoint(start, end)
            }
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_unit(lo, hi, lo + i128::from(level)),
            _ => middle(level, levels),
        })
    }

    pub(crate) fn cell(&self, level: u64) -> Option<(f64, f64)> {
        let levels = self.levels()?;
        let level = level.min(levels.saturating_sub(1));
        Some(match *self {
            Self::Quantised(ref quantised) => quantised.cell(level),
            Self::Levels { ends: Some(ref ends), .. } => weighted::cell(ends, level),
            Self::Integers { lo, hi, scale: Scale::Log10 } => {
                let ((from, to), value) = (log_ends(lo, hi), (lo + i128::from(level)) as f64);
                let end = |value: f64| ((value.ln() - from) / (to - from)).clamp(0.0, 1.0);
                (end(value - 0.5), end(value + 0.5))
            }
            _ => (level as f64 / levels as f64, (level + 1) as f64 / levels as f64),
        })
    }

    /// The number at `unit` of a domain of floats.
    pub(crate) fn real(&self, unit: f64) -> f64 {
        match *self {
            Self::Real { lo, hi, open, scale } => {
                let last = if open { hi.next_down() } else { hi };
                match scale {
                    _ if unit >= 1.0 => last,
                    Scale::Linear => between(lo, hi, unit).clamp(lo, last),
                    Scale::Log10 => between(lo.ln(), hi.ln(), unit).exp().clamp(lo, last),
                    _ => along(lo, hi, scale, unit).min(last),
                }
            }
            Self::Steps { lo, hi, count, scale } => {
                let step = evenly_spaced(lo, hi, count, cell(unit, count));
                if scale == Scale::Log10 { 10f64.powf(step) } else { step }
            }
            Self::Spaced { lo, hi, count, scale } => spaced(lo, hi, count, scale, cell(unit, count)),
            Self::Quantised(ref quantised) => quantised.value(quantised.level(unit)),
            Self::Normal(normal) => normal.value(unit),
            Self::Integers { .. } => self.integer(unit) as f64,
            Self::Levels { .. } => f64::NAN,
        }
    }

    /// The integer at `unit` of a domain of integers.
    pub(crate) fn integer(&self, unit: f64) -> i128 {
        match *self {
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_integer(lo, hi, unit),
            Self::Quantised(ref quantised) => quantised.value(quantised.level(unit)) as i128,
            Self::Integers { lo, hi, .. } => lo + i128::from(cell(unit, (hi - lo + 1) as u64)),
            _ => 0,
        }
    }

    /// The unit of a number that a domain of floats holds.
    pub(crate) fn unit_of_real(&self, value: f64) -> Option<f64> {
        match *self {
            Self::Real { lo, hi, open, .. } if !(lo..=hi).contains(&value) || (open && value == hi) => None,
            Self::Real { lo, hi, .. } if lo == hi => Some(0.5),
            Self::Real { lo, hi, scale: Scale::Linear, .. } => Some(fraction(lo, hi, value)),
            Self::Real { lo, hi, scale, .. } => Some(place(lo, hi, scale, value)),
            Self::Steps { lo, hi, count, scale } => {
                let along = if scale == Scale::Linear { value } else { value.log10() };
                let level = fraction(lo, hi, along) * count.saturating_sub(1) as f64;
                let unit = self.unit_of(level.round() as u64)?;
                (self.real(unit) == value).then_some(unit)
            }
            Self::Normal(normal) => {
                let within = (normal.value(0.0)..=normal.value(1.0)).contains(&value);
                within.then(|| normal.unit(value))
            }
            Self::Spaced { .. } | Self::Quantised(_) => self.unit_near_real(value),
            Self::Integers { .. } | Self::Levels { .. } => None,
        }
    }

    /// The same, but for numbers on a grid up to rounding: 0.001 is a step of powers of ten, whatever `powf` makes of it.
    pub(crate) fn unit_near_real(&self, value: f64) -> Option<f64> {
        match *self {
            Self::Steps { lo, hi, count, scale } if value.is_finite() => {
                let along = if scale == Scale::Linear { value } else { value.log10() };
                let level = if lo == hi { 0.0 } else { fraction(lo, hi, along) * count.saturating_sub(1) as f64 };
                let unit = (level > -0.5).then(|| self.unit_of(level.round() as u64))??;
                let near = self.real(unit);
                ((near - value).abs() <= 1e-9 * near.abs().max(value.abs())).then_some(unit)
            }
            Self::Spaced { lo, hi, count, scale } => {
                let within = lo <= value && value <= hi;
                let along = if lo == hi { 0.0 } else { place(lo, hi, scale, value) };
                let unit = within.then(|| self.unit_of((along * count.saturating_sub(1) as f64).round() as u64))??;
                let near = self.real(unit);
                ((near - value).abs() <= 1e-9 * near.abs().max(value.abs())).then_some(unit)
            }
            Self::Quantised(ref quantised) => quantised.unit_near(value),
            _ => self.unit_of_real(value),
        }
    }

    pub(crate) fn unit_of_value(&self, value: &Value) -> Option<f64> {
        match (self, value) {
            (Self::Levels { .. }, _) => self.unit_of_label(value),
            (Self::Integers { .. }, Value::Int(int)) => self.unit_of_integer(*int),
            (Self::Integers { .. }, Value::Float(float)) if float.fract() == 0.0 && float.abs() < 1e18 => {
                self.unit_of_integer(*float as i128)
            }
            (Self::Integers { .. }, _) => None,
            _ => self.unit_near_real(value.as_f64()?),
        }
    }

    /// The unit of the level that is labelled so.
    pub(crate) fn unit_of_label(&self, label: &Value) -> Option<f64> {
        let Self::Levels { labels, .. } = self else { return None };
        let text = label.to_string();
        let level = labels.iter().position(|candidate| candidate == label || candidate.to_string() == text)?;
        self.unit_of(level as u64)
    }

    /// The unit of an integer that a domain of integers holds.
    pub(crate) fn unit_of_integer(&self, value: i128) -> Option<f64> {
        match *self {
            Self::Integers { lo, hi, .. } if (lo..=hi).contains(&value) => self.unit_of((value - lo) as u64),
            Self::Quantised(ref quantised) => quantised.unit_near(value as f64),
            _ => None,
        }
    }

    /// The candidates in a few words, for messages.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Real { lo, hi, scale, .. } => {
                format!("{}..={}{}", number(*lo), number(*hi), on_scale(*scale))
            }
            Self::Steps { count, scale, .. } | Self::Spaced { count, scale, .. } => {
                let (lo, hi) = self.bounds().unwrap_or_default();
                format!("{count} numbers from {} to {}{}", number(lo), number(hi), on_scale(*scale))
            }
            Self::Integers { lo, hi, scale } => format!("{lo}..={hi}{}", on_scale(*scale)),
            Self::Quantised(quantised) => quantised.describe() + on_scale(self.scale()),
            Self::Normal(normal) => normal.describe(),
            Self::Levels { labels, ordered, .. } => {
                let shown: Vec<_> = labels.iter().take(6).map(ToString::to_string).collect();
                let more = if labels.len() > shown.len() { ", …" } else { "" };
                let order = if *ordered { "ordinal" } else { "" };
                format!("{order}[{}{more}]", shown.join(", "))
            }
        }
    }
}

/// The middle of the cell of `level` among `levels` equal ones.
fn middle(level: u64, levels: u64) -> f64 {
    (level as f64 + 0.5) / levels as f64
}

/// The `index`-th of `count` numbers from `lo` to `hi`, evenly spaced along `scale`; powers of ten stay such.
#[inline(never)]
fn spaced(lo: f64, hi: f64, count: u64, scale: Scale, index: u64) -> f64 {
    match (index, scale) {
        (0, _) => lo,
        _ if index + 1 >= count => hi,
        (_, Scale::Log10) => 10f64.powf(evenly_spaced(lo.log10(), hi.log10(), count, index)).clamp(lo, hi),
        _ => along(lo, hi, scale, index as f64 / (count - 1) as f64),
    }
}

fn on_scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Log10 => " on a log scale",
        Scale::Logit => " on a logit scale",
        Scale::Bilog => " on a bilog scale",
        Scale::Linear | Scale::Normal | Scale::LogNormal => "",
    }
}
