//! Finds the elements of candidates that are listed one by one. Their source texts label values that have no text of their own.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprMethodCall, Token};

use crate::mentions::free;

/// Returns the elements of an array, of `vec![..]`, of a reference to one, or of one in `categorical(..)` or `ordinal(..)`; empty
/// for everything else.
pub(crate) fn elements(candidates: &Expr) -> Vec<Expr> {
    match candidates {
        Expr::Array(array) => array.elems.iter().cloned().collect(),
        Expr::Reference(reference) => elements(&reference.expr),
        Expr::Paren(paren) => elements(&paren.expr),
        Expr::Group(group) => elements(&group.expr),
        Expr::Call(call) => match (&*call.func, call.args.first()) {
            (Expr::Path(function), Some(list)) if call.args.len() == 1 => {
                let name = function.path.segments.last().map(|segment| segment.ident.to_string());
                if matches!(name.as_deref(), Some("categorical" | "ordinal")) { elements(list) } else { Vec::new() }
            }
            _ => Vec::new(),
        },
        Expr::MethodCall(call) if is_prior(call) => elements(&call.receiver),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let elements = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            elements.map(|elements| elements.into_iter().collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Whether the value of `element` depends on a variable, so that its source text may stand for another value elsewhere. Names of
/// functions that are called do not count, nor do constants.
pub(crate) fn reads_variables(element: &Expr) -> bool {
    match element {
        Expr::Call(call) => {
            !matches!(&*call.func, Expr::Path(_)) && reads_variables(&call.func)
                || call.args.iter().any(reads_variables)
        }
        Expr::Struct(fields) => fields.fields.iter().any(|field| reads_variables(&field.expr)),
        Expr::Tuple(tuple) => tuple.elems.iter().any(reads_variables),
        Expr::Array(array) => array.elems.iter().any(reads_variables),
        Expr::Reference(reference) => reads_variables(&reference.expr),
        Expr::Paren(paren) => reads_variables(&paren.expr),
        Expr::Group(group) => reads_variables(&group.expr),
        Expr::Cast(cast) => reads_variables(&cast.expr),
        Expr::MethodCall(call) => reads_variables(&call.receiver) || call.args.iter().any(reads_variables),
        element => free(element).iter().any(|name| {
            let name = name.to_string();
            !name.trim_start_matches('_').starts_with(char::is_uppercase)
        }),
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
pub(crate) fn is_prior(call: &ExprMethodCall) -> bool {
    call.method == "prior" || call.method == "confidence"
}
