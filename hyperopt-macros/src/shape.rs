//! Reads from an expression what kind of value it visibly has. What is not visible is left to the types.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Path, Token, UnOp};

use crate::source::source;

/// Longest source text that a message repeats.
const LONGEST: usize = 50;

/// `expr` without parentheses, invisible groups and references around it.
pub(crate) fn inner(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => inner(&paren.expr),
        Expr::Group(group) => inner(&group.expr),
        Expr::Reference(reference) => inner(&reference.expr),
        expr => expr,
    }
}

/// Returns the elements of an array or of `vec![…]`; `None` for everything else.
pub(crate) fn elements(expr: &Expr) -> Option<Vec<Expr>> {
    match inner(expr) {
        Expr::Array(array) => Some(array.elems.iter().cloned().collect()),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let elements = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            elements.ok().map(|elements| elements.into_iter().collect())
        }
        _ => None,
    }
}

/// The kinds of literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Int,
    Float,
    Bool,
    Text,
}

/// Returns the kind of a literal, which may have a sign; `None` for everything else.
pub(crate) fn literal(expr: &Expr) -> Option<Literal> {
    match inner(expr) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) if matches!(int.suffix(), "f32" | "f64") => Some(Literal::Float),
            Lit::Int(_) => Some(Literal::Int),
            Lit::Float(_) => Some(Literal::Float),
            Lit::Bool(_) => Some(Literal::Bool),
            Lit::Str(_) => Some(Literal::Text),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            literal(&unary.expr).filter(|kind| matches!(kind, Literal::Int | Literal::Float))
        }
        _ => None,
    }
}

/// Whether `expr` is a number that is written out.
pub(crate) fn is_number(expr: &Expr) -> bool {
    matches!(literal(expr), Some(Literal::Int | Literal::Float))
}

/// A number as a float: `0` as `0.0`.
pub(crate) fn float(number: &Expr) -> String {
    let text = source(number);
    if literal(number) == Some(Literal::Int) && text.chars().all(|c| c.is_ascii_digit() || c == '-') {
        format!("{text}.0")
    } else {
        text
    }
}

/// Returns the text of a string literal.
pub(crate) fn text(expr: &Expr) -> Option<String> {
    match inner(expr) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the last name of a path, and the one before it.
pub(crate) fn ends_of(path: &Path) -> (Option<String>, String) {
    let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let last = names.next().unwrap_or_default();
    (names.next(), last)
}

/// Returns the last name of a variable, constant or variant, and the one before it; `None` for everything else.
pub(crate) fn path(expr: &Expr) -> Option<(Option<String>, String)> {
    match inner(expr) {
        Expr::Path(path) if path.qself.is_none() => Some(ends_of(&path.path)),
        _ => None,
    }
}

/// Returns the type whose function or variant `expr` begins with: `TpeSampler` of `TpeSampler::new().batch(8)`.
pub(crate) fn origin(expr: &Expr) -> Option<String> {
    beginning(expr).map(|(owner, _)| owner)
}

/// Returns the type whose function or variant `expr` begins with, and the name of that: `TpeSampler` and `new`.
pub(crate) fn beginning(expr: &Expr) -> Option<(String, String)> {
    match inner(expr) {
        Expr::MethodCall(call) => beginning(&call.receiver),
        Expr::Try(tried) => beginning(&tried.expr),
        Expr::Await(awaited) => beginning(&awaited.base),
        Expr::Call(call) => beginning(&call.func),
        Expr::Path(found) => {
            let (owner, name) = ends_of(&found.path);
            Some((owner?, name))
        }
        _ => None,
    }
}

/// Returns the last name of the function that `expr` calls, and its arguments.
pub(crate) fn call(expr: &Expr) -> Option<(String, Vec<&Expr>)> {
    match inner(expr) {
        Expr::Call(call) => Some((path(&call.func)?.1, call.args.iter().collect())),
        _ => None,
    }
}

/// Whether `expr` visibly is a set of candidates: a list, a range, or one of the functions that make one.
pub(crate) fn is_candidates(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::Range(_) | Expr::Array(_) | Expr::Repeat(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_) => true,
        Expr::Macro(call) => call.mac.path.is_ident("vec"),
        Expr::MethodCall(call) => {
            let makes_list = matches!(call.method.to_string().as_str(), "to_vec" | "collect" | "repeat" | "labels");
            makes_list || is_candidates(&call.receiver)
        }
        Expr::Call(call) => {
            let makers = ["linrange", "exp_linrange", "log", "logit", "bilog", "categorical", "ordinal", "each"];
            path(&call.func).is_some_and(|(owner, name)| {
                makers.contains(&name.as_str()) || matches!(owner.as_deref(), Some("hp" | "Floats" | "Vec"))
            })
        }
        _ => false,
    }
}

/// Whether `expr` is a list of points to try: `[(x = 1.0)]`.
pub(crate) fn is_points(expr: &Expr) -> bool {
    let is_point = |element: &Expr| match inner(element) {
        Expr::Assign(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().any(|value| matches!(value, Expr::Assign(_))),
        _ => false,
    };
    elements(expr).is_some_and(|listed| listed.iter().any(is_point))
}

/// Returns the source text of `tokens`, or `…` in place of a long one.
pub(crate) fn short(tokens: &impl ToTokens) -> String {
    let text = source(tokens);
    if text.chars().count() > LONGEST { "…".to_owned() } else { text }
}
