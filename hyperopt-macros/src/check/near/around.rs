//! What the advice about a hyperparameter depends on.

use syn::Expr;

use crate::check::sampler::Kind;
use crate::model::Mode;

/// The sweep around a hyperparameter.
pub(in crate::check) struct Around<'a> {
    pub(in crate::check) mode: Mode,
    /// The value of `sampler = …`, if there is one.
    pub(in crate::check) sampler: Option<&'a Expr>,
    pub(in crate::check) kind: Kind,
}

impl Around<'_> {
    pub(super) fn counts_trials(&self) -> bool {
        matches!(self.kind, Kind::Trials | Kind::Pruning)
    }
}
