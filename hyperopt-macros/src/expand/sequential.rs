//! The loop of `hyperopt!`, whose body stays a loop body of the function around it.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Block;
use syn::parse::Parser;

use super::expansion::Expansion;
use super::spans::{group, own};
use super::value::By;
use crate::model::Loop;

impl Expansion<'_> {
    /// Returns the loop, as an expression that evaluates to the result.
    pub(super) fn sequential(&self, trial_loop: &Loop) -> TokenStream {
        let Loop { label, for_token, pattern, in_token, body, .. } = trial_loop;
        let (sampler, axes, settings, head) = (self.sampler(), self.axes(), self.settings(), self.head(trial_loop));
        let (driver, point) = (own("driver"), own("point"));
        let [item, value] = ["item", "value"].map(|name| self.facade.variable(name, for_token.span));
        let (drive, repeat, some) =
            (self.facade.path("drive", Some(in_token.span)), self.path("repeat"), self.path("Some"));
        let dimensions = self.dimensions();
        let parameters = self.bound(By::Driver(&driver), None);
        let tell = self.facade.method("Driver", "tell", Some(for_token.span));
        let [ask, finish] = ["ask", "finish"].map(|name| self.method("Driver", name));
        let told = self.facade.variable("value", last_statement(body));
        // Without a head that fits, what the body should evaluate to is unknown.
        let tell = if trial_loop.fault.is_some() {
            quote!(let _ = #told;)
        } else {
            quote! {
                #[allow(unreachable_code)]
                #tell(&mut #driver, #told);
            }
        };
        let (params, (decoder, decode)) = (self.params(), self.decoder(&point));
        let bound = self.item(trial_loop, &item);
        let trial = quote! {
            let #some(#item) = #ask(&mut #driver) else { break };
            #parameters
            let #pattern = #bound;
            let #value = #body;
            #tell
        };
        let trial = group(Delimiter::Brace, body.span(), trial);
        quote! {
            let mut #driver = #drive(#sampler, #head, #axes, #settings);
            #(let #dimensions = &#dimensions;)*
            #decoder
            #label #for_token _ in #repeat(()) #trial
            {
                #params
                #finish(#driver, #decode)
            }
        }
    }
}

/// Returns the place of the error about a body with the wrong value: the first token of its last statement, or its closing brace.
pub(super) fn last_statement(body: &Group) -> Span {
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    let last = statements.last().and_then(|statement| statement.to_token_stream().into_iter().next());
    last.map_or(body.span_close(), |token| token.span())
}
