//! Any tokens as the arguments of the macros: an expression or errors, at a token of the user's, without a panic.
#![no_main]
// A crate of macros exports nothing else, so its modules are compiled here.
#![allow(dead_code)]

#[path = "../../hyperopt-macros/src/tests/calls.rs"]
mod calls;
#[path = "../../hyperopt-macros/src/check/mod.rs"]
mod check;
#[path = "../../hyperopt-macros/src/tests/draw.rs"]
mod draw;
#[path = "../../hyperopt-macros/src/errors.rs"]
mod errors;
#[path = "../../hyperopt-macros/src/expand/mod.rs"]
mod expand;
#[path = "../../hyperopt-macros/src/label.rs"]
mod label;
#[path = "../../hyperopt-macros/src/mentions.rs"]
mod mentions;
#[path = "../../hyperopt-macros/src/model.rs"]
mod model;
#[path = "../../hyperopt-macros/src/tests/mutations.rs"]
mod mutations;
#[path = "../../hyperopt-macros/src/parse/mod.rs"]
mod parse;
#[path = "../../hyperopt-macros/src/tests/property.rs"]
mod property;
#[path = "../../hyperopt-macros/src/settings.rs"]
mod settings;
#[path = "../../hyperopt-macros/src/shape.rs"]
mod shape;
#[path = "../../hyperopt-macros/src/source.rs"]
mod source;

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use draw::Draw;
use model::Mode;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [mode, bytes @ ..] = bytes else { return };
    let modes = [Mode::Sequential, Mode::Threaded, Mode::Parallel, Mode::Space];
    let mode = modes[usize::from(mode % 4)];
    let arguments = property::changed(&mut Draw::of(bytes), mode);
    // Tokens that are read from a text have places in it.
    if let Ok(arguments) = TokenStream::from_str(&arguments.to_string()) {
        check_places(&arguments, mode);
    }
    proc_macro2::extra::invalidate_current_thread_spans();
});

/// The errors about the whole call, which lacks something.
const OF_THE_CALL: [&str; 2] = ["a sweep needs at least one hyperparameter", "needs its loop"];

fn check_places(arguments: &TokenStream, mode: Mode) {
    if arguments.is_empty() {
        return;
    }
    let tokens = property::flat(expansion(quote!([hyperopt] #arguments), mode));
    for (index, token) in tokens.iter().enumerate() {
        // The message stands in the group behind `compile_error!`, and so before it in this order.
        let (TokenTree::Literal(message), Some(TokenTree::Group(group))) = (token, tokens.get(index + 1)) else {
            continue;
        };
        let is_error = index > 1 && tokens[index - 2].to_string() == "compile_error";
        let is_of_call = OF_THE_CALL.iter().any(|text| message.to_string().contains(text));
        if is_error && !is_of_call {
            let nowhere = group.span().byte_range().is_empty() && message.span().byte_range().is_empty();
            assert!(!nowhere, "{message} of\n{arguments}\nhas no place");
        }
    }
}

fn expansion(input: TokenStream, mode: Mode) -> TokenStream {
    let mut errors = errors::Errors::default();
    let call = parse::call(input, mode, &mut errors);
    let sweep = check::sweep(call, &mut errors);
    expand::sweep(&sweep, errors)
}
