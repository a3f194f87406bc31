//! What makes a domain sound: one check for candidates, for axes that a program makes and for those that are read.

use itertools::Itertools;

use crate::error::CandidatesError;
use crate::space::domain::law::check_bounds;
use crate::space::domain::{Domain, MAX_LEVELS, weighted};
use crate::space::{Scale, Value};

/// The exponents of ten whose powers are finite and positive, without loss of digits.
const EXPONENTS: (f64, f64) = (-307.0, 308.0);

impl Domain {
    /// Returns the domain if it is sound, else what is wrong with it, in the notation of such candidates.
    pub(crate) fn checked(self) -> Result<Self, CandidatesError> {
        match &self {
            &Self::Real { lo, hi, open, .. } if open && lo == hi => Err(CandidatesError::Empty),
            &Self::Real { lo, hi, open, scale } => {
                let dots = if open { ".." } else { "..=" };
                check_bounds(lo, hi, scale, |lo, hi| format!("{lo:?}{dots}{hi:?}"))
            }
            &Self::Steps { lo, hi, count, scale } => check_steps(lo, hi, count, scale),
            &Self::Spaced { lo, hi, count, scale } => check_count(count)
                .and_then(|()| check_bounds(lo, hi, scale, |lo, hi| format!("linrange({lo:?}, {hi:?}, {count})"))),
            &Self::Integers { lo, hi, scale } => check_integers(lo, hi, scale),
            Self::Quantised(quantised) => quantised.check(),
            Self::Normal(normal) => normal.check(false),
            Self::Levels { labels, ends, .. } => {
                let ends = ends.as_deref().map_or(Ok(()), |ends| weighted::check(ends, labels.len()));
                check_labels(labels).and(ends)
            }
        }?;
        Ok(self)
    }
}

fn check_count(count: u64) -> Result<(), CandidatesError> {
    match count {
        0 => Err(CandidatesError::Empty),
        1..=MAX_LEVELS => Ok(()),
        _ => Err(CandidatesError::TooMany),
    }
}

fn check_steps(lo: f64, hi: f64, count: u64, scale: Scale) -> Result<(), CandidatesError> {
    check_count(count)?;
    let function = if scale == Scale::Log10 { "exp_linrange" } else { "linrange" };
    let written = |lo: f64, hi: f64| format!("{function}({lo:?}, {hi:?}, {count})");
    check_bounds(lo, hi, Scale::Linear, written)?;
    match scale {
        Scale::Log10 if lo < EXPONENTS.0 => Err(CandidatesError::Exponent(lo)),
        Scale::Log10 if hi > EXPONENTS.1 => Err(CandidatesError::Exponent(hi)),
        Scale::Linear | Scale::Log10 => Ok(()),
        _ => Err(CandidatesError::Scale { found: written(lo, hi), scale }),
    }
}

fn check_integers(lo: i128, hi: i128, scale: Scale) -> Result<(), CandidatesError> {
    let found = || format!("{lo}..={hi}");
    if hi < lo {
        let is_empty = hi.checked_add(1) == Some(lo);
        let reversed = || CandidatesError::Reversed { found: found(), instead: format!("{hi}..={lo}") };
        return Err(if is_empty { CandidatesError::Empty } else { reversed() });
    }
    if hi.checked_sub(lo).is_none_or(|width| width >= i128::from(MAX_LEVELS)) {
        return Err(CandidatesError::TooMany);
    }
    match scale {
        Scale::Log10 if lo <= 0 => Err(CandidatesError::Logarithm(found())),
        Scale::Linear | Scale::Log10 => Ok(()),
        _ => Err(CandidatesError::Scale { found: found(), scale }),
    }
}

fn check_labels(labels: &[Value]) -> Result<(), CandidatesError> {
    if labels.is_empty() {
        return Err(CandidatesError::Empty);
    }
    let repeated = labels.iter().duplicates_by(|label| label.identity()).next();
    repeated.map_or(Ok(()), |label| Err(CandidatesError::Repeated(label.to_string())))
}
