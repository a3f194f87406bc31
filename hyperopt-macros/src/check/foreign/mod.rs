//! Candidates as other libraries write them: `trial.suggest_float("lr", 1e-5, 1e-1)`, `tune::loguniform(1e-5, 1e-1)`,
//! `np.linspace(0.0, 1.0, 10)`, `hp.uniform("lr", 0.0, 1.0)`.

mod arguments;
mod instead;
mod read;
mod syntax;
mod words;

use proc_macro2::Ident;
use syn::{Error, Expr};

use self::instead::instead;
pub(super) use self::instead::written;
use self::read::read;
use crate::shape::{call, inner, path};
use crate::source::source;

/// Returns the error about candidates of `name` in the words of another library.
pub(super) fn check(name: &Ident, value: &Expr) -> Option<Error> {
    // What the message says of a function of the program.
    if matches!(inner(value), Expr::Call(call) if matches!(*call.func, Expr::Paren(_))) {
        return None;
    }
    let message = syntax::check(value).or_else(|| of_module(value)).or_else(|| drawn(value)).or_else(|| {
        let Some(function) = read(value) else { return within(value) };
        let (found, instead) = (&function.written, instead(&function, Some(name))?);
        let own =
            if function.may_be_own { format!("; a function of your own is `({found})(…)`") } else { String::new() };
        Some(format!("there is no `{found}` here; write `{instead}`{own}"))
    })?;
    Some(Error::new_spanned(value, message))
}

/// Returns the error about arguments of our own functions that have names: `hp::uniform("lr", low = 0.0, high = 1.0)`.
pub(super) fn named(value: &Expr) -> Option<Error> {
    let Expr::Call(call) = inner(value) else { return None };
    let (owner, function) = path(&call.func)?;
    let is_ours = owner.as_deref() == Some("hp") || owner.is_none() && read::is_ours(&function);
    let is_named = |argument: &Expr| matches!(inner(argument), Expr::Assign(_));
    (is_ours && call.args.iter().any(is_named)).then(|| {
        let instead = format!("{}({})", source(&call.func), unnamed(call.args.iter()));
        Error::new_spanned(value, format!("arguments have no names; write `{instead}`"))
    })
}

/// Returns arguments without names.
fn unnamed<'e>(arguments: impl Iterator<Item = &'e Expr>) -> String {
    let values = arguments.map(|argument| match inner(argument) {
        Expr::Assign(named) => source(&named.right),
        _ => source(argument),
    });
    values.collect::<Vec<_>>().join(", ")
}

/// Returns the message about `hp.uniform(…)`, as Python writes a function of a module.
fn of_module(value: &Expr) -> Option<String> {
    let Expr::MethodCall(call) = inner(value) else { return None };
    let (None, module) = path(&call.receiver)? else { return None };
    let instead = format!("hp::{}({})", call.method, unnamed(call.args.iter()).replace("hp.", "hp::"));
    (module == "hp").then(|| format!("`hp` is a module; write `{instead}`"))
}

/// Returns the message about a number that is drawn from a range: `rng.random_range(0.0..1.0)`.
fn drawn(value: &Expr) -> Option<String> {
    let Expr::MethodCall(call) = inner(value) else { return None };
    let range = call.args.first().filter(|range| matches!(inner(range), Expr::Range(_)))?;
    let is_draw = call.args.len() == 1 && (call.method == "random_range" || call.method == "gen_range");
    is_draw.then(|| format!("a number that is drawn once is a single value; write the range, `{}`", source(range)))
}

/// Returns the message about such candidates within a function of ours, `log(uniform(1e-5, 1e-1))`, or within a power of ten.
fn within(value: &Expr) -> Option<String> {
    let (function, arguments) = call(value)?;
    let [only] = arguments[..] else { return None };
    let (inside, candidates) = (read(only)?, written(only)?);
    let found = &inside.written;
    let instead = match (function.as_str(), candidates.strip_prefix("linrange(")) {
        ("exp10", Some(rest)) => format!("exp_linrange({rest}"),
        (ours, _) if read::is_ours(ours) => format!("{ours}({candidates})"),
        _ => return None,
    };
    Some(format!("there is no `{found}` here; write `{instead}`"))
}
