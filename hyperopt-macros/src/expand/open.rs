//! A sweep without a loop, to ask and tell by hand.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expansion::{Expansion, dimension, index};
use super::spans::own;
use super::value::By;
use crate::model::{Candidates, name_of};

impl Expansion<'_> {
    /// Returns the open sweep.
    pub(super) fn open(&self) -> TokenStream {
        let (sampler, settings, space) = (self.sampler(), self.settings(), self.search_space());
        let open = self.path("open");
        quote!(#open(#sampler, #settings, #space))
    }

    /// Returns the hyperparameters as a search space that is a value.
    fn search_space(&self) -> TokenStream {
        let [closures, axes_type] = ["closures", "Axes"].map(|name| self.path(name));
        let [axes, first, parents, suggest, point] = ["axes", "first", "parents", "suggest", "point"].map(own);
        let dimensions = self.dimensions();
        let len = index(&self.facade, None, dimensions.len(), &self.several());
        let listed = self.listed(&axes, Some(&first), Some(&parents));
        let parameters = self.bound(By::Suggest(&suggest), Some(&first));
        let (params, collected, decoded) = (self.params(), self.collected(), self.decoded(&point, Some(&first)));
        let typed = self.typed(&TokenStream::new(), &first, &point, &decoded);
        quote! {{
            #params
            #typed
            #closures(
                #len,
                (#(#dimensions,)*),
                |(#(#dimensions,)*), #first, #parents, #axes: &mut #axes_type| { #listed },
                |(#(#dimensions,)*), #first, #suggest| {
                    #parameters
                    #collected
                },
                |(#(#dimensions,)*), #first, #point| #decoded,
            )
        }}
    }

    /// Lists the axes, counted from `first`, with the axes of `outer` among their parents.
    pub(super) fn listed(&self, axes: &Ident, first: Option<&Ident>, outer: Option<&Ident>) -> TokenStream {
        let [push, make, list] =
            [("Axes", "push"), ("Dimension", "axis"), ("Each", "list")].map(|(of, name)| self.method(of, name));
        let guarded = self.path("guarded");
        let all: Vec<_> = self.candidates().collect();
        let outer = outer.map_or_else(|| quote!(&[]), |outer| quote!(#outer));
        let listed = self.sweep.parameters().flat_map(|parameter| {
            let (push, make, list, guarded, all, outer) = (&push, &make, &list, &guarded, &all, &outer);
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (dimension, Candidates { axis_name, parents, .. }) = (dimension(candidates), candidates);
                let read = parents.iter().map(|&parent| {
                    let (at, len) = (self.axis(first, all[parent]), self.len(all[parent]));
                    quote!((#at, #len))
                });
                let parents = quote!(&#guarded(#outer, &[#(#read),*]));
                if candidates.count.is_some() {
                    return quote!(#list(&#dimension, #axes, 0, (#axis_name, #name), #parents););
                }
                quote!(#push(#axes, #name, #make(&#dimension, #axis_name, #name, #parents));)
            })
        });
        listed.collect()
    }

    /// Returns the number of axes of `candidates`.
    fn len(&self, candidates: &Candidates) -> TokenStream {
        if candidates.count.is_none() {
            return quote!(1);
        }
        let (len, dimension) = (self.method("Each", "len"), dimension(candidates));
        quote!(#len(&#dimension))
    }
}
