//! Candidates that are visibly none, and what to write instead.

use proc_macro2::Ident;
use syn::{BinOp, Error, Expr, ExprAssign, ExprRange, Lit, Type};

use super::{lists, methods, ranges};
use crate::model::name_of;
use crate::shape::{Literal, elements, float, inner, is_candidates, is_number, literal, path, short, text};
use crate::source::source;

/// Functions of `hp`, whose first argument is a label.
const LABELLED: [&str; 13] = [
    "uniform",
    "quniform",
    "loguniform",
    "qloguniform",
    "normal",
    "qnormal",
    "lognormal",
    "qlognormal",
    "randint",
    "uniformint",
    "choice",
    "pchoice",
    "constant",
];

/// Returns the error about candidates of `name` that are visibly none.
pub(super) fn check(name: &Ident, value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    if elements(value).is_some_and(|listed| listed.is_empty()) {
        return at(format!("`{}` has no candidates; write at least one", name_of(name)));
    }
    if is_single(value) {
        let value = short(value);
        return at(format!("`{value}` is not a set of candidates; write `[{value}]` for a fixed value"));
    }
    if let Some(instead) = mixed(value) {
        return at(format!("candidates have one type; write `{instead}`"));
    }
    if let Some(error) = methods::check(value).or_else(|| lists::check(name, value)) {
        return Some(error);
    }
    match inner(value) {
        Expr::Range(range) => ranges::check(name, range),
        Expr::Assign(assignment) => chained(name, assignment).and_then(at),
        Expr::Tuple(tuple) => {
            let elements: Vec<String> = tuple.elems.iter().map(source).collect();
            let numbers = tuple.elems.len() == 2 && tuple.elems.iter().all(is_number);
            match &elements[..] {
                [low, high] if numbers => at(format!(
                    "a tuple is not a set of candidates; write `{low}..={high}` for all between, or `[{low}, {high}]` for these two"
                )),
                [] => at(format!("`{}` has no candidates; write at least one", name_of(name))),
                listed => at(format!("a tuple is not a set of candidates; write `[{}]`", listed.join(", "))),
            }
        }
        Expr::MethodCall(call) if call.method == "prior" || call.method == "confidence" => check(name, &call.receiver),
        Expr::Call(call) => {
            let (owner, function) = path(&call.func)?;
            let arguments: Vec<&Expr> = call.args.iter().collect();
            match (owner.as_deref(), function.as_str()) {
                (None | Some("hyperopt"), "log" | "logit" | "bilog") => scaled(name, value, &function, &arguments),
                (None | Some("hyperopt"), "linrange" | "exp_linrange") => spaced(value, &function, &arguments),
                (None | Some("hyperopt"), "categorical" | "ordinal") => listed(name, value, &function, &arguments),
                (Some("hp"), function) if LABELLED.contains(&function) => labelled(name, value, function, &arguments),
                (None, "Some") if arguments.first().is_some_and(|first| is_candidates(first)) => at(format!(
                    "candidates stand without `Some`; write `{}`, and leave out the `else` to have no value there",
                    arguments.first().map_or_else(|| "…".to_owned(), short)
                )),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether `value` visibly is a single value: a literal, an operation on one, a cast, or a closure.
fn is_single(value: &Expr) -> bool {
    match inner(value) {
        Expr::Lit(literal) => !matches!(literal.lit, Lit::ByteStr(_)),
        Expr::Closure(_) => true,
        // Lists are cast to slices.
        Expr::Cast(cast) => matches!(&*cast.ty, Type::Path(path) if path.path.get_ident().is_some()),
        Expr::Binary(binary) => {
            let is_logical = matches!(binary.op, BinOp::And(_) | BinOp::Or(_));
            is_logical || is_single(&binary.left) || is_single(&binary.right)
        }
        value => literal(value).is_some(),
    }
}

/// Returns a list of integers and floats as one of floats.
fn mixed(value: &Expr) -> Option<String> {
    let listed = elements(value)?;
    let has = |kind| listed.iter().any(|one| literal(one) == Some(kind));
    let texts: Vec<String> = listed.iter().map(float).collect();
    (has(Literal::Int) && has(Literal::Float) && listed.iter().all(is_number))
        .then(|| format!("[{}]", texts.join(", ")))
}

/// Returns the message about `x = y = candidates`.
fn chained(name: &Ident, assignment: &ExprAssign) -> Option<String> {
    let Expr::Path(other) = inner(&assignment.left) else { return None };
    let (name, other, candidates) = (name_of(name), other.path.get_ident()?, short(&assignment.right));
    Some(format!("each hyperparameter has its own candidates; write `{name} = {candidates}, {other} = {candidates}`"))
}

/// `log(1e-5, 1e-1)` and its like, which take a range.
fn scaled(name: &Ident, value: &Expr, function: &str, arguments: &[&Expr]) -> Option<Error> {
    let tuple: Option<Vec<&Expr>> = match arguments {
        [only] => match inner(only) {
            Expr::Tuple(tuple) => Some(tuple.elems.iter().collect()),
            Expr::Array(array) if array.elems.iter().all(is_number) => Some(array.elems.iter().collect()),
            Expr::Range(range) => return ranges::check(name, range),
            _ => return None,
        },
        _ => None,
    };
    if let [first, _, ..] = arguments
        && matches!(inner(first), Expr::Range(_))
    {
        let message = format!("`{function}` takes a range only; write `{function}({})`", source(*first));
        return Some(Error::new_spanned(value, message));
    }
    let instead = match tuple.as_deref().unwrap_or(arguments) {
        [low, high] => range(low, high),
        [low, high, count] => format!("linrange({}, {}, {})", float(low), float(high), source(*count)),
        _ => "1e-5..=1e-1".to_owned(),
    };
    Some(Error::new_spanned(value, format!("`{function}` takes a range; write `{function}({instead})`")))
}

/// Returns the range between two numbers, of one type.
fn range(low: &Expr, high: &Expr) -> String {
    let is_float = [low, high].iter().any(|end| literal(end) == Some(Literal::Float));
    let [low, high] = [low, high].map(|end| if is_float { float(end) } else { source(end) });
    format!("{low}..={high}")
}

/// `linrange(0.0, 1.0)` and its like, which take two ends and the number of values.
fn spaced(value: &Expr, function: &str, arguments: &[&Expr]) -> Option<Error> {
    let message = |instead: String| {
        Some(Error::new_spanned(
            value,
            format!("`{function}` takes two ends and the number of values; write {instead}"),
        ))
    };
    match arguments {
        [first, rest @ ..] if rest.len() <= 1 && matches!(inner(first), Expr::Range(_)) => {
            let Expr::Range(ExprRange { start: Some(start), end: Some(end), .. }) = inner(first) else { return None };
            let count = rest.first().map_or_else(|| "100".to_owned(), |count| source(*count));
            message(format!("`{function}({}, {}, {count})`", float(start), float(end)))
        }
        [low, high] if function == "linrange" => {
            let all = range(low, high);
            message(format!("`linrange({}, {}, 100)`, or `{all}` for all between", float(low), float(high)))
        }
        [low, high] => message(format!("`{function}({}, {}, 100)`", float(low), float(high))),
        [low, high, step] if literal(step) == Some(Literal::Float) => {
            message(format!("such as `{function}({}, {}, 11)`", float(low), float(high)))
        }
        [low, high, _] if [low, high].iter().any(|end| literal(end) == Some(Literal::Int)) => {
            let count = source(arguments[2]);
            message(format!("`{function}({}, {}, {count})`, with floats", float(low), float(high)))
        }
        [_, _, _] => None,
        [low, high, count, ..] => message(format!("`{function}({}, {}, {})`", float(low), float(high), source(*count))),
        _ => message(format!("`{function}(0.0, 1.0, 100)`")),
    }
}

/// `categorical("a", "b")` and its like, which take one list.
fn listed(name: &Ident, value: &Expr, function: &str, arguments: &[&Expr]) -> Option<Error> {
    let values: Vec<String> = match arguments {
        [] => Vec::new(),
        [only] => match inner(only) {
            Expr::Tuple(tuple) => tuple.elems.iter().map(source).collect(),
            _ if elements(only).is_some_and(|listed| listed.is_empty()) => Vec::new(),
            _ if literal(only).is_some() => vec![source(*only)],
            _ => return None,
        },
        several => several.iter().map(|one| source(*one)).collect(),
    };
    let message = if values.is_empty() {
        format!("`{}` has no candidates; write at least one", name_of(name))
    } else {
        format!("`{function}` takes a list; write `{function}([{}])`", values.join(", "))
    };
    Some(Error::new_spanned(value, message))
}

/// `hp::uniform(0.0, 1.0)` and its like, which lack their label.
fn labelled(name: &Ident, value: &Expr, function: &str, arguments: &[&Expr]) -> Option<Error> {
    let name = name_of(name);
    let is_value =
        |one: &Expr| is_number(one) || elements(one).is_some() || matches!(inner(one), Expr::Range(_) | Expr::Tuple(_));
    let bounds = |range: &ExprRange| {
        let ends = [range.start.as_ref(), range.end.as_ref()]
            .map(|end| end.map_or_else(|| "0.0".to_owned(), |end| float(end)));
        ends.join(", ")
    };
    let write = |arguments: &[&Expr]| {
        let written: Vec<String> = arguments
            .iter()
            .map(|one| match inner(one) {
                Expr::Range(range) if !matches!(function, "randint" | "choice" | "pchoice") => bounds(range),
                _ => source(*one),
            })
            .collect();
        written.join(", ")
    };
    match arguments {
        [] => Some(Error::new_spanned(
            value,
            format!("the label comes first; write such as `hp::uniform(\"{name}\", 0.0, 1.0)`"),
        )),
        [first, ..] if is_value(first) => {
            let message = format!("the label comes first; write `hp::{function}(\"{name}\", {})`", write(arguments));
            Some(Error::new_spanned(value, message))
        }
        [label, rest @ ..]
            if function == "choice" && (rest.len() > 1 || rest.len() == 1 && literal(rest[0]).is_some()) =>
        {
            let listed: Vec<String> = rest.iter().map(|one| source(*one)).collect();
            let message =
                format!("`hp::choice` takes a list; write `hp::choice({}, [{}])`", source(*label), listed.join(", "));
            Some(Error::new_spanned(value, message))
        }
        [label, range] if matches!(function, "uniform" | "loguniform") && matches!(inner(range), Expr::Range(_)) => {
            let message =
                format!("two ends follow the label; write `hp::{function}({}, {})`", source(*label), write(&[range]));
            Some(Error::new_spanned(value, message))
        }
        [label] if text(label).is_some() && function != "choice" => None,
        _ => None,
    }
}
