//! The points that are tried first: their values are evaluated once, and looked up among the candidates.

use proc_macro2::TokenStream;
use quote::quote;

use super::Expansion;
use super::choice::dimension;
use super::place::{own, own_at};
use crate::choice::name_of;
use crate::model::Given;

impl Expansion<'_> {
    /// Binds the points, after the candidates have their labels.
    pub(super) fn try_first(&self, points: &[Vec<Given>]) -> TokenStream {
        let (name, try_first) = (own("set_try_first"), self.path("TryFirst"));
        let points = points.iter().map(|point| {
            let given = point.iter().filter_map(|given| self.given(given));
            quote!([#(#given),*].to_vec())
        });
        quote!(let #name = #try_first::Written([#(#points),*].to_vec());)
    }

    /// One value, on each axis of its hyperparameter.
    fn given(&self, given: &Given) -> Option<TokenStream> {
        let Given { name, value, place, written } = given;
        let name = name_of(name);
        let parameter = self.sweep.parameters().find(|parameter| name_of(&parameter.name) == name)?;
        let alternatives = parameter.choice.candidates();
        let first = dimension(alternatives.first()?);
        let (give, bound) = (own_at("given", *place), own("given"));
        let none = self.path("None");
        // Comparing hangs on types, which are unknown where something is wrong.
        if self.sweep.is_broken {
            let nothing = self.path("Given");
            return Some(quote!({
                #first.#give(&mut #none, #value);
                #nothing::nothing()
            }));
        }
        let [displayed, scalars, sourced, values, labels, probe] =
            ["LabelDisplayed", "LabelScalars", "LabelSourced", "CompareValues", "CompareLabels", "probe"]
                .map(|name| self.path(name));
        let (shown, same, new) = (own("shown"), own("same"), self.path("Given"));
        let located = alternatives.iter().map(|candidates| {
            let (axis, dimension) = (candidates.axis, dimension(candidates));
            quote!((#axis, #shown.located(&#dimension, #same, &#bound, #written)))
        });
        Some(quote!({
            let mut #bound = #none;
            #first.#give(&mut #bound, #value);
            let (#shown, #same) = {
                use #displayed as _;
                use #labels as _;
                use #scalars as _;
                use #sourced as _;
                use #values as _;
                ((&&&#probe(&#first)).kind(), (&&#probe(&#first)).same())
            };
            #new::new(#name, #written, #shown.shown(&#bound, #written), [#(#located),*].to_vec())
        }))
    }
}
