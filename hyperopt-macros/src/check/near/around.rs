//! What the advice about a hyperparameter depends on.

use proc_macro2::Ident;
use syn::Expr;

use crate::check::sampler::Kind;
use crate::model::Mode;

/// The sweep around a hyperparameter.
pub(in crate::check) struct Around<'a> {
    pub(in crate::check) mode: Mode,
    /// The value of `sampler = …`, if there is one.
    pub(in crate::check) sampler: Option<&'a Expr>,
    pub(in crate::check) kind: Kind,
    /// All settings and hyperparameters, as far as their values are written.
    pub(in crate::check) written: &'a [(Ident, Expr)],
}

impl Around<'_> {
    pub(super) fn counts_trials(&self) -> bool {
        matches!(self.kind, Kind::Trials | Kind::Pruning)
    }
}
