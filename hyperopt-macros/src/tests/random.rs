//! Calls that nobody has typed: whatever the tokens are, the expansion is an expression, or the errors say what is wrong.
//!
//! `CASES=2000000 cargo test -p hypersweep-macros --lib random` runs for an hour; `SEED` and `CASES=1` run one case again.

use std::collections::HashSet;
use std::panic;
use std::str::FromStr;
use std::thread;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::calls::call;
use super::draw::Draw;
use super::mutations::mutated;
use super::{count, flat};
use crate::expansion;
use crate::model::Mode;

const MODES: [Mode; 4] = [Mode::Sequential, Mode::Threaded, Mode::Parallel, Mode::Space];

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Runs `case` for each seed; with a stack like that of the compiler, which unoptimised code needs.
fn cases(count: u64, case: fn(&mut Draw, Mode)) {
    let (first, count) = (variable("SEED", 0), variable("CASES", count));
    let run = move || {
        let fails = |seed: &u64| {
            let mode = MODES[*seed as usize % MODES.len()];
            panic::catch_unwind(|| case(&mut Draw::new(*seed), mode)).is_err()
        };
        let failed: Vec<u64> = (first..first + count).filter(fails).take(10).collect();
        assert!(failed.is_empty(), "what fails is said above; run it again with CASES=1 and one SEED of {failed:?}");
    };
    let thread = thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap();
    assert!(thread.join().is_ok(), "some cases fail");
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

fn whole(draw: &mut Draw, mode: Mode) {
    let text = call(draw, mode);
    let expanded = expand(&parsed(&text), mode);
    assert_eq!(count(&expanded, "compile_error"), 0, "{text}\n{expanded}");
    assert!(syn::parse2::<syn::Expr>(expanded).is_ok(), "{text}");
}

fn changed(draw: &mut Draw, mode: Mode) {
    let (text, other) = (call(draw, mode), call(draw, Mode::Sequential));
    let arguments = mutated(draw, parsed(&text), &parsed(&other));
    let expanded = expand(&arguments, mode);
    assert!(is_expression(&arguments, &expanded), "{arguments}\n{expanded}");
    if count(&expanded, "compile_error") > 0 {
        return;
    }
    let kept = names(&expanded);
    for name in names(&arguments) {
        assert!(kept.contains(&name), "`{name}` of\n{arguments}\nis not in\n{expanded}");
    }
}

fn names(stream: &TokenStream) -> HashSet<Ident> {
    let tokens = flat(stream.clone()).into_iter();
    tokens.filter_map(|token| if let TokenTree::Ident(name) = token { Some(name) } else { None }).collect()
}

#[test]
fn random_calls_have_no_error() {
    cases(400, whole);
}

#[test]
fn random_changes_are_errors_or_code() {
    cases(3_000, changed);
}
