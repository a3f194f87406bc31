//! Samplers, schedulers and pruners: what is wrong with the value of `sampler = …`.

mod catalogue;
mod kind;
mod misplaced;
mod unmade;
mod written;

use syn::{Error, Expr};

pub(super) use self::catalogue::SCHEDULER;
use self::catalogue::{by_name, of_another_library};
pub(super) use self::kind::{Kind, is_pruner, is_sampler, kind};
pub(super) use self::written::{pruner_text, sampler_text, with_eta, with_option};
use crate::shape::{literal, short, text};

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
