//! The struct of the typed parameters, and how it is filled.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::expansion::Expansion;
use super::spans::own;
use super::value::{By, Source};
use crate::model::{Choice, Parameter};

impl Expansion<'_> {
    /// The struct, generic so that no type need be written. It is in a module, since guards may name a type of the user's
    /// with the same name.
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

    /// Binds each hyperparameter to its value in the current trial of `by`.
    pub(super) fn bound(&self, by: By<'_>, first: Option<&Ident>) -> TokenStream {
        let (point, some) = (own("point"), self.path("Some"));
        let bound = self.sweep.parameters().map(|Parameter { name, of_type, choice }| {
            let of_type = of_type.as_ref().map(|of_type| quote!(: #of_type));
            let proposed = Source::Proposed { by, first }.value(&self.facade, choice);
            if let Choice::Candidates(_) = choice {
                return quote!(let #name #of_type = #proposed;);
            }
            // On a further rung of a configuration, its guards have been evaluated before.
            let recorded = Source::Recorded { point: &point, first }.value(&self.facade, choice);
            let before = by.recorded(&self.facade);
            quote!(let #name #of_type = if let #some(#point) = #before { #recorded } else { #proposed };)
        });
        bound.collect()
    }

    /// The typed parameters, from the variables of their names.
    pub(super) fn collected(&self) -> TokenStream {
        let names = self.sweep.parameters().map(|parameter| &parameter.name);
        quote!(__hyperopt::Hyperparameters { #(#names),* })
    }

    /// The typed parameters of a recorded point. Its active axes decide, and no guard is evaluated.
    pub(super) fn decoded(&self, point: &Ident, first: Option<&Ident>) -> TokenStream {
        let fields = self.sweep.parameters().map(|Parameter { name, choice, .. }| {
            let value = Source::Recorded { point, first }.value(&self.facade, choice);
            quote!(#name: #value)
        });
        quote!(__hyperopt::Hyperparameters { #(#fields),* }).into_token_stream()
    }
}
