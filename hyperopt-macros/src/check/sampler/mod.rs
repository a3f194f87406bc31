//! Samplers, schedulers and pruners that are not made by their functions, and the kind of loop that a sampler visibly has.

mod catalogue;
mod misplaced;
mod unmade;
mod written;

use syn::{Error, Expr};

pub(super) use self::catalogue::SCHEDULER;
use self::catalogue::{PRUNERS, SAMPLERS, SCHEDULERS, by_name, is_one_of, of_another_library};
pub(super) use self::written::{pruner_text, sampler_text, with_eta, with_option};
use crate::shape::{inner, literal, origin, path, short, text};

/// The kind of loop that a sampler needs, as far as its expression shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One that counts trials.
    Trials,
    /// One that counts trials which report.
    Pruning,
    /// One over budgets.
    Budgets,
    Unknown,
}

/// Returns the kind of loop that the value of `sampler = …` needs; without one, random search counts trials.
pub(super) fn kind(sampler: Option<&Expr>) -> Kind {
    let Some(sampler) = sampler else { return Kind::Trials };
    match origin(sampler) {
        // The message about it says which loop it needs.
        _ if misplaced::is_of_another_kind(sampler) => Kind::Unknown,
        Some(_) if is_scheduler(sampler) => Kind::Budgets,
        _ if has_method(sampler, "pruner") => Kind::Pruning,
        Some(name) if is_one_of(&SAMPLERS, &name) => Kind::Trials,
        _ => Kind::Unknown,
    }
}

/// Whether `expr` visibly is a sampler or a scheduler.
pub(super) fn is_sampler(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&SAMPLERS, &name) || is_one_of(&SCHEDULERS, &name))
        || of_another_library(expr).is_some()
}

/// Whether `expr` visibly is a pruner.
pub(super) fn is_pruner(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&PRUNERS, &name))
}

/// Returns the error about a sampler that is not made by its function, or about a pruner in its place.
pub(super) fn check(sampler: &Expr) -> Option<Error> {
    if let Some(text) = text(sampler) {
        let instead = by_name(&text);
        return Some(error(sampler, &format!("`\"{text}\"` is not a sampler; write `sampler = {instead}`")));
    }
    if literal(sampler).is_some() {
        let message = format!("`{}` is not a sampler; write `sampler = TpeSampler::new()`", short(sampler));
        return Some(error(sampler, &message));
    }
    if let Some(instead) = of_another_library(sampler) {
        let message = format!("`{}` is another library's; write `sampler = {instead}`", short(sampler));
        return Some(error(sampler, &message));
    }
    if is_pruner(sampler) {
        let message = format!(
            "a pruner is added to a sampler; write `sampler = TpeSampler::new().pruner({})`",
            made(&pruner_text(sampler))
        );
        return Some(error(sampler, &message));
    }
    misplaced::check(sampler).or_else(|| unmade::check(sampler))
}

fn made(text: &str) -> &str {
    if text == "…" { "MedianPruner::new()" } else { text }
}

fn error(tokens: &Expr, message: &str) -> Error {
    Error::new_spanned(tokens, message)
}

/// Whether `expr` visibly is a scheduler.
fn is_scheduler(expr: &Expr) -> bool {
    origin(expr).is_some_and(|name| is_one_of(&SCHEDULERS, &name))
}

fn has_method(expr: &Expr, method: &str) -> bool {
    match inner(expr) {
        Expr::MethodCall(call) => call.method == method || has_method(&call.receiver, method),
        _ => false,
    }
}
