//! The way from values back to the unit interval.

use crate::space::domain::Domain;
use crate::space::domain::integers::fraction;
use crate::space::domain::law::place;
use crate::space::{Coordinate, Scale, Value};

impl Domain {
    /// Returns the unit of a number that a domain of floats holds.
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

    /// The same, where numbers on a grid are equal up to rounding: 0.001 is a step of powers of ten, whatever `powf` makes of it.
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

    /// Returns the unit of a value as tables and files show it, if it is among the candidates.
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

    /// Returns the coordinate of a number: numbers on a grid are equal up to rounding, others are kept to the last bit.
    pub(crate) fn coordinate_of_real(&self, value: f64) -> Option<Coordinate> {
        let unit = self.unit_near_real(value)?;
        let is_exact = self.levels().is_some() || self.real(unit).to_bits() == value.to_bits();
        Some(Coordinate::new(unit, (!is_exact).then_some(value)))
    }

    /// Returns the coordinate of a value as tables and files show it, if it is among the candidates.
    pub(crate) fn coordinate_of(&self, value: &Value) -> Option<Coordinate> {
        match self {
            Self::Real { .. } | Self::Normal(_) => self.coordinate_of_real(value.as_f64()?),
            _ => self.unit_of_value(value).map(Coordinate::from),
        }
    }

    /// Returns the unit of the level that has this label, or else one that reads like it.
    pub(crate) fn unit_of_label(&self, label: &Value) -> Option<f64> {
        let Self::Levels { labels, .. } = self else { return None };
        let same = labels.iter().position(|candidate| candidate.identity() == label.identity());
        let level = same.or_else(|| labels.iter().position(|candidate| candidate.is_like(label)))?;
        self.unit_of(level as u64)
    }

    /// Returns the unit of an integer that a domain of integers holds.
    pub(crate) fn unit_of_integer(&self, value: i128) -> Option<f64> {
        match *self {
            Self::Integers { lo, hi, .. } if (lo..=hi).contains(&value) => self.unit_of((value - lo) as u64),
            Self::Quantised(ref quantised) => quantised.unit_near(value as f64),
            _ => None,
        }
    }
}
