//! The errors of candidates.

use std::fmt;

use thiserror::Error;

use crate::error::counted;
use crate::space::Scale;

/// The fault of a set of candidates.
#[derive(Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CandidatesError {
    /// There is no candidate.
    #[error("there are no candidates; give at least one value")]
    Empty,
    /// An array of values has a count of 0.
    #[error("a count of 0 makes no values; write 1 or more")]
    NoValues,
    /// An array of values has a count above 65,536.
    #[error("a count of {0} makes as many axes; write at most 65536")]
    TooManyValues(usize),
    /// A bound is NaN or infinite.
    #[error("`{0}` has a bound that is not a finite number")]
    NotFinite(String),
    /// The lower bound comes second.
    #[error("`{found}` runs backwards; write `{instead}`")]
    Reversed {
        /// The candidates as written.
        found: String,
        /// The same the right way round.
        instead: String,
    },
    /// A logarithmic range holds 0 or negative numbers.
    #[error("`{0}` has no logarithm at its lower end; start above 0")]
    Logarithm(String),
    /// A range on a logit scale reaches 0 or 1.
    #[error("`{0}` has no odds at its ends; start above 0 and end below 1")]
    Odds(String),
    /// `exp_linrange` takes exponents of ten, and this one leaves the floats.
    #[error(
        "10^{0} is not a finite positive `f64`; `exp_linrange` takes exponents: `exp_linrange(-3.0, 2.0, n)` is 0.001 … 100"
    )]
    Exponent(f64),
    /// e to a bound, or to eight deviations from a mean, leaves the floats.
    #[error(
        "`{found}` takes logarithms, and e^{power} is not a finite positive `f64`; write `1e-3_f64.ln()` for 0.001"
    )]
    Power {
        /// The candidates as written.
        found: String,
        /// The exponent.
        power: f64,
    },
    /// The step between rounded numbers is no number above 0.
    #[error("`{found}` rounds to multiples of {q}; write a step above 0")]
    Step {
        /// The candidates as written.
        found: String,
        /// The step.
        q: f64,
    },
    /// The deviation of a normal distribution is no number above 0.
    #[error("`{found}` has the deviation {sigma}; write one above 0")]
    Deviation {
        /// The candidates as written.
        found: String,
        /// The deviation.
        sigma: f64,
    },
    /// A scale that these candidates have no place on.
    #[error("`{found}` cannot lie on the scale {scale:?}; choose another scale")]
    Scale {
        /// The candidates as written.
        found: String,
        /// The scale.
        scale: Scale,
    },
    /// A record of rounded numbers that does not have the multiples between its bounds.
    #[error("{candidates} has the multiples {expected} of its step, not {found}; the record is damaged")]
    Multiples {
        /// The candidates.
        candidates: String,
        /// The first and the last multiple of the record.
        found: String,
        /// The first and the last multiple between the bounds.
        expected: String,
    },
    /// Probabilities that are not one for each label.
    #[error("{} for {}; give one for each", counted(*.weights, "probability"), counted(*.labels, "label"))]
    Weights {
        /// The number of probabilities.
        weights: usize,
        /// The number of labels.
        labels: usize,
    },
    /// Probabilities that are negative, NaN, or do not sum to 1.
    #[error("the probabilities {chances:?} sum to {sum}; write probabilities that are not negative and sum to 1")]
    Chances {
        /// The probabilities.
        chances: Vec<f64>,
        /// Their sum.
        sum: f64,
    },
    /// There are too many levels to distinguish in the unit interval: more than 2^53.
    #[error("more than 2^53 integers cannot be told apart; use a range of `f64` and round in the body")]
    TooMany,
    /// Two candidates have the same label, and could not be distinguished afterwards.
    #[error("two candidates are labelled `{0}`; drop one, or name them: `categorical(..).labels([..])`")]
    Repeated(String),
    /// The levels have no labels, and are kept or handed on, where only their places in the list would identify them.
    #[error(
        "its values have no labels, so {keeper} would know them by their places in the list only, which may change; write \
         `{function}(..).labels([..])` (\"#0\", \"#1\" and so on for those that were kept without labels)"
    )]
    Numbered {
        /// What keeps the values or hands them on.
        keeper: &'static str,
        /// The function that gives them labels.
        function: &'static str,
    },
    /// The value of a prior is not among the candidates.
    #[error("the prior{value} is not among the candidates {candidates}")]
    Prior {
        /// The value behind a space, where it is a number.
        value: String,
        /// The candidates.
        candidates: String,
    },
    /// Not as many labels as values.
    #[error("{} for {}; give one for each", counted(*.labels, "label"), counted(*.values, "value"))]
    Labels {
        /// How many labels there are.
        labels: usize,
        /// How many values there are.
        values: usize,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for CandidatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
