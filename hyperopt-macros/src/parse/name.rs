//! Reads `name =`. What people write instead of it is reported and then read as what was meant, so that the rest of the
//! call knows the name.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Result, Token, Type, token};

use super::for_loop::FOR;
use super::recovery::{attempt, is_end};
use crate::errors::Errors;
use crate::model::Mode;
use crate::shape::{Literal, literal, origin, short};

/// The name of an argument, and the place of its `=`.
pub(super) struct Named {
    pub(super) name: Ident,
    /// The type in `name: Type = …`.
    pub(super) of_type: Option<Box<Type>>,
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
    is_end(&fork)
        || fork.peek(Token![=])
        || fork.peek(Token![in])
        || fork.peek(Token![<-])
        || fork.peek(Token![~])
        || is_typed
}

/// Returns the message about an argument that begins with something else than a name and `=`.
pub(super) fn hint(input: ParseStream<'_>, mode: Mode) -> Option<String> {
    let fork = input.fork();
    if input.peek(Token![while]) || input.peek(Token![loop]) {
        Some(FOR.to_owned())
    } else if let Some(name) = decorated(&fork) {
        Some(format!("write `{name} = …`"))
    } else if input.peek(syn::LitStr) || input.peek(syn::LitChar) {
        Some("a hyperparameter is named without quotes; write `name = candidates`".to_owned())
    } else if input.peek(token::Brace) || input.peek(Token![|]) || input.peek(Token![||]) {
        Some(BODY.to_owned())
    } else if input.peek(token::Paren) && input.peek2(Token![=]) {
        Some("each hyperparameter has one name; write `pair = …`, and `let (a, b) = pair;` in the body".to_owned())
    } else if let Ok(first) = fork.call(Ident::parse_any) {
        if fork.peek(Token![.])
            && fork.parse::<Token![.]>().is_ok()
            && let Ok(second) = fork.call(Ident::parse_any)
            && (fork.peek(Token![=]) || fork.peek(Token![.]))
        {
            Some(format!("a hyperparameter has a plain name; write `{first}_{second} = …`"))
        } else if fork.peek(Token![-]) {
            let _minus: Result<Token![-]> = fork.parse();
            let second = fork.call(Ident::parse_any).ok()?;
            Some(format!("a hyperparameter has a plain name; write `{first}_{second} = …`"))
        } else if fork.peek(token::Bracket) {
            Some(format!("a hyperparameter has a plain name; write `{first}_0 = …`"))
        } else if fork.peek(token::Paren) && first == "workers" && mode == Mode::Sequential {
            Some("an executor is the first argument of `phyperopt!`".to_owned())
        } else {
            at_the_end(input, mode)
        }
    } else {
        at_the_end(input, mode)
    }
}

/// Returns the message about an expression that ends the call, where the loop belongs.
fn at_the_end(input: ParseStream<'_>, mode: Mode) -> Option<String> {
    let fork = input.fork();
    let last = attempt(&fork, Expr::parse).ok().filter(|_| mode != Mode::Space)?;
    let _comma: Result<Option<Token![,]>> = fork.parse();
    let (text, trials) = (short(&last), "the number of trials stands in the head; write");
    match last {
        _ if !fork.is_empty() => None,
        Expr::Lit(_) if literal(&last) == Some(Literal::Int) => Some(format!("{trials} `for _ in 0..{text} {{ … }}`")),
        Expr::Range(_) => Some(format!("{trials} `for _ in {text} {{ … }}`")),
        Expr::Call(_) | Expr::MethodCall(_) if origin(&last).is_some() => None,
        Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Macro(_)
        | Expr::Binary(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Return(_) => Some(BODY.to_owned()),
        _ => None,
    }
}

const BODY: &str = "the body belongs to a loop; write `for i in 0..50 { … }`";

/// Returns the name in `&x = …`, `*x = …`, `ref x = …`, `pub x = …` and `x += …`.
fn decorated(input: ParseStream<'_>) -> Option<Ident> {
    let fork = input.fork();
    let has_prefix = fork.peek(Token![&]) || fork.peek(Token![*]) || fork.peek(Token![ref]) || fork.peek(Token![pub]);
    if has_prefix {
        let _prefix: Result<TokenTree> = fork.parse();
        let _mut: Result<Option<Token![mut]>> = fork.parse();
    }
    let name = fork.call(Ident::parse_any).ok()?;
    let is_compound = fork.peek(Token![+=]) || fork.peek(Token![*=]) || fork.peek(Token![|=]) || fork.peek(Token![-=]);
    (has_prefix && fork.peek(Token![=]) && !fork.peek(Token![==]) || is_compound).then_some(name)
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
        return Named { name, of_type: None, equals: None };
    }
    let of_type = attempt(input, annotation).ok();
    let equals = Some(input.cursor().span());
    if of_type.is_none()
        && let Err(error) = assignment(input, &name)
    {
        errors.push(error);
    }
    Named { name, of_type, equals }
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

/// Reads `: Type =`.
fn annotation(input: ParseStream<'_>) -> Result<Box<Type>> {
    let _colon: Token![:] = input.parse()?;
    let of_type = input.parse()?;
    let _equals: Token![=] = input.parse()?;
    if input.peek(Token![=]) { Err(input.error("expected a value")) } else { Ok(of_type) }
}

/// Reads the `=`, or what is written instead of it.
fn assignment(input: ParseStream<'_>, name: &Ident) -> Result<()> {
    if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        return input.parse::<Token![=]>().map(|_| ());
    }
    let error = input.error(format!("write `{name} = …`"));
    while input.peek(Token![=])
        || input.peek(Token![>])
        || input.peek(Token![<-])
        || input.peek(Token![:])
        || input.peek(Token![~])
    {
        let _operator: Result<TokenTree> = input.parse();
    }
    let _in: Result<Option<Token![in]>> = input.parse();
    Err(error)
}
