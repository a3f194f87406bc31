//! The macros of the crate `hyperopt`. Depend on that crate; this one has no API of its own.
//!
//! `parse` reads the arguments into the `model`, `check` finds what is wrong between them, `expand` writes the loop. All
//! that is wrong is reported at once, and the loop is written all the same, so that an editor can go on helping.

mod check;
mod choice;
mod control_flow;
mod errors;
mod expand;
mod label;
mod model;
mod names;
mod parse;
mod source;
#[cfg(test)]
mod tests;
mod try_first;

use proc_macro::TokenStream;

use model::Mode;

/// The expansion of `hyperopt::hyperopt!`, which passes its own crate in brackets before the arguments, as the others do.
#[doc(hidden)]
#[proc_macro]
pub fn sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Sequential)
}

/// The expansion of `hyperopt::thyperopt!`.
#[doc(hidden)]
#[proc_macro]
pub fn threaded_sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Threaded)
}

/// The expansion of `hyperopt::phyperopt!`.
#[doc(hidden)]
#[proc_macro]
pub fn parallel_sweep(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Parallel)
}

/// The expansion of `hyperopt::space!`.
#[doc(hidden)]
#[proc_macro]
pub fn space(input: TokenStream) -> TokenStream {
    expanded(input, Mode::Space)
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
