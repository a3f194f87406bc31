//! Candidates with a prior: `log(1e-5..=1e-1).prior(1e-3)`.

use crate::candidates::{Candidates, Dimension, Sealed};
use crate::space::Confidence;

/// Candidates with a prior; made by [`WithPrior::prior`].
#[derive(Clone, Debug)]
pub struct PriorCandidates<V> {
    dimension: Dimension<V>,
}

/// Adds a prior to candidates, which says where good values are likely.
///
/// ```
/// use hyperopt_core::{WithPrior, Candidates, Confidence, log};
///
/// let dimension = log(1e-5..=1e-1).prior(1e-3).confidence(Confidence::High).dimension();
/// let axis = dimension.axis("lr", "lr", &[])?;
/// assert!((axis.prior().unwrap().unit() - 0.5).abs() < 1e-12);
/// # Ok::<_, hyperopt_core::CandidatesError>(())
/// ```
pub trait WithPrior: Candidates + Sized {
    /// Sets a prior around `value`: `lr = log(1e-5..=1e-1).prior(1e-3)`. Its confidence is [medium](Confidence::Medium) unless
    /// [`confidence`](PriorCandidates::confidence) sets another.
    ///
    /// [`PriorBand`](crate::PriorBand) and [`TpeSampler`](crate::TpeSampler) use it, and so do the random draws of
    /// [`Bohb`](crate::Bohb); random search and plans ignore it. A value that is not among the candidates is an error of the
    /// sweep. A prior is not part of the candidates: a sweep may resume one that had no prior, or another.
    fn prior(self, value: Self::Value) -> PriorCandidates<Self::Value>
    where
        Self::Value: PartialEq,
    {
        PriorCandidates { dimension: self.dimension().with_prior(&value, Confidence::default()) }
    }
}

impl<C: Candidates> WithPrior for C {}

impl<V> PriorCandidates<V> {
    /// Sets the confidence in the prior (default: [`Confidence::Medium`]).
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.dimension = self.dimension.with_confidence(confidence);
        self
    }
}

impl<V> Sealed for PriorCandidates<V> {}

#[diagnostic::do_not_recommend]
impl<V: Clone> Candidates for PriorCandidates<V> {
    type Value = V;

    fn dimension(self) -> Dimension<V> {
        self.dimension
    }
}
