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
                let values: Vec<_> = point.iter().filter_map(|value| self.written_value(value)).collect();
                if values.iter().any(|(_, is_several)| *is_several) {
                    let values =
                        values.iter().map(|(value, is_several)| if *is_several { value.clone() } else { list(value) });
                    return quote!(<[_]>::concat(&[#(#values),*]));
                }
                let values = values.iter().map(|(value, _)| value);
                list(&quote!(#(#values),*))
            });
            let points = list(&quote!(#(#points),*));
            quote!(let #variable = #try_first::Written(#points);)
        });
        bound.collect()
    }

    /// One value, on each axis of its hyperparameter, or a list of those that an array has.
    fn written_value(&self, value: &PointValue) -> Option<(TokenStream, bool)> {
        let PointValue { name, value, place, written, elements } = value;
        let name = name_of(name);
        let parameter = self.sweep.parameters().find(|parameter| name_of(&parameter.name) == name)?;
        let alternatives = parameter.choice.candidates();
        let is_several = alternatives.first()?.count.is_some();
        let first = dimension(alternatives.first()?);
        let taker = if is_several { "Each" } else { "Dimension" };
        let (give, given) = (self.facade.method(taker, "given", Some(*place)), own("given"));
        let [none, written_value] = ["None", "WrittenValue"].map(|name| self.path(name));
        // Comparing depends on types, which are unknown where there is a mistake.
        if self.sweep.is_broken {
            let nothing = quote!(#written_value::nothing());
            let nothing = if is_several { list(&nothing) } else { nothing };
            return Some((
                quote!({
                    #give(&#first, &mut #none, #value);
                    #nothing
                }),
                is_several,
            ));
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
        let [at, one, text] = ["at", "one", "text"].map(own);
        let along = self.method("Each", "dimension");
        // Where one side of a choice has several values and another a list of arrays, a point gives those of the first kind.
        let alike = alternatives.iter().filter(|candidates| candidates.count.is_some() == is_several);
        let located = alike.map(|candidates| {
            let (axis, dimension) = (self.axis(None, candidates), dimension(candidates));
            if is_several {
                quote!((#axis + #at, #shown.__hyperopt_located(#along(&#dimension), #same, #one, #text)))
            } else {
                quote!((#axis, #shown.__hyperopt_located(&#dimension, #same, &#given, #written)))
            }
        });
        let located = list(&quote!(#(#located),*));
        let given_values = if is_several {
            let several = self.method("Each", "written");
            quote!(#several(&#first, #given, (#name, #written), &[#(#elements),*], |#at, #one, #text| {
                (#shown.__hyperopt_shown(#one, #text), #located)
            }))
        } else {
            quote!(#written_value::new(#name, #written, #shown.__hyperopt_shown(&#given, #written), #located))
        };
        let written = quote!({
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
            #given_values
        });
        Some((written, is_several))
    }
}
