//! Reads the arguments, each for itself, so that one that is broken does not hide what is wrong with the next.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Expr, Ident, Label, Lifetime, Pat, Result, Token};

use crate::errors::Errors;
use crate::model::{Argument, Call, Loop};

pub(crate) fn call(input: TokenStream, errors: &mut Errors) -> Call {
    let mut call = Call { facade: TokenStream::new(), arguments: Vec::new(), turn: None };
    let read = |input: ParseStream<'_>| {
        call.facade = input.parse::<Group>()?.stream();
        while !input.is_empty() {
            argument(input, &mut call, errors);
        }
        Ok(())
    };
    if let Err(error) = read.parse2(input) {
        errors.push(error);
    }
    call
}

/// Reads one argument and the comma after it; always takes at least one token.
fn argument(input: ParseStream<'_>, call: &mut Call, errors: &mut Errors) {
    if is_loop(input) {
        match attempt(input, turn) {
            Ok(turn) if call.turn.is_some() => errors.at(turn.for_token, "a sweep has one loop"),
            Ok(turn) => call.turn = Some(turn),
            Err(error) => return skip(input, error, errors),
        }
    } else {
        if let Some(turn) = &call.turn {
            errors.at(turn.for_token, "the loop comes last, after all hyperparameters and settings");
        }
        match attempt(input, name) {
            Ok(name) => {
                let value = value(input, &name);
                call.arguments.push(Argument { name, value });
            }
            Err(error) => return skip(input, error, errors),
        }
    }
    separator(input, errors);
}

/// Parses on a fork first: a failure inside a group would otherwise poison the whole stream.
fn attempt<T>(input: ParseStream<'_>, parse: fn(ParseStream<'_>) -> Result<T>) -> Result<T> {
    let fork = input.fork();
    let parsed = parse(&fork)?;
    input.advance_to(&fork);
    Ok(parsed)
}

fn is_loop(input: ParseStream<'_>) -> bool {
    input.peek(Token![for]) || (input.peek(Lifetime) && input.peek2(Token![:]))
}

/// The name of an argument, and the `=` after it.
fn name(input: ParseStream<'_>) -> Result<Ident> {
    for (wrong, instead) in [
        (input.peek(Token![;]), "arguments are separated by `,`, not by `;`"),
        (input.peek(Token![let]), "write `name = candidates`, without `let`"),
        (input.peek(Token![_]), "a hyperparameter needs a name; write `name = candidates`"),
        (input.peek(Token![#]), "an argument of a sweep takes no attributes"),
        (
            input.peek(Token![while]) || input.peek(Token![loop]),
            "the loop of a sweep is a `for`; without an end it is `for i in 0.. { … }`, left by `break`",
        ),
    ] {
        if wrong {
            return Err(input.error(instead));
        }
    }
    let fork = input.fork();
    let is_named = fork.call(Ident::parse_any).is_ok() && (fork.is_empty() || is_after_name(&fork));
    if !is_named {
        let expected =
            "expected `name = candidates`, a setting such as `sampler = …`, or the loop `for i in 0..50 { … }`";
        return Err(input.error(expected));
    }
    let is_keyword = input.fork().parse::<Ident>().is_err();
    let name = input.call(Ident::parse_any)?;
    if is_keyword {
        return Err(Error::new(name.span(), format!("`{name}` is a keyword; write `r#{name} = …`")));
    }
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new(name.span(), format!("`{name}` has no candidates; write `{name} = …`")));
    }
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(name);
    }
    Err(input.error(format!("write `{name} = …`")))
}

/// Whether the argument goes on like one that has a name: `a = …`, or what people write instead.
fn is_after_name(input: ParseStream<'_>) -> bool {
    let assigns = input.peek(Token![=]) && !input.peek(Token![==]);
    let types = input.peek(Token![:]) && !input.peek(Token![::]);
    assigns || types || input.peek(Token![in]) || input.peek(Token![=>]) || input.peek(Token![,])
}

/// The expression after `name =`. One that is missing or broken becomes an error at its place, so that the loop can be
/// written all the same.
fn value(input: ParseStream<'_>, name: &Ident) -> std::result::Result<Expr, TokenStream> {
    if input.is_empty() || input.peek(Token![,]) {
        let missing = format!("`{name} =` lacks its candidates, such as `linrange(0.0, 1.0, 100)` or `[1, 2, 3]`");
        return Err(Error::new(name.span(), missing).to_compile_error());
    }
    attempt(input, Expr::parse).map_err(|error| {
        skip_argument(input);
        error.to_compile_error()
    })
}

fn turn(input: ParseStream<'_>) -> Result<Loop> {
    let label: Option<Label> = if input.peek(Lifetime) { Some(input.parse()?) } else { None };
    let for_token = input.parse()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![in]>()?;
    if input.is_empty() || input.peek(syn::token::Brace) {
        return Err(input.error("the head lacks its range, such as `0..50`"));
    }
    let head = Expr::parse_without_eager_brace(input)?;
    let body = body(input)?;
    Ok(Loop { label, for_token, pattern, head, body })
}

/// The braces of the body, unopened. A `$body:block` of an outer macro comes in an invisible group.
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
        Err(cursor.error("expected the body of the loop in braces; a struct literal in the head needs parentheses"))
    })
}

/// The comma between two arguments. One that is missing is reported, and the next argument read all the same.
fn separator(input: ParseStream<'_>, errors: &mut Errors) {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return;
    }
    if input.peek(Token![;]) {
        errors.push(input.error("arguments are separated by `,`, not by `;`"));
        let _semicolon: Result<Token![;]> = input.parse();
    } else {
        errors.push(input.error("expected `,` before the next argument"));
        if !is_loop(input) && attempt(&input.fork(), name).is_err() {
            skip_argument(input);
            let _comma: Result<Option<Token![,]>> = input.parse();
        }
    }
}

/// Reports `error` and goes on behind the next comma, or at the loop.
fn skip(input: ParseStream<'_>, error: Error, errors: &mut Errors) {
    errors.push(error);
    let _token: Result<TokenTree> = input.parse();
    skip_argument(input);
    let _comma: Result<Option<Token![,]>> = input.parse();
}

fn skip_argument(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) && !is_loop(input) {
        let _token: Result<TokenTree> = input.parse();
    }
}
