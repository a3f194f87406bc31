//! Reads the arguments one by one, so that a mistake in one does not hide the mistakes in the next.

mod for_loop;
mod julia;
mod name;
mod points;
mod recovery;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Expr, Ident, PathArguments, Result, Token, Type, parenthesized};

use crate::errors::Errors;
use crate::foreign_syntax;
use crate::model::{Argument, Call, Mode, TrialLoop};
use crate::settings::{Role, setting};
use crate::source::source;
use for_loop::{for_loop, is_loop, several_names};
use name::{Named, is_name, name};
use points::braced;
use recovery::{argument_tokens, attempt, is_end, skip, skip_argument, skip_loop};

/// The message about anything else.
const EXPECTED: &str =
    "expected `name = candidates`, a setting such as `sampler = …`, or the loop `for i in 0..50 { … }`";

/// Reads a call: the facade's path in brackets, then the arguments.
pub(crate) fn call(input: TokenStream, mode: Mode, errors: &mut Errors) -> Call {
    let (facade, arguments) = (TokenStream::new(), Vec::new());
    let mut call = Call { mode, executor: None, facade, arguments, trial_loop: TrialLoop::Missing };
    let read = |outer: ParseStream<'_>| {
        call.facade = outer.parse::<Group>()?.stream();
        let content;
        parenthesized!(content in outer);
        let input = &content;
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
    if let Err(error) = read.parse2(enclosed(input)) {
        errors.push(error);
    }
    call
}

/// Returns the facade's path, and the arguments in parentheses that stand where the last one ends: the place of errors about what
/// is missing there, which would be the whole call otherwise.
fn enclosed(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let facade = tokens.next();
    let arguments: TokenStream = tokens.collect();
    let end = arguments.clone().into_iter().last().map(|token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    });
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(end.unwrap_or_else(Span::call_site));
    facade.into_iter().chain([TokenTree::Group(arguments)]).collect()
}

/// Whether the first argument is an expression without a name: `pool`, `workers(8)`.
fn is_executor(input: ParseStream<'_>) -> bool {
    let is_variable = attempt(&input.fork(), Ident::parse).is_ok() && input.peek2(Token![,]);
    // An argument whose name is not one: `"x" = …`, `model.x = …`.
    if matches!(attempt(&input.fork(), Expr::parse), Ok(Expr::Assign(_))) {
        return false;
    }
    is_variable || !(input.is_empty() || input.peek(Token![#]) || is_loop(input) || is_name(input))
}

/// Returns the message about an argument without a name.
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
        if let Some(error) = julia::header(input).or_else(|| several_names(input)) {
            call.trial_loop = TrialLoop::Broken(errors.in_place(error));
            return julia::skip(input);
        }
        let read = match attempt(input, for_loop) {
            Ok(read) => TrialLoop::Written(Box::new(read)),
            Err(error) => TrialLoop::Broken(errors.in_place(error)),
        };
        let is_broken = matches!(read, TrialLoop::Broken(_));
        if matches!(call.trial_loop, TrialLoop::Missing) {
            call.trial_loop = read;
        } else {
            errors.at_span(start, "a sweep has one loop; join the two bodies, or write a second `hyperopt!(…)`");
        }
        if is_broken {
            return skip_loop(input);
        }
    } else if is_name(input) {
        if let TrialLoop::Written(above) = &call.trial_loop {
            errors.at(above.for_token, "the loop comes last; move it below all hyperparameters and settings");
        }
        let named = name(input, errors);
        let value = value(input, &named, errors);
        let equals = named.equals.unwrap_or(named.name.span());
        call.arguments.push(Argument { name: named.name, of_type: named.of_type, equals, value });
    } else if input.peek(Token![,]) {
        errors.push(input.error("one `,` too many; remove it"));
    } else if !input.is_empty() {
        errors.push(input.error(name::hint(input, call.mode).unwrap_or_else(|| unnamed(call.mode).to_owned())));
        return skip(input);
    }
    separator(input, errors);
}

/// Returns the expression after `name =`, or the error in place of one that is missing or broken.
fn value(input: ParseStream<'_>, named: &Named, errors: &mut Errors) -> std::result::Result<Expr, TokenStream> {
    let name = &named.name;
    if is_end(input) {
        let missing = match (named.equals, setting(name)) {
            (Some(_), Some(setting)) => format!("`{name} =` lacks its value; write `{name} = {}`", setting.example),
            (None, Some(setting)) => format!("the setting `{name}` has no value; write `{name} = {}`", setting.example),
            (Some(_), None) => {
                format!("`{name} =` lacks its value; write candidates such as `linrange(0.0, 1.0, 100)`")
            }
            (None, None) if name == "Maximize" || name == "Minimize" => {
                format!("a goal is a setting; write `goal = {name}`")
            }
            (None, None) => format!("`{name}` has no candidates; write `{name} = …`"),
        };
        return Err(errors.in_place(Error::new(name.span(), missing)));
    }
    let start = input.fork();
    let read = attempt(input, Expr::parse);
    let is_cut = input.peek(Token![:]) && !input.peek(Token![::]) || input.peek(Token![if]) || is_asked(&start, input);
    if setting(name).is_none() && (read.is_err() || is_cut) {
        let tokens = argument_tokens(&start);
        if foreign_syntax::read(&tokens).is_some() {
            skip_argument(input);
            return Ok(Expr::Verbatim(tokens));
        }
    }
    read.map_err(|error| {
        skip_argument(input);
        let points = setting(name).filter(|setting| setting.role == Role::InitialPoints).and_then(|_| braced(&start));
        let generic = setting(name).filter(|setting| setting.role == Role::Params).and_then(|_| generic(&start));
        errors.in_place(points.or(generic).unwrap_or(error))
    })
}

/// Whether the value that begins at `start` and breaks off at `input` has the `?` of `flag ? one : other`.
fn is_asked(start: ParseStream<'_>, input: ParseStream<'_>) -> bool {
    let is_question = |token: TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '?');
    let breaks_off = !is_end(input) && !is_loop(input) && !is_name(input);
    breaks_off && argument_tokens(&start.fork()).into_iter().any(is_question)
}

/// Returns the error about a struct whose type arguments lack their `::`, which an expression needs: `Settings<f64>`.
fn generic(input: ParseStream<'_>) -> Option<Error> {
    let Ok(Type::Path(mut written)) = input.parse::<Type>() else { return None };
    let place = written.clone();
    let last = written.path.segments.last_mut()?;
    let PathArguments::AngleBracketed(arguments) = &mut last.arguments else { return None };
    arguments.colon2_token = Some(<Token![::]>::default());
    let instead = source(&written).replace("< ", "<").replace(" >", ">");
    Some(Error::new_spanned(place, format!("type arguments of `into` follow `::`; write `into = {instead}`")))
}

/// Reads the comma between two arguments. A missing one is reported, and the next argument is still read.
fn separator(input: ParseStream<'_>, errors: &mut Errors) {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return;
    }
    if input.peek(Token![;]) {
        let is_last = input.cursor().token_tree().is_some_and(|(_, rest)| rest.eof());
        let message =
            if is_last { "no `;` stands at the end; remove it" } else { "arguments are separated by `,`, not by `;`" };
        errors.push(input.error(message));
        let _semicolon: Result<Token![;]> = input.parse();
    } else {
        errors.push(input.error("expected `,` before the next argument"));
        if !is_loop(input) && !is_name(input) {
            skip(input);
        }
    }
}
