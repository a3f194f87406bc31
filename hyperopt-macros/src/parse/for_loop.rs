//! Reads the loop, `'label: for pattern in head { body }`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Expr, Ident, Label, Lifetime, Pat, Result, Token, parse_quote, token};

use crate::model::Loop;
use crate::shape::path;
use crate::source::source;

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
    if input.peek(Token![let]) {
        return Err(input.error("the pattern of a `for` has no `let`; write `for i in 0..50 { … }`"));
    }
    if let Some(head) = parenthesized(input) {
        return Err(input.error(format!("a `for` has no parentheses; write `for {head} {{ … }}`")));
    }
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new_spanned(for_token, "the loop is cut off; write `for i in 0..50 { … }`"));
    }
    let pattern = Pat::parse_multi_with_leading_vert(input).map_err(|error| Error::new(error.span(), PATTERN))?;
    // The head of a `for` takes alternatives as they are, and the `let` that it becomes takes them in parentheses.
    let pattern = if matches!(pattern, Pat::Or(_)) { parse_quote!((#pattern)) } else { pattern };
    if input.peek(Token![:]) && !input.peek(Token![::]) {
        return Err(input.error("the item has the type of the range; write such as `for i in 0..50_u64 { … }`"));
    }
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
    let last = if let Expr::Range(range) = &head { range.end.as_deref() } else { Some(&head) };
    let is_struct = last.and_then(path).is_some_and(|(_, name)| name.starts_with(char::is_uppercase));
    if !is_struct && (input.peek(Token![.]) || input.peek(Token![?])) {
        return Err(input.error("the loop ends the call; write the method or `?` after `hyperopt!(…)`"));
    }
    if input.peek(Token![else]) {
        return Err(input.error("the loop of a sweep has no `else`; remove it"));
    }
    if input.peek(Token![.]) || input.peek(Token![?]) || input.peek(token::Brace) {
        let name: TokenStream = head.to_token_stream().into_iter().last().into_iter().collect();
        return Err(Error::new_spanned(quote!(#name #body), "a struct literal in the head needs parentheses: `(…)`"));
    }
    Ok(Loop { label, for_token, pattern, in_token, head, body, fault: None })
}

/// Returns the head in `for (i in 0..50) { … }`.
fn parenthesized(input: ParseStream<'_>) -> Option<String> {
    let Ok(TokenTree::Group(group)) = input.fork().parse() else { return None };
    let has_in = group.stream().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "in"));
    (group.delimiter() == Delimiter::Parenthesis && has_in).then(|| source(&group.stream()))
}

/// Returns the error about `for i, state in …`, whose names are one pattern.
pub(super) fn several_names(input: ParseStream<'_>) -> Option<Error> {
    let fork = input.fork();
    let _for: Token![for] = fork.parse().ok()?;
    let first: Ident = fork.parse().ok()?;
    let _comma: Token![,] = fork.parse().ok()?;
    let second: Ident = Ident::parse_any(&fork).ok()?;
    let _in: Token![in] = fork.parse().ok()?;
    let head = Expr::parse_without_eager_brace(&fork).map_or_else(|_| "1..=81".to_owned(), |head| source(&head));
    let message = format!("several names are one pattern; write `for ({first}, {second}) in {head} {{ … }}`");
    Some(Error::new(first.span(), message))
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
