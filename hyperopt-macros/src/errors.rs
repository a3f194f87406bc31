//! Collects the mistakes of a call, so that all of them are reported at once.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// The mistakes found in a call.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
    /// Those made for a place in the code that the expansion does not have.
    reported: Vec<TokenStream>,
    /// Others, which were placed in the code itself.
    placed: Vec<TokenStream>,
}

impl Errors {
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.found.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn at_span(&mut self, span: Span, message: impl Display) {
        self.found.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// An expression that reports `error` at its own place. It has every type, so it causes no further errors.
    pub(crate) fn in_place(&mut self, error: syn::Error) -> TokenStream {
        let mut reports: Vec<_> = error.into_iter().map(|error| error.to_compile_error()).collect();
        let report = if reports.len() == 1 { reports.remove(0) } else { quote!({ #(#reports);* }) };
        self.placed.push(report.clone());
        report
    }

    /// Takes an error that [`in_place`](Self::in_place) has made, for a value that the expansion leaves out.
    pub(crate) fn reported(&mut self, error: TokenStream) {
        self.reported.push(error);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.placed.is_empty()
    }

    /// Returns the mistakes that the code itself does not report.
    pub(crate) fn into_expressions(self) -> impl Iterator<Item = TokenStream> {
        self.found.into_iter().map(|error| error.to_compile_error()).chain(self.reported)
    }

    /// All mistakes, for an expansion without the code.
    pub(crate) fn into_all_expressions(self) -> impl Iterator<Item = TokenStream> {
        self.found.into_iter().map(|error| error.to_compile_error()).chain(self.placed)
    }
}
