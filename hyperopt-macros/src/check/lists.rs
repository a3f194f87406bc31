//! Lists and tuples of candidates: `[0.0..=1.0; 3]`, `[each(3, 0.0..=1.0)]`, `(0.0..=1.0, 1..=4)`.

use proc_macro2::Ident;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, Token};

use super::each;
use crate::model::name_of;
use crate::shape::{call, elements, inner, short};
use crate::source::source;

/// Returns the error about a list or a tuple whose elements are candidates.
pub(super) fn check(name: &Ident, value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    if let Some((one, count)) = repeated(value) {
        let count = source(&count);
        let written = match each::parts(&one) {
            Some((inside, candidates)) => format!("each({count} * {}, {})", source(inside), source(candidates)),
            None if is_one_set(&one) => format!("each({count}, {})", short(&one)),
            None => return None,
        };
        return at(format!("for several values from the same candidates, write `{written}`"));
    }
    let tuple = match inner(value) {
        Expr::Tuple(tuple) => Some(tuple.elems.iter().cloned().collect::<Vec<Expr>>()),
        _ => None,
    };
    let is_tuple = tuple.is_some();
    let listed = tuple.or_else(|| elements(value))?;
    // A list of ranges has these as its values.
    if !listed.iter().any(|one| each::parts(one).is_some() || is_tuple && is_one_set(one)) {
        return None;
    }
    if let [only] = &listed[..] {
        return at(format!("candidates stand alone; write `{}`", source(only)));
    }
    let name = name_of(name);
    let between = if name.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
    let own = listed.iter().zip(1..).map(|(one, number)| format!("{name}{between}{number} = {}", source(one)));
    let kind = if is_tuple { "tuple" } else { "list" };
    at(format!(
        "a {kind} is not a set of candidates; each of these is a hyperparameter: write `{}`",
        own.collect::<Vec<_>>().join(", ")
    ))
}

/// Whether `one` is a range or a function of one, of which a hyperparameter takes a value.
fn is_one_set(one: &Expr) -> bool {
    let is_function = |name: &str| {
        matches!(name, "linrange" | "exp_linrange" | "log" | "logit" | "bilog" | "categorical" | "ordinal")
    };
    matches!(inner(one), Expr::Range(_)) || call(one).is_some_and(|(name, _)| is_function(&name))
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
