//! Multiples of a step, to which a number of some distribution is rounded.

use std::f64::consts::TAU;

use crate::error::CandidatesError;
use crate::space::domain::decimals;
use crate::space::domain::integers::MAX_LEVELS;
use crate::space::domain::law::{Law, Normal, REACH};
use crate::space::{Value, number};

/// The share of a step that is taken for rounding.
const SLACK: f64 = 1e-9;

/// The narrowest cell that the floats near 1 tell from its neighbours.
const NARROWEST: f64 = 2.0 / MAX_LEVELS as f64;

/// Multiples of a step, to which a number of a distribution is rounded. Their cells have unequal widths: those at the ends of
/// an even law, as a rule, half the width of the others. Multiples beyond the bounds of the law become these.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Quantised {
    law: Law,
    step: f64,
    /// The first multiple and the last one, in steps.
    first: f64,
    last: f64,
    is_integer: bool,
}

/// Returns the distance above the mean, in deviations, beyond which the floats near 1 cannot tell one step from the next; `None`
/// where they cannot anywhere.
fn reach(normal: Normal, step: f64) -> Option<f64> {
    let share = |z: f64| {
        let density = (-0.5 * z * z).exp() / TAU.sqrt() / normal.sigma;
        density * step / if normal.is_log { normal.at(z) } else { 1.0 }
    };
    let finest = 64.0;
    let steps = (1..=(REACH * finest) as u32).rev().map(|index| f64::from(index) / finest);
    steps.into_iter().find(|&z| share(z) >= NARROWEST && normal.at(z).is_finite())
}

impl Quantised {
    /// Finds the multiples of `step` that have a share of `law`.
    ///
    /// A law or a step that is unsound is an error, and so are too many multiples to tell apart.
    pub(crate) fn new(law: Law, step: f64, is_integer: bool) -> Result<Self, CandidatesError> {
        law.check()?;
        if !(step > 0.0 && step.is_finite()) {
            return Err(CandidatesError::Step { found: law.describe(), q: step });
        }
        let (mut lo, mut hi) = law.bounds();
        if let Law::Normal(normal) = law {
            let reach = reach(normal, step).ok_or(CandidatesError::TooMany)?;
            (lo, hi) = (normal.at(if normal.is_log { -REACH } else { -reach }), normal.at(reach));
        }
        let (from, to) = (lo / step, hi / step);
        let first = (from + 0.5 + SLACK).floor();
        let last = (to - 0.5 - SLACK).ceil();
        let (first, last) =
            if first <= last { (first, last) } else { (from.round_ties_even(), from.round_ties_even()) };
        let made = Self { law, step, first, last, is_integer };
        if made.has_few_levels() { Ok(made) } else { Err(CandidatesError::TooMany) }
    }

    /// Returns the same multiples, shown as integers if the step is whole.
    pub(crate) fn whole(self) -> Self {
        Self { is_integer: self.step.fract() == 0.0, ..self }
    }

    /// Whether `other` has the same multiples, whether or not they are shown as integers: earlier versions showed multiples of
    /// a whole step as floats.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        Self { is_integer: other.is_integer, ..self.clone() } == *other
    }

    fn has_few_levels(&self) -> bool {
        let Self { first, last, .. } = *self;
        last - first < MAX_LEVELS as f64 && first.abs().max(last.abs()) <= MAX_LEVELS as f64
    }

    /// Refuses what [`new`](Self::new) would not have made.
    ///
    /// Where a normal distribution ends depends on the last digits of `exp`, which differ between platforms: any whole
    /// multiples within its reach pass.
    pub(super) fn check(&self) -> Result<(), CandidatesError> {
        let made = Self::new(self.law, self.step, self.is_integer)?;
        let Self { first, last, step, .. } = *self;
        let is_made = match self.law {
            Law::Even { .. } => made == *self,
            Law::Normal(normal) => {
                let (lo, hi) = normal.reach();
                let is_whole = first.fract() == 0.0 && last.fract() == 0.0;
                is_whole && first <= last && first > lo / step - 1.0 && last < hi / step + 1.0 && self.has_few_levels()
            }
        };
        let found = if self.is_integer && step.fract() != 0.0 {
            "integers".to_owned()
        } else if is_made {
            return Ok(());
        } else {
            format!("{first}..={last}")
        };
        let expected = format!("{}..={}", made.first, made.last);
        Err(CandidatesError::Multiples { candidates: made.describe(), found, expected })
    }

    pub(super) fn law(&self) -> &Law {
        &self.law
    }

    pub(super) fn levels(&self) -> u64 {
        (self.last - self.first) as u64 + 1
    }

    #[inline(never)]
    pub(super) fn level(&self, unit: f64) -> u64 {
        let multiple = (self.law.value(unit) / self.step).round_ties_even();
        (multiple.clamp(self.first, self.last) - self.first) as u64
    }

    /// Returns the unit of the value itself.
    #[inline(never)]
    pub(super) fn unit_of(&self, level: u64) -> f64 {
        self.law.unit(self.value(level))
    }

    #[inline(never)]
    pub(super) fn cell(&self, level: u64) -> (f64, f64) {
        let multiple = self.first + level as f64;
        let start = if level == 0 { 0.0 } else { self.law.unit((multiple - 0.5) * self.step) };
        let end = if multiple >= self.last { 1.0 } else { self.law.unit((multiple + 0.5) * self.step) };
        (start, end)
    }

    /// Returns the number of `level`, within the bounds of an even law.
    #[inline(never)]
    pub(super) fn value(&self, level: u64) -> f64 {
        let value = self.multiple(self.first + level as f64);
        if let Law::Even { lo, hi, .. } = self.law { value.clamp(lo, hi) } else { value }
    }

    /// Returns the number of that many steps. Divides by the whole parts of one where there are such, so that three tenths are 0.3.
    fn multiple(&self, multiple: f64) -> f64 {
        let parts = self.step.recip();
        let whole = parts.round();
        if parts > 1.0 && (parts - whole).abs() <= parts * f64::EPSILON {
            multiple / whole
        } else {
            decimals::multiple(self.step, multiple).unwrap_or(multiple * self.step)
        }
    }

    pub(super) fn bounds(&self) -> (f64, f64) {
        (self.value(0), self.value(self.levels() - 1))
    }

    pub(super) fn shown(&self, unit: f64) -> Value {
        let value = self.value(self.level(unit));
        if self.is_integer { Value::Int(value as i128) } else { Value::Float(value) }
    }

    /// Returns the unit of the level whose number is `value`, up to rounding.
    pub(super) fn unit_near(&self, value: f64) -> Option<f64> {
        let multiple = (value / self.step).round();
        // The first and the last one may be bounds, which another multiple is nearer to.
        let nearby = [multiple, multiple - 1.0, multiple + 1.0];
        let levels = nearby.into_iter().filter(|multiple| (self.first..=self.last).contains(multiple));
        let is_near = |near: f64| (near - value).abs() <= SLACK * near.abs().max(value.abs());
        let level = levels.map(|multiple| (multiple - self.first) as u64).find(|&level| is_near(self.value(level)))?;
        Some(self.unit_of(level))
    }

    /// Returns the same with all digits, for messages.
    pub(super) fn describe_exactly(&self) -> String {
        let Self { step, first, last, .. } = self;
        format!("{} (step {step}, multiples {first}..={last})", self.describe())
    }

    pub(super) fn describe(&self) -> String {
        let (lo, hi) = self.bounds();
        match &self.law {
            Law::Even { .. } if self.is_integer && self.step == 1.0 => format!("{}..={}", number(lo), number(hi)),
            Law::Even { .. } => format!("{}..={} in steps of {}", number(lo), number(hi), number(self.step)),
            Law::Normal(normal) => format!("{} in steps of {}", normal.describe(), number(self.step)),
        }
    }
}
