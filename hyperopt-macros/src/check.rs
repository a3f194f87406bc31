//! Tells settings from hyperparameters, and finds what is wrong between arguments. What is wrong within an expression is
//! left to rustc, which says it better.

use quote::ToTokens;
use syn::Ident;

use crate::choice::{Scope, name_of};
use crate::errors::Errors;
use crate::model::{Argument, Call, Item, Parameter, Sweep};
use crate::names::bound;

/// The settings there are.
pub(crate) const SETTINGS: [&str; 7] = ["sampler", "seed", "goal", "ho", "timeout", "progress", "on_error"];

/// Names kept for settings to come, so that those will break nobody's sweep.
const RESERVED: [&str; 4] = ["study", "on_interrupt", "checkpoint", "try_first"];

pub(crate) fn sweep(call: Call, errors: &mut Errors) -> Sweep {
    let arguments = distinct(call.arguments, errors);
    let names: Vec<Ident> =
        arguments.iter().filter(|argument| !is_setting(&argument.name)).map(|a| a.name.clone()).collect();
    let (mut above, mut axes, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for Argument { name, value } in arguments {
        let (first, below) = (axes.len(), &names[(above.len() + 1).min(names.len())..]);
        let mut scope = Scope { above: &above, below, axes: &mut axes, errors };
        if is_setting(&name) {
            let value = value.map_or_else(
                |error| error,
                |value| {
                    scope.check_setting(&name, &value);
                    value.into_token_stream()
                },
            );
            items.push(Item::Setting { name, value });
        } else {
            let choice = match value {
                Ok(value) => scope.choice(&name, &value),
                Err(error) => scope.broken(&name, error),
            };
            above.push((name.clone(), (first..axes.len()).collect()));
            items.push(Item::Parameter(Parameter { name, choice }));
        }
    }
    if let Some(turn) = &call.turn {
        for name in bound(&turn.pattern) {
            if names.contains(&name) {
                errors.at(&name, format!("`{name}` is the name of a hyperparameter too; choose another for the loop"));
            }
        }
    }
    if names.is_empty() && errors.is_empty() {
        let message = "a sweep needs at least one hyperparameter: `name = candidates`";
        match &call.turn {
            Some(turn) => errors.at(turn.for_token, message),
            None => errors.push(syn::Error::new(proc_macro2::Span::call_site(), message)),
        }
    }
    Sweep { facade: call.facade, items, turn: call.turn }
}

/// The arguments whose names are allowed, each once.
fn distinct(arguments: Vec<Argument>, errors: &mut Errors) -> Vec<Argument> {
    let mut kept: Vec<Argument> = Vec::new();
    for argument in arguments {
        let name = &argument.name;
        if RESERVED.iter().any(|reserved| name == reserved) {
            errors.at(name, format!(
                "`{name}` is kept for a setting that is not there yet; a hyperparameter of this name is written `r#{name} = …`"
            ));
        } else if kept.iter().any(|earlier| earlier.name == *name) {
            let kind = if is_setting(name) { "setting" } else { "hyperparameter" };
            errors.at(name, format!("the {kind} `{name}` is given twice"));
        } else if kept
            .iter()
            .any(|earlier| name_of(&earlier.name) == name_of(name) && !is_setting(&earlier.name) && !is_setting(name))
        {
            errors.at(name, format!("the hyperparameter `{}` is given twice", name_of(name)));
        } else {
            kept.push(argument);
        }
    }
    kept
}

/// A raw name, `r#seed`, is a hyperparameter's.
fn is_setting(name: &Ident) -> bool {
    SETTINGS.iter().any(|setting| name == setting)
}
