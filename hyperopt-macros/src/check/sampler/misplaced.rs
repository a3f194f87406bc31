//! Samplers, schedulers and pruners in each other's place, `.pruner(Hyperband::new(3.0))`, `.inner(MedianPruner::new())`, and
//! budgets that are given to a sampler, `.over(1..=81)`.

use syn::{Error, Expr, ExprMethodCall};

use super::catalogue::SCHEDULER;
use super::kind::{is_pruner, is_sampler, is_scheduler};
use super::written::sampler_text;
use crate::settings::setting_named;
use crate::shape::{inner, short};
use crate::source::source;

/// Returns the error about the first method of `sampler` that is not one, or whose argument belongs elsewhere.
pub(super) fn check(sampler: &Expr) -> Option<Error> {
    let Expr::MethodCall(call) = inner(sampler) else { return None };
    check(&call.receiver).or_else(|| method(call))
}

fn method(call: &ExprMethodCall) -> Option<Error> {
    let receiver = &*call.receiver;
    if call.method == "over" {
        return Some(Error::new(call.method.span(), over(receiver, call.args.first())));
    }
    if call.method == "pruner" && is_scheduler(receiver) {
        let message = format!("a scheduler stops trials by itself; write `sampler = {}`", sampler_text(receiver));
        return Some(Error::new(call.method.span(), message));
    }
    let argument = call.args.first()?;
    if let Some(setting) = setting_named(&call.method.to_string()).filter(|_| is_sampler(receiver)) {
        let message = format!("`{0}` is a setting of its own; write `{0} = {1}`", setting.name, source(argument));
        return Some(Error::new(call.method.span(), message));
    }
    let found = short(argument);
    let message = match call.method.to_string().as_str() {
        "pruner" if is_scheduler(argument) => format!(
            "`{found}` is a scheduler, not a pruner; write `sampler = {}` and `for (resources, state) in 1..=81 {{ … }}`",
            with_inner(argument, receiver)
        ),
        "pruner" if is_sampler(argument) => {
            format!("`{found}` is a sampler, not a pruner; write `.pruner(MedianPruner::new())`")
        }
        "inner" if is_pruner(argument) => {
            format!("`{found}` is a pruner, and a scheduler stops trials by itself; write `.inner(TpeSampler::new())`")
        }
        "inner" if is_scheduler(argument) => {
            format!("`{found}` is a scheduler itself; write `sampler = {found}`, or `.inner(TpeSampler::new())`")
        }
        _ => return None,
    };
    Some(Error::new_spanned(argument, message))
}

/// What to write in place of budgets that are given to `sampler`.
fn over(sampler: &Expr, budgets: Option<&Expr>) -> String {
    let scheduler = match sampler_text(sampler) {
        text if is_scheduler(sampler) && text != "…" => text,
        text if is_sampler(sampler) && text != "…" => format!("{SCHEDULER}.inner({text})"),
        _ => SCHEDULER.to_owned(),
    };
    let budgets = budgets.map_or_else(|| "1..=81".to_owned(), source);
    format!(
        "a sampler has no budgets; write `sampler = {scheduler}` and `for (resources, state) in {budgets} {{ … }}`, or without a \
         loop `hyperopt!(…).over({budgets})`"
    )
}

/// Returns the scheduler with `sampler` inside, if it takes one.
fn with_inner(scheduler: &Expr, sampler: &Expr) -> String {
    let (text, inside) = (sampler_text(scheduler), sampler_text(sampler));
    let takes_one = ["Hyperband::new", "Asha::new", "Pasha::new"].iter().any(|made| text.starts_with(made));
    if takes_one && inside != "…" && !text.contains(".inner(") { format!("{text}.inner({inside})") } else { text }
}
