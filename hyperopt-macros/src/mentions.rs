//! Finds the names that an expression mentions, and those that a pattern binds.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprCall, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprPath, ExprWhile, Local, Macro, Token,
};
use syn::{Pat, PatIdent};

/// Returns the variables that `expr` reads and does not bind itself, each as the token that names it.
pub(crate) fn free(expr: &Expr) -> Vec<Ident> {
    let mut names = Mentions::default();
    names.visit_expr(expr);
    names.read
}

/// Returns the functions without a path that `expr` calls.
pub(crate) fn called(expr: &Expr) -> Vec<Ident> {
    let mut calls = Calls::default();
    calls.visit_expr(expr);
    calls.called
}

#[derive(Default)]
struct Calls {
    called: Vec<Ident>,
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = &*call.func {
            self.called.extend(function.path.get_ident().cloned());
        }
        visit::visit_expr_call(self, call);
    }
}

/// Returns the names that `pattern` binds.
pub(crate) fn bound(pattern: &Pat) -> Vec<Ident> {
    let mut names = Mentions::default();
    names.visit_pat(pattern);
    names.bound
}

/// Returns the names that the `let`s of a condition bind.
pub(crate) fn bound_in(condition: &Expr) -> Vec<Ident> {
    let mut names = Mentions::default();
    names.visit_expr(condition);
    names.bound
}

#[derive(Default)]
struct Mentions {
    read: Vec<Ident>,
    /// The names bound at the visitor's place.
    bound: Vec<Ident>,
}

impl Mentions {
    /// Ends the bindings that `visit` makes.
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.bound.len();
        visit(self);
        self.bound.truncate(outer);
    }

    fn read(&mut self, name: Ident) {
        if !self.bound.contains(&name) {
            self.read.push(name);
        }
    }
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let (None, Some(name)) = (&path.qself, path.path.get_ident()) {
            self.read(name.clone());
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        // An upper-case name without a subpattern is a constant or a variant.
        let first = pattern.ident.to_string().chars().find(|c| *c != '_');
        if pattern.subpat.is_some() || !first.is_some_and(char::is_uppercase) {
            self.bound.push(pattern.ident.clone());
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_expr_let(&mut self, expr: &'ast ExprLet) {
        self.visit_expr(&expr.expr);
        self.visit_pat(&expr.pat);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.visit_local_init(init);
        }
        self.visit_pat(&local.pat);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|names| visit::visit_block(names, block));
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|names| visit::visit_arm(names, arm));
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|names| visit::visit_expr_closure(names, closure));
    }

    fn visit_expr_if(&mut self, choice: &'ast ExprIf) {
        self.scoped(|names| {
            names.visit_expr(&choice.cond);
            names.visit_block(&choice.then_branch);
        });
        if let Some((_, otherwise)) = &choice.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, expr: &'ast ExprWhile) {
        self.scoped(|names| visit::visit_expr_while(names, expr));
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.scoped(|names| {
            names.visit_pat(&expr.pat);
            names.visit_block(&expr.body);
        });
    }

    /// Reads the arguments of a macro as expressions if they parse, else as a stream of names.
    fn visit_macro(&mut self, call: &'ast Macro) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.tokens.clone());
        let read = match &arguments {
            Ok(arguments) => arguments.iter().flat_map(free).collect(),
            Err(_) => lone_names(call.tokens.clone()),
        };
        for name in read.into_iter().chain(formatted(call.tokens.clone())) {
            self.read(name);
        }
    }
}

/// Returns the identifiers of `stream` that are neither fields or methods nor parts of a path.
fn lone_names(stream: TokenStream) -> Vec<Ident> {
    let trees: Vec<_> = stream.into_iter().collect();
    let is = |index: usize, punct: char| matches!(trees.get(index), Some(TokenTree::Punct(p)) if p.as_char() == punct);
    let mut names = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => names.extend(lone_names(group.stream())),
            TokenTree::Ident(name) => {
                let previous = index.wrapping_sub(1);
                let is_range = is(previous, '.') && is(index.wrapping_sub(2), '.');
                let is_part = is(previous, ':') || (is(previous, '.') && !is_range);
                let is_path = is(index + 1, ':') && is(index + 2, ':');
                if !is_part && !is_path {
                    names.push(name.clone());
                }
            }
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
    names
}

/// Returns the names in format strings: `{kernel}`, `{kernel:?}`.
fn formatted(stream: TokenStream) -> Vec<Ident> {
    let names = stream.into_iter().flat_map(|tree| match tree {
        TokenTree::Group(group) => formatted(group.stream()),
        TokenTree::Literal(literal) if literal.to_string().contains('"') => {
            let text = literal.to_string();
            let holes = text.split('{').skip(1).filter_map(|hole| hole.split(['}', ':']).next());
            let names = holes.filter_map(|hole| syn::parse_str::<Ident>(hole).ok());
            names.map(|name| Ident::new(&name.to_string(), literal.span())).collect()
        }
        TokenTree::Literal(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    });
    names.collect()
}
