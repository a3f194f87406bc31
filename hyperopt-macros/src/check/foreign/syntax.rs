//! What to write in place of candidates in the syntax of another language.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{BinOp, Expr};

use super::instead::{counted_steps, written};
use crate::foreign_syntax::{ForeignSyntax, read};
use crate::shape::{Literal, call, float, inner, is_number, literal, short};
use crate::source::source;

/// Returns the message about candidates in such a syntax.
pub(super) fn check(value: &Expr) -> Option<String> {
    if let Expr::Binary(binary) = inner(value)
        && matches!(binary.op, BinOp::BitXor(_))
        && is_number(&binary.left)
    {
        let inside = spaced(&binary.right)?;
        return Some(power(&binary.left, &inside));
    }
    let Expr::Verbatim(tokens) = value else { return None };
    let Some(syntax) = read(tokens) else {
        return Some("expected candidates; write such as `linrange(0.0, 1.0, 100)`".to_owned());
    };
    Some(match syntax {
        ForeignSyntax::Broadcast(function, inside) => {
            let inside = text(&inside);
            match inside.strip_prefix("linrange(") {
                Some(rest) if function == "exp10" => {
                    format!("no function is broadcast here; write `exp_linrange({rest}`")
                }
                _ => format!("no function is broadcast here; write `{inside}`, and call `{function}` in the body"),
            }
        }
        ForeignSyntax::Power(base, inside) => power(&base, &text(&inside)),
        ForeignSyntax::Range(low, step, high) => {
            let range = range(&low, step.as_deref(), &high);
            format!("`{}` is no range here; write `{range}`", short(value).replace(": ", ":"))
        }
        ForeignSyntax::Symbols(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("there are no symbols here; write `[{}]`", names.join(", "))
        }
        ForeignSyntax::Set(listed) => {
            let listed: Vec<String> = listed.iter().map(source).collect();
            format!("candidates are listed in brackets; write `[{}]`", listed.join(", "))
        }
        ForeignSyntax::Map(pairs) => {
            let [keys, pairs] = [
                pairs.iter().map(|(key, _)| source(key)).collect::<Vec<_>>(),
                pairs.iter().map(|(key, value)| format!("({}, {})", source(key), source(value))).collect(),
            ];
            let (keys, pairs) = (keys.join(", "), pairs.join(", "));
            format!("candidates are listed in brackets; write `[{keys}]`, or `[{pairs}]` for pairs")
        }
        ForeignSyntax::Conditional { condition, then, otherwise } => {
            let then = format!("if {} {{ {} }}", source(&condition), source(&then));
            let otherwise = otherwise.map_or_else(String::new, |other| format!(" else {{ {} }}", source(&other)));
            format!("a choice between candidates has braces; write `{then}{otherwise}`")
        }
        ForeignSyntax::Comprehension { value, pattern, list } => {
            let list = match written(&list).unwrap_or_else(|| source(&list)) {
                range if range.contains("..") => format!("({range})"),
                list => format!("{list}.into_iter()"),
            };
            let value = if is_rust(&value) { source(&value) } else { "…".to_owned() };
            format!("a list is made by `map`; write `{list}.map(|{}| {value}).collect::<Vec<_>>()`", source(&pattern))
        }
    })
}

/// Returns `linrange(…)`, as which `value` is written here.
fn spaced(value: &Expr) -> Option<String> {
    let text = written(value).or_else(|| call(value).map(|_| source(value)))?;
    text.starts_with("linrange(").then_some(text)
}

fn power(base: &Expr, inside: &str) -> String {
    let is_ten = source(base).trim_end_matches(['0', '.']).parse() == Ok(1.0) && source(base).starts_with("10");
    match inside.strip_prefix("linrange(") {
        Some(rest) if is_ten => format!("no power is broadcast here; write `exp_linrange({rest}`"),
        _ => format!("no power is broadcast here; write `{inside}`, and compute the power in the body"),
    }
}

/// Returns candidates that stand within others as they are written here; as numbers that are evenly spaced, if they are.
fn text(inside: &TokenStream) -> String {
    let mut trees = inside.clone().into_iter();
    if let (Some(TokenTree::Group(group)), None) = (trees.next(), trees.next())
        && group.delimiter() == Delimiter::Parenthesis
    {
        return text(&group.stream());
    }
    if let Ok(value) = syn::parse2::<Expr>(inside.clone()) {
        return written(&value).unwrap_or_else(|| source(&value));
    }
    match read(inside) {
        Some(ForeignSyntax::Range(low, step, high)) => {
            let one = syn::parse_quote!(1);
            match counted_steps(&low, &high, step.as_deref().unwrap_or(&one)) {
                Some(steps) => format!("linrange({}, {}, {})", float(&low), float(&high), steps + 1),
                None => range(&low, step.as_deref(), &high),
            }
        }
        _ => source(inside),
    }
}

fn range(low: &Expr, step: Option<&Expr>, high: &Expr) -> String {
    let is_float = [Some(low), step, Some(high)].into_iter().flatten().any(|one| literal(one) == Some(Literal::Float));
    let number = |one: &Expr| if is_float { float(one) } else { source(one) };
    let (start, end) = (number(low), number(high));
    match step {
        None => format!("{start}..={end}"),
        Some(step) if is_float => match counted_steps(low, high, step) {
            Some(steps) => format!("linrange({start}, {end}, {})", steps + 1),
            None => format!("{start}..={end}"),
        },
        Some(step) => format!("ordinal(({start}..={end}).step_by({}))", source(step)),
    }
}

/// Whether `value` is an expression here, in which `**` and `^` are not powers.
fn is_rust(value: &TokenStream) -> bool {
    let text = value.to_string();
    syn::parse2::<Expr>(value.clone()).is_ok() && !text.contains('^') && !text.contains("**") && !text.contains("* *")
}
