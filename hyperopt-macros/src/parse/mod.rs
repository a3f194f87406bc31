//! Reads the arguments, each for itself, so that one that is broken does not hide what is wrong with the next.

mod name;
mod turn;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Expr, Ident, Lifetime, Result, Token};

use crate::errors::Errors;
use crate::model::{Argument, Call, Mode, TrialHandle};
use name::{Named, is_name, name};
use turn::{is_loop, turn};

/// What an argument may be.
const EXPECTED: &str =
    "expected `name = candidates`, a setting such as `sampler = …`, or the loop `for i in 0..50 { … }`";

pub(crate) fn call(input: TokenStream, mode: Mode, errors: &mut Errors) -> Call {
    let (facade, arguments) = (TokenStream::new(), Vec::new());
    let mut call = Call { mode, executor: None, facade, arguments, turn: TrialHandle::Missing };
    let read = |input: ParseStream<'_>| {
        call.facade = input.parse::<Group>()?.stream();
        if mode == Mode::Parallel && is_executor(input) {
            match attempt(input, Expr::parse) {
                Ok(executor) => call.executor = Some(executor),
                Err(error) => {
                    errors.push(error);
                    skip_argument(input);
                }
            }
            separator(input, errors);
        }
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

/// Whether the first argument is an expression without a name: `pool`, `workers(8)`.
fn is_executor(input: ParseStream<'_>) -> bool {
    let is_variable = attempt(&input.fork(), Ident::parse).is_ok() && input.peek2(Token![,]);
    is_variable || !(input.is_empty() || input.peek(Token![#]) || is_loop(input) || is_name(input))
}

/// What to write instead of an argument without a name.
fn unnamed(mode: Mode) -> &'static str {
    match mode {
        Mode::Sequential => EXPECTED,
        Mode::Threaded => "expected `name = …`; an executor is the first argument of `phyperopt!`",
        Mode::Parallel => "expected `name = …`; the executor comes first",
        Mode::Space => "expected `name = candidates`",
    }
}

/// Reads one argument and the comma after it; always takes at least one token.
fn argument(input: ParseStream<'_>, call: &mut Call, errors: &mut Errors) {
    name::skip_attributes(input, errors);
    if is_loop(input) {
        let start = input.cursor().span();
        let turn = attempt(input, turn)
            .map_or_else(|error| TrialHandle::Broken(errors.in_place(error)), |turn| TrialHandle::Loop(Box::new(turn)));
        let is_broken = matches!(turn, TrialHandle::Broken(_));
        if matches!(call.turn, TrialHandle::Missing) {
            call.turn = turn;
        } else {
            errors.at_span(start, "a sweep has one loop; join the two bodies, or write a second `hyperopt!(…)`");
        }
        if is_broken {
            return skip_loop(input);
        }
    } else if is_name(input) {
        if let TrialHandle::Loop(turn) = &call.turn {
            errors.at(turn.for_token, "the loop comes last; move it below all hyperparameters and settings");
        }
        let named = name(input, errors);
        let value = value(input, &named, errors);
        let equals = named.equals.unwrap_or(named.name.span());
        call.arguments.push(Argument { name: named.name, equals, value });
    } else if !input.is_empty() {
        errors.push(input.error(name::hint(input).unwrap_or_else(|| unnamed(call.mode))));
        return skip(input);
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

/// The expression after `name =`. One that is missing or broken becomes an error at its place, so that the loop can be
/// written all the same.
fn value(input: ParseStream<'_>, named: &Named, errors: &mut Errors) -> std::result::Result<Expr, TokenStream> {
    let name = &named.name;
    if is_end(input) {
        let missing = match named.equals {
            Some(_) => format!("`{name} =` lacks its value; write candidates such as `linrange(0.0, 1.0, 100)`"),
            None => format!("`{name}` has no candidates; write `{name} = …`"),
        };
        return Err(errors.in_place(Error::new(name.span(), missing)));
    }
    attempt(input, Expr::parse).map_err(|error| {
        skip_argument(input);
        errors.in_place(error)
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
        if !is_loop(input) && !is_name(input) {
            skip(input);
        }
    }
}

fn is_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

/// Goes on behind the next comma, or at the loop; takes at least one token.
fn skip(input: ParseStream<'_>) {
    let _token: Result<TokenTree> = input.parse();
    skip_argument(input);
    let _comma: Result<Option<Token![,]>> = input.parse();
    let _semicolon: Result<Option<Token![;]>> = input.parse();
}

/// Goes on behind a loop that could not be read.
fn skip_loop(input: ParseStream<'_>) {
    let _label: Result<Option<Lifetime>> = input.parse();
    let _colon: Result<Option<Token![:]>> = input.parse();
    skip(input);
}

fn skip_argument(input: ParseStream<'_>) {
    while !is_end(input) && !is_loop(input) {
        let _token: Result<TokenTree> = input.parse();
    }
}
