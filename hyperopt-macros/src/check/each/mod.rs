//! Reads `each(8, 0.0..=1.0)`: several values from the same candidates.

mod counted;
mod guarded;
mod parts;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Error, Expr, Lit};

pub(super) use self::counted::count;
use self::parts::called;
pub(super) use self::parts::parts;
use crate::model::{Count, name_of};
use crate::shape::{self, Literal, elements, inner, is_candidates, literal, short};
use crate::source::source;

/// Returns the count and the candidates, or what is wrong with them; `None` for other candidates.
pub(super) fn read<'e>(name: &Ident, value: &'e Expr) -> Option<Result<(Count, &'e Expr), Error>> {
    if let Some(error) = misplaced(name, value) {
        return Some(Err(error));
    }
    let call = called(value)?;
    let at = |message: String| Some(Err(Error::new_spanned(value, message)));
    let arguments: Vec<&Expr> = call.args.iter().collect();
    match arguments[..] {
        [count, candidates] if is_candidates(count) && !is_candidates(candidates) => {
            at(format!("the count comes first; write `each({}, {})`", short(candidates), short(count)))
        }
        [count, _] if matches!(literal(count), Some(Literal::Float | Literal::Bool | Literal::Text)) => {
            let message = format!("the count of `each` is an integer, such as 8; {} is none", source(count));
            Some(Err(Error::new_spanned(count, message)))
        }
        [count, _] if typed_otherwise(count).is_some() => {
            let digits = typed_otherwise(count).unwrap_or_default();
            Some(Err(Error::new_spanned(count, format!("the count of `each` is a `usize`; write `{digits}`"))))
        }
        [count, _] if is_below_one(count) => {
            let message = format!("`each` makes {} values; write a count of 1 or more", source(count));
            Some(Err(Error::new_spanned(count, message)))
        }
        [count, candidates] => {
            if let Some(within) = called(candidates) {
                let message = match within.args.iter().collect::<Vec<_>>()[..] {
                    [other, one] => {
                        let (count, other, one) = (source(count), source(other), short(one));
                        format!("`each` takes candidates of single values; write `each({count} * {other}, {one})`")
                    }
                    _ => "`each` takes candidates of single values; write such as `each(8, 0.0..=1.0)`".to_owned(),
                };
                return at(message);
            }
            let tokens = count.to_token_stream();
            let count = if is_constant(count) { Count::Constant(tokens) } else { Count::Variable(tokens) };
            Some(Ok((count, candidates)))
        }
        [candidates] if is_candidates(candidates) => {
            at(format!("`each` takes a count and candidates; write such as `each(8, {})`", short(candidates)))
        }
        _ => at("`each` takes a count and candidates; write such as `each(8, 0.0..=1.0)`".to_owned()),
    }
}

/// Returns the error about `each` within what belongs into it: `log(each(8, 1e-3..=1.0))`, `each(8, 0.0..=1.0).prior(0.5)`.
fn misplaced(name: &Ident, value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    let within = |count: &Expr, candidates: String| {
        at(format!("`each` stands around all else; write `each({}, {candidates})`", source(count)))
    };
    match inner(value) {
        Expr::MethodCall(call) => {
            let (count, candidates) = parts(&call.receiver)?;
            let arguments: Vec<String> = call.args.iter().map(source).collect();
            let (written, arguments) = (source(candidates), arguments.join(", "));
            let is_list = elements(candidates).is_some();
            let is_labelled =
                shape::call(candidates).is_some_and(|(function, _)| function == "categorical" || function == "ordinal");
            match call.method.to_string().as_str() {
                method @ ("prior" | "confidence") => within(count, format!("({written}).{method}({arguments})")),
                "log" | "logit" | "bilog" if call.args.is_empty() => {
                    within(count, format!("{}({written})", call.method))
                }
                "labels" if is_list => within(count, format!("categorical({written}).labels({arguments})")),
                "labels" if is_labelled => within(count, format!("{written}.labels({arguments})")),
                "labels" => {
                    let (name, count) = (name_of(name), source(count));
                    at(format!(
                        "the values of `each` are named `{name}[0]`, `{name}[1]` and so on; write `each({count}, \
                         {written})`, or a hyperparameter for each name"
                    ))
                }
                method => at(format!(
                    "candidates have no method `{method}`; write `each({}, {written})`, and call it in the body",
                    source(count)
                )),
            }
        }
        Expr::Call(call) if call.args.len() == 1 => {
            let (count, candidates) = parts(&call.args[0])?;
            let function = source(&call.func);
            let takes_list = matches!(function.as_str(), "categorical" | "ordinal");
            let is_needless = function == "Some" || takes_list && elements(candidates).is_none();
            let candidates = source(candidates);
            within(count, if is_needless { candidates } else { format!("{function}({candidates})") })
        }
        Expr::Block(_) | Expr::If(_) | Expr::Match(_) | Expr::Closure(_) | Expr::Unsafe(_) => {
            let mut nested = Nested(None);
            nested.visit_expr(value);
            let call = nested.0?;
            let (name, found) = (name_of(name), short(&call));
            let message = format!(
                "`each` stands directly beside the name, or in the braces of a guard; write `{name} = {found}`, with all \
                 other code within its parentheses"
            );
            Some(Error::new_spanned(&call, message))
        }
        _ => None,
    }
}

/// Finds the first `each` within other code.
struct Nested(Option<Expr>);

impl<'ast> Visit<'ast> for Nested {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match parts(expr) {
            Some((_, candidates)) if is_candidates(candidates) => _ = self.0.get_or_insert_with(|| expr.clone()),
            _ => visit::visit_expr(self, expr),
        }
    }
}

/// Returns the digits of a count with a suffix of another type: `3_i32`.
fn typed_otherwise(count: &Expr) -> Option<String> {
    match inner(count) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) if !matches!(int.suffix(), "" | "usize") => Some(int.base10_digits().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether `count` is visibly an integer below 1.
fn is_below_one(count: &Expr) -> bool {
    match inner(count) {
        Expr::Lit(literal) => matches!(&literal.lit, Lit::Int(int) if int.base10_digits() == "0"),
        Expr::Unary(_) => literal(count) == Some(Literal::Int),
        _ => false,
    }
}

/// Whether `count` is known at compile time: a literal, a constant, which has capitals only, arithmetic of these, or `const { … }`.
fn is_constant(count: &Expr) -> bool {
    match count {
        Expr::Lit(_) | Expr::Const(_) => true,
        Expr::Path(path) => {
            let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
        }
        Expr::Paren(paren) => is_constant(&paren.expr),
        Expr::Group(group) => is_constant(&group.expr),
        Expr::Cast(cast) => is_constant(&cast.expr),
        Expr::Unary(unary) => is_constant(&unary.expr),
        Expr::Binary(binary) => is_constant(&binary.left) && is_constant(&binary.right),
        _ => false,
    }
}
