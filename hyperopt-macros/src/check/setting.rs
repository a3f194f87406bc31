//! Values that a setting visibly does not take, and what to write instead.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Error, Expr, ExprLit, Lit};

use super::sampler;
use crate::model::name_of;
use crate::settings::{SETTINGS, Setting};
use crate::shape::{Literal, beginning, elements, inner, is_candidates, is_points, literal, path, short, text};
use crate::source::source;

/// Returns the error about a value that `setting` visibly does not take.
pub(super) fn check(setting: &Setting, name: &Ident, value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    if path(value).is_some_and(|(owner, name)| owner.is_none() && name == "None") {
        return at(format!("leave `{name}` out; without it: {}", setting.default));
    }
    if is_listed(value) && !takes_list(setting) {
        let (found, example) = (short(value), setting.example);
        return at(format!(
            "`{name}` is a setting with one value, such as `{example}`; a hyperparameter of this name is written raw, \
             `r#{name} = {found}`"
        ));
    }
    if let Some(message) = of_another(setting, value) {
        return at(message);
    }
    if setting.name == "sampler" {
        return sampler::check(value);
    }
    let instead = corrected(setting, value)?;
    at(format!("`{}` is no value of `{name}`; write `{name} = {instead}`", short(value)))
}

/// Returns the message about a value of another setting: `goal = TpeSampler::new()`.
fn of_another(setting: &Setting, value: &Expr) -> Option<String> {
    // A study or a duration may begin an expression of any type.
    let distinct = ["sampler", "goal", "progress", "on_error", "on_interrupt"];
    let mut others = SETTINGS.iter().filter(|other| other.name != setting.name && distinct.contains(&other.name));
    let found = short(value);
    if let Some(other) = others.find(|other| is_of(other, value)) {
        return Some(format!("`{found}` is a value of `{0}`; write `{0} = {1}`", other.name, instead(other, value)));
    }
    let is_pruner = setting.name != "sampler" && sampler::is_pruner(value);
    is_pruner.then(|| {
        let pruner = sampler::pruner_text(value);
        format!("a pruner is added to the sampler; write `sampler = TpeSampler::new().pruner({pruner})`")
    })
}

/// Whether `value` visibly is a set of candidates, and no choice between values.
pub(super) fn is_listed(value: &Expr) -> bool {
    is_candidates(value) && !matches!(inner(value), Expr::If(_) | Expr::Match(_) | Expr::Block(_))
}

/// What to write as the value of `setting` in place of `value`, which may be fit as it stands.
pub(super) fn instead(setting: &Setting, value: &Expr) -> String {
    if setting.name == "sampler" {
        return sampler::sampler_text(value);
    }
    let listed = elements(value).filter(|_| !takes_list(setting));
    let value = listed.as_ref().and_then(|listed| listed.first()).unwrap_or(value);
    corrected(setting, value).unwrap_or_else(|| match short(value) {
        long if long == "…" => setting.example.to_owned(),
        text => text,
    })
}

/// Returns the value of `setting` as the expansion has it: a seed without a suffix is a `u64`, since as an integer of any type it
/// would be an `i32`, which most seeds in hexadecimal do not fit.
pub(super) fn expanded(setting: &Setting, value: &Expr) -> TokenStream {
    if let ("seed", Expr::Lit(ExprLit { lit: Lit::Int(int), .. })) = (setting.name, value)
        && int.suffix().is_empty()
    {
        return quote!(::core::convert::identity::<u64>(#int));
    }
    value.to_token_stream()
}

/// Whether the value of `setting` may be a list.
fn takes_list(setting: &Setting) -> bool {
    matches!(setting.name, "goal" | "try_first")
}

/// What to write in place of a value that `setting` visibly does not take.
fn corrected(setting: &Setting, value: &Expr) -> Option<String> {
    let kind = literal(value);
    match (setting.name, kind) {
        ("goal", _) => goals(value),
        ("seed" | "no_progress", Some(Literal::Text | Literal::Float)) => {
            let number = text(value).unwrap_or_else(|| source(value)).parse::<f64>().ok();
            let whole = number.filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number));
            Some(whole.map_or_else(|| setting.example.to_owned(), |number| number.to_string()))
        }
        ("seed" | "no_progress", Some(Literal::Int)) => {
            source(value).strip_prefix('-').map(|digits| digits.trim().to_owned())
        }
        ("timeout", Some(Literal::Int)) => Some(format!("Duration::from_secs({})", source(value).replace('-', ""))),
        ("timeout", Some(Literal::Float)) => {
            Some(format!("Duration::from_secs_f64({})", source(value).replace('-', "")))
        }
        ("progress", Some(Literal::Int)) => Some((source(value) != "0").to_string()),
        ("into", Some(Literal::Text)) => text(value).filter(|text| syn::parse_str::<syn::Path>(text).is_ok()),
        ("seed" | "no_progress" | "timeout" | "ho" | "transfer" | "try_first", Some(_))
        | ("loss_threshold" | "spend", Some(Literal::Text | Literal::Bool))
        | ("progress" | "repeats", Some(Literal::Int | Literal::Float | Literal::Text))
        | ("study" | "checkpoint", Some(Literal::Bool | Literal::Int | Literal::Float)) => {
            Some(setting.example.to_owned())
        }
        (
            "seed" | "timeout" | "loss_threshold" | "no_progress" | "spend" | "progress" | "repeats" | "on_error"
            | "on_interrupt",
            None,
        ) if some(value).is_some() => some(value),
        ("on_error", _) => {
            action("OnError", ["Stop", "Continue"], &["continue", "ignore", "skip", "false", "pass", "warn"], value)
        }
        ("on_interrupt", _) => action("OnInterrupt", ["Stop", "Kill"], &["kill", "exit", "abort", "false"], value),
        ("study", Some(Literal::Text)) if text(value).is_some_and(|text| text.contains(':')) => {
            Some(format!("Study::open({})?", source(value)))
        }
        ("study", Some(Literal::Text)) => Some(format!("{}.name({})", setting.example, source(value))),
        _ => None,
    }
}

/// Returns the value in `Some(value)`.
fn some(value: &Expr) -> Option<String> {
    match inner(value) {
        Expr::Call(call) if call.args.len() == 1 && path(&call.func).is_some_and(|(_, name)| name == "Some") => {
            call.args.first().map(source)
        }
        _ => None,
    }
}

/// Returns the goals that are written as words, in a tuple, or as variants that do not exist.
fn goals(value: &Expr) -> Option<String> {
    let tuple = match inner(value) {
        Expr::Tuple(tuple) => Some(tuple.elems.iter().cloned().collect()),
        _ => None,
    };
    let is_tuple = tuple.is_some();
    let Some(listed) = tuple.or_else(|| elements(value)) else { return goal(value).map(ToOwned::to_owned) };
    let found: Vec<Option<&str>> = listed.iter().map(goal).collect();
    if !is_tuple && found.iter().all(Option::is_none) {
        return None;
    }
    let written: Vec<String> =
        listed.iter().zip(found).map(|(one, goal)| goal.map_or_else(|| source(one), ToOwned::to_owned)).collect();
    Some(format!("[{}]", written.join(", ")))
}

/// Returns the goal that `value` stands for, unless it is one already or may be a variable.
fn goal(value: &Expr) -> Option<&'static str> {
    let word = match (text(value), path(value)) {
        (Some(text), _) => text,
        (None, Some((owner, name))) => {
            let is_variant =
                owner.as_deref() == Some("Goal") || owner.is_none() && name.starts_with(char::is_uppercase);
            Some(name).filter(|name| is_variant && name != "Maximize" && name != "Minimize")?
        }
        (None, None) => {
            return matches!(literal(value)?, Literal::Bool | Literal::Int | Literal::Float).then_some("Minimize");
        }
    };
    let word = word.to_lowercase();
    if word.starts_with("max") {
        Some("Maximize")
    } else if word.starts_with("min") || text(value).is_some() {
        Some("Minimize")
    } else {
        None
    }
}

/// What a sweep does, where it is written as a word or as a variant that does not exist.
fn action(kind: &str, [stop, default]: [&str; 2], defaults: &[&str], value: &Expr) -> Option<String> {
    let word = match (literal(value), path(value)) {
        (Some(_), _) => text(value).unwrap_or_else(|| source(value)),
        (None, Some((Some(owner), name))) if owner == kind || owner == "OnError" || owner == "OnInterrupt" => {
            Some(name).filter(|name| owner != kind || (name != stop && name != default))?
        }
        _ => return None,
    };
    let is_default = defaults.contains(&word.to_lowercase().as_str());
    Some(format!("{kind}::{}", if is_default { default } else { stop }))
}

/// Whether `value` visibly is a value of `setting`, with any name before it.
pub(super) fn is_of(setting: &Setting, value: &Expr) -> bool {
    // Other types of these names may have lists of candidates: `Progress::ALL`.
    let begins = |kind: &str, names: &[&str]| {
        beginning(value).is_some_and(|(owner, name)| owner == kind && names.contains(&name.as_str()))
    };
    match setting.name {
        "sampler" => sampler::is_sampler(value),
        "goal" => {
            let is_goal = |one: &Expr| {
                path(one).is_some_and(|(owner, name)| {
                    matches!(owner.as_deref(), None | Some("Goal")) && (name == "Maximize" || name == "Minimize")
                })
            };
            elements(value).map_or_else(|| is_goal(value), |listed| !listed.is_empty() && listed.iter().all(is_goal))
        }
        "study" => begins("Study", &["open"]),
        "timeout" => {
            begins("Duration", &["new", "from_secs", "from_secs_f64", "from_millis", "from_mins", "from_hours"])
        }
        "progress" => begins("Progress", &["Off", "Auto", "Bar", "Lines", "Trials"]),
        "on_error" => begins("OnError", &["Stop", "Continue"]),
        "on_interrupt" => begins("OnInterrupt", &["Stop", "Kill"]),
        "try_first" => is_points(value),
        _ => false,
    }
}

/// Returns the name as a message writes it, and the raw one that makes it a hyperparameter.
pub(super) fn names(name: &Ident) -> (String, String) {
    let plain = name_of(name);
    let raw = format!("r#{plain}");
    (plain, raw)
}
