//! Finds `return` and `?` in the body of a parallel loop. The body becomes a closure that runs on several threads, which
//! only `break` and `continue` may leave.

use proc_macro2::Group;
use syn::Block;
use syn::parse::Parser;
use syn::visit::{self, Visit};

use crate::errors::Errors;

/// Reports each `return` and `?` of `body`; true if there are none.
///
/// A body that cannot be parsed, such as half-typed code, passes. So does one with `return` or `?` in the arguments of a
/// macro, which rustc reports as leaving a closure.
pub(super) fn check(body: &Group, errors: &mut Errors) -> bool {
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    let mut leaves = Leaves { errors, found: false };
    for statement in &statements {
        leaves.visit_stmt(statement);
    }
    !leaves.found
}

struct Leaves<'a> {
    errors: &'a mut Errors,
    found: bool,
}

impl<'ast> Visit<'ast> for Leaves<'_> {
    fn visit_expr_return(&mut self, expr: &'ast syn::ExprReturn) {
        self.found = true;
        let message = "`return` cannot leave a parallel sweep, whose trials run on several threads; end the trial with a \
                       value, end the sweep with `break`, or use `hyperopt!`";
        self.errors.at(expr.return_token, message);
        visit::visit_expr_return(self, expr);
    }

    fn visit_expr_try(&mut self, expr: &'ast syn::ExprTry) {
        self.found = true;
        let message = "`?` cannot leave a parallel sweep, whose trials run on several threads; call a function that returns \
                       a `Result` and end the body with that, or use `hyperopt!`";
        self.errors.at(expr.question_token, message);
        visit::visit_expr_try(self, expr);
    }

    // A `return` or `?` in these leaves them, not the sweep.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
