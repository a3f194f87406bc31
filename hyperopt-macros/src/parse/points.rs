//! Finds points of `try_first` in the form of other languages: `[{x: 1.0}]`, `{"x": 1.0}`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, LitStr, Result, Token};

use crate::source::source;

/// Returns the error about the first such point in the next tokens of `input`.
pub(super) fn braced(input: ParseStream<'_>) -> Option<Error> {
    let tokens: TokenStream = input.parse().ok()?;
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => point(&group),
        _ => None,
    })
}

fn point(group: &Group) -> Option<Error> {
    match Punctuated::<Field, Token![,]>::parse_terminated.parse2(group.stream()) {
        Ok(fields) if !fields.is_empty() => {
            let values: Vec<String> = fields.iter().map(|Field(name, value)| format!("{name} = {value}")).collect();
            Some(Error::new(
                group.span(),
                format!("a point is written in parentheses; write `({})`", values.join(", ")),
            ))
        }
        _ => group.stream().into_iter().find_map(|token| match token {
            TokenTree::Group(group) => point(&group),
            _ => None,
        }),
    }
}

/// `x: 1.0`, `"x": 1.0`, `x = 1.0`
struct Field(String, String);

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = if input.peek(LitStr) {
            input.parse::<LitStr>()?.value()
        } else {
            input.call(Ident::parse_any)?.to_string()
        };
        if input.peek(Token![:]) {
            let _colon: Token![:] = input.parse()?;
        } else {
            let _equals: Token![=] = input.parse()?;
        }
        let value: Expr = input.parse()?;
        Ok(Self(name, source(&value)))
    }
}
