//! What holds of every expansion. The fuzzer checks it too.

use std::collections::HashSet;
use std::panic;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::calls::call;
use super::draw::Draw;
use super::mutations::mutated;
use crate::expansion;
use crate::model::Mode;

/// All tokens, those in groups included.
pub(super) fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    for token in stream {
        if let TokenTree::Group(group) = &token {
            tokens.extend(flat(group.stream()));
        }
        tokens.push(token);
    }
    tokens
}

pub(super) fn count(stream: &TokenStream, name: &str) -> usize {
    flat(stream.clone()).iter().filter(|token| matches!(token, TokenTree::Ident(ident) if ident == name)).count()
}

fn parsed(text: &str) -> TokenStream {
    TokenStream::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn expand(arguments: &TokenStream, mode: Mode) -> TokenStream {
    let expanded = panic::catch_unwind(panic::AssertUnwindSafe(|| expansion(quote!([hyperopt] #arguments), mode)));
    expanded.unwrap_or_else(|_| panic!("{} of\n{arguments}\npanics", mode.name()))
}

/// `expanded` with nothing in groups that are the user's and that are passed on without being read, which rustc reads.
fn without_bodies(expanded: TokenStream, bodies: &[String]) -> TokenStream {
    let emptied = |token| match token {
        TokenTree::Group(group)
            if group.delimiter() == Delimiter::Brace && bodies.contains(&group.stream().to_string()) =>
        {
            TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new()))
        }
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), without_bodies(group.stream(), bodies)))
        }
        token => token,
    };
    expanded.into_iter().map(emptied).collect()
}

fn is_expression(arguments: &TokenStream, expanded: &TokenStream) -> bool {
    if syn::parse2::<syn::Expr>(expanded.clone()).is_ok() {
        return true;
    }
    let bodies: Vec<String> = flat(arguments.clone())
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream().to_string()),
            _ => None,
        })
        .collect();
    syn::parse2::<syn::Expr>(without_bodies(expanded.clone(), &bodies)).is_ok()
}

/// A call without mistakes has no error, and is an expression.
pub(super) fn whole(draw: &mut Draw, mode: Mode) {
    let text = call(draw, mode);
    let expanded = expand(&parsed(&text), mode);
    assert_eq!(count(&expanded, "compile_error"), 0, "{text}\n{expanded}");
    assert!(syn::parse2::<syn::Expr>(expanded).is_ok(), "{text}");
}

/// A call with changes is an expression, and has an error if something of it gets lost. Returns the call.
pub(super) fn changed(draw: &mut Draw, mode: Mode) -> TokenStream {
    let (text, other) = (call(draw, mode), call(draw, Mode::Sequential));
    let arguments = mutated(draw, parsed(&text), &parsed(&other));
    let expanded = expand(&arguments, mode);
    assert!(is_expression(&arguments, &expanded), "{arguments}\n{expanded}");
    if count(&expanded, "compile_error") > 0 {
        return arguments;
    }
    let kept = names(&expanded);
    for name in names(&arguments) {
        assert!(kept.contains(&name), "`{name}` of\n{arguments}\nis not in\n{expanded}");
    }
    arguments
}

fn names(stream: &TokenStream) -> HashSet<Ident> {
    let tokens = flat(stream.clone()).into_iter();
    tokens.filter_map(|token| if let TokenTree::Ident(name) = token { Some(name) } else { None }).collect()
}
