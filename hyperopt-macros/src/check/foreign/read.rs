//! Recognises calls of other libraries' functions.

use syn::Expr;

use super::words::{Kind, Meaning, meaning};
use crate::shape::{elements, inner, is_number, text};

/// The modules and objects that such functions belong to.
const OWNERS: [&str; 11] =
    ["trial", "tune", "np", "numpy", "optuna", "ray", "random", "scope", "skopt", "scipy", "Distributions"];

/// Functions that make candidates here.
const OURS: [&str; 9] =
    ["linrange", "exp_linrange", "log", "logit", "bilog", "categorical", "ordinal", "each", "hyperopt"];

/// Whether `function` makes candidates here.
pub(super) fn is_ours(function: &str) -> bool {
    OURS.contains(&function)
}

/// A call of a function of another library.
pub(super) struct Function<'e> {
    /// As it is written, without its arguments.
    pub(super) written: String,
    pub(super) meaning: Meaning,
    pub(super) arguments: Vec<&'e Expr>,
    /// Whether the program may have a function of this name.
    pub(super) may_be_own: bool,
}

/// Returns the call that `value` is, if it visibly is one of another library's function.
pub(super) fn read(value: &Expr) -> Option<Function<'_>> {
    match inner(value) {
        Expr::MethodCall(call) => {
            let owners = owners(&call.receiver)?;
            let function = call.method.to_string();
            let meaning = meaning(&function)?;
            let is_foreign = function.starts_with("suggest_") || OWNERS.contains(&owners.first()?.as_str());
            let arguments = call.args.iter().collect();
            let written = format!("{}.{function}", owners.join("."));
            is_foreign.then_some(Function { written, meaning, arguments, may_be_own: false })
        }
        Expr::Call(call) => {
            let Expr::Path(path) = inner(&call.func) else { return None };
            let mut names: Vec<String> = path.path.segments.iter().map(|name| name.ident.to_string()).collect();
            let arguments: Vec<&Expr> = call.args.iter().collect();
            let written = names.join("::");
            let function = names.pop()?;
            if is_ours(&function) || names.last().is_some_and(|owner| owner == "hp") {
                return None;
            }
            if let Some(owner) = names.last() {
                if OWNERS.contains(&names[0].as_str()) {
                    return Some(Function { written, meaning: meaning(&function)?, arguments, may_be_own: false });
                }
                // A distribution: `Uniform::new(0.0, 1.0)`.
                let is_made = function.starts_with("new") && owner.starts_with(char::is_uppercase);
                let meaning = meaning(owner).filter(|of| is_made && matches!(of.kind, Kind::Floats | Kind::Normal))?;
                return Some(Function { written, meaning, arguments, may_be_own: false });
            }
            let meaning = meaning(&function)?;
            let is_capital = function.starts_with(char::is_uppercase);
            let is_suggested = function.starts_with("suggest_");
            // In `hp`, the label comes first.
            let is_labelled = arguments.first().is_some_and(|first| text(first).is_some());
            let may_be_own = !is_capital && !is_suggested;
            let fits =
                is_capital || is_suggested || !is_labelled && arguments.iter().all(|argument| is_visible(argument));
            fits.then_some(Function { written: function, meaning, arguments, may_be_own })
        }
        _ => None,
    }
}

/// Returns the names before a method: `np` and `random` of `np.random.uniform(…)`.
fn owners(receiver: &Expr) -> Option<Vec<String>> {
    match inner(receiver) {
        Expr::Path(path) => Some(vec![path.path.get_ident()?.to_string()]),
        Expr::Field(field) => {
            let mut names = owners(&field.base)?;
            let syn::Member::Named(name) = &field.member else { return None };
            names.push(name.to_string());
            Some(names)
        }
        _ => None,
    }
}

/// Whether an argument is written out.
fn is_visible(argument: &Expr) -> bool {
    match inner(argument) {
        Expr::Assign(_) | Expr::Range(_) | Expr::Tuple(_) => true,
        _ => {
            is_number(argument) || elements(argument).is_some() || text(argument).is_some() || read(argument).is_some()
        }
    }
}
