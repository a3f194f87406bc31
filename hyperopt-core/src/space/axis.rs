use crate::report::number;
use crate::space::{Prior, Value};

/// The most levels that an ordered axis can have: every level needs a unit interval of its own among the floats.
pub(crate) const MAX_LEVELS: u64 = 1 << 53;

/// What kind of numbers, if any, lie along an axis.
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

/// How the unit interval is stretched over an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Scale {
    /// Equal steps of the unit are equal differences.
    Linear,
    /// Equal steps of the unit are equal ratios.
    Log10,
}

/// One coordinate of a [`Space`](crate::Space): its name, its kind, and the way from the unit interval to values.
///
/// Ordered and categorical axes divide [0, 1] into one cell for each level.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Axis {
    name: Box<str>,
    parameter: Box<str>,
    parents: Box<[usize]>,
    domain: Domain,
    prior: Option<Prior>,
}

#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Domain {
    /// `lo..=hi`, or `lo..hi` if `open`.
    Real { lo: f64, hi: f64, open: bool, scale: Scale },
    /// `count` numbers evenly spaced from `lo` to `hi`, both exponents of ten on a logarithmic scale.
    Steps { lo: f64, hi: f64, count: u64, scale: Scale },
    /// Every integer from `lo` to `hi`.
    Integers { lo: i128, hi: i128, scale: Scale },
    /// Values known by their labels.
    Levels { labels: Box<[Value]>, ordered: bool },
}

impl Axis {
    pub(crate) fn new(name: &str, parameter: &str, parents: &[usize], domain: Domain) -> Self {
        Self { name: name.into(), parameter: parameter.into(), parents: parents.into(), domain, prior: None }
    }

    pub(crate) fn believed(self, prior: Prior) -> Self {
        Self { prior: Some(prior), ..self }
    }

    /// The name of the axis, unique in its space: `gamma`, or `gamma.else` for the second set of candidates of `gamma`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the hyperparameter that takes its values from this axis.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The axes (by index) that decide whether this one is active; empty for an axis that always is.
    #[must_use]
    pub fn parents(&self) -> &[usize] {
        &self.parents
    }

    /// Where the good values are believed to be, if anything is believed.
    #[must_use]
    pub fn prior(&self) -> Option<&Prior> {
        self.prior.as_ref()
    }

    /// Continuous, ordered or categorical.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (self.levels(), &self.domain) {
            (None, _) => Kind::Continuous,
            (Some(levels), Domain::Levels { ordered: false, .. }) => Kind::Categorical(levels),
            (Some(levels), _) => Kind::Ordered(levels),
        }
    }

    /// The number of levels; `None` for a continuous axis.
    #[must_use]
    pub fn levels(&self) -> Option<u64> {
        self.domain.levels()
    }

    /// How the unit interval is stretched: linear for all axes without numbers.
    #[must_use]
    pub fn scale(&self) -> Scale {
        match self.domain {
            Domain::Real { scale, .. } | Domain::Steps { scale, .. } | Domain::Integers { scale, .. } => scale,
            Domain::Levels { .. } => Scale::Linear,
        }
    }

    /// The smallest and the largest number of the axis; `None` where it has labels instead.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match self.domain {
            Domain::Real { lo, hi, .. } | Domain::Steps { lo, hi, scale: Scale::Linear, .. } => Some((lo, hi)),
            Domain::Steps { lo, hi, scale: Scale::Log10, .. } => Some((10f64.powf(lo), 10f64.powf(hi))),
            Domain::Integers { lo, hi, .. } => Some((lo as f64, hi as f64)),
            Domain::Levels { .. } => None,
        }
    }

    /// The labels of the levels, in order; `None` for an axis of numbers.
    #[must_use]
    pub fn labels(&self) -> Option<&[Value]> {
        match &self.domain {
            Domain::Levels { labels, .. } => Some(labels),
            _ => None,
        }
    }

    /// The level in whose cell `unit` lies; `None` for a continuous axis.
    #[must_use]
    pub fn level(&self, unit: f64) -> Option<u64> {
        self.domain.level(unit)
    }

    /// The middle of the cell of `level`, or of the last level if there are not so many; `None` for a continuous axis.
    #[must_use]
    pub fn unit_of(&self, level: u64) -> Option<f64> {
        self.domain.unit_of(level)
    }

    /// The ends of the cell of `level`; `None` for a continuous axis.
    pub(crate) fn cell(&self, level: u64) -> Option<(f64, f64)> {
        self.domain.cell(level)
    }

    /// The value at `unit`, as a person sees it.
    #[must_use]
    pub fn value(&self, unit: f64) -> Value {
        match &self.domain {
            Domain::Real { .. } | Domain::Steps { .. } => Value::Float(self.domain.real(unit)),
            Domain::Integers { .. } => Value::Int(self.domain.integer(unit)),
            Domain::Levels { labels, .. } => labels[cell(unit, labels.len() as u64) as usize].clone(),
        }
    }

    /// `unit` clamped into [0, 1] and, where the axis has levels, moved to the middle of its cell.
    pub(crate) fn snap(&self, unit: f64) -> f64 {
        let unit = unit.clamp(0.0, 1.0);
        self.level(unit).and_then(|level| self.unit_of(level)).unwrap_or(unit)
    }

    /// The unit of `value`, if it is among the candidates: a number on a grid up to rounding, a level by its label.
    #[must_use]
    pub fn unit_of_value(&self, value: &Value) -> Option<f64> {
        self.domain.unit_of_value(value)
    }

    pub(crate) fn same_domain(&self, other: &Self) -> bool {
        self.domain == other.domain
    }

    /// The candidates in a few words, for messages.
    pub(crate) fn describe(&self) -> String {
        match &self.domain {
            Domain::Real { lo, hi, scale, .. } => {
                format!("{}..={}{}", number(*lo), number(*hi), on_log(*scale))
            }
            Domain::Steps { count, scale, .. } => {
                let (lo, hi) = self.bounds().unwrap_or_default();
                format!("{count} numbers from {} to {}{}", number(lo), number(hi), on_log(*scale))
            }
            Domain::Integers { lo, hi, scale } => format!("{lo}..={hi}{}", on_log(*scale)),
            Domain::Levels { labels, ordered } => {
                let shown: Vec<_> = labels.iter().take(6).map(ToString::to_string).collect();
                let more = if labels.len() > shown.len() { ", …" } else { "" };
                let order = if *ordered { "ordinal" } else { "" };
                format!("{order}[{}{more}]", shown.join(", "))
            }
        }
    }
}

impl Domain {
    fn levels(&self) -> Option<u64> {
        match self {
            Self::Real { .. } => None,
            Self::Steps { count, .. } => Some(*count),
            Self::Integers { lo, hi, .. } => Some((hi - lo + 1) as u64),
            Self::Levels { labels, .. } => Some(labels.len() as u64),
        }
    }

    pub(crate) fn level(&self, unit: f64) -> Option<u64> {
        match self {
            Self::Integers { lo, hi, scale: Scale::Log10 } => Some((log_integer(*lo, *hi, unit) - lo) as u64),
            _ => Some(cell(unit, self.levels()?)),
        }
    }

    pub(crate) fn unit_of(&self, level: u64) -> Option<f64> {
        let levels = self.levels()?;
        let level = level.min(levels.saturating_sub(1));
        Some(match *self {
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_unit(lo, hi, lo + i128::from(level)),
            _ => (level as f64 + 0.5) / levels as f64,
        })
    }

    pub(crate) fn cell(&self, level: u64) -> Option<(f64, f64)> {
        let levels = self.levels()?;
        let level = level.min(levels.saturating_sub(1));
        Some(match *self {
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
                }
            }
            Self::Steps { lo, hi, count, scale } => {
                let step = evenly_spaced(lo, hi, count, cell(unit, count));
                match scale {
                    Scale::Linear => step,
                    Scale::Log10 => 10f64.powf(step),
                }
            }
            Self::Integers { .. } => self.integer(unit) as f64,
            Self::Levels { .. } => f64::NAN,
        }
    }

    /// The integer at `unit` of a domain of integers.
    pub(crate) fn integer(&self, unit: f64) -> i128 {
        match *self {
            Self::Integers { lo, hi, scale: Scale::Log10 } => log_integer(lo, hi, unit),
            Self::Integers { lo, hi, scale: Scale::Linear } => lo + i128::from(cell(unit, (hi - lo + 1) as u64)),
            _ => 0,
        }
    }

    /// The unit of a number that a domain of floats holds.
    pub(crate) fn unit_of_real(&self, value: f64) -> Option<f64> {
        match *self {
            Self::Real { lo, hi, open, .. } if !(lo..=hi).contains(&value) || (open && value == hi) => None,
            Self::Real { lo, hi, .. } if lo == hi => Some(0.5),
            Self::Real { lo, hi, scale: Scale::Linear, .. } => Some(fraction(lo, hi, value)),
            Self::Real { lo, hi, scale: Scale::Log10, .. } => Some(fraction(lo.ln(), hi.ln(), value.ln())),
            Self::Steps { lo, hi, count, scale } => {
                let along = if scale == Scale::Linear { value } else { value.log10() };
                let level = fraction(lo, hi, along) * count.saturating_sub(1) as f64;
                let unit = self.unit_of(level.round() as u64)?;
                (self.real(unit) == value).then_some(unit)
            }
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
            (Self::Real { .. } | Self::Steps { .. }, _) => self.unit_near_real(value.as_f64()?),
            (Self::Integers { .. }, _) => None,
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
            _ => None,
        }
    }
}

/// The convex combination, which unlike `lo + unit * (hi - lo)` never overflows and hits both ends.
fn between(lo: f64, hi: f64, unit: f64) -> f64 {
    lo * (1.0 - unit) + hi * unit
}

/// The `index`-th of `count` numbers from `lo` to `hi`; multiplies before it divides, so that whole numbers stay whole.
fn evenly_spaced(lo: f64, hi: f64, count: u64, index: u64) -> f64 {
    let (index, last) = (index as f64, count.saturating_sub(1).max(1) as f64);
    let offset = (hi - lo) * index / last;
    if index == last {
        hi
    } else if offset.is_finite() {
        lo + offset
    } else {
        between(lo, hi, index / last)
    }
}

/// How far `value` lies from `lo` to `hi`, from 0 to 1; halving first keeps the difference finite.
fn fraction(lo: f64, hi: f64, value: f64) -> f64 {
    (value / 2.0 - lo / 2.0) / (hi / 2.0 - lo / 2.0)
}

/// The cell of `unit` among `cells` equal ones; 0 if there is none.
fn cell(unit: f64, cells: u64) -> u64 {
    // There are at most `MAX_LEVELS`, and signed numbers are converted in half the instructions.
    let cells = cells as i64;
    ((unit * cells as f64) as i64).clamp(0, (cells - 1).max(0)) as u64
}

/// The ends of the cells of the integers `lo` and `hi` on a logarithmic axis, where each takes up `ln((k + ½) / (k - ½))`.
fn log_ends(lo: i128, hi: i128) -> (f64, f64) {
    ((lo as f64 - 0.5).ln(), (hi as f64 + 0.5).ln())
}

// Apart from the linear scales, which need neither 128 bits nor registers to be saved for them.
#[inline(never)]
fn log_integer(lo: i128, hi: i128, unit: f64) -> i128 {
    let (from, to) = log_ends(lo, hi);
    (between(from, to, unit).exp().round() as i128).clamp(lo, hi)
}

fn log_unit(lo: i128, hi: i128, value: i128) -> f64 {
    let (from, to) = log_ends(lo, hi);
    ((value as f64).ln() - from) / (to - from)
}

fn on_log(scale: Scale) -> &'static str {
    match scale {
        Scale::Linear => "",
        Scale::Log10 => " on a log scale",
    }
}
