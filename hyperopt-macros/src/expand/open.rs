//! A sweep without a loop, to ask and tell by hand.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expansion::{Expansion, dimension};
use super::spans::own;
use super::value::{By, index};
use crate::model::{Candidates, name_of};

impl Expansion<'_> {
    /// The open sweep.
    pub(super) fn open(&self) -> TokenStream {
        let (sampler, settings, space) = (self.sampler(), self.settings(), self.search_space());
        let open = self.path("open");
        quote!(#open(#sampler, #settings, #space))
    }

    /// The hyperparameters as a search space that is a value.
    fn search_space(&self) -> TokenStream {
        let [closures, axes_type] = ["closures", "Axes"].map(|name| self.path(name));
        let [axes, first, parents, suggest, point] = ["axes", "first", "parents", "suggest", "point"].map(own);
        let dimensions = self.dimensions();
        let len = dimensions.len();
        let listed = self.listed(&axes, &first, &parents);
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
    fn listed(&self, axes: &Ident, first: &Ident, outer: &Ident) -> TokenStream {
        let (push, make) = (self.method("Axes", "push"), self.method("Dimension", "axis"));
        let listed = self.sweep.parameters().flat_map(|parameter| {
            let (push, make) = (&push, &make);
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (dimension, Candidates { axis_name, parents, .. }) = (dimension(candidates), candidates);
                let own = parents.iter().map(|&axis| index(Some(first), axis));
                quote!(#push(#axes, #axis_name, #make(#dimension, #axis_name, #name, &<[_]>::concat(&[#outer, &[#(#own),*]])));)
            })
        });
        listed.collect()
    }
}
