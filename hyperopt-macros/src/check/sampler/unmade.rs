//! Types that stand where a value belongs, and functions that lack their arguments: `TpeSampler`, `Hyperband::new()`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Error, Expr, ExprCall, ExprPath};

use super::catalogue::any;
use super::written::with_eta;
use crate::shape::{Literal, ends_of, float, inner, is_number, literal, short};

/// Returns the error about the first sampler, scheduler or pruner in `expr` that is not made by its function.
pub(super) fn check(expr: &Expr) -> Option<Error> {
    let mut unmade = Unmade { found: None };
    unmade.visit_expr(expr);
    let (tokens, message) = unmade.found?;
    Some(Error::new_spanned(tokens, message))
}

/// Finds the first one that is not made, and what to write instead.
struct Unmade {
    found: Option<(TokenStream, String)>,
}

impl Unmade {
    fn found(&mut self, tokens: &impl ToTokens, message: String) {
        self.found.get_or_insert_with(|| (tokens.to_token_stream(), message));
    }

    fn path(&mut self, path: &ExprPath) {
        let (owner, name) = ends_of(&path.path);
        if let Some(made) = any(&name) {
            self.found(path, format!("`{}` is a type; write `{made}`", short(path)));
        } else if name == "new"
            && let Some(made) = owner.and_then(|owner| any(&owner))
        {
            self.found(path, format!("`{}` is a function; write `{made}`", short(path)));
        }
    }

    fn call(&mut self, call: &ExprCall, path: &ExprPath) {
        let (owner, name) = ends_of(&path.path);
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let Some(made) = any(&name) {
            self.found(call, format!("`{name}` is a type; write `{}`", with(made, &arguments)));
            return;
        }
        let Some((owner, made)) =
            owner.and_then(|owner| Some((any(&owner)?, owner))).map(|(made, owner)| (owner, made))
        else {
            return;
        };
        let written = short(&call.func);
        match (name.as_str(), takes(made), &arguments[..]) {
            ("default", 1.., _) => self.found(call, format!("`{owner}` has no default; write `{made}`")),
            ("default", 0, _) if matches!(owner.as_str(), "Bohb" | "PriorBand") => {
                self.found(call, format!("`{owner}` has no default; write `{made}`"));
            }
            ("new", 1, []) => self.found(call, format!("`{written}` takes an argument; write `{made}`")),
            ("new", 1, [only]) if literal(only) == Some(Literal::Int) => {
                self.found(call, format!("`{written}` takes a float; write `{}`", with(made, &arguments)));
            }
            ("new", 2, [] | [_]) => self.found(call, format!("`{written}` takes two arguments; write `{made}`")),
            ("new", 0, [eta]) if is_number(eta) && matches!(owner.as_str(), "Bohb" | "PriorBand" | "AutoScheduler") => {
                let sampler = Expr::Call(call.clone());
                let instead = with_eta(Some(&sampler), &float(eta));
                self.found(call, format!("`{written}` takes no argument; write `{instead}`"));
            }
            ("new", 0, [_, ..]) => {
                let message =
                    format!("`{written}` takes no argument; write `{made}`, and each option as a method of it");
                self.found(call, message);
            }
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Unmade {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Path(path) if path.qself.is_none() => self.path(path),
            Expr::Struct(literal) => {
                if let Some(made) = any(&ends_of(&literal.path).1) {
                    self.found(expr, format!("the fields of `{}` are private; write `{made}`", short(&literal.path)));
                }
                visit::visit_expr_struct(self, literal);
            }
            Expr::Call(call) => {
                match inner(&call.func) {
                    Expr::Path(path) => self.call(call, path),
                    function => self.visit_expr(function),
                }
                for argument in &call.args {
                    self.visit_expr(argument);
                }
            }
            expr => visit::visit_expr(self, expr),
        }
    }
}

/// Returns the number of arguments of the function in `made`.
fn takes(made: &str) -> usize {
    match made.split_once("::new(") {
        Some((_, rest)) if rest.starts_with(')') => 0,
        Some((_, rest)) => 1 + usize::from(rest.contains(", ")),
        None => 0,
    }
}

/// Returns `made` with the number that is written in place of its own.
fn with(made: &str, arguments: &[&Expr]) -> String {
    match (arguments, made.split_once('(')) {
        ([only], Some((function, rest))) if is_number(only) && takes(made) == 1 && rest.ends_with(')') => {
            format!("{function}({})", float(only))
        }
        _ => made.to_owned(),
    }
}
