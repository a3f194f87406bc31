//! Which names an expression mentions.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprPath, Ident, Macro, Pat, PatIdent};

/// The variables that `expr` reads and does not bind itself, each as the token that names it.
///
/// The arguments of a macro are taken for expressions, and a name that is bound anywhere inside counts as bound
/// everywhere: rather too few than too many.
pub(crate) fn free(expr: &Expr) -> Vec<Ident> {
    let mut names = Names::default();
    names.visit_expr(expr);
    names.read.retain(|name| !names.bound.contains(name));
    names.read
}

/// The names that `pattern` binds.
pub(crate) fn bound(pattern: &Pat) -> Vec<Ident> {
    let mut names = Names::default();
    names.visit_pat(pattern);
    names.bound.into_iter().collect()
}

/// The names that the `let`s of a condition bind.
pub(crate) fn bound_in(condition: &Expr) -> Vec<Ident> {
    let mut names = Lets::default();
    names.visit_expr(condition);
    names.bound
}

#[derive(Default)]
struct Names {
    read: Vec<Ident>,
    bound: HashSet<Ident>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let (None, Some(name)) = (&path.qself, path.path.get_ident()) {
            self.read.push(name.clone());
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        // An upper-case name without a subpattern is a constant or a variant.
        let first = pattern.ident.to_string().chars().find(|c| *c != '_');
        if pattern.subpat.is_some() || !first.is_some_and(char::is_uppercase) {
            self.bound.insert(pattern.ident.clone());
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let mut tokens = vec![call.tokens.clone()];
        while let Some(stream) = tokens.pop() {
            self.read.extend(lone_names(stream, &mut tokens));
        }
    }
}

/// The identifiers of `stream` that are neither fields or methods nor parts of a path; groups go to `inner`.
fn lone_names(stream: TokenStream, inner: &mut Vec<TokenStream>) -> Vec<Ident> {
    let trees: Vec<_> = stream.into_iter().collect();
    let is = |index: usize, punct: char| matches!(trees.get(index), Some(TokenTree::Punct(p)) if p.as_char() == punct);
    let mut names = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => inner.push(group.stream()),
            TokenTree::Ident(name) => {
                let previous = index.wrapping_sub(1);
                let is_range = is(previous, '.') && is(index.wrapping_sub(2), '.');
                let is_part = is(previous, ':') || (is(previous, '.') && !is_range);
                let is_path = is(index + 1, ':') && is(index + 2, ':');
                if !is_part && !is_path {
                    names.push(name.clone());
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    names
}

#[derive(Default)]
struct Lets {
    bound: Vec<Ident>,
}

impl<'ast> Visit<'ast> for Lets {
    fn visit_expr_let(&mut self, expr: &'ast syn::ExprLet) {
        self.bound.extend(bound(&expr.pat));
        visit::visit_expr_let(self, expr);
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
}

/// `tokens` as a person would write them on one line.
pub(crate) fn source(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, tight) in
        [(" :: ", "::"), (":: ", "::"), (" ::", "::"), (" . ", "."), (" (", "("), ("( ", "("), (" )", ")"), (" ,", ",")]
    {
        text = text.replace(spaced, tight);
    }
    text.replace("& ", "&").replace(" [", "[").replace("[ ", "[").replace(" ]", "]").replace(" !", "!")
}
