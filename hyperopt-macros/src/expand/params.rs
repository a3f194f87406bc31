//! The struct of the typed parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::Expansion;
use super::choice::Source;
use crate::model::Parameter;

impl Expansion<'_> {
    /// The struct, generic so that no type need be written; in a module, since guards may name a type of the user's that
    /// is called the same.
    pub(super) fn params(&self) -> TokenStream {
        let derived = ["Clone", "Copy", "Debug", "PartialEq"].map(|name| self.facade.path(name, None));
        let fields = || self.sweep.parameters().map(|Parameter { name, .. }| name).enumerate();
        let types = fields().map(|(index, _)| format_ident!("T{index}"));
        let declared = fields().map(|(index, name)| {
            let of_type = format_ident!("T{index}");
            quote!(pub #name: #of_type)
        });
        quote! {
            mod __hyperopt {
                #[allow(dead_code, clippy::derive_partial_eq_without_eq)]
                #[derive(#(#derived),*)]
                pub struct Hyperparameters<#(#types),*> { #(#declared),* }
            }
        }
    }

    /// The typed parameters of the variables that bear their names.
    pub(super) fn collected(&self) -> TokenStream {
        let names = self.sweep.parameters().map(|parameter| &parameter.name);
        quote!(__hyperopt::Hyperparameters { #(#names),* })
    }

    /// The typed parameters of a recorded point: reads which axes are active and evaluates no guard.
    pub(super) fn decoded(&self, point: &Ident, first: Option<&Ident>) -> TokenStream {
        let fields = self.sweep.parameters().map(|Parameter { name, choice }| {
            let value = Source::Recorded { point, first }.value(&self.facade, choice);
            quote!(#name: #value)
        });
        quote!(__hyperopt::Hyperparameters { #(#fields),* }).into_token_stream()
    }
}
