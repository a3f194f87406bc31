//! The loop of `thyperopt!` and `phyperopt!`, whose body becomes a closure with a loop inside.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::expansion::Expansion;
use super::sequential::last_statement;
use super::spans::{group, own, own_at};
use super::value::By;
use crate::model::{Loop, Parameter};

impl Expansion<'_> {
    /// The loop, as an expression that evaluates to the result.
    ///
    /// The body stands in a loop of at most two passes, so that `break` and `continue` keep their meaning: a first pass
    /// that ends without a value was left by `break`, and a second pass, which finds no trial to run, follows `continue`.
    pub(super) fn parallel(&self, trial_loop: &Loop) -> TokenStream {
        let Loop { label, for_token, pattern, in_token, head, body } = trial_loop;
        let (sampler, axes, settings, head) = (self.sampler(), self.axes(), self.settings(), self.head(head));
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
        let (suggest, point, values, item) = (own("suggest"), own("point"), own("values"), own("item"));
        let (flow, left, value, tell) = (own("flow"), own("left"), own("value"), own("tell"));
        let told = own_at("value", last_statement(body));
        let names: Vec<_> = self.sweep.parameters().map(|Parameter { name, .. }| name).collect();
        // Hyperparameters that only guards read are not unused, though this closure does not read them.
        let guarding: Vec<_> = self.guarding().collect();
        let bound = self.bound(By::Suggest(&suggest), None);
        let take = self.method("Option", "take");
        let (wrap, finish) = (self.method("Tell", "value"), self.method("Ran", "finish"));
        let (params, decoded) = (self.params(), self.decoded(&point, None));
        // A variable that the closure cannot capture is reported at the `for`.
        let closure = for_token.span.resolved_at(Span::mixed_site());
        let arguments = quote_spanned!(closure=> |#values, #item, #tell|);
        let trial = quote! {
            let mut #flow = #flow_type::Stop;
            let mut #left = #some((#values, #item));
            #label #for_token _ in #repeat(()) {
                let #some(((#(#names,)*), #item)) = #take(&mut #left) else {
                    #flow = #flow_type::Pruned;
                    break;
                };
                #(let _ = &#guarding;)*
                let #pattern = #item;
                let #value = #body;
                #[allow(unreachable_code)]
                {
                    #flow = #wrap(#tell, #told);
                    break;
                }
            }
            #flow
        };
        let trial = group(Delimiter::Brace, closure, trial);
        quote! {{
            #(let #dimensions = &#dimensions;)*
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
                #finish(#left, |#point| #decoded)
            }
        }}
    }

    /// The names of the hyperparameters that guards read.
    fn guarding(&self) -> impl Iterator<Item = &Ident> {
        let read: HashSet<usize> = self.candidates().flat_map(|one| one.parents.iter().copied()).collect();
        let reads =
            move |parameter: &&Parameter| parameter.choice.candidates().iter().any(|one| read.contains(&one.axis));
        self.sweep.parameters().filter(reads).map(|parameter| &parameter.name)
    }
}
