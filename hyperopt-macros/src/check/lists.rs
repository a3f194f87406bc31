//! Lists and tuples of candidates: `[0.0..=1.0; 3]`, `[each(3, 0.0..=1.0)]`, `(0.0..=1.0, 1..=4)`.

use proc_macro2::Ident;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, ExprRange, Token};

use super::{each, methods};
use crate::label::is_prior;
use crate::model::name_of;
use crate::shape::{Literal, elements, inner, literal, path};
use crate::source::source;

/// Returns the error about a list or a tuple whose elements are candidates, or about a list of equal ones.
pub(super) fn check(name: &Ident, value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    if let Some((one, count)) = repeated(value) {
        return repeats(&one, &count).and_then(at);
    }
    let tuple = match inner(value) {
        Expr::Tuple(tuple) => Some(tuple.elems.iter().cloned().collect::<Vec<Expr>>()),
        _ => None,
    };
    let is_tuple = tuple.is_some();
    let listed = tuple.or_else(|| elements(value))?;
    let texts: Vec<String> = listed.iter().map(written).collect();
    let all_equal = texts.len() > 1 && texts.iter().all(|text| *text == texts[0]);
    let is_candidates = |one: &Expr| match inner(one) {
        // Ranges of integers may be values, of which each is another one.
        Expr::Range(range) => is_tuple || all_equal || texts.len() == 1 || is_of_floats(range),
        _ => each::parts(one).is_some() || is_one_set(one),
    };
    if !listed.iter().any(is_candidates) {
        return None;
    }
    if let [only] = &texts[..] {
        return at(format!("candidates stand alone; write `{only}`"));
    }
    if all_equal && !is_tuple && each::parts(&listed[0]).is_none() {
        let instead = format!("each({}, {})", texts.len(), texts[0]);
        return at(format!("for several values from the same candidates, write `{instead}`"));
    }
    let name = name_of(name);
    let between = if name.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
    let own = texts.iter().zip(1..).map(|(one, number)| format!("{name}{between}{number} = {one}"));
    let why = if is_tuple { "a tuple is not a set of candidates" } else { "a list has values, not candidates" };
    at(format!("{why}; each of these is a hyperparameter: write `{}`", own.collect::<Vec<_>>().join(", ")))
}

/// Returns the message about `[one; count]`; `None` for a list of one.
fn repeats(one: &Expr, count: &Expr) -> Option<String> {
    let (text, count) = (written(one), source(count));
    if let Some((inside, candidates)) = each::parts(one) {
        let instead = format!("each({count} * {}, {})", source(inside), source(candidates));
        return Some(format!("for several values from the same candidates, write `{instead}`"));
    }
    if is_one_set(one) {
        return Some(format!("for several values from the same candidates, write `each({count}, {text})`"));
    }
    if count == "1" {
        return None;
    }
    Some(match inner(one) {
        Expr::Array(_) | Expr::Repeat(_) => {
            format!("all of these candidates are equal; for several values from them, write `each({count}, {text})`")
        }
        _ if is_fixed(one) => {
            format!(
                "all of these candidates are equal; write `[{text}]` for a fixed value, or `[[{text}; {count}]]` for a fixed array"
            )
        }
        _ => format!(
            "all of these candidates are equal; write `each({count}, {text})` for several values from a list, or `[{text}]` for a \
             fixed value"
        ),
    })
}

/// Whether `one` is written out as a single value.
fn is_fixed(one: &Expr) -> bool {
    matches!(inner(one), Expr::Lit(_) | Expr::Unary(_) | Expr::Tuple(_) | Expr::Struct(_))
}

/// Returns the source text of candidates, `log(1e-5..=1.0)` in place of `(1e-5..=1.0).log()`.
fn written(one: &Expr) -> String {
    methods::rescaled(one).unwrap_or_else(|| source(inner(one)))
}

/// Whether `one` is a range or a function of one, of which a hyperparameter takes a value.
fn is_one_set(one: &Expr) -> bool {
    let is_function = |name: &str| {
        matches!(name, "linrange" | "exp_linrange" | "log" | "logit" | "bilog" | "categorical" | "ordinal")
    };
    let is_ours = |function: &Expr| {
        path(function).is_some_and(|(owner, name)| match owner.as_deref() {
            Some("hp") => true,
            None | Some("hyperopt") => is_function(&name),
            Some(_) => false,
        })
    };
    match inner(one) {
        Expr::Range(_) => true,
        Expr::Call(call) => is_ours(&call.func),
        Expr::MethodCall(call) => methods::rescaled(one).is_some() || is_prior(call) && is_one_set(&call.receiver),
        _ => false,
    }
}

fn is_of_floats(range: &ExprRange) -> bool {
    [&range.start, &range.end].into_iter().flatten().any(|end| literal(end) == Some(Literal::Float))
}

/// Returns the element and the count of `[element; count]` or `vec![element; count]`.
fn repeated(value: &Expr) -> Option<(Expr, Expr)> {
    match inner(value) {
        Expr::Repeat(repeat) => Some(((*repeat.expr).clone(), (*repeat.len).clone())),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let Repeated(one, count) = call.mac.parse_body().ok()?;
            Some((one, count))
        }
        _ => None,
    }
}

/// `element; count`
struct Repeated(Expr, Expr);

impl Parse for Repeated {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let one = input.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Self(one, input.parse()?))
    }
}
