//! Writes the loop. Its own names are invisible to the user's code, and the user's tokens are passed on as they are:
//! completion, hover, and rustc's messages see what was written.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Block;
use syn::parse::Parser;

use crate::choice::name_of;
use crate::errors::Errors;
use crate::model::{Candidates, Choice, Item, Loop, Parameter, Sweep};

pub(crate) fn sweep(sweep: &Sweep, errors: Errors) -> TokenStream {
    let errors: Vec<_> = errors.into_expressions().collect();
    if sweep.facade.is_empty() || sweep.parameters().next().is_none() {
        return quote!({ #(#errors)* });
    }
    let facade = &sweep.facade;
    let expansion = Expansion { sweep, private: quote!(#facade::__private) };
    let (names, values) = expansion.evaluated();
    let labelled = expansion.labelled();
    let run = match &sweep.turn {
        Some(turn) => expansion.run(turn),
        None => expansion.open(),
    };
    // A `match`, so that temporaries of the arguments live as long as the sweep runs.
    quote!({
        #(#errors;)*
        match (#(#values,)*) {
            (#(#names,)*) => {
                #labelled
                #run
            }
        }
    })
}

struct Expansion<'a> {
    sweep: &'a Sweep,
    /// The private path of the facade.
    private: TokenStream,
}

impl Expansion<'_> {
    /// Names of our own for the arguments, and the arguments themselves, in the order written.
    fn evaluated(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let private = &self.private;
        let mut evaluated = (Vec::new(), Vec::new());
        for item in &self.sweep.items {
            match item {
                Item::Setting { name, value } => {
                    // The helper's name carries no span of the user's: an error is the value's.
                    let helper = own(&name.to_string());
                    evaluated.0.push(own(&format!("set_{name}")));
                    evaluated.1.push(quote!(#private::#helper(#value)));
                }
                Item::Parameter(parameter) => {
                    for candidates in parameter.choice.candidates() {
                        let value = &candidates.value;
                        evaluated.0.push(codec(candidates));
                        evaluated.1.push(quote!(#private::candidates(#value)));
                    }
                }
            }
        }
        evaluated
    }

    /// Labels the codecs that may need it; in a block of its own, where the traits that find labels are in scope.
    fn labelled(&self) -> TokenStream {
        let private = &self.private;
        let candidates = self.sweep.parameters().flat_map(|parameter| parameter.choice.candidates());
        let labelled = candidates.filter(|candidates| candidates.is_labelled).map(|candidates| {
            let (codec, labels) = (codec(candidates), &candidates.labels);
            quote! {
                let #codec = {
                    use #private::{LabelDisplayed as _, LabelScalars as _, LabelSourced as _};
                    (&&&#private::probe(&#codec)).kind().label(#codec, &[#(#labels),*])
                };
            }
        });
        labelled.collect()
    }

    /// The loop, as an expression that is the result.
    fn run(&self, turn: &Loop) -> TokenStream {
        let private = &self.private;
        let Loop { label, for_token, pattern, head, body } = turn;
        let (sampler, axes, settings) = (self.sampler(), self.axes(), self.settings());
        let (driver, item, value, point) = (own("driver"), own("item"), own("value"), own("point"));
        let codecs = self.codecs();
        let parameters = self.sweep.parameters().map(|parameter| {
            let (name, pick) = (&parameter.name, self.pick(&parameter.choice, &driver, parameter.choice.is_optional()));
            quote!(let #name = #pick;)
        });
        let told = Ident::new("value", last_statement(body).resolved_at(Span::mixed_site()));
        let (params, decode) = (self.params(), self.decode(&point));
        quote! {
            let mut #driver = #private::drive(#head, #sampler, #axes, #settings);
            #(let #codecs = &#codecs;)*
            #label #for_token _ in #private::repeat(()) {
                let #private::Some(#item) = #driver.ask() else { break };
                #(#parameters)*
                let #pattern = #item;
                let #value = #body;
                #driver.tell(#told);
            }
            {
                #params
                #driver.finish(|#point| #decode)
            }
        }
    }

    /// The sweep without a loop.
    fn open(&self) -> TokenStream {
        let private = &self.private;
        let (sampler, axes, settings) = (self.sampler(), self.axes(), self.settings());
        let (picker, point) = (own("picker"), own("point"));
        let codecs = self.codecs();
        let parameters = self.sweep.parameters().map(|parameter| {
            let (name, pick) = (&parameter.name, self.pick(&parameter.choice, &picker, parameter.choice.is_optional()));
            quote!(let #name = #pick;)
        });
        let names = self.sweep.parameters().map(|parameter| &parameter.name);
        let (params, decode) = (self.params(), self.decode(&point));
        quote! {{
            #params
            #private::open(
                #sampler,
                #axes,
                #settings,
                (#(#codecs,)*),
                |(#(#codecs,)*), #picker| {
                    #(#parameters)*
                    Hyperparameters { #(#names),* }
                },
                |(#(#codecs,)*), #point| #decode,
            )
        }}
    }

    fn codecs(&self) -> Vec<Ident> {
        self.sweep.parameters().flat_map(|parameter| parameter.choice.candidates()).map(codec).collect()
    }

    fn sampler(&self) -> TokenStream {
        let private = &self.private;
        if self.sweep.has_setting("sampler") {
            own("set_sampler").into_token_stream()
        } else {
            quote!(#private::RandomSampler::new())
        }
    }

    fn settings(&self) -> TokenStream {
        let private = &self.private;
        let given = self.sweep.items.iter().filter_map(|item| match item {
            Item::Setting { name, .. } if name != "sampler" => {
                Some((own(&name.to_string()), own(&format!("set_{name}"))))
            }
            _ => None,
        });
        let given = given.map(|(field, value)| quote!(#field: #value,));
        quote!(#private::Settings { #(#given)* ..#private::Settings::new() })
    }

    fn axes(&self) -> TokenStream {
        let private = &self.private;
        let axes = self.sweep.parameters().flat_map(|parameter| {
            let name = name_of(&parameter.name);
            parameter.choice.candidates().into_iter().map(move |candidates| {
                let (codec, Candidates { axis_name, parents, .. }) = (codec(candidates), candidates);
                quote!((#axis_name, #codec.axis(#axis_name, #name, &[#(#parents),*])))
            })
        });
        quote!(#private::Vec::from([#(#axes),*]))
    }

    /// The value of the trial that was asked for last; evaluates the guards.
    fn pick(&self, choice: &Choice, from: &Ident, optional: bool) -> TokenStream {
        let private = &self.private;
        let none = quote!(#private::None);
        match choice {
            Choice::Candidates(candidates) => {
                let (axis, codec) = (candidates.axis, codec(candidates));
                let pick = quote!(#from.pick(#axis, #codec));
                if optional { quote!(#private::Some(#pick)) } else { pick }
            }
            Choice::If { condition, then, otherwise } => {
                let then = self.pick(then, from, optional);
                let otherwise = otherwise.as_ref().map_or(none, |choice| self.pick(choice, from, optional));
                quote!(if #condition { #then } else { #otherwise })
            }
            Choice::Match { scrutinee, arms } => {
                let arms = arms.iter().map(|arm| {
                    let (pattern, pick) = (&arm.pattern, self.pick(&arm.choice, from, optional));
                    quote!(#pattern => #pick,)
                });
                quote!(match #scrutinee { #(#arms)* })
            }
        }
    }

    /// The typed parameters of a recorded point: reads which axes are active and evaluates no guard.
    fn decode(&self, point: &Ident) -> TokenStream {
        let fields = self.sweep.parameters().map(|parameter| {
            let (name, choice) = (&parameter.name, &parameter.choice);
            let value = self.decoded(choice, point, choice.is_optional());
            quote!(#name: #value)
        });
        quote!(Hyperparameters { #(#fields),* })
    }

    fn decoded(&self, choice: &Choice, point: &Ident, optional: bool) -> TokenStream {
        let private = &self.private;
        let none = quote!(#private::None);
        match choice {
            Choice::Candidates(candidates) => {
                let (axis, codec) = (candidates.axis, codec(candidates));
                let value = quote!(#private::decode(#codec, #point, #axis));
                if optional { quote!(#private::Some(#value)) } else { value }
            }
            Choice::If { then, otherwise, .. } => {
                let otherwise = otherwise.as_ref().map_or(none, |choice| self.decoded(choice, point, optional));
                self.decoded_or(then, point, optional, &otherwise)
            }
            Choice::Match { arms, .. } => {
                let last = arms.last().map_or(none, |arm| self.decoded(&arm.choice, point, optional));
                let others = arms.iter().rev().skip(1);
                others.fold(last, |otherwise, arm| self.decoded_or(&arm.choice, point, optional, &otherwise))
            }
        }
    }

    fn decoded_or(&self, choice: &Choice, point: &Ident, optional: bool, otherwise: &TokenStream) -> TokenStream {
        let axes = choice.candidates().into_iter().map(|candidates| candidates.axis);
        let value = self.decoded(choice, point, optional);
        quote!(if #(#point.is_active(#axes))||* { #value } else { #otherwise })
    }

    /// The struct of the typed parameters, generic so that no type need be written.
    fn params(&self) -> TokenStream {
        let private = &self.private;
        let fields = || self.sweep.parameters().map(|Parameter { name, .. }| name).enumerate();
        let types = fields().map(|(index, _)| format_ident!("T{index}"));
        let typed = fields().map(|(index, name)| {
            let of_type = format_ident!("T{index}");
            quote!(pub #name: #of_type)
        });
        quote! {
            #[allow(dead_code)]
            #[derive(#private::Clone, #private::Copy, #private::Debug, #private::PartialEq)]
            struct Hyperparameters<#(#types),*> { #(#typed),* }
        }
    }
}

/// A name that the user's code cannot see, nor shadow.
fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn codec(candidates: &Candidates) -> Ident {
    own(&format!("codec{}", candidates.axis))
}

/// Where to point if the body has the wrong value: the first token of its last statement, or its closing brace.
fn last_statement(body: &Group) -> Span {
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    let last = statements.last().and_then(|statement| statement.to_token_stream().into_iter().next());
    last.map_or(body.span_close(), |token| token.span())
}
