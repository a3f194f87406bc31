//! Finds the source texts of candidates that are listed one by one. They label values that have no text of their own.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprMethodCall, Token};

use crate::source::source;

/// The texts of the elements of an array, of `vec![..]`, of a reference to one, or of one in `categorical(..)` or
/// `ordinal(..)`; empty for everything else.
pub(crate) fn labels(candidates: &Expr) -> Vec<String> {
    match candidates {
        Expr::Array(array) => array.elems.iter().map(source).collect(),
        Expr::Reference(reference) => labels(&reference.expr),
        Expr::Paren(paren) => labels(&paren.expr),
        Expr::Group(group) => labels(&group.expr),
        Expr::Call(call) => match (&*call.func, call.args.first()) {
            (Expr::Path(function), Some(list)) if call.args.len() == 1 => {
                let name = function.path.segments.last().map(|segment| segment.ident.to_string());
                if matches!(name.as_deref(), Some("categorical" | "ordinal")) { labels(list) } else { Vec::new() }
            }
            _ => Vec::new(),
        },
        Expr::MethodCall(call) if is_prior(call) => labels(&call.receiver),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let elements = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            elements.map(|elements| elements.iter().map(source).collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Whether `candidates` are visibly numbers in a range. These need no labels, and looking for labels costs compile time.
pub(crate) fn is_range(candidates: &Expr) -> bool {
    match candidates {
        Expr::Range(_) => true,
        Expr::Paren(paren) => is_range(&paren.expr),
        Expr::MethodCall(call) if is_prior(call) => is_range(&call.receiver),
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => {
                let name = function.path.segments.last().map(|segment| segment.ident.to_string());
                matches!(name.as_deref(), Some("linrange" | "exp_linrange" | "log" | "logit" | "bilog"))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether `call` gives candidates a prior, which leaves their values as they are: `[1, 2].prior(1)`.
fn is_prior(call: &ExprMethodCall) -> bool {
    call.method == "prior" || call.method == "confidence"
}
