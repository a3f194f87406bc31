//! The space of `space!`, whose parts may be spaces of their own. The number of axes of each is known at run time only.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expansion::{Expansion, dimension};
use super::spans::own;
use super::value::{Source, first_axis, part};
use crate::model::{Candidates, Choice, Parameter, name_of};

impl Expansion<'_> {
    /// Returns the space, as a value.
    pub(super) fn space(&self) -> TokenStream {
        let [closures, axes_type, suggest_type, point_type, usize_type] =
            ["closures", "Axes", "Suggest", "Point", "usize"].map(|name| self.path(name));
        let [axes, first, outer, suggest, point, len] = ["axes", "first", "outer", "suggest", "point", "len"].map(own);
        let dimensions = self.dimensions();
        let sum = self.candidates().map(|candidates| {
            let (len, part) = (self.method(part(candidates), "len"), dimension(candidates));
            quote!(#len(&#part))
        });
        let (placed, listed, proposed) =
            (self.placed(&first), self.listed_parts(&axes, &outer), self.proposed(&suggest));
        let (params, collected) = (self.params(), self.collected());
        let decoded = self.filled_by(|choice| Source::RecordedPart { point: &point }.value(&self.facade, choice));
        let typed = self.typed(&placed, &first, &point, &decoded);
        quote! {{
            #params
            #typed
            let #len = 0 #(+ #sum)*;
            #closures(
                #len,
                (#(#dimensions,)*),
                |(#(#dimensions,)*), #first: #usize_type, #outer: &[#usize_type], #axes: &mut #axes_type| {
                    #placed
                    #listed
                },
                |(#(#dimensions,)*), #first: #usize_type, #suggest: &mut #suggest_type<'_>| {
                    #placed
                    #proposed
                    #collected
                },
                |(#(#dimensions,)*), #first: #usize_type, #point: &#point_type| {
                    #placed
                    #decoded
                },
            )
        }}
    }

    /// Binds the index of the first axis of each part.
    fn placed(&self, first: &Ident) -> TokenStream {
        let mut next = quote!(#first);
        let parts = self.candidates().map(|candidates| {
            let (len, part) = (self.method(part(candidates), "len"), dimension(candidates));
            let (start, begins) = (first_axis(candidates.axis), next.clone());
            next = quote!(#start + #len(#part));
            // The last index is unused, and so are those of parts that no guard reads.
            quote!(#[allow(unused_variables)] let #start = #begins;)
        });
        parts.collect()
    }

    /// Lists the axes of each part, with its guards' axes and those of `outer` among their parents.
    fn listed_parts(&self, axes: &Ident, outer: &Ident) -> TokenStream {
        let guarded = self.path("guarded");
        let all: Vec<_> = self.candidates().collect();
        let listed = self.sweep.parameters().flat_map(|parameter| {
            let name = name_of(&parameter.name);
            let (guarded, all) = (&guarded, &all);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let list = self.method(part(candidates), "list");
                let (part, Candidates { axis, axis_name, parents, .. }) = (dimension(candidates), candidates);
                let start = first_axis(*axis);
                let read = parents.iter().map(|&parent| {
                    let len = self.method(self::part(all[parent]), "len");
                    let (parent, part) = (first_axis(parent), dimension(all[parent]));
                    quote!((#parent, #len(#part)))
                });
                quote!(#list(#part, #axes, #start, (#axis_name, #name), &#guarded(#outer, &[#(#read),*]));)
            })
        });
        listed.collect()
    }

    /// Binds each hyperparameter to its value in a new trial.
    fn proposed(&self, suggest: &Ident) -> TokenStream {
        let bound = self.sweep.parameters().map(|Parameter { name, of_type, choice }| {
            let of_type = of_type.as_ref().map(|of_type| quote!(: #of_type));
            let value = Source::ProposedPart { by: suggest }.value(&self.facade, choice);
            // In a block, `if` and `match` expand to the tokens that were written.
            if let Choice::Candidates(_) = choice {
                quote!(let #name #of_type = #value;)
            } else {
                quote!(let #name #of_type = { #value };)
            }
        });
        bound.collect()
    }
}
