//! Goes on after an argument that cannot be read.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Lifetime, Result, Token};

use super::for_loop::is_loop;

/// Parses on a fork first: a failure inside a group would otherwise poison the whole stream.
pub(super) fn attempt<T>(input: ParseStream<'_>, parse: fn(ParseStream<'_>) -> Result<T>) -> Result<T> {
    let fork = input.fork();
    let parsed = parse(&fork)?;
    input.advance_to(&fork);
    Ok(parsed)
}

/// Whether an argument ends here.
pub(super) fn is_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

/// Returns the tokens up to the end of the argument, or to the loop.
pub(super) fn argument_tokens(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = Vec::new();
    while !is_end(input) && !is_loop(input) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens.into_iter().collect()
}

/// Skips to the end of the argument, or to the loop.
pub(super) fn skip_argument(input: ParseStream<'_>) {
    while !is_end(input) && !is_loop(input) {
        let _token: Result<TokenTree> = input.parse();
    }
}

/// Skips the argument and its separator, or stops at the loop; takes at least one token.
pub(super) fn skip(input: ParseStream<'_>) {
    let _token: Result<TokenTree> = input.parse();
    skip_argument(input);
    let _comma: Result<Option<Token![,]>> = input.parse();
    let _semicolon: Result<Option<Token![;]>> = input.parse();
}

/// Skips a loop that could not be read, and its separator.
pub(super) fn skip_loop(input: ParseStream<'_>) {
    let _label: Result<Option<Lifetime>> = input.parse();
    let _colon: Result<Option<Token![:]>> = input.parse();
    skip(input);
}
