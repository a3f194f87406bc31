//! The prior of a dimension.

use crate::error::CandidatesError;
use crate::space::{Axis, Confidence, Prior, Value};

/// The prior of a dimension.
#[derive(Clone, Debug)]
pub(super) enum Expected {
    Nothing,
    Here(Prior),
    /// A value that is not among the candidates; shown if it is a number.
    Elsewhere(Option<Value>),
}

impl Expected {
    /// Returns the same place, with another confidence.
    pub(super) fn with_confidence(self, confidence: Confidence) -> Self {
        match self {
            Self::Here(prior) => Self::Here(Prior::new(prior.unit(), confidence)),
            other => other,
        }
    }

    /// Returns the same prior where `unit` has moved to.
    pub(super) fn moved(&self, to: impl Fn(f64) -> Option<f64>) -> Self {
        match self {
            Self::Here(prior) => {
                to(prior.unit()).map_or_else(|| self.clone(), |unit| Self::Here(Prior::new(unit, prior.confidence())))
            }
            other => other.clone(),
        }
    }

    /// Gives the prior to `axis`, or says that its value is not among the candidates.
    pub(super) fn on(&self, axis: Axis) -> Result<Axis, CandidatesError> {
        match self {
            Self::Nothing => Ok(axis),
            Self::Here(prior) => Ok(axis.with(*prior)),
            Self::Elsewhere(value) => {
                let value = value.as_ref().map_or_else(String::new, |value| format!(" {value}"));
                Err(CandidatesError::Prior { value, candidates: axis.describe() })
            }
        }
    }
}
