//! Hyperparameters that are meant as settings: names that resemble one, names that other libraries use for one, and values
//! that only a setting has.
//!
//! A name that is plausible for a hyperparameter, such as `workers` or `speed`, is one if its value is a list or a range.

mod advice;
mod around;
mod budgets;
mod names;

use proc_macro2::Ident;
use syn::{Error, Expr};

use self::advice::advice;
pub(super) use self::around::Around;
use self::names::{Meant, NEVER, PLAUSIBLE, WORDS, listed};
use super::sampler::{Kind, is_pruner, is_sampler};
use super::setting::{is_of, names};
use crate::settings::{SETTINGS, named, one_edit, similar};
use crate::shape::{call, elements, inner, is_candidates, literal, path, short, text};

/// Returns the error about a hyperparameter that is meant as a setting.
pub(super) fn check(name: &Ident, value: &Expr, around: &Around<'_>) -> Option<Error> {
    let (plain, raw) = names(name);
    if *name == raw {
        return None;
    }
    let is_list = is_candidates(value);
    let of_value = SETTINGS.iter().find(|setting| is_of(setting, value));
    let never = listed(&NEVER, &plain);
    let plausible = listed(&PLAUSIBLE, &plain);
    let is_closure = matches!(inner(value), Expr::Closure(_));
    let is_option = path(value).is_some_and(|(_, name)| name == "None")
        || call(value)
            .is_some_and(|(function, arguments)| function == "Some" && !arguments.iter().any(|one| is_candidates(one)));
    let is_single = literal(value).is_some()
        || is_option
        || is_closure
        || is_tuple_struct(value)
        || !is_list && (of_value.is_some() || is_pruner(value));
    let meant = if plain == "inner" && is_sampler(value) && around.kind == Kind::Budgets {
        Some(Meant::Inner)
    } else if let Some(setting) = of_value {
        Some(Meant::Setting(setting.name))
    } else if is_pruner(value) || plausible_pruner(plausible, value) {
        Some(Meant::Pruner)
    } else if call(value).is_some_and(|(function, arguments)| function == "workers" && arguments.len() == 1) {
        Some(Meant::Workers)
    } else if never.is_some() {
        never
    } else if let Some(setting) = one_edit(&plain).filter(|_| !WORDS.contains(&plain.as_str())) {
        Some(Meant::Setting(setting.name))
    } else if is_single || are_words(plausible, value) {
        plausible.or_else(|| similar(&plain).map(|setting| Meant::Setting(setting.name)))
    } else {
        None
    };
    let Some(meant) = meant else { return single(value) };
    let advice = match meant {
        Meant::Setting("goal") if plain.starts_with("max") || plain.starts_with("greater") => {
            "write `goal = Maximize`".to_owned()
        }
        Meant::Setting("goal") if plain.starts_with("min") => "write `goal = Minimize`".to_owned(),
        meant => advice(meant, value, around),
    };
    let is_executor = call(value).is_some() && matches!(meant, Meant::Workers);
    if !is_list && (of_value.is_some() || is_pruner(value) || is_executor || is_closure) {
        return Some(Error::new(name.span(), format!("`{plain}` is not a setting; {advice}")));
    }
    let candidates = if is_list { short(value) } else { format!("[{}]", short(value)) };
    // As candidates, some values are those of a hyperparameter without `r#`.
    let is_word = WORDS.contains(&plain.as_str()) || one_edit(&plain).is_none();
    let is_taken_for_words = plausible.is_some() && text(value).is_some();
    let is_free = never.is_none() && is_word && !is_list && !is_taken_for_words;
    let hyperparameter = if is_free { plain.clone() } else { raw };
    let message =
        format!("`{plain}` is not a setting; {advice}, or the hyperparameter `{hyperparameter} = {candidates}`");
    Some(Error::new(name.span(), message))
}

/// Returns the error about a single value that is written out, beside a name that no setting resembles.
fn single(value: &Expr) -> Option<Error> {
    literal(value)?;
    let value_text = short(value);
    let message = format!(
        "`{value_text}` is not a set of candidates; write `[{value_text}]` for a fixed value; {}, and all else is a \
         hyperparameter",
        named()
    );
    Some(Error::new_spanned(value, message))
}

/// Whether `value` visibly is a tuple struct, such as `StopAfter(3)`, which no candidates are.
fn is_tuple_struct(value: &Expr) -> bool {
    let Expr::Call(call) = inner(value) else { return false };
    path(&call.func).is_some_and(|(owner, name)| {
        owner.is_none() && name.starts_with(char::is_uppercase) && !matches!(name.as_str(), "Some" | "Ok" | "Err")
    })
}

/// Whether a list of words can only mean goals: `direction = ["maximize"]`.
fn are_words(plausible: Option<Meant>, value: &Expr) -> bool {
    let is_word = |one: &Expr| {
        text(one).is_some_and(|word| ["maximize", "minimize", "maximise", "minimise"].contains(&word.as_str()))
    };
    matches!(plausible, Some(Meant::Setting("goal")))
        && elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_word))
}

/// Whether the value of `pruner = …` is a list of pruners.
fn plausible_pruner(plausible: Option<Meant>, value: &Expr) -> bool {
    matches!(plausible, Some(Meant::Pruner))
        && elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_pruner))
}
