//! Reads `name =`. What people write instead of it is reported and then read as what was meant, so that the rest of the
//! call knows the name.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Attribute, Error, Ident, Result, Token, Type};

use super::for_loop::FOR;
use super::recovery::{attempt, is_end};
use crate::errors::Errors;

/// The name of an argument, and the place of its `=`.
pub(super) struct Named {
    pub(super) name: Ident,
    pub(super) equals: Option<Span>,
}

/// Words that cannot be raw identifiers.
const NEVER_NAMES: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Whether an argument with a name comes next: `a = …`, or what people write instead.
pub(super) fn is_name(input: ParseStream<'_>) -> bool {
    let fork = input.fork();
    skip_modifiers(&fork);
    if fork.call(Ident::parse_any).is_err() {
        return false;
    }
    let is_typed = fork.peek(Token![:]) && !fork.peek(Token![::]);
    is_end(&fork) || fork.peek(Token![=]) || fork.peek(Token![in]) || fork.peek(Token![<-]) || is_typed
}

/// The message about an argument that begins with `while`, `loop` or a string instead of a name.
pub(super) fn hint(input: ParseStream<'_>) -> Option<&'static str> {
    if input.peek(Token![while]) || input.peek(Token![loop]) {
        Some(FOR)
    } else if input.peek(syn::LitStr) {
        Some("a hyperparameter is named without quotes; write `name = candidates`")
    } else {
        None
    }
}

/// Reports and skips the attributes of an argument.
pub(super) fn skip_attributes(input: ParseStream<'_>, errors: &mut Errors) {
    while input.peek(Token![#]) {
        errors.push(input.error("an argument of a sweep takes no attributes; remove it"));
        if attempt(input, Attribute::parse_outer).is_err() {
            let _pound: Result<TokenTree> = input.parse();
        }
    }
}

/// Reads the name of an argument, and the `=` after it if there is a value.
pub(super) fn name(input: ParseStream<'_>, errors: &mut Errors) -> Named {
    let modifiers = skip_modifiers(input);
    let is_keyword = input.fork().parse::<Ident>().is_err();
    let name = match input.call(Ident::parse_any) {
        Ok(name) => name,
        Err(error) => Ident::new("unnamed", error.span()),
    };
    if let Some(modifier) = modifiers.first() {
        errors.at(modifier, format!("write `{name} = …`, without `{modifier}`"));
    }
    let name = if is_keyword { keyword(&name, errors) } else { name };
    if is_end(input) {
        return Named { name, equals: None };
    }
    let equals = Some(input.cursor().span());
    if let Err(error) = assignment(input, &name) {
        errors.push(error);
    }
    Named { name, equals }
}

/// Skips `let`, `mut`, `const` and `static`, and returns them.
fn skip_modifiers(input: ParseStream<'_>) -> Vec<Ident> {
    let mut modifiers = Vec::new();
    while input.peek(Token![let]) || input.peek(Token![mut]) || input.peek(Token![const]) || input.peek(Token![static])
    {
        modifiers.extend(input.call(Ident::parse_any));
    }
    modifiers
}

/// Reports a keyword, and makes a raw identifier of it.
fn keyword(name: &Ident, errors: &mut Errors) -> Ident {
    let text = name.to_string();
    if NEVER_NAMES.contains(&text.as_str()) {
        errors.at(name, format!("`{name}` names no hyperparameter; choose another name"));
        Ident::new("unnamed", name.span())
    } else {
        errors.at(name, format!("`{name}` is a keyword; write `r#{name} = …`"));
        Ident::new_raw(&text, name.span())
    }
}

/// Reads the `=`, or what is written instead of it.
fn assignment(input: ParseStream<'_>, name: &Ident) -> Result<()> {
    if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        return input.parse::<Token![=]>().map(|_| ());
    }
    let error = input.error(format!("write `{name} = …`"));
    let fork = input.fork();
    let typed = fork.parse::<Token![:]>().and_then(|_| fork.parse::<Type>()).and_then(|_| fork.parse::<Token![=]>());
    if typed.is_ok() && !fork.peek(Token![=]) {
        input.advance_to(&fork);
        return Err(Error::new(
            error.span(),
            format!(
                "a hyperparameter has the type of its candidates; write `{name} = …` and the type there, such as `1.0_f64`"
            ),
        ));
    }
    while input.peek(Token![=]) || input.peek(Token![>]) || input.peek(Token![<-]) || input.peek(Token![:]) {
        let _operator: Result<TokenTree> = input.parse();
    }
    let _in: Result<Option<Token![in]>> = input.parse();
    Err(error)
}
