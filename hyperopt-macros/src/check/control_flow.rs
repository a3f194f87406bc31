//! Finds `return`, `?`, `.await` and labels of outer loops in the body of a parallel loop and in guards. These become closures,
//! the body one that runs on several threads, which only `break` and `continue` may leave.

use proc_macro2::{Group, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::visit::{self, Visit};
use syn::{Block, Error, Expr, Lifetime};

use crate::errors::Errors;

/// How the body of a parallel loop is left.
pub(super) enum Ways {
    /// By `break` and `continue` only.
    Inside,
    /// By others, which a loop in the function around it could be left by.
    Outside,
    /// By others, which cause further errors in the function around it: a `return` with a value, an `.await`. The first error.
    Foreign(TokenStream),
}

/// Reports what leaves `body`, whose loop is called `label`.
///
/// A body that cannot be parsed, such as half-typed code, passes. So does one with `return` or `?` in the arguments of a
/// macro, which rustc reports as leaving a closure.
pub(super) fn check(body: &Group, label: Option<&Lifetime>, errors: &mut Errors) -> Ways {
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    let mut leaves = Leaves { labels: label.into_iter().cloned().collect(), ..Leaves::default() };
    for statement in &statements {
        leaves.visit_stmt(statement);
    }
    let ways = match leaves.found.first() {
        None => Ways::Inside,
        Some(error) if leaves.is_foreign => Ways::Foreign(error.to_compile_error()),
        Some(_) => Ways::Outside,
    };
    for error in leaves.found {
        errors.push(error);
    }
    ways
}

/// Returns the error about what leaves a guard, which is evaluated for each trial in a closure.
pub(super) fn guard(guard: &Expr) -> Option<Error> {
    let mut leaves = Leaves { is_guard: true, ..Leaves::default() };
    leaves.visit_expr(guard);
    leaves.found.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}

#[derive(Default)]
struct Leaves {
    is_guard: bool,
    is_foreign: bool,
    /// The labels of the loops around the visitor's place.
    labels: Vec<Lifetime>,
    found: Vec<Error>,
}

impl Leaves {
    fn found(&mut self, tokens: impl ToTokens, word: &str, advice: &str) {
        let message = if self.is_guard {
            format!("{word} cannot leave a guard, which is evaluated for each trial; compute the value above the sweep")
        } else {
            format!(
                "{word} cannot leave a parallel sweep, whose trials run on several threads; {advice}, or use `hyperopt!`"
            )
        };
        self.found.push(Error::new_spanned(tokens, message));
    }

    fn check_label(&mut self, word: &str, label: Option<&Lifetime>) {
        if let Some(label) = label.filter(|label| !self.labels.contains(label)) {
            let advice = "end the sweep with `break`, and leave the outer loop below it";
            self.found(label, &format!("`{word} {label}`"), advice);
        }
    }

    /// Visits a loop or block that is called `label`.
    fn within(&mut self, label: Option<&syn::Label>, visit: impl FnOnce(&mut Self)) {
        let outer = self.labels.len();
        self.labels.extend(label.map(|label| label.name.clone()));
        visit(self);
        self.labels.truncate(outer);
    }
}

impl<'ast> Visit<'ast> for Leaves {
    fn visit_expr_return(&mut self, expr: &'ast syn::ExprReturn) {
        self.is_foreign |= expr.expr.is_some();
        self.found(expr.return_token, "`return`", "end the trial with a value, end the sweep with `break`");
        visit::visit_expr_return(self, expr);
    }

    fn visit_expr_try(&mut self, expr: &'ast syn::ExprTry) {
        let advice = "call a function that returns a `Result` and end the body with that";
        self.found(expr.question_token, "`?`", advice);
        visit::visit_expr_try(self, expr);
    }

    fn visit_expr_await(&mut self, expr: &'ast syn::ExprAwait) {
        self.is_foreign = true;
        let advice = "run the future to its end with a runtime's `block_on`";
        self.found(expr.await_token, "`.await`", advice);
        visit::visit_expr_await(self, expr);
    }

    fn visit_expr_break(&mut self, expr: &'ast syn::ExprBreak) {
        self.check_label("break", expr.label.as_ref());
        visit::visit_expr_break(self, expr);
    }

    fn visit_expr_continue(&mut self, expr: &'ast syn::ExprContinue) {
        self.check_label("continue", expr.label.as_ref());
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast syn::ExprForLoop) {
        self.within(expr.label.as_ref(), |leaves| visit::visit_expr_for_loop(leaves, expr));
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.within(expr.label.as_ref(), |leaves| visit::visit_expr_while(leaves, expr));
    }

    fn visit_expr_loop(&mut self, expr: &'ast syn::ExprLoop) {
        self.within(expr.label.as_ref(), |leaves| visit::visit_expr_loop(leaves, expr));
    }

    fn visit_expr_block(&mut self, expr: &'ast syn::ExprBlock) {
        self.within(expr.label.as_ref(), |leaves| visit::visit_expr_block(leaves, expr));
    }

    // A `return` or `?` in these leaves them, not the sweep.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
