//! Tests of half-typed code: the expansion of any beginning of a call is an expression that keeps the user's tokens.

mod calls;
mod draw;
mod mutations;
mod property;
mod random;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use self::property::{count, flat};
use crate::expansion;
use crate::model::Mode;

fn expand(arguments: &TokenStream) -> TokenStream {
    expansion(quote!([hyperopt] #arguments), Mode::Sequential)
}

/// Whether a group of just these tokens is in `stream`.
fn holds(stream: &TokenStream, body: &TokenStream) -> bool {
    flat(stream.clone()).iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Brace && group.stream().to_string() == body.to_string()
        }
        _ => false,
    })
}

/// Returns the calls that appear while `stream` is typed: cut off after each token, in groups too.
fn prefixes(stream: &TokenStream) -> Vec<TokenStream> {
    let mut done = TokenStream::new();
    let mut prefixes = vec![done.clone()];
    for token in stream.clone() {
        if let TokenTree::Group(group) = &token {
            for inner in prefixes_of(group) {
                prefixes.push(quote!(#done #inner));
            }
        }
        done.extend([token]);
        prefixes.push(done.clone());
    }
    prefixes
}

fn prefixes_of(group: &Group) -> Vec<Group> {
    prefixes(&group.stream()).into_iter().map(|inner| Group::new(group.delimiter(), inner)).collect()
}

/// `stream` without each of its tokens in turn, and with each of them twice.
fn slips(stream: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let without = (0..tokens.len()).map(|slip| {
        let rest = tokens.iter().enumerate().filter(|(index, _)| *index != slip);
        rest.map(|(_, token)| token.clone()).collect()
    });
    let twice = (0..tokens.len()).map(|slip| {
        let repeated = tokens
            .iter()
            .enumerate()
            .flat_map(|(index, token)| std::iter::repeat_n(token.clone(), if index == slip { 2 } else { 1 }));
        repeated.collect()
    });
    without.chain(twice).collect()
}

fn call() -> TokenStream {
    quote! {
        sampler = Hyperband::new(3.0),
        seed = 7,
        try_first = [(a = x + 1.0, r#type = y), (gamma = 2)],
        a = linrange(1.0, 5.0, 1000).prior(3.0),
        b = [true, false],
        r#type = &load(|x| x + 1),
        gamma = if b && a > 2.0 { [1, 2] } else if !b { 1..=4 } else { vec![5, 6] },
        delta = match gamma {
            1 => if b { [0.5] } else { [0.7] },
            n if n > 2 => [0.1, 0.2],
            _ => [0.3],
        },
        epsilon: Option<i32> = match gamma {
            1 => 1..=8,
            _ => None,
        },
        'sweep: for (i, _) in 1..=50 {
            train(a, b)?;
            a
        }
    }
}

#[test]
fn a_body_that_is_no_rust_yet_is_kept() {
    let body = quote!(let model = Model::new(a). ; if let = model.);
    let expanded = expand(&quote!(a = [1.0, 2.0], for i in 0..50 { #body }));
    assert!(holds(&expanded, &body));
    assert_eq!(count(&expanded, "compile_error"), 0);
}

#[test]
fn a_hole_is_one_error_and_the_loop_is_there() {
    for hole in [quote!(a = ,), quote!(a,), quote!(a = [1.0].,), quote!(a = if ,)] {
        let body = quote!(a + b);
        let expanded = expand(&quote!(#hole b = [1.0], for i in 0..50 { #body }));
        assert!(holds(&expanded, &body), "{expanded}");
        assert_eq!(count(&expanded, "compile_error"), 1, "{expanded}");
        assert!(count(&expanded, "drive") == 1 && count(&expanded, "finish") == 1, "{expanded}");
        syn::parse2::<syn::Expr>(expanded).unwrap();
    }
}

#[test]
fn a_setting_without_its_value_is_an_error_where_no_hyperparameter_is() {
    for header in [quote!(sampler =), quote!(goal), quote!(sampler = , for _ in 0..9 { 1 }), quote!(goal, seed = 1 1)] {
        let expanded = expand(&header);
        assert!(count(&expanded, "compile_error") > 0, "{header}\n{expanded}");
    }
}

#[test]
fn a_broken_loop_of_a_space_is_an_error() {
    for rest in [quote!('sweep: a = [1]), quote!(for [1]), quote!(for)] {
        let expanded = expansion(quote!([hyperopt] a = [1], #rest), Mode::Space);
        assert!(count(&expanded, "compile_error") > 0, "{rest}\n{expanded}");
    }
}

#[test]
fn alternatives_of_the_loop_are_a_pattern() {
    for head in [quote!(| i in 0..9), quote!((0 | _) in 0..9), quote!(0 | _ in 0..9)] {
        let expanded = expand(&quote!(a = [1.0], for #head { a }));
        syn::parse2::<syn::Expr>(expanded).unwrap();
    }
}

#[test]
fn a_call_that_is_whole_has_no_error() {
    let expanded = expand(&call());
    assert_eq!(count(&expanded, "compile_error"), 0, "{expanded}");
    syn::parse2::<syn::Expr>(expanded).unwrap();
}

#[test]
fn every_beginning_of_a_call_is_an_expression() {
    for beginning in prefixes(&call()) {
        let expanded = expand(&beginning);
        assert!(syn::parse2::<syn::Expr>(expanded.clone()).is_ok(), "{beginning}\n{expanded}");
    }
}

#[test]
fn every_slip_is_an_expression() {
    for slip in slips(&call()) {
        let expanded = expand(&slip);
        assert!(syn::parse2::<syn::Expr>(expanded.clone()).is_ok(), "{slip}\n{expanded}");
    }
}

#[test]
fn nothing_is_swallowed() {
    for slip in slips(&call()) {
        let expanded = expand(&slip);
        if count(&expanded, "compile_error") > 0 {
            continue;
        }
        for token in flat(slip.clone()) {
            if let TokenTree::Ident(name) = token {
                assert!(count(&expanded, &name.to_string()) > 0, "`{name}` of\n{slip}\nis not in\n{expanded}");
            }
        }
    }
}
