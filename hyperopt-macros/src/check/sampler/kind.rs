//! The kind of loop that a sampler visibly has, and whether an expression visibly is a sampler, a scheduler or a pruner.

use syn::{Expr, ExprMethodCall};

use super::catalogue::{PRUNERS, SAMPLERS, SCHEDULERS, is_one_of, of_another_library};
use crate::shape::{inner, origin, path};

/// The kind of loop that a sampler needs, as far as its expression shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    /// One that counts trials.
    Trials,
    /// One that counts trials which report.
    Pruning,
    /// One over budgets.
    Budgets,
    Unknown,
}

/// Returns the kind of loop that the value of `sampler = …` needs; without one, random search counts trials.
pub(in crate::check) fn kind(sampler: Option<&Expr>) -> Kind {
    let Some(sampler) = sampler else { return Kind::Trials };
    match origin(sampler) {
        // The message about it says which loop it needs.
        _ if is_of_another_kind(sampler) => Kind::Unknown,
        Some(_) if is_scheduler(sampler) => Kind::Budgets,
        _ if has_method(sampler, "pruner") => Kind::Pruning,
        Some(name) if is_one_of(&SAMPLERS, &name) => Kind::Trials,
        _ => Kind::Unknown,
    }
}

/// Whether `expr` visibly is a sampler or a scheduler.
pub(in crate::check) fn is_sampler(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&SAMPLERS, &name) || is_one_of(&SCHEDULERS, &name))
        || of_another_library(expr).is_some()
}

/// Whether `expr` visibly is a pruner.
pub(in crate::check) fn is_pruner(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&PRUNERS, &name))
}

/// Whether what belongs elsewhere makes `sampler` one for another loop.
fn is_of_another_kind(sampler: &Expr) -> bool {
    let Expr::MethodCall(call) = inner(sampler) else { return false };
    call.method == "over" || call.method == "pruner" && has_scheduler(call) || is_of_another_kind(&call.receiver)
}

fn has_scheduler(call: &ExprMethodCall) -> bool {
    call.args.first().is_some_and(is_scheduler)
}

/// Whether `expr` visibly is a scheduler.
pub(super) fn is_scheduler(expr: &Expr) -> bool {
    origin(expr).is_some_and(|name| is_one_of(&SCHEDULERS, &name))
}

fn has_method(expr: &Expr, method: &str) -> bool {
    match inner(expr) {
        Expr::MethodCall(call) => call.method == method || has_method(&call.receiver, method),
        _ => false,
    }
}
