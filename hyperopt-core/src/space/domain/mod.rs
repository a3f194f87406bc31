//! What lies along an axis, and the way from the unit interval to it.

mod alike;
mod check;
mod decimals;
mod describe;
mod encode;
mod integers;
mod law;
mod quantised;
mod weighted;

pub(crate) use alike::Alike;
pub(crate) use integers::MAX_LEVELS;
pub(crate) use law::{Law, Normal};
pub(crate) use quantised::Quantised;
pub(crate) use weighted::{check_chances, ends};

use decimals::power_of_ten;
use integers::{between, cell, evenly_spaced, log_cell, log_integer, log_unit, middle};
use law::{along, spaced};

use itertools::Itertools;

use crate::space::{Coordinate, Scale, Value};

/// What lies along an axis.
///
/// Whoever makes one calls [`checked`](Self::checked), on which all else relies.
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
    /// Whether `other` is the same, with the same labels for people: a list of other types may have had the labels of this one.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        if let (Self::Quantised(own), Self::Quantised(other)) = (self, other) {
            return own.is_like(other);
        }
        let (
            Self::Levels { labels, ordered, ends },
            Self::Levels { labels: theirs, ordered: other_ordered, ends: other_ends },
        ) = (self, other)
        else {
            return self == other;
        };
        ordered == other_ordered && ends == other_ends && (labels == theirs || read_alike(labels, theirs))
    }

    pub(crate) fn levels(&self) -> Option<u64> {
        match self {
            Self::Real { .. } | Self::Normal(_) => None,
            Self::Steps { count, .. } | Self::Spaced { count, .. } => Some(*count),
            Self::Quantised(quantised) => Some(quantised.levels()),
            Self::Integers { lo, hi, .. } => Some((hi - lo + 1) as u64),
            Self::Levels { labels, .. } => Some(labels.len() as u64),
        }
    }

    /// Whether there are levels whose cells have one width.
    pub(crate) fn is_even(&self) -> bool {
        match self {
            Self::Real { .. } | Self::Normal(_) | Self::Quantised(_) => false,
            Self::Steps { .. } | Self::Spaced { .. } => true,
            Self::Integers { scale, .. } => *scale == Scale::Linear,
            Self::Levels { ends, .. } => ends.is_none(),
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
            Self::Steps { lo, hi, scale: Scale::Log10, .. } => Some((power_of_ten(lo), power_of_ten(hi))),
            Self::Real { lo, hi, .. } | Self::Steps { lo, hi, .. } | Self::Spaced { lo, hi, .. } => Some((lo, hi)),
            Self::Integers { lo, hi, .. } => Some((lo as f64, hi as f64)),
            Self::Quantised(ref quantised) => Some(quantised.bounds()),
            Self::Normal(normal) => Some((normal.value(0.0), normal.value(1.0))),
            Self::Levels { .. } => None,
        }
    }

    /// Returns the value at `unit`, as tables and files show it.
    pub(crate) fn value(&self, unit: f64) -> Value {
        match self {
            Self::Integers { .. } => Value::Int(self.integer(unit)),
            Self::Quantised(quantised) => quantised.shown(unit),
            Self::Levels { labels, .. } => labels[self.level(unit).unwrap_or_default() as usize].clone(),
            _ => Value::Float(self.real(unit)),
        }
    }

    /// Returns the value at `coordinate`, as tables and files show it.
    pub(crate) fn value_at(&self, coordinate: Coordinate) -> Value {
        match coordinate.given() {
            Some(given) if self.levels().is_none() => Value::Float(given),
            _ => self.value(coordinate.unit()),
        }
    }

    /// Returns the level in whose cell `unit` lies.
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

    /// Returns the middle of the cell in which `unit` lies, or `unit` where there are none. Each coordinate of each trial comes
    /// here.
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
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_cell(lo, hi, lo + i128::from(level)),
            _ => (level as f64 / levels as f64, (level + 1) as f64 / levels as f64),
        })
    }

    /// Returns the number at `unit` of a domain of floats.
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
                if scale == Scale::Log10 { power_of_ten(step) } else { step }
            }
            Self::Spaced { lo, hi, count, scale } => spaced(lo, hi, count, scale, cell(unit, count)),
            Self::Quantised(ref quantised) => quantised.value(quantised.level(unit)),
            Self::Normal(normal) => normal.value(unit),
            Self::Integers { .. } => self.integer(unit) as f64,
            Self::Levels { .. } => f64::NAN,
        }
    }

    /// Returns the integer at `unit` of a domain of integers.
    pub(crate) fn integer(&self, unit: f64) -> i128 {
        match *self {
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_integer(lo, hi, unit),
            Self::Quantised(ref quantised) => quantised.value(quantised.level(unit)) as i128,
            Self::Integers { lo, hi, .. } => lo + i128::from(cell(unit, (hi - lo + 1) as u64)),
            _ => 0,
        }
    }
}

/// Whether two lists have the same labels for people, in the same order. A list whose own labels cannot be told apart so is like no
/// other.
fn read_alike(own: &[Value], other: &[Value]) -> bool {
    // A table shows some digits of a number only.
    let text = |label: &Value| match label {
        Value::Float(float) => float.to_string(),
        label => label.to_string(),
    };
    let texts = |labels: &[Value]| labels.iter().map(text).collect::<Vec<_>>();
    // Earlier versions put all texts of a list in quotes if two of its values read alike.
    let quoted = |labels: &[Value]| {
        let quoted = labels.iter().map(|label| match label {
            Value::Text(text) if !text.starts_with('"') => format!("\"{text}\""),
            label => text(label),
        });
        quoted.collect::<Vec<_>>()
    };
    let (texts_own, texts_other) = (texts(own), texts(other));
    texts_own.iter().all_unique()
        && texts_other.iter().all_unique()
        && (texts_own == texts_other || texts_own == quoted(other) || quoted(own) == texts_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_earlier_versions_are_those_of_the_same_list() {
        let levels = |labels: &[Value]| Domain::Levels { labels: labels.into(), ordered: false, ends: None };
        let now = levels(&[Value::Null, 1.into(), "\"1\"".into(), "a".into()]);
        assert!(levels(&["null".into(), "1".into(), "\"1\"".into(), "\"a\"".into()]).is_like(&now));
        assert!(now.is_like(&now));
        for other in [
            &[Value::Null, 1.into(), "\"1\"".into(), "b".into()][..],
            &[Value::Null, "\"1\"".into(), 1.into(), "a".into()],
            &["null".into(), "\"1\"".into(), "1".into(), "\"a\"".into()],
            &[Value::Null, 1.into(), "\"1\"".into()],
        ] {
            assert!(!levels(other).is_like(&now), "{other:?}");
        }
        assert!(!levels(&[0.123_456_789.into()]).is_like(&levels(&[0.123_456_788.into()])));
        assert!(!levels(&[1.into(), "1".into()]).is_like(&levels(&["1".into(), 1.into()])));
        assert!(!levels(&[1.into()]).is_like(&Domain::Integers { lo: 1, hi: 1, scale: Scale::Linear }));
    }
}
