//! The arguments of a call: evaluates settings and candidates once, in the order written, and passes them to the engine.

use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Pat, Type};

use super::expansion::{Expansion, dimension, list};
use super::spans::{ends, group, own, own_at};
use crate::model::{Candidates, Count, Item, Loop, Mode, name_of};
use crate::settings::{Role, Setting};

impl Expansion<'_> {
    /// Returns the variables for the arguments, and the arguments themselves, in the order written.
    pub(super) fn evaluated(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let mut evaluated = (Vec::new(), Vec::new());
        if let Some(executor) = &self.sweep.executor {
            let take = self.path("executor");
            evaluated.0.push(own("executor"));
            evaluated.1.push(quote!(#take(#executor)));
        }
        for item in &self.sweep.items {
            match item {
                Item::Setting { setting, equals, value, .. } => {
                    let take = self.facade.path(setting.name, Some(*equals));
                    evaluated.0.push(variable(setting));
                    evaluated.1.push(quote!(#take(#value)));
                }
                Item::InitialPoints { .. } => {}
                Item::Parameter(parameter) => {
                    for candidates in parameter.choice.candidates() {
                        evaluated.0.push(dimension(candidates));
                        evaluated.1.push(self.taken(candidates, parameter.value_type()));
                    }
                }
            }
        }
        evaluated
    }

    /// Returns the candidates, made ready for the sweep.
    fn taken(&self, candidates: &Candidates, of_type: Option<&Type>) -> TokenStream {
        let Candidates { value, equals, count, .. } = candidates;
        let take = |name| self.facade.path(name, Some(*equals));
        let at = self.facade.at(*equals);
        match (count, of_type, self.sweep.mode) {
            // The type of all values together is that of the variable.
            (Some(Count::Constant(count)), ..) => {
                let (take, count) = (take("each_of_array"), group(Delimiter::Brace, at, count.clone()));
                quote_spanned!(at=> #take::<#count, _, _>(#value))
            }
            (Some(Count::Variable(count)), ..) => {
                let take = take("each_of_list");
                quote!(#take(#count, #value))
            }
            (None, Some(of_type), mode) => {
                let take = take(if mode == Mode::Space { "typed_part" } else { "typed" });
                let take = quote_spanned!(at=> #take::<#of_type, _>);
                quote!(#take(#value))
            }
            (None, None, mode) => {
                let take = take(if mode == Mode::Space { "part" } else { "candidates" });
                quote!(#take(#value))
            }
        }
    }

    /// Labels the dimensions that may need it, each in a block of its own with the traits that find labels in scope.
    pub(super) fn labelled(&self) -> TokenStream {
        let [debugged, displayed, scalars, sourced, labels, values, source, probe] = [
            "LabelDebugged",
            "LabelDisplayed",
            "LabelScalars",
            "LabelSourced",
            "CompareLabels",
            "CompareValues",
            "Source",
            "probe",
        ]
        .map(|name| self.path(name));
        let [same, texts_of] = ["same", "source"].map(own);
        let labelled = self.candidates().filter(|candidates| candidates.is_labelled).map(|candidates| {
            let (dimension, texts, has_variables) =
                (dimension(candidates), &candidates.labels, candidates.has_variables);
            quote! {
                let #dimension = {
                    use #debugged as _;
                    use #displayed as _;
                    use #labels as _;
                    use #scalars as _;
                    use #sourced as _;
                    use #values as _;
                    let #same = (&&#probe(&#dimension)).__hyperopt_same();
                    let #texts_of = #source::new(&[#(#texts),*], #has_variables);
                    (&&&&#probe(&#dimension)).__hyperopt_kind().__hyperopt_label(#dimension, #texts_of, #same)
                };
            }
        });
        labelled.collect()
    }

    /// Returns the sampler; by default, random search.
    pub(super) fn sampler(&self) -> TokenStream {
        if let Some((setting, _)) = self.written(Role::Sampler) {
            return variable(setting).into_token_stream();
        }
        let (take, random) = (self.path("sampler"), self.path("RandomSampler"));
        quote!(#take(#random::new()))
    }

    /// Returns the head of the loop, with the place where states are kept.
    pub(super) fn head(&self, trial_loop: &Loop) -> TokenStream {
        if let Some(fault) = &trial_loop.fault {
            return fault.clone();
        }
        let head = &trial_loop.head;
        let written = self.written(Role::States);
        let written = written.and_then(|(setting, value)| Some((setting, value.clone().into_iter().next()?)));
        let Some((setting, first)) = written else { return head.to_token_stream() };
        // A value that cannot keep the states is reported at the setting.
        let place = first.span();
        let checkpointed = self.facade.path("checkpointed", Some(place));
        let checkpoint = own_at(&variable(setting).to_string(), place);
        let arguments = group(Delimiter::Parenthesis, place, quote!(#head, #checkpoint));
        quote!(#checkpointed #arguments)
    }

    /// Returns the item that the pattern of the loop binds. A pair is taken by a function that explains where it is none.
    pub(super) fn item(&self, trial_loop: &Loop, item: &Ident) -> TokenStream {
        let pattern = &trial_loop.pattern;
        match pattern {
            Pat::Tuple(tuple) if tuple.elems.len() == 2 && trial_loop.fault.is_none() => {
                let (first, last) = ends(&pattern.to_token_stream());
                let pair = self.facade.path("pair", Some(first));
                let item = self.facade.variable(&item.to_string(), first).into_token_stream();
                let item = group(Delimiter::Parenthesis, self.facade.at(last), item);
                quote!(#pair #item)
            }
            _ => item.to_token_stream(),
        }
    }

    /// Returns the engine's settings.
    pub(super) fn settings(&self) -> TokenStream {
        let settings = self.path("Settings");
        let fields = self.sweep.items.iter().filter_map(|item| match item {
            Item::Setting { setting, .. } | Item::InitialPoints { setting, .. } => match setting.role {
                Role::Field | Role::InitialPoints => Some((own(setting.name), variable(setting))),
                Role::Sampler | Role::Params | Role::States => None,
            },
            Item::Parameter(_) => None,
        });
        let fields = fields.map(|(field, value)| quote!(#field: #value,));
        quote!(#settings { #(#fields)* ..#settings::new() })
    }

    /// Returns the axes, each with its name.
    pub(super) fn axes(&self) -> TokenStream {
        if self.candidates().any(|candidates| candidates.count.is_some()) {
            let (axes, new) = (own("axes"), self.method("Axes", "new"));
            let listed = self.listed(&axes, None, None);
            return quote!({
                let mut #axes = #new();
                {
                    let #axes = &mut #axes;
                    #listed
                }
                #axes
            });
        }
        let make = self.method("Dimension", "axis");
        let axes = self.sweep.parameters().flat_map(|parameter| {
            let make = &make;
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (dimension, Candidates { axis_name, parents, .. }) = (dimension(candidates), candidates);
                quote!((#name, #make(&#dimension, #axis_name, #name, &[#(#parents),*])))
            })
        });
        list(&quote!(#(#axes),*))
    }

    /// Returns the setting that has `role`, and its value.
    fn written(&self, role: Role) -> Option<(&'static Setting, &TokenStream)> {
        self.sweep.items.iter().find_map(|item| match item {
            Item::Setting { setting, value, .. } if setting.role == role => Some((*setting, value)),
            _ => None,
        })
    }
}

/// Returns the variable that holds the value of `setting`.
pub(super) fn variable(setting: &Setting) -> Ident {
    own(&format!("set_{}", setting.name))
}
