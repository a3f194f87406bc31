//! What a module mentions: its imports, and the paths in its code and in the arguments of its macros and attributes.

use syn::buffer::TokenBuffer;
use syn::visit::{self, Visit};
use syn::{Expr, Item, Meta, Visibility};

use crate::cfg;
use crate::imports::{Import, imports};
use crate::tokens;

/// Macros whose arguments are the code of another crate.
const QUOTING: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// What a module mentions.
#[derive(Default)]
pub(crate) struct Mentions {
    /// Imports for others as well: `pub use`, `pub(crate) use`.
    pub(crate) reexports: Vec<Import>,
    /// All other imports, those within functions too.
    pub(crate) imports: Vec<Import>,
    /// Paths by their segments. One of a single segment is a type, a constant, or a function that is called.
    pub(crate) paths: Vec<Vec<String>>,
    /// Macros that are called by a single name.
    pub(crate) macros: Vec<String>,
}

impl Mentions {
    /// What the items mention, without what is compiled for tests only.
    pub(crate) fn of(items: &[Item]) -> Self {
        let mut mentions = Self::default();
        for item in items {
            mentions.visit_item(item);
        }
        mentions
    }

    /// A single lower-case name may be a variable: it counts where it is called.
    fn add(&mut self, path: Vec<String>, is_called: bool) {
        if path.len() > 1 || is_called || path[0].starts_with(char::is_uppercase) {
            self.paths.push(path);
        }
    }

    fn add_macro(&mut self, mut path: Vec<String>) {
        if path.len() > 1 {
            self.paths.push(path);
        } else {
            self.macros.extend(path.pop());
        }
    }
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_item(&mut self, item: &'ast Item) {
        if !cfg::is_for_tests(cfg::of_item(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        if !cfg::is_for_tests(cfg::of_impl_item(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        if !cfg::is_for_tests(cfg::of_trait_item(item)) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if !cfg::is_for_tests(cfg::of_statement(statement)) {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !cfg::is_for_tests(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if !cfg::is_for_tests(&field.attrs) {
            visit::visit_field_value(self, field);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if !cfg::is_for_tests(&arm.attrs) {
            visit::visit_arm(self, arm);
        }
    }

    /// The arguments of an attribute are a language of its own, in which only a path from the crate is sure to be one.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let Meta::List(list) = &attribute.meta {
            let found =
                tokens::paths(TokenBuffer::new2(list.tokens.clone()).begin()).into_iter().map(|found| found.path);
            self.paths
                .extend(found.filter(|path| path.len() > 1 && ["crate", "self", "super"].contains(&path[0].as_str())));
        }
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let kept = if matches!(item.vis, Visibility::Inherited) { &mut self.imports } else { &mut self.reexports };
        kept.extend(imports(item));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.add(segments(path), false);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(function) = &*call.func
            && function.path.leading_colon.is_none()
        {
            self.add(segments(&function.path), true);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let path = segments(&call.path);
        if path.last().is_some_and(|name| QUOTING.contains(&name.as_str())) {
            return;
        }
        if call.path.leading_colon.is_none() {
            self.add_macro(path);
        }
        for found in tokens::paths(TokenBuffer::new2(call.tokens.clone()).begin()) {
            if found.is_macro {
                self.add_macro(found.path);
            } else {
                self.add(found.path, found.is_called);
            }
        }
    }
}

fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
