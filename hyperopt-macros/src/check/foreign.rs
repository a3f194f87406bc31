//! Candidates as other libraries write them: `trial.suggest_float("lr", 1e-5, 1e-1)`, `tune::loguniform(1e-5, 1e-1)`,
//! `np.linspace(0.0, 1.0, 10)`.

use syn::{Error, Expr};

use crate::shape::{elements, ends_of, inner, is_number, literal, text};
use crate::source::source;

/// The modules and objects that such functions belong to.
const OWNERS: [&str; 6] = ["trial", "tune", "np", "numpy", "optuna", "ray"];

/// Functions that no program of ours has without an owner.
const ALONE: [&str; 10] = [
    "suggest_float",
    "suggest_int",
    "suggest_categorical",
    "suggest_uniform",
    "suggest_loguniform",
    "loguniform",
    "linspace",
    "logspace",
    "LinRange",
    "grid_search",
];

/// Returns the error about candidates in the words of another library.
pub(super) fn check(value: &Expr) -> Option<Error> {
    let (owner, function, arguments): (Option<String>, String, Vec<&Expr>) = match inner(value) {
        Expr::MethodCall(call) => {
            let Expr::Path(receiver) = inner(&call.receiver) else { return None };
            let owner = receiver.path.get_ident()?.to_string();
            (Some(owner), call.method.to_string(), call.args.iter().collect())
        }
        Expr::Call(call) => {
            let Expr::Path(function) = inner(&call.func) else { return None };
            let (owner, name) = ends_of(&function.path);
            (owner, name, call.args.iter().collect())
        }
        _ => return None,
    };
    let has_owner = owner.as_deref().is_some_and(|owner| OWNERS.contains(&owner));
    let is_alone = owner.is_none() && ALONE.contains(&function.as_str());
    // In `hp`, the label comes first.
    let is_labelled = arguments.first().is_some_and(|first| text(first).is_some());
    if !has_owner && !(is_alone && (!is_labelled || function.starts_with("suggest"))) {
        return None;
    }
    let instead = instead(&function, &arguments)?;
    let found = owner.map_or_else(|| function.clone(), |owner| format!("{owner}.{function}"));
    Some(Error::new_spanned(value, format!("there is no `{found}` here; write `{instead}`")))
}

/// What to write in place of `function(arguments)`.
fn instead(function: &str, arguments: &[&Expr]) -> Option<String> {
    let is_log = arguments.iter().any(|argument| match inner(argument) {
        Expr::Assign(option) => {
            source(&option.left) == "log" && matches!(source(&option.right).as_str(), "true" | "True")
        }
        _ => false,
    });
    let plain = |argument: &&&Expr| text(argument).is_none() && !matches!(inner(argument), Expr::Assign(_));
    let values: Vec<&Expr> = arguments.iter().filter(plain).copied().collect();
    let float = |number: &Expr| {
        let written = source(number);
        if literal(number) == Some(crate::shape::Literal::Int) { format!("{written}.0") } else { written }
    };
    let range = |of: &dyn Fn(&Expr) -> String, dots: &str| match values[..] {
        [low, high, ..] if is_number(low) || is_number(high) || function.starts_with("suggest") => {
            Some(format!("{}{dots}{}", of(low), of(high)))
        }
        _ => None,
    };
    let logarithmic = |range: String| if is_log { format!("log({range})") } else { range };
    match function {
        "suggest_float" | "suggest_uniform" | "uniform" => range(&float, "..=").map(logarithmic),
        "suggest_loguniform" | "loguniform" => range(&float, "..=").map(|range| format!("log({range})")),
        "suggest_int" => range(&|number: &Expr| source(number), "..=").map(logarithmic),
        "randint" => range(&|number: &Expr| source(number), ".."),
        "suggest_categorical" | "choice" | "grid_search" => {
            let listed = elements(values.first()?)?;
            let listed: Vec<String> = listed.iter().map(source).collect();
            Some(format!("[{}]", listed.join(", ")))
        }
        "linspace" | "LinRange" | "logspace" => {
            let [low, high, ..] = values[..] else { return None };
            let count = values.get(2).map_or_else(|| "50".to_owned(), |count| source(*count));
            let name = if function == "logspace" { "exp_linrange" } else { "linrange" };
            Some(format!("{name}({}, {}, {count})", float(low), float(high)))
        }
        _ => None,
    }
}
