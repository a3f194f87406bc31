//! The space of `space!`, whose fields may be spaces of their own: how many axes each has is known when it is evaluated.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Expansion;
use super::choice::{Source, dimension, first_axis};
use super::place::own;
use crate::choice::name_of;
use crate::model::{Candidates, Choice, Parameter};

impl Expansion<'_> {
    pub(super) fn parts(&self) -> TokenStream {
        let [closures, axes_type, picker_type, point_type, usize_type] =
            ["closures", "Axes", "Suggest", "Point", "usize"].map(|name| self.path(name));
        let [axes, first, outer, suggest, point, len] = ["axes", "first", "outer", "suggest", "point", "len"].map(own);
        let dimensions = self.dimensions();
        let sum = dimensions.iter().map(|part| quote!(#part.len()));
        let (placed, listed, proposed) =
            (self.placed(&first), self.listed_parts(&axes, &outer), self.proposed(&suggest));
        let (params, collected) = (self.params(), self.collected());
        let decoded = self.sweep.parameters().map(|Parameter { name, choice }| {
            let value = Source::RecordedPart { point: &point }.value(&self.facade, choice);
            quote!(#name: #value)
        });
        quote! {{
            #params
            let #len = 0 #(+ #sum)*;
            #closures(
                #len,
                (#(#dimensions,)*),
                |(#(#dimensions,)*), #first: #usize_type, #outer: &[#usize_type], #axes: &mut #axes_type| {
                    #placed
                    #listed
                },
                |(#(#dimensions,)*), #first: #usize_type, #suggest: &mut #picker_type<'_>| {
                    #placed
                    #proposed
                    #collected
                },
                |(#(#dimensions,)*), #first: #usize_type, #point: &#point_type| {
                    #placed
                    __hyperopt::Hyperparameters { #(#decoded),* }
                },
            )
        }}
    }

    /// Where the axes of each part begin.
    fn placed(&self, first: &Ident) -> TokenStream {
        let mut next = quote!(#first);
        let parts = self.dimensions().into_iter().enumerate().map(|(index, part)| {
            let (start, begins) = (first_axis(index), next.clone());
            next = quote!(#start + #part.len());
            // The last one, and those without a guard to read them, may go unused.
            quote!(#[allow(unused_variables)] let #start = #begins;)
        });
        parts.collect()
    }

    fn listed_parts(&self, axes: &Ident, outer: &Ident) -> TokenStream {
        let guarded = self.path("guarded");
        let all = self.dimensions();
        let listed = self.sweep.parameters().flat_map(|parameter| {
            let name = name_of(&parameter.name);
            let (guarded, all) = (&guarded, &all);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (part, Candidates { axis, axis_name, parents, .. }) = (dimension(candidates), candidates);
                let start = first_axis(*axis);
                let read = parents.iter().map(|&parent| {
                    let (parent, part) = (first_axis(parent), &all[parent]);
                    quote!((#parent, #part.len()))
                });
                quote!(#part.list(#axes, #start, (#axis_name, #name), &#guarded(#outer, &[#(#read),*]));)
            })
        });
        listed.collect()
    }

    fn proposed(&self, suggest: &Ident) -> TokenStream {
        let bound = self.sweep.parameters().map(|Parameter { name, choice }| {
            let value = Source::ProposedPart { by: suggest }.value(&self.facade, choice);
            // `if` and `match` read as they are written.
            if let Choice::Candidates(_) = choice {
                quote!(let #name = #value;)
            } else {
                quote!(let #name = { #value };)
            }
        });
        bound.collect()
    }
}
