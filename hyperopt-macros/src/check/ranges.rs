//! Ranges whose ends visibly make no candidates: `0..=1.0`, `0.0_f32..=1.0`, `'a'..='z'`, `1..`.

use proc_macro2::Ident;
use syn::{Error, Expr, ExprRange, Lit, RangeLimits};

use crate::model::name_of;
use crate::shape::{Literal, beginning, call, float, inner, literal};
use crate::source::source;

/// Returns the error about a range whose ends are of no kind or of two, or that lacks one.
pub(super) fn check(name: &Ident, range: &ExprRange) -> Option<Error> {
    if let Some(message) = of_type(name, range) {
        return Some(Error::new_spanned(range, message));
    }
    let dots = if matches!(range.limits, RangeLimits::Closed(_)) { "..=" } else { ".." };
    match (&range.start, &range.end) {
        (Some(start), Some(end)) => {
            let kinds = (literal(start), literal(end));
            let is_mixed = matches!(
                kinds,
                (Some(Literal::Int), Some(Literal::Float)) | (Some(Literal::Float), Some(Literal::Int))
            );
            is_mixed.then(|| {
                let (start, end) = (float(start), float(end));
                Error::new_spanned(range, format!("both ends of a range have one type; write `{start}{dots}{end}`"))
            })
        }
        (start, end) => {
            let (start, end) = (start.as_ref().map(source), end.as_ref().map(source));
            let instead = match (&start, &end) {
                (Some(start), None) if start.contains('.') => format!("{start}..=1.0"),
                (Some(start), None) => format!("{start}..=100"),
                (None, Some(end)) if end.contains('.') => format!("0.0{dots}{end}"),
                (None, Some(end)) => format!("0{dots}{end}"),
                _ => "0.0..=1.0".to_owned(),
            };
            Some(Error::new_spanned(range, format!("a range of candidates has both ends; write such as `{instead}`")))
        }
    }
}

/// Returns the message about ends of a type that has no candidates between them.
fn of_type(name: &Ident, range: &ExprRange) -> Option<String> {
    let dots = if matches!(range.limits, RangeLimits::Closed(_)) { "..=" } else { ".." };
    let (start, end) = (range.start.as_deref()?, range.end.as_deref()?);
    let name = name_of(name);
    for one in [start, end] {
        let one = if let Expr::Cast(cast) = inner(one) { &*cast.expr } else { one };
        let Expr::Lit(literal) = inner(one) else { continue };
        match &literal.lit {
            Lit::Char(_) => {
                return Some(format!("a range has numbers; write `({}).collect::<Vec<_>>()`", source(range)));
            }
            Lit::Str(_) => {
                return Some(format!("a range has numbers; write `[{}, {}]`", source(start), source(end)));
            }
            _ => {}
        }
    }
    if let [Some((kind, function)), Some(_)] = [start, end].map(beginning)
        && let [Some((_, first)), Some((_, last))] = [start, end].map(call)
        && let ([first], [last], "Duration") = (&first[..], &last[..], kind.as_str())
    {
        return Some(format!(
            "a range has numbers; write `{name} = {}{dots}{}`, and `Duration::{function}({name})` in the body",
            source(*first),
            source(*last)
        ));
    }
    let types = [start, end].map(typed);
    let of = types.into_iter().flatten().find(|of| matches!(of.as_str(), "f32" | "i128" | "u128"))?;
    let number = |one: &Expr| untyped(one);
    let (low, high) = (number(start)?, number(end)?);
    Some(if of == "f32" {
        let float = |text: String| if text.contains(['.', 'e']) { text } else { text + ".0" };
        let (low, high) = (float(low), float(high));
        format!("a range of floats has `f64`s; write `{low}{dots}{high}`, and `{name} as f32` in the body")
    } else {
        let narrow = of.replace("128", "64");
        format!(
            "a range has integers of up to 64 bits; write `{low}{dots}{high}_{narrow}`, and `{name} as {of}` in the body"
        )
    })
}

/// Returns the type that a number has by its suffix or a cast.
fn typed(one: &Expr) -> Option<String> {
    match inner(one) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => Some(int.suffix().to_owned()),
            Lit::Float(float) => Some(float.suffix().to_owned()),
            _ => None,
        },
        Expr::Cast(cast) => Some(source(&cast.ty)),
        Expr::Unary(unary) => typed(&unary.expr),
        _ => None,
    }
}

/// Returns a number without its suffix or cast, as far as it is written out.
fn untyped(one: &Expr) -> Option<String> {
    match inner(one) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => Some(int.base10_digits().to_owned()),
            Lit::Float(float) => Some(float.base10_digits().to_owned()),
            _ => None,
        },
        Expr::Cast(cast) => Some(source(&cast.expr)),
        Expr::Unary(unary) => Some(format!("-{}", untyped(&unary.expr)?)),
        _ => Some(source(one)),
    }
}
