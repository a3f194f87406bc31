//! Writes the loop. Its own names are invisible to the user's code, and the user's tokens are passed on as they are:
//! completion, hover, and rustc's messages see what was written.

mod choice;
mod parallel;
mod params;
mod parts;
mod place;
mod try_first;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::{Block, Expr};

use crate::choice::name_of;
use crate::errors::Errors;
use crate::model::{Candidates, Choice, Item, Loop, Mode, Parameter, Sweep, TrialHandle};
use choice::{Source, dimension, index};
use place::{Facade, group, own, own_at};

pub(crate) fn sweep(sweep: &Sweep, errors: Errors) -> TokenStream {
    let mut errors: Vec<_> = errors.into_expressions().collect();
    if sweep.facade.is_empty() || sweep.parameters().next().is_none() {
        if let TrialHandle::Broken(error) = &sweep.turn {
            errors.push(error.clone());
        }
        return quote!({ #(#errors);* });
    }
    let expansion = Expansion { sweep, facade: Facade::new(sweep.facade.clone()) };
    let (names, values) = expansion.evaluated();
    // Labels hang on types, which are unknown where something is wrong.
    let labelled = if sweep.is_broken { TokenStream::new() } else { expansion.labelled() };
    let try_first = sweep.try_first().map(|points| expansion.try_first(points));
    let run = match &sweep.turn {
        _ if sweep.mode == Mode::Space => expansion.parts(),
        TrialHandle::Loop(turn) if sweep.mode == Mode::Sequential => expansion.run(turn),
        TrialHandle::Loop(turn) => expansion.parallel(turn),
        TrialHandle::Broken(error) => error.clone(),
        TrialHandle::Missing => expansion.open(),
    };
    // A `match`, and no block around it, so that temporaries of the arguments live as long as the result may need them.
    let sweep = quote! {
        match (#(#values,)*) {
            (#(#names,)*) => {
                #labelled
                #try_first
                #run
            }
        }
    };
    if errors.is_empty() { sweep } else { quote!({ #(#errors;)* #sweep }) }
}

struct Expansion<'a> {
    sweep: &'a Sweep,
    facade: Facade,
}

impl Expansion<'_> {
    /// Names of our own for the arguments, and the arguments themselves, in the order written.
    fn evaluated(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let mut evaluated = (Vec::new(), Vec::new());
        if let Some(executor) = &self.sweep.executor {
            let take = self.path("executor");
            evaluated.0.push(own("executor"));
            evaluated.1.push(quote!(#take(#executor)));
        }
        for item in &self.sweep.items {
            match item {
                Item::Setting { name, equals, value } => {
                    let take = self.facade.path(&name.to_string(), Some(*equals));
                    evaluated.0.push(setting(name));
                    evaluated.1.push(quote!(#take(#value)));
                }
                Item::TryFirst { .. } => {}
                Item::Parameter(parameter) => {
                    for candidates in parameter.choice.candidates() {
                        let take = if self.sweep.mode == Mode::Space { "part" } else { "candidates" };
                        let take = self.facade.path(take, Some(candidates.equals));
                        let value = &candidates.value;
                        evaluated.0.push(dimension(candidates));
                        evaluated.1.push(quote!(#take(#value)));
                    }
                }
            }
        }
        evaluated
    }

    /// Labels the dimensions that may need it; in a block of its own, where the traits that find labels are in scope.
    fn labelled(&self) -> TokenStream {
        let [displayed, scalars, sourced, probe] =
            ["LabelDisplayed", "LabelScalars", "LabelSourced", "probe"].map(|name| self.facade.path(name, None));
        let candidates = self.sweep.parameters().flat_map(|parameter| parameter.choice.candidates());
        let labelled = candidates.filter(|candidates| candidates.is_labelled).map(|candidates| {
            let (dimension, labels) = (dimension(candidates), &candidates.labels);
            quote! {
                let #dimension = {
                    use #displayed as _;
                    use #scalars as _;
                    use #sourced as _;
                    (&&&#probe(&#dimension)).kind().label(#dimension, &[#(#labels),*])
                };
            }
        });
        labelled.collect()
    }

    /// The loop, as an expression that is the result.
    fn run(&self, turn: &Loop) -> TokenStream {
        let Loop { label, for_token, pattern, in_token, head, body } = turn;
        let (sampler, axes, settings, head) = (self.sampler(), self.axes(), self.settings(), self.head(head));
        let (driver, item, value, point) = (own("driver"), own("item"), own("value"), own("point"));
        let (drive, repeat, some) =
            (self.facade.path("drive", Some(in_token.span)), self.path("repeat"), self.path("Some"));
        let dimensions = self.dimensions();
        let parameters = self.bound(&driver, None);
        let tell = own_at("tell", for_token.span);
        let told = own_at("value", last_statement(body));
        let (params, decoded) = (self.params(), self.decoded(&point, None));
        let turn = quote! {
            let #some(#item) = #driver.ask() else { break };
            #parameters
            let #pattern = #item;
            let #value = #body;
            #[allow(unreachable_code)]
            #driver.#tell(#told);
        };
        let turn = group(Delimiter::Brace, body.span(), turn);
        quote! {
            let mut #driver = #drive(#sampler, #head, #axes, #settings);
            #(let #dimensions = &#dimensions;)*
            #label #for_token _ in #repeat(()) #turn
            {
                #params
                #driver.finish(|#point| #decoded)
            }
        }
    }

    /// Gives each hyperparameter its value in the trial that `by` has in hand.
    fn bound(&self, by: &Ident, first: Option<&Ident>) -> TokenStream {
        let (point, some) = (own("point"), self.path("Some"));
        let bound = self.sweep.parameters().map(|Parameter { name, choice }| {
            let picked = Source::Proposed { by, first }.value(&self.facade, choice);
            if let Choice::Candidates(_) = choice {
                return quote!(let #name = #picked;);
            }
            // The next rung of a configuration: its guards have been evaluated before.
            let recorded = Source::Recorded { point: &point, first }.value(&self.facade, choice);
            quote!(let #name = if let #some(#point) = #by.recorded() { #recorded } else { #picked };)
        });
        bound.collect()
    }

    /// The sweep without a loop.
    fn open(&self) -> TokenStream {
        let (sampler, settings, space) = (self.sampler(), self.settings(), self.space());
        let open = self.path("open");
        quote!(#open(#sampler, #settings, #space))
    }

    /// The hyperparameters as a space that is a value.
    fn space(&self) -> TokenStream {
        let [closures, axes_type] = ["closures", "Axes"].map(|name| self.path(name));
        let [axes, first, parents, suggest, point] = ["axes", "first", "parents", "suggest", "point"].map(own);
        let dimensions = self.dimensions();
        let len = dimensions.len();
        let listed = self.listed(&axes, &first, &parents);
        let parameters = self.bound(&suggest, Some(&first));
        let (params, collected, decoded) = (self.params(), self.collected(), self.decoded(&point, Some(&first)));
        quote! {{
            #params
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

    /// Lists the axes of a space that may be part of a larger one.
    fn listed(&self, axes: &Ident, first: &Ident, outer: &Ident) -> TokenStream {
        let listed = self.sweep.parameters().flat_map(|parameter| {
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (dimension, Candidates { axis_name, parents, .. }) = (dimension(candidates), candidates);
                let own = parents.iter().map(|&axis| index(Some(first), axis));
                quote!(#axes.push(#axis_name, #dimension.axis(#axis_name, #name, &[#outer, &[#(#own),*]].concat()));)
            })
        });
        listed.collect()
    }

    fn path(&self, name: &str) -> TokenStream {
        self.facade.path(name, None)
    }

    fn dimensions(&self) -> Vec<Ident> {
        self.sweep.parameters().flat_map(|parameter| parameter.choice.candidates()).map(dimension).collect()
    }

    fn sampler(&self) -> TokenStream {
        if self.sweep.has_setting("sampler") {
            return own("set_sampler").into_token_stream();
        }
        let (take, random) = (self.path("sampler"), self.path("RandomSampler"));
        quote!(#take(#random::new()))
    }

    /// The head of the loop, which knows where states are kept.
    fn head(&self, head: &Expr) -> TokenStream {
        let written = self.sweep.items.iter().find_map(|item| match item {
            Item::Setting { name, value, .. } if name == "checkpoint" => value.clone().into_iter().next(),
            _ => None,
        });
        let Some(written) = written else { return head.to_token_stream() };
        // What cannot keep the states is reported at the setting.
        let place = written.span();
        let (checkpointed, checkpoint) =
            (self.facade.path("checkpointed", Some(place)), own_at("set_checkpoint", place));
        let arguments = group(Delimiter::Parenthesis, place, quote!(#head, #checkpoint));
        quote!(#checkpointed #arguments)
    }

    fn settings(&self) -> TokenStream {
        let settings = self.path("Settings");
        let given = self.sweep.items.iter().filter_map(|item| match item {
            Item::Setting { name, .. } if name != "sampler" && name != "checkpoint" => {
                Some((own(&name.to_string()), setting(name)))
            }
            Item::TryFirst { .. } => Some((own("try_first"), own("set_try_first"))),
            _ => None,
        });
        let given = given.map(|(field, value)| quote!(#field: #value,));
        quote!(#settings { #(#given)* ..#settings::new() })
    }

    fn axes(&self) -> TokenStream {
        let axes = self.sweep.parameters().flat_map(|parameter| {
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (dimension, Candidates { axis_name, parents, .. }) = (dimension(candidates), candidates);
                quote!((#axis_name, #dimension.axis(#axis_name, #name, &[#(#parents),*])))
            })
        });
        quote!([#(#axes),*].to_vec())
    }
}

/// The variable that holds a setting.
fn setting(name: &Ident) -> Ident {
    own(&format!("set_{name}"))
}

/// Where to point if the body has the wrong value: the first token of its last statement, or its closing brace.
fn last_statement(body: &Group) -> Span {
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    let last = statements.last().and_then(|statement| statement.to_token_stream().into_iter().next());
    last.map_or(body.span_close(), |token| token.span())
}
