//! Reads the loop, `'label: for pattern in head { body }`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Error, Expr, Label, Lifetime, Pat, Result, Token, parse_quote, token};

use crate::model::Loop;

/// Whether the loop comes next, with a label or without.
pub(super) fn is_loop(input: ParseStream<'_>) -> bool {
    input.peek(Token![for]) || (input.peek(Lifetime) && input.peek2(Token![:]))
}

/// Reads the loop.
pub(super) fn for_loop(input: ParseStream<'_>) -> Result<Loop> {
    let label: Option<Label> = if input.peek(Lifetime) { Some(input.parse()?) } else { None };
    if !input.peek(Token![for]) {
        return Err(input.error(FOR));
    }
    let for_token: Token![for] = input.parse()?;
    if input.peek(Token![in]) {
        return Err(input.error(PATTERN));
    }
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new_spanned(for_token, "the loop is cut off; write `for i in 0..50 { … }`"));
    }
    let pattern = Pat::parse_multi_with_leading_vert(input).map_err(|error| Error::new(error.span(), PATTERN))?;
    // The head of a `for` takes alternatives as they are, and the `let` that it becomes takes them in parentheses.
    let pattern = if matches!(pattern, Pat::Or(_)) { parse_quote!((#pattern)) } else { pattern };
    if !input.peek(Token![in]) {
        let found = if input.is_empty() { Error::new_spanned(&pattern, IN) } else { input.error(IN) };
        return Err(found);
    }
    let in_token: Token![in] = input.parse()?;
    if input.is_empty() {
        return Err(Error::new_spanned(in_token, RANGE));
    }
    if input.peek(token::Brace) {
        return Err(input.error(RANGE));
    }
    let head = Expr::parse_without_eager_brace(input)?;
    if input.is_empty() {
        let seen = quote!(#for_token #pattern #in_token #head);
        return Err(Error::new_spanned(seen, "the loop lacks its body; write `for i in 0..50 { … }`"));
    }
    let body = body(input)?;
    if input.peek(Token![.]) || input.peek(Token![?]) || input.peek(token::Brace) {
        let name: TokenStream = head.to_token_stream().into_iter().last().into_iter().collect();
        return Err(Error::new_spanned(quote!(#name #body), "a struct literal in the head needs parentheses: `(…)`"));
    }
    Ok(Loop { label, for_token, pattern, in_token, head, body, fault: None })
}

/// The message about a loop of another kind.
pub(super) const FOR: &str =
    "the loop of a sweep is a `for`; without an end it is `for i in 0.. { … }`, left by `break`";
const PATTERN: &str = "the loop lacks its pattern; write `for i in 0..50 { … }`";
const IN: &str = "expected `in`; write `for i in 0..50 { … }`";
const RANGE: &str = "the head lacks its range; write `for i in 0..50 { … }`";

/// Returns the body with its braces, unparsed. A `$body:block` of an outer macro is inside an invisible group.
fn body(input: ParseStream<'_>) -> Result<Group> {
    input.step(|cursor| {
        if let Some((TokenTree::Group(group), rest)) = cursor.token_tree() {
            if group.delimiter() == Delimiter::Brace {
                return Ok((group, rest));
            }
            let mut inner = group.stream().into_iter();
            if let (Delimiter::None, Some(TokenTree::Group(group)), None) =
                (group.delimiter(), inner.next(), inner.next())
                && group.delimiter() == Delimiter::Brace
            {
                return Ok((group, rest));
            }
        }
        Err(cursor.error("expected the body of the loop in braces; write `for i in 0..50 { … }`"))
    })
}
