//! Writes a guard around `each` that stands within it: `each(3, if deep { 1..=4 } else { 1..=8 })`.

use proc_macro2::Ident;
use syn::{Block, Expr, ExprIf, ExprMatch, Stmt};

use crate::check::place::{is_nothing, scrutinised};
use crate::mentions::free;
use crate::shape::inner;
use crate::source::source;

/// Returns the alternatives of `candidates`, each in `each` of its own; `None` for candidates without alternatives.
pub(super) fn outside(count: &Expr, candidates: &Expr) -> Option<String> {
    match inner(candidates) {
        Expr::If(choice) => Some(conditional(count, choice)),
        Expr::Match(choice) => Some(arms(count, choice)),
        Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
            [Stmt::Expr(value, None)] => outside(count, value),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the choice between alternatives reads `name`.
pub(super) fn decides(candidates: &Expr, name: &Ident) -> bool {
    match inner(candidates) {
        Expr::If(choice) => {
            let otherwise = choice.else_branch.as_ref().map(|(_, otherwise)| otherwise);
            free(&choice.cond).contains(name) || otherwise.is_some_and(|otherwise| decides(otherwise, name))
        }
        Expr::Match(choice) => scrutinised(choice).any(|expr| free(expr).contains(name)),
        Expr::Block(block) => matches!(&block.block.stmts[..], [Stmt::Expr(value, None)] if decides(value, name)),
        _ => false,
    }
}

fn conditional(count: &Expr, choice: &ExprIf) -> String {
    let then = format!("if {} {{ {} }}", source(&choice.cond), branch(count, &choice.then_branch));
    match choice.else_branch.as_ref().map(|(_, otherwise)| &**otherwise) {
        None => then,
        Some(Expr::Block(block)) => format!("{then} else {{ {} }}", branch(count, &block.block)),
        Some(otherwise) => format!("{then} else {}", alternative(count, otherwise)),
    }
}

fn arms(count: &Expr, choice: &ExprMatch) -> String {
    let arms = choice.arms.iter().map(|arm| format!("{} => {}", source(&arm.pat), alternative(count, &arm.body)));
    format!("match {} {{ {} }}", source(&choice.expr), arms.collect::<Vec<_>>().join(", "))
}

fn branch(count: &Expr, block: &Block) -> String {
    match &block.stmts[..] {
        [] => String::new(),
        [Stmt::Expr(value, None)] => alternative(count, value),
        _ => format!("each({}, {})", source(count), source(block)),
    }
}

fn alternative(count: &Expr, value: &Expr) -> String {
    if is_nothing(value) {
        return source(value);
    }
    outside(count, value).unwrap_or_else(|| format!("each({}, {})", source(count), source(value)))
}
