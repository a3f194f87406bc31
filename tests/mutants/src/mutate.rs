//! Writes the mutants of a file into it, each behind its number.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BinOp, Block, Expr, File, ItemFn, Signature, parse_quote};

use crate::arguments::Arguments;
use crate::mutant::Mutant;
use crate::operators::{answers, is_omissible, opposite, replacements, text};

/// The mutants of a file so far.
pub struct Mutator<'a> {
    pub mutants: Vec<Mutant>,
    arguments: &'a Arguments,
    /// Those that do not compile.
    pub left_out: &'a BTreeSet<u32>,
    file: &'a Path,
    next: u32,
    functions: Vec<String>,
}

impl<'a> Mutator<'a> {
    /// Numbers the mutants of `file` from `first` on.
    pub fn new(arguments: &'a Arguments, file: &'a Path, first: u32, left_out: &'a BTreeSet<u32>) -> Self {
        Self { mutants: Vec::new(), arguments, left_out, file, next: first, functions: Vec::new() }
    }

    /// Returns the number after the last one.
    pub fn next(&self) -> u32 {
        self.next
    }

    pub fn mutate(&mut self, file: &mut File) {
        self.visit_file_mut(file);
    }

    /// Returns the number of a new mutant, unless it is not asked for or does not compile.
    fn number(&mut self, line: usize, change: String) -> Option<u32> {
        let number = self.next;
        self.next += 1;
        if !self.arguments.asks_for(number) || self.left_out.contains(&number) {
            return None;
        }
        let function = self.functions.last().cloned().unwrap_or_default();
        self.mutants.push(Mutant { number, file: self.file.to_owned(), line, function, change });
        Some(number)
    }

    /// `otherwise`, or one of `faults` where its number is asked for.
    fn choose(&mut self, line: usize, faults: Vec<(String, TokenStream)>, otherwise: &mut Expr) {
        for (change, fault) in faults {
            if let Some(number) = self.number(line, change) {
                *otherwise = parse_quote!((if crate::mutation::is(#number) { (#fault) } else { (#otherwise) }));
            }
        }
    }

    /// Puts what the function could answer at once before its body.
    fn function(&mut self, signature: &Signature, block: &mut Block, visit: impl FnOnce(&mut Self, &mut Block)) {
        if signature.constness.is_some() {
            return;
        }
        self.functions.push(signature.ident.to_string());
        visit(self, block);
        let is_empty = block.stmts.is_empty();
        for answer in answers(&signature.output) {
            let change = format!("the body becomes `{}`", text(&answer));
            if !is_empty && let Some(number) = self.number(signature.ident.span().start().line, change) {
                block.stmts.insert(0, parse_quote!(if crate::mutation::is(#number) { return #answer; }));
            }
        }
        self.functions.pop();
    }
}

/// Whether the item is compiled for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    let of_tests = ["cfg (test)", "cfg (all (test"];
    let is = |attribute: &Attribute| {
        let text = text(attribute);
        attribute.path().is_ident("test") || of_tests.iter().any(|start| text.contains(start))
    };
    attributes.iter().any(is)
}

/// Whether a condition holds a `let`, which stands in no expression of ours.
fn holds_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            holds_let(&binary.left) || holds_let(&binary.right)
        }
        _ => false,
    }
}

impl VisitMut for Mutator<'_> {
    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        match item {
            syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Enum(_) => {}
            syn::Item::Mod(module) if is_test(&module.attrs) => {}
            syn::Item::Impl(block) if is_test(&block.attrs) => {}
            _ => visit_mut::visit_item_mut(self, item),
        }
    }

    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        if !is_test(&function.attrs) {
            let ItemFn { sig, block, .. } = function;
            self.function(sig, block, |this, block| this.visit_block_mut(block));
        }
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        if !is_test(&function.attrs) {
            let syn::ImplItemFn { sig, block, .. } = function;
            self.function(sig, block, |this, block| this.visit_block_mut(block));
        }
    }

    fn visit_trait_item_fn_mut(&mut self, function: &mut syn::TraitItemFn) {
        let syn::TraitItemFn { sig, default, .. } = function;
        if let Some(block) = default {
            self.function(sig, block, |this, block| this.visit_block_mut(block));
        }
    }

    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_trait_item_const_mut(&mut self, _: &mut syn::TraitItemConst) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}

    fn visit_expr_repeat_mut(&mut self, repeat: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut repeat.expr);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        // Only one mutant is asked for at a time: a fault holds its parts as they were.
        let original = expression.clone();
        visit_mut::visit_expr_mut(self, expression);
        match &original {
            Expr::Binary(binary) if !holds_let(&original) => {
                let fault = |operator: BinOp| {
                    let (left, right) = (&binary.left, &binary.right);
                    let change = format!("`{}` becomes `{}`", text(&binary.op), text(&operator));
                    (change, quote!((#left) #operator (#right)))
                };
                let faults = replacements(&binary.op).into_iter().map(fault).collect();
                self.choose(binary.op.span().start().line, faults, expression);
            }
            Expr::Unary(unary) if is_omissible(&unary.op) => {
                let inner = &unary.expr;
                let fault = (format!("`{}` is left out", text(&unary.op)), quote!(#inner));
                self.choose(unary.op.span().start().line, vec![fault], expression);
            }
            Expr::MethodCall(call) => {
                if let Some(other) = opposite(&call.method.to_string(), call.args.len()) {
                    let mut fault = call.clone();
                    fault.method = syn::Ident::new(other, call.method.span());
                    let change = format!("`{}` becomes `{other}`", call.method);
                    self.choose(call.method.span().start().line, vec![(change, quote!(#fault))], expression);
                }
            }
            _ => {}
        }
    }
}
