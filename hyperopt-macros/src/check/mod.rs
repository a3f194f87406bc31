//! Tells settings from hyperparameters, and finds mistakes between arguments. Mistakes within an expression are left to
//! rustc, which explains them better.

mod choice;
mod control_flow;
mod points;

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, Ident};

use crate::errors::Errors;
use crate::mentions::bound;
use crate::model::{Argument, Call, Item, Mode, Parameter, Sweep, TrialLoop, name_of};
use crate::settings::{Role, setting, similar};
use choice::Scope;

/// Understands `call`, and reports what is wrong with it.
pub(crate) fn sweep(call: Call, errors: &mut Errors) -> Sweep {
    let is_open = call.mode != Mode::Space && matches!(call.trial_loop, TrialLoop::Missing);
    let arguments = distinct(call.arguments, is_open, errors);
    let names: Vec<Ident> =
        arguments.iter().filter(|argument| setting(&argument.name).is_none()).map(|a| a.name.clone()).collect();
    let (mut above, mut axes, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for Argument { name, equals, value } in arguments {
        let (first, below) = (axes.len(), &names[(above.len() + 1).min(names.len())..]);
        let mut scope = Scope { above: &above, below, axes: &mut axes, equals, errors };
        if let Some(setting) = setting(&name) {
            let takes_points = setting.role == Role::InitialPoints && call.mode != Mode::Space;
            let written = value.as_ref().ok().filter(|_| takes_points);
            if let Some(points) = written.and_then(|value| points::points(value, &names, scope.errors)) {
                items.push(Item::InitialPoints { setting, points });
                continue;
            }
            let value = value.map_or_else(
                |error| error,
                |value| scope.check_setting(&name, &value).unwrap_or_else(|| value.to_token_stream()),
            );
            items.push(Item::Setting { setting, name, equals, value });
        } else {
            let value = match misspelling(&name, value.as_ref().ok().filter(|_| call.mode != Mode::Space)) {
                Some(error) => Err(scope.errors.in_place(error)),
                None => value,
            };
            let choice = match value {
                Ok(value) => scope.choice(&name, &value),
                Err(error) => scope.broken(&name, error),
            };
            above.push((name.clone(), (first..axes.len()).collect()));
            items.push(Item::Parameter(Parameter { name, choice }));
        }
    }
    check_loop(&call.trial_loop, &names, errors);
    let mut mode = call.mode;
    if mode == Mode::Space {
        only_hyperparameters(&items, &call.trial_loop, errors);
    } else if mode != Mode::Sequential && !stays_inside(mode, &call.trial_loop, errors) {
        // As a sequential loop, the body causes no further errors of rustc.
        mode = Mode::Sequential;
    }
    let Call { executor, facade, trial_loop, .. } = call;
    Sweep { mode, executor, facade, items, trial_loop, is_broken: !errors.is_empty() }
}

/// The error about a hyperparameter with a single value whose name resembles that of a setting: `seeds = 7`.
fn misspelling(name: &Ident, value: Option<&Expr>) -> Option<syn::Error> {
    let literal = match value? {
        Expr::Group(group) => return misspelling(name, Some(&group.expr)),
        Expr::Lit(literal) => literal.to_token_stream(),
        _ => return None,
    };
    let setting = similar(&name_of(name))?.name;
    let message = format!(
        "`{literal}` is not a set of candidates; write the setting `{setting} = {literal}`, or the hyperparameter \
         `{name} = [{literal}]`"
    );
    Some(syn::Error::new_spanned(literal, message))
}

/// Reports settings and loops in `space!`.
fn only_hyperparameters(items: &[Item], trial_loop: &TrialLoop, errors: &mut Errors) {
    for item in items {
        if let Item::Setting { setting, name, .. } = item {
            let message = match setting.setter {
                Some(setter) => {
                    format!("a space has no settings; write `Search::new(space!(…)).{setter}(…)`, or `r#{name} = …`")
                }
                None => format!("a space keeps no states; remove `{name}`, or write `hyperopt!`"),
            };
            errors.at(name, message);
        }
    }
    if let TrialLoop::Written(trial_loop) = trial_loop {
        errors.at(trial_loop.for_token, "a space has no loop; write `hyperopt!`, or `Search::new(space!(…)).run(…)`");
    }
}

/// Whether the loop of a parallel sweep is left by `break` and `continue` only; reports a loop that is missing.
fn stays_inside(mode: Mode, trial_loop: &TrialLoop, errors: &mut Errors) -> bool {
    match trial_loop {
        TrialLoop::Written(trial_loop) => control_flow::check(&trial_loop.body, errors),
        TrialLoop::Missing if errors.is_empty() => {
            let name = mode.name();
            let message = format!("`{name}` needs its loop; for a sweep to ask and tell by hand, write `hyperopt!`");
            errors.at_span(Span::call_site(), message);
            true
        }
        TrialLoop::Missing | TrialLoop::Broken(_) => true,
    }
}

/// Reports a sweep without hyperparameters, and a loop variable that has the name of one.
fn check_loop(trial_loop: &TrialLoop, names: &[Ident], errors: &mut Errors) {
    let message = "a sweep needs at least one hyperparameter; write `name = candidates`";
    match trial_loop {
        TrialLoop::Written(trial_loop) => {
            for name in bound(&trial_loop.pattern).iter().filter(|name| names.contains(name)) {
                let message = format!("`{name}` is the name of a hyperparameter too; choose another for the loop");
                errors.at(name, message);
            }
            if names.is_empty() && errors.is_empty() {
                errors.at(trial_loop.for_token, message);
            }
        }
        TrialLoop::Missing if names.is_empty() && errors.is_empty() => errors.at_span(Span::call_site(), message),
        TrialLoop::Missing | TrialLoop::Broken(_) => {}
    }
}

/// The arguments, each name once.
fn distinct(arguments: Vec<Argument>, is_open: bool, errors: &mut Errors) -> Vec<Argument> {
    let mut kept: Vec<Argument> = Vec::new();
    for argument in arguments {
        let name = &argument.name;
        let found = setting(name);
        if is_open && found.is_some_and(|setting| setting.role == Role::States) {
            errors.at(name, format!("a sweep without a loop keeps no states; remove `{name}`, or write the loop"));
        }
        let is_same = |earlier: &Argument| name_of(&earlier.name) == name_of(name);
        let clash = kept.iter().find(|earlier| is_same(earlier) && setting(&earlier.name).is_some() == found.is_some());
        if clash.is_none() {
            kept.push(argument);
        } else if found.is_some() {
            errors.at(name, format!("the setting `{name}` is given twice; remove one"));
        } else {
            let name_of = name_of(name);
            errors.at(name, format!("the hyperparameter `{name_of}` is given twice; rename or remove one"));
        }
    }
    kept
}
