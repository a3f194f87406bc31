//! Alternatives of a choice: what leads to a set of candidates, and how none is written.

use syn::{Expr, ExprIf, ExprMatch, Ident, Pat};

/// The alternatives that lead to a set of candidates.
#[derive(Clone, Default)]
pub(super) struct Place {
    /// The end of its axis' name, after the name of the hyperparameter.
    pub(super) suffix: String,
    /// The axes that its guards read.
    pub(super) parents: Vec<usize>,
    /// The names that its guards bind.
    pub(super) bound: Vec<Ident>,
    /// Whether a guard leads to it.
    pub(super) is_alternative: bool,
}

impl Place {
    pub(super) fn guarded(&self, parents: Vec<usize>, bound: Vec<Ident>) -> Self {
        let mut place = self.clone();
        place.parents.extend(parents);
        place.parents.sort_unstable();
        place.parents.dedup();
        place.bound.extend(bound);
        place.is_alternative = true;
        place
    }

    pub(super) fn suffixed(mut self, suffix: &str) -> Self {
        self.suffix.push('.');
        self.suffix.push_str(suffix);
        self
    }
}

/// Whether an alternative is written as no candidates: `None`, `{}` or `()`.
pub(super) fn is_nothing(value: &Expr) -> bool {
    match value {
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Tuple(tuple) => tuple.elems.is_empty(),
        Expr::Block(block) => block.label.is_none() && block.block.stmts.is_empty(),
        _ => false,
    }
}

/// Whether an `if`, or an `else if` of it, has no `else`, so that it cannot be an ordinary expression for candidates.
pub(super) fn lacks_else(choice: &ExprIf) -> bool {
    choice.else_branch.as_ref().is_none_or(|(_, otherwise)| match &**otherwise {
        Expr::If(otherwise) => lacks_else(otherwise),
        _ => false,
    })
}

/// Returns the expressions that a `match` decides by: its scrutinee, and the conditions of its arms.
pub(super) fn scrutinised(choice: &ExprMatch) -> impl Iterator<Item = &Expr> {
    let guards = choice.arms.iter().filter_map(|arm| match &arm.pat {
        Pat::Guard(pattern) => Some(&*pattern.guard),
        _ => None,
    });
    std::iter::once(&*choice.expr).chain(guards)
}
