//! Tells settings from hyperparameters, and finds mistakes between arguments. Mistakes within an expression are left to
//! rustc, which explains them better.

mod candidates;
mod choice;
mod control_flow;
mod each;
mod foreign;
mod head;
mod into;
mod lists;
mod methods;
mod near;
mod place;
mod points;
mod ranges;
mod sampler;
mod setting;

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Ident, Type, parse_quote};

use crate::errors::Errors;
use crate::mentions::bound;
use crate::model::{Argument, Call, Choice, Into, Item, Mode, Parameter, Sweep, TrialLoop, name_of};
use crate::settings::{Role, Setting, setting};
use crate::shape::short;
use crate::source::source;
use choice::Scope;
use control_flow::Ways;
use near::Around;
use sampler::Kind;

/// Understands `call`, and reports what is wrong with it.
pub(crate) fn sweep(call: Call, errors: &mut Errors) -> Sweep {
    let is_open = call.mode != Mode::Space && matches!(call.trial_loop, TrialLoop::Missing);
    let arguments = distinct(call.arguments, is_open, errors);
    let names: Vec<Ident> =
        arguments.iter().filter(|argument| setting(&argument.name).is_none()).map(|a| a.name.clone()).collect();
    let sampler = arguments.iter().find(|argument| argument.name == "sampler");
    let kind = sampler.map_or(Kind::Trials, |sampler| {
        sampler.value.as_ref().map_or(Kind::Unknown, |value| sampler::kind(Some(value)))
    });
    let sampler = sampler.and_then(|argument| argument.value.as_ref().ok()).cloned();
    // The error about a scheduler under another name, which is one about the loop that it needs as well.
    let mut misnamed = None;
    let has_closures = call.mode != Mode::Sequential || matches!(call.trial_loop, TrialLoop::Missing);
    let is_fit = errors.is_empty();
    let written = written_values(&arguments);
    let around = Around { mode: call.mode, sampler: sampler.as_ref(), kind, written: &written };
    let (mut above, mut axes, mut several, mut items) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut target = None;
    for Argument { name, of_type, equals, value } in arguments {
        let (first, below) = (axes.len(), &names[(above.len() + 1).min(names.len())..]);
        let mut scope = Scope {
            above: &above,
            below,
            written: &written,
            axes: &mut axes,
            several: &mut several,
            equals,
            has_closures,
            errors,
        };
        if let Some(setting) = setting(&name) {
            if let Some(of_type) = &of_type {
                let message = format!("a setting has its own type; write `{name} = …`");
                scope.errors.at(of_type, message);
            }
            let takes_points = setting.role == Role::InitialPoints && call.mode != Mode::Space;
            let written = value.as_ref().ok().filter(|_| takes_points);
            if let Some(points) = written.and_then(|value| points::points(value, &names, scope.errors)) {
                items.push(Item::InitialPoints { setting, points });
                continue;
            }
            let is_counted = setting.is_of_budgets() && matches!(kind, Kind::Trials | Kind::Pruning);
            if is_counted && call.mode != Mode::Space && matches!(call.trial_loop, TrialLoop::Written(_)) {
                scope.errors.at(&name, for_budgets(&name, value.as_ref().ok()));
                continue;
            }
            if setting.role == Role::Params {
                target = into_struct(setting, &name, value, &names, scope.errors).or(target);
                continue;
            }
            let value = value.map_or_else(
                |error| error,
                |value| {
                    let error = scope.check_setting(&name, &value);
                    let error = error
                        .or_else(|| setting::check(setting, &name, &value).map(|error| scope.errors.in_place(error)));
                    error.unwrap_or_else(|| setting::expanded(setting, &value))
                },
            );
            items.push(Item::Setting { setting, name, equals, value });
        } else {
            let written = value.as_ref().ok().filter(|_| call.mode != Mode::Space);
            let value = match written.and_then(|value| near::check(&name, value, &around)) {
                Some(error) => {
                    let is_sampler = written.is_some_and(sampler::is_sampler);
                    let error = scope.errors.in_place(error);
                    misnamed = is_sampler.then(|| error.clone()).or(misnamed);
                    Err(error)
                }
                None => value,
            };
            let choice = match value {
                Ok(value) => scope.choice(&name, &value),
                Err(error) => scope.broken(&name, error),
            };
            let of_type = of_type.and_then(|of_type| checked_type(&name, of_type, &choice, scope.errors));
            above.push((name.clone(), (first..axes.len()).collect()));
            items.push(Item::Parameter(Parameter { name, of_type, choice }));
        }
    }
    check_loop(&call.trial_loop, &names, errors);
    let mut mode = call.mode;
    let mut trial_loop = call.trial_loop;
    if let TrialLoop::Written(written) = &mut trial_loop
        && mode != Mode::Space
        && is_fit
    {
        written.fault = misnamed.or_else(|| head::check(written, kind).map(|error| errors.in_place(error)));
    }
    if mode == Mode::Space {
        only_hyperparameters(&items, &trial_loop, errors);
    } else if mode != Mode::Sequential {
        match ways(mode, &trial_loop, errors) {
            Ways::Inside => {}
            // As a sequential loop, the body causes no further errors of rustc.
            Ways::Outside => mode = Mode::Sequential,
            Ways::Foreign(error) => trial_loop = TrialLoop::Broken(error),
        }
    }
    let (executor, facade) = (call.executor, call.facade);
    Sweep { mode, executor, facade, into: target, items, trial_loop, is_broken: !errors.is_empty() }
}

/// Returns the settings and hyperparameters whose values can be read.
fn written_values(arguments: &[Argument]) -> Vec<(Ident, Expr)> {
    let read = |argument: &Argument| Some((argument.name.clone(), argument.value.as_ref().ok()?.clone()));
    arguments.iter().filter_map(read).collect()
}

/// Returns the struct of `into = …`; reports a value that is none.
fn into_struct(
    setting: &Setting,
    name: &Ident,
    value: Result<Expr, TokenStream>,
    names: &[Ident],
    errors: &mut Errors,
) -> Option<Into> {
    let read = value.map(|value| {
        let checked = setting::check(setting, name, &value).map_or(Ok(()), Err);
        checked.and_then(|()| into::read(&value, names))
    });
    match read {
        Ok(Ok(read)) => return Some(read),
        Ok(Err(error)) => errors.push(error),
        Err(reported) => errors.reported(reported),
    }
    None
}

/// Returns the message about the setting `name` in a sweep that counts trials.
fn for_budgets(name: &Ident, value: Option<&Expr>) -> String {
    if let Some(candidates) = value.filter(|value| setting::is_listed(value)) {
        let found = short(candidates);
        return format!("`{name}` is a setting; for a hyperparameter of this name, write `r#{name} = {found}`");
    }
    format!(
        "`{name}` is for budgets; leave it out, or write a scheduler, `sampler = Hyperband::new(3.0)`, and \
         `for (resources, state) in 1..=81`"
    )
}

/// Returns the type that is written for a hyperparameter; reports an `Option` that is missing, and an `f32` for the `f64`s of a
/// range.
fn checked_type(name: &Ident, of_type: Box<Type>, choice: &Choice, errors: &mut Errors) -> Option<Box<Type>> {
    let last = match &*of_type {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    };
    if choice.is_optional() && last.as_deref() != Some("Option") {
        let written = source(&of_type);
        let message = format!("`{name}` has no value where its guard is false; write `{name}: Option<{written}> = …`");
        errors.at(&of_type, message);
        return Some(Box::new(parse_quote!(::core::option::Option<#of_type>)));
    }
    let is_range = choice.candidates().iter().any(|candidates| !candidates.is_labelled && !candidates.value.is_empty());
    if last.as_deref() == Some("f32") && is_range {
        let message = format!("a range of floats has `f64`s; write `{name} = …`, and `{name} as f32` in the body");
        errors.at(&of_type, message);
        return None;
    }
    Some(of_type)
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

/// How the loop of a parallel sweep is left; reports a loop that is missing.
fn ways(mode: Mode, trial_loop: &TrialLoop, errors: &mut Errors) -> Ways {
    match trial_loop {
        TrialLoop::Written(trial_loop) => {
            control_flow::check(&trial_loop.body, trial_loop.label.as_ref().map(|label| &label.name), errors)
        }
        TrialLoop::Missing if errors.is_empty() => {
            let name = mode.name();
            let message = format!("`{name}` needs its loop; for a sweep to ask and tell by hand, write `hyperopt!`");
            errors.at_span(Span::call_site(), message);
            Ways::Inside
        }
        TrialLoop::Missing | TrialLoop::Broken(_) => Ways::Inside,
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

/// Returns the arguments, each name once.
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
