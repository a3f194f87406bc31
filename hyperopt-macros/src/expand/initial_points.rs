//! The points of `try_first` that are written out: evaluates their values once, and locates them among the candidates.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::variable;
use super::expansion::{Expansion, dimension, list};
use super::spans::own;
use crate::model::{Item, PointValue, name_of};

impl Expansion<'_> {
    /// Binds the points, after the candidates have their labels.
    pub(super) fn initial_points(&self) -> TokenStream {
        let try_first = self.path("TryFirst");
        let bound = self.sweep.items.iter().filter_map(|item| match item {
            Item::InitialPoints { setting, points } => Some((variable(setting), points)),
            Item::Setting { .. } | Item::Parameter(_) => None,
        });
        let bound = bound.map(|(variable, points)| {
            let points = points.iter().map(|point| {
                let values = point.iter().filter_map(|value| self.written_value(value));
                list(&quote!(#(#values),*))
            });
            let points = list(&quote!(#(#points),*));
            quote!(let #variable = #try_first::Written(#points);)
        });
        bound.collect()
    }

    /// One value, on each axis of its hyperparameter.
    fn written_value(&self, value: &PointValue) -> Option<TokenStream> {
        let PointValue { name, value, place, written } = value;
        let name = name_of(name);
        let parameter = self.sweep.parameters().find(|parameter| name_of(&parameter.name) == name)?;
        let alternatives = parameter.choice.candidates();
        let first = dimension(alternatives.first()?);
        let (give, given) = (self.facade.method("Dimension", "given", Some(*place)), own("given"));
        let [none, written_value] = ["None", "WrittenValue"].map(|name| self.path(name));
        // Comparing depends on types, which are unknown where there is a mistake.
        if self.sweep.is_broken {
            return Some(quote!({
                #give(&#first, &mut #none, #value);
                #written_value::nothing()
            }));
        }
        let [debugged, displayed, scalars, sourced, values, labels, probe] = [
            "LabelDebugged",
            "LabelDisplayed",
            "LabelScalars",
            "LabelSourced",
            "CompareValues",
            "CompareLabels",
            "probe",
        ]
        .map(|name| self.path(name));
        let [shown, same] = ["shown", "same"].map(own);
        let located = alternatives.iter().map(|candidates| {
            let (axis, dimension) = (candidates.axis, dimension(candidates));
            quote!((#axis, #shown.__hyperopt_located(&#dimension, #same, &#given, #written)))
        });
        let located = list(&quote!(#(#located),*));
        Some(quote!({
            let mut #given = #none;
            #give(&#first, &mut #given, #value);
            let (#shown, #same) = {
                use #debugged as _;
                use #displayed as _;
                use #labels as _;
                use #scalars as _;
                use #sourced as _;
                use #values as _;
                ((&&&&#probe(&#first)).__hyperopt_kind(), (&&#probe(&#first)).__hyperopt_same())
            };
            #written_value::new(#name, #written, #shown.__hyperopt_shown(&#given, #written), #located)
        }))
    }
}
