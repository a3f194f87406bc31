//! The parts of a call of `each`.

use syn::{Expr, ExprCall};

use crate::shape::{inner, path};

/// Returns the call of `each`.
pub(super) fn called(value: &Expr) -> Option<&ExprCall> {
    let Expr::Call(call) = inner(value) else { return None };
    let (owner, function) = path(&call.func)?;
    (function == "each" && matches!(owner.as_deref(), None | Some("hyperopt"))).then_some(call)
}

/// Returns the count and the candidates of a call of `each`.
pub(in crate::check) fn parts(value: &Expr) -> Option<(&Expr, &Expr)> {
    let call = called(value).filter(|call| call.args.len() == 2)?;
    Some((&call.args[0], &call.args[1]))
}
