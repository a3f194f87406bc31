//! The macro of the crate `hyperopt`. Depend on that crate; this one has no API of its own.
//!
//! `parse` reads the arguments into the `model`, `check` finds what is wrong between them, `expand` writes the loop. All
//! that is wrong is reported at once, and the loop is written all the same, so that an editor can go on helping.

mod check;
mod choice;
mod errors;
mod expand;
mod label;
mod model;
mod names;
mod parse;

use proc_macro::TokenStream;

/// The expansion of `hyperopt::hyperopt!`, which passes its own crate in brackets before the arguments.
#[doc(hidden)]
#[proc_macro]
pub fn sweep(input: TokenStream) -> TokenStream {
    let mut errors = errors::Errors::default();
    let call = parse::call(input.into(), &mut errors);
    let sweep = check::sweep(call, &mut errors);
    expand::sweep(&sweep, errors).into()
}
