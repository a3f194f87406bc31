//! Finds the header of Julia's `@hyperopt`, `for i = 50, x = candidates { … }`, whose hyperparameters stand within the head.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Error, Expr, Label, Lifetime, Result, Token, token};

use crate::shape::short;
use crate::source::source;

/// Returns the error about such a header, if one comes next.
pub(super) fn header(input: ParseStream<'_>) -> Option<Error> {
    let fork = input.fork();
    let for_token = fork.cursor().span();
    read(&fork).ok().flatten().map(|message| Error::new(for_token, message))
}

/// Skips the header and its body, which end the call.
pub(super) fn skip(input: ParseStream<'_>) {
    let _rest: Result<TokenStream> = input.parse();
}

/// Returns the message about the header; `None` if it is another one.
fn read(input: ParseStream<'_>) -> Result<Option<String>> {
    if input.peek(Lifetime) {
        let _label: Label = input.parse()?;
    }
    let _for: Token![for] = input.parse()?;
    let item: TokenTree = input.parse()?;
    let is_julia = input.peek(Token![=]);
    if is_julia {
        let _equals: Token![=] = input.parse()?;
    } else {
        let _in: Token![in] = input.parse()?;
    }
    let count = Expr::parse_without_eager_brace(input)?;
    let is_list = input.peek(Token![,]);
    if !is_julia && !is_list {
        return Ok(None);
    }
    if is_list {
        let _comma: Token![,] = input.parse()?;
    } else if !input.peek(token::Brace) {
        return Ok(None);
    }
    let rest: Vec<TokenTree> = input.parse::<TokenStream>()?.into_iter().collect();
    let has_body = matches!(rest.last(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    if !has_body {
        return Ok(None);
    }
    let arguments: TokenStream = rest[..rest.len() - 1].iter().cloned().collect();
    let arguments = short(&arguments).trim_end_matches([';', ' ', ',']).to_owned();
    let count = source(&count);
    let head = if count.contains("..") { count } else { format!("0..{count}") };
    Ok(Some(if rest.len() == 1 {
        format!("no comma stands between a head and its body; write `for {item} in {head} {{ … }}`")
    } else if arguments == "…" {
        format!("hyperparameters come before the loop; move them above `for {item} in {head} {{ … }}`")
    } else {
        format!("hyperparameters come before the loop; write `{arguments},` and then `for {item} in {head} {{ … }}`")
    }))
}
