//! The struct of the typed parameters, the user's or one without a name, and how it is filled.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expansion::Expansion;
use super::spans::own;
use super::value::{By, Source};
use crate::model::{Choice, Into, Parameter, name_of};

impl Expansion<'_> {
    /// Returns the struct, unless the user has one: generic so that no type need be written. It is in a module, since guards may
    /// name a type of the user's with the same name.
    pub(super) fn params(&self) -> TokenStream {
        if self.sweep.into.is_some() {
            return TokenStream::new();
        }
        let derived = ["Clone", "Copy", "Debug", "PartialEq"].map(|name| self.facade.path(name, None));
        let fields = || self.sweep.parameters().map(|Parameter { name, .. }| name).enumerate();
        let types = fields().map(|(index, _)| format_ident!("T{index}"));
        let declared = fields().map(|(index, name)| {
            let of_type = format_ident!("T{index}");
            quote!(pub #name: #of_type)
        });
        let serialized = self.serialized();
        quote! {
            mod __hyperopt {
                #[allow(dead_code, clippy::derive_partial_eq_without_eq)]
                #[derive(#(#derived),*)]
                pub struct Hyperparameters<#(#types),*> { #(#declared),* }
                #serialized
            }
        }
    }

    /// How the struct without a name is serialised, where the facade has its feature `serde`.
    fn serialized(&self) -> TokenStream {
        let [with, serde, result] = ["with_serde", "serde", "Result"].map(|name| self.path(name));
        let names: Vec<_> = self.sweep.parameters().map(|Parameter { name, .. }| name).collect();
        let types: Vec<_> = (0..names.len()).map(|index| format_ident!("T{index}")).collect();
        let keys: Vec<_> = names.iter().map(|name| name_of(name)).collect();
        let len = names.len();
        quote! {
            #with! {
                impl<#(#types: #serde::Serialize),*> #serde::Serialize for Hyperparameters<#(#types),*> {
                    fn serialize<S: #serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                        let mut fields = #serde::Serializer::serialize_struct(serializer, "Hyperparameters", #len)?;
                        #(#serde::ser::SerializeStruct::serialize_field(&mut fields, #keys, &self.#names)?;)*
                        #serde::ser::SerializeStruct::end(fields)
                    }
                }
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

    /// Returns the typed parameters, from the variables of their names.
    pub(super) fn collected(&self) -> TokenStream {
        let names = self.sweep.parameters().map(|parameter| &parameter.name);
        self.filled(&quote!(#(#names,)*))
    }

    /// Returns the typed parameters of a recorded point. Its active axes decide, and no guard is evaluated.
    pub(super) fn decoded(&self, point: &Ident, first: Option<&Ident>) -> TokenStream {
        self.filled_by(|choice| Source::Recorded { point, first }.value(&self.facade, choice))
    }

    /// Returns the typed parameters, whose values `value` writes. For a struct of the user's they are bound to their names first,
    /// so that a field of another type is an error at the name.
    pub(super) fn filled_by(&self, value: impl Fn(&Choice) -> TokenStream) -> TokenStream {
        let names = self.sweep.parameters().map(|parameter| &parameter.name);
        let values = self.sweep.parameters().map(|parameter| value(&parameter.choice));
        if self.sweep.into.is_none() {
            return self.filled(&quote!(#(#names: #values,)*));
        }
        let collected = self.collected();
        quote!({
            #(let #names = #values;)*
            #collected
        })
    }

    /// Returns the typed parameters with these fields, each with a comma.
    fn filled(&self, fields: &TokenStream) -> TokenStream {
        let Some(Into { path, fields: constant, rest }) = &self.sweep.into else {
            return quote!(__hyperopt::Hyperparameters { #fields });
        };
        let rest = rest.as_ref().map(|rest| quote!(..#rest));
        quote!(#path { #fields #(#constant,)* #rest })
    }

    /// A statement before the loop that makes the closure of [`decoded`](Self::decoded), and the closure for use below it. Above
    /// the body, the fields of the user's struct decide the types of its values; a struct without a name has none to give.
    pub(super) fn decoder(&self, point: &Ident) -> (TokenStream, TokenStream) {
        let decoded = self.decoded(point, None);
        if self.sweep.into.is_none() {
            return (TokenStream::new(), quote!(|#point| #decoded));
        }
        let (decode, point_type) = (own("decode"), self.path("Point"));
        (quote!(let #decode = |#point: &#point_type| #decoded;), quote!(#decode))
    }

    /// A statement that does nothing but let the fields of the user's struct decide the types of the candidates.
    pub(super) fn typed(
        &self,
        placed: &TokenStream,
        first: &Ident,
        point: &Ident,
        decoded: &TokenStream,
    ) -> TokenStream {
        if self.sweep.into.is_none() {
            return TokenStream::new();
        }
        let (dimensions, [point_type, usize_type]) =
            (self.dimensions(), ["Point", "usize"].map(|name| self.path(name)));
        quote! {{
            #(let #dimensions = &#dimensions;)*
            let _ = |#first: #usize_type, #point: &#point_type| {
                #placed
                #decoded
            };
        }}
    }
}
