//! The loop of `thyperopt!` and `phyperopt!`, whose body becomes a closure with a loop inside.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::expansion::Expansion;
use super::sequential::last_statement;
use super::spans::{group, own};
use super::value::By;
use crate::model::{Loop, Parameter};

impl Expansion<'_> {
    /// Returns the loop, as an expression that evaluates to the result.
    ///
    /// The body stands in a loop of at most two passes, so that `break` and `continue` keep their meaning: a first pass
    /// that ends without a value was left by `break`, and a second pass, which finds no trial to run, follows `continue`.
    pub(super) fn parallel(&self, trial_loop: &Loop) -> TokenStream {
        let Loop { label, for_token, pattern, in_token, body, .. } = trial_loop;
        let (sampler, axes, settings, head) = (self.sampler(), self.axes(), self.settings(), self.head(trial_loop));
        let [repeat, some, flow_type] = ["repeat", "Some", "Flow"].map(|name| self.path(name));
        let run = self.facade.path("run", Some(in_token.span));
        let executor = match &self.sweep.executor {
            Some(_) => {
                let executor = own("executor");
                quote!(*#executor)
            }
            None => self.path("CurrentPool"),
        };
        let dimensions = self.dimensions();
        let (suggest, point, values) = (own("suggest"), own("point"), own("values"));
        let (flow, left, tell) = (own("flow"), own("left"), own("tell"));
        let [item, value] = ["item", "value"].map(|name| self.facade.variable(name, for_token.span));
        let told = self.facade.variable("value", last_statement(body));
        let take = self.method("Option", "take");
        let (wrap, finish) = (self.method("Tell", "value"), self.method("Ran", "finish"));
        // Without a head that fits, what the body should evaluate to is unknown.
        let wrapped =
            if trial_loop.fault.is_some() { quote!(let _ = #told;) } else { quote!(#flow = #wrap(#tell, #told);) };
        let names: Vec<_> = self.sweep.parameters().map(|Parameter { name, .. }| name).collect();
        // Hyperparameters that only guards read are not unused, though this closure does not read them.
        let guarding: Vec<_> = self.guarding().collect();
        let bound = self.bound(By::Suggest(&suggest), None);
        let (params, (decoder, decode)) = (self.params(), self.decoder(&point));
        // A variable that the closure cannot capture is reported at the `for`.
        let closure = for_token.span.resolved_at(Span::mixed_site());
        let arguments = quote_spanned!(closure=> |#values, #item, #tell|);
        let paired = self.item(trial_loop, &item);
        let trial = quote! {
            let mut #flow = #flow_type::Stop;
            let mut #left = #some((#values, #item));
            #label #for_token _ in #repeat(()) {
                let #some(((#(#names,)*), #item)) = #take(&mut #left) else {
                    #flow = #flow_type::Pruned;
                    break;
                };
                #(let _ = &#guarding;)*
                let #pattern = #paired;
                let #value = #body;
                #[allow(unreachable_code)]
                {
                    #wrapped
                    break;
                }
            }
            #flow
        };
        let trial = group(Delimiter::Brace, closure, trial);
        quote! {{
            #(let #dimensions = &#dimensions;)*
            #decoder
            let #left = #run(
                #sampler,
                #head,
                &#executor,
                #axes,
                #settings,
                |#suggest| {
                    #bound
                    (#(#names,)*)
                },
                #arguments #trial,
            );
            {
                #params
                #finish(#left, #decode)
            }
        }}
    }

    /// Returns the names of the hyperparameters that guards read.
    fn guarding(&self) -> impl Iterator<Item = &Ident> {
        let read: HashSet<usize> = self.candidates().flat_map(|one| one.parents.iter().copied()).collect();
        let reads =
            move |parameter: &&Parameter| parameter.choice.candidates().iter().any(|one| read.contains(&one.axis));
        self.sweep.parameters().filter(reads).map(|parameter| &parameter.name)
    }
}
