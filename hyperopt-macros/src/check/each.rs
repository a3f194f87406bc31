//! Reads `each(8, 0.0..=1.0)`: several values from the same candidates.

use quote::ToTokens;
use syn::{Error, Expr, ExprCall, Lit};

use crate::model::Count;
use crate::shape::{Literal, inner, is_candidates, literal, path, short};
use crate::source::source;

/// The count and the candidates, or what is wrong with them; `None` for other candidates.
pub(super) fn read(value: &Expr) -> Option<Result<(Count, &Expr), Error>> {
    if let Some(error) = misplaced(value) {
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

/// The call of `each`.
fn called(value: &Expr) -> Option<&ExprCall> {
    let Expr::Call(call) = inner(value) else { return None };
    let (owner, function) = path(&call.func)?;
    (function == "each" && matches!(owner.as_deref(), None | Some("hyperopt"))).then_some(call)
}

/// The error about `each` within what belongs into it: `log(each(8, 1e-3..=1.0))`, `each(8, 0.0..=1.0).prior(0.5)`.
fn misplaced(value: &Expr) -> Option<Error> {
    let (within, before, after) = match inner(value) {
        Expr::MethodCall(call) if call.method == "prior" || call.method == "confidence" => {
            let arguments: Vec<String> = call.args.iter().map(source).collect();
            (&*call.receiver, "(".to_owned(), format!(").{}({})", call.method, arguments.join(", ")))
        }
        Expr::Call(call) if call.args.len() == 1 => {
            (call.args.first()?, format!("{}(", source(&call.func)), ")".to_owned())
        }
        _ => return None,
    };
    let call = called(within).filter(|call| call.args.len() == 2)?;
    let (count, candidates) = (source(&call.args[0]), source(&call.args[1]));
    let message = format!("`each` stands around all else; write `each({count}, {before}{candidates}{after})`");
    Some(Error::new_spanned(value, message))
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
