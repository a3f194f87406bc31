//! Tells settings from hyperparameters, and finds what is wrong between arguments. What is wrong within an expression is
//! left to rustc, which says it better.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Ident;

use crate::choice::{Scope, name_of};
use crate::control_flow;
use crate::errors::Errors;
use crate::model::{Argument, Call, Item, Mode, Parameter, Sweep, TrialHandle};
use crate::names::bound;
use crate::try_first;

/// The settings there are.
pub(crate) const SETTINGS: [&str; 13] = [
    "sampler",
    "seed",
    "goal",
    "ho",
    "study",
    "checkpoint",
    "timeout",
    "progress",
    "on_error",
    "on_interrupt",
    "try_first",
    "transfer",
    "repeats",
];

pub(crate) fn sweep(call: Call, errors: &mut Errors) -> Sweep {
    let is_open = call.mode != Mode::Space && matches!(call.turn, TrialHandle::Missing);
    let arguments = distinct(call.arguments, is_open, errors);
    let names: Vec<Ident> =
        arguments.iter().filter(|argument| !is_setting(&argument.name)).map(|a| a.name.clone()).collect();
    let (mut above, mut axes, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for Argument { name, equals, value } in arguments {
        let (first, below) = (axes.len(), &names[(above.len() + 1).min(names.len())..]);
        let mut scope = Scope { above: &above, below, axes: &mut axes, equals, errors };
        let written = value.as_ref().ok().filter(|_| name == "try_first" && call.mode != Mode::Space);
        if let Some(points) = written.and_then(|value| try_first::points(value, &names, scope.errors)) {
            items.push(Item::TryFirst { points });
        } else if is_setting(&name) {
            let value = value.map_or_else(
                |error| error,
                |value| scope.check_setting(&name, &value).unwrap_or_else(|| value.to_token_stream()),
            );
            items.push(Item::Setting { name, equals, value });
        } else {
            let choice = match value {
                Ok(value) => scope.choice(&name, &value),
                Err(error) => scope.broken(&name, error),
            };
            above.push((name.clone(), (first..axes.len()).collect()));
            items.push(Item::Parameter(Parameter { name, choice }));
        }
    }
    turn(&call.turn, &names, errors);
    let mut mode = call.mode;
    if mode == Mode::Space {
        nothing_but_names(&items, &call.turn, errors);
    } else if mode != Mode::Sequential && !leaves_stay_inside(mode, &call.turn, errors) {
        // As a loop in sequence, what was reported is fine, and rustc has nothing to add.
        mode = Mode::Sequential;
    }
    let Call { executor, facade, turn, .. } = call;
    Sweep { mode, executor, facade, items, turn, is_broken: !errors.is_empty() }
}

/// A space is searched elsewhere.
fn nothing_but_names(items: &[Item], turn: &TrialHandle, errors: &mut Errors) {
    for item in items {
        if let Item::Setting { name, .. } = item {
            let setter = if name == "ho" { "earlier".into() } else { name.to_string() };
            let message = match setter.as_str() {
                "checkpoint" => "a space hands on no states; remove `checkpoint`, or write `hyperopt!`".to_owned(),
                _ => format!("a space has no settings; write `Search::new(space!(…)).{setter}(…)`, or `r#{name} = …`"),
            };
            errors.at(name, message);
        }
    }
    if let TrialHandle::Loop(turn) = turn {
        errors.at(turn.for_token, "a space has no loop; write `hyperopt!`, or `Search::new(space!(…)).run(…)`");
    }
}

/// Whether a parallel sweep has a loop that nothing leaves but by `break` and `continue`.
fn leaves_stay_inside(mode: Mode, turn: &TrialHandle, errors: &mut Errors) -> bool {
    match turn {
        TrialHandle::Loop(turn) => control_flow::check(&turn.body, errors),
        TrialHandle::Missing if errors.is_empty() => {
            let name = mode.name();
            let message = format!("`{name}` needs its loop; a sweep that is asked and told by hand is a `hyperopt!`");
            errors.at_span(Span::call_site(), message);
            true
        }
        TrialHandle::Missing | TrialHandle::Broken(_) => true,
    }
}

fn turn(turn: &TrialHandle, names: &[Ident], errors: &mut Errors) {
    let message = "a sweep needs at least one hyperparameter; write `name = candidates`";
    match turn {
        TrialHandle::Loop(turn) => {
            for name in bound(&turn.pattern) {
                if names.contains(&name) {
                    errors.at(
                        &name,
                        format!("`{name}` is the name of a hyperparameter too; choose another for the loop"),
                    );
                }
            }
            if names.is_empty() && errors.is_empty() {
                errors.at(turn.for_token, message);
            }
        }
        TrialHandle::Missing if names.is_empty() && errors.is_empty() => errors.at_span(Span::call_site(), message),
        TrialHandle::Missing | TrialHandle::Broken(_) => {}
    }
}

/// The arguments, each name once.
fn distinct(arguments: Vec<Argument>, is_open: bool, errors: &mut Errors) -> Vec<Argument> {
    let mut kept: Vec<Argument> = Vec::new();
    for argument in arguments {
        let name = &argument.name;
        let is_same = |earlier: &Argument| name_of(&earlier.name) == name_of(name);
        if name == "checkpoint" && is_open {
            let message = "a sweep without a loop hands on no states; remove `checkpoint`, or write the loop";
            errors.at(name, message);
        }
        let clash = kept.iter().find(|earlier| is_same(earlier) && is_setting(&earlier.name) == is_setting(name));
        if clash.is_none() {
            kept.push(argument);
        } else if is_setting(name) {
            errors.at(name, format!("the setting `{name}` is given twice; remove one"));
        } else {
            let name_of = name_of(name);
            errors.at(name, format!("the hyperparameter `{name_of}` is given twice; rename or remove one"));
        }
    }
    kept
}

/// A raw name, `r#seed`, is a hyperparameter's.
fn is_setting(name: &Ident) -> bool {
    SETTINGS.iter().any(|setting| name == setting)
}
