//! How two spaces differ.

use thiserror::Error;

/// How the hyperparameters of a sweep differ from those of the earlier one that it goes on from.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpaceMismatch {
    /// A hyperparameter is new.
    #[error("hyperparameter `{0}` is new; leave it out, or begin a new sweep")]
    Added(String),
    /// A hyperparameter is missing.
    #[error("hyperparameter `{0}` is missing; keep it, with its candidates")]
    Removed(String),
    /// The hyperparameters are written in another order.
    #[error("hyperparameter `{0}` has another place; keep the order")]
    Moved(String),
    /// The candidates of a hyperparameter are others.
    #[error(
        "hyperparameter `{name}` had the candidates {earlier}, and now has {now}; keep them, or choose another name"
    )]
    Changed {
        /// The hyperparameter.
        name: String,
        /// Its candidates in the earlier sweep.
        earlier: String,
        /// Its candidates now.
        now: String,
    },
}
