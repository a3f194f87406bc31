//! The macros of the crate `hyperopt`. Depend on that crate; this one has no API of its own.
//!
//! `parse` reads the arguments into the `model`, `check` finds mistakes between them, `expand` writes the loop. All
//! mistakes are reported at once, and the loop is still written, so that an editor keeps completing in it.

mod check;
#[cfg(test)]
mod compile_cases;
mod errors;
mod expand;
mod foreign_syntax;
mod label;
mod mentions;
#[cfg(test)]
mod messages;
mod model;
mod parse;
mod settings;
mod shape;
mod source;
#[cfg(test)]
mod tests;

use proc_macro::{Literal, TokenStream, TokenTree};

use model::Mode;

/// Expands `hyperopt::hyperopt!`, which passes its own crate in brackets before the arguments, as the other macros do.
#[doc(hidden)]
#[proc_macro]
pub fn sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Sequential)
}

/// Expands `hyperopt::thyperopt!`.
#[doc(hidden)]
#[proc_macro]
pub fn threaded_sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Threaded)
}

/// Expands `hyperopt::phyperopt!`.
#[doc(hidden)]
#[proc_macro]
pub fn parallel_sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Parallel)
}

/// Expands `hyperopt::space!`.
#[doc(hidden)]
#[proc_macro]
pub fn space(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Space)
}

/// Expands to the table of settings, a string literal for the documentation of `hyperopt::hyperopt!`.
#[doc(hidden)]
#[proc_macro]
pub fn settings_table(_: TokenStream) -> TokenStream {
    TokenTree::from(Literal::string(&settings::table())).into()
}

fn expanded(input: TokenStream, mode: Mode) -> TokenStream {
    expansion(input.into(), mode).into()
}

fn expansion(input: proc_macro2::TokenStream, mode: Mode) -> proc_macro2::TokenStream {
    let mut errors = errors::Errors::default();
    let call = parse::call(input, mode, &mut errors);
    let sweep = check::sweep(call, &mut errors);
    expand::sweep(&sweep, errors)
}
