//! Writes the expansion. Its own names are invisible to the user's code, and the user's tokens are passed on as they are,
//! so that completion, hover and rustc's messages see what was written.

mod arguments;
mod expansion;
mod initial_points;
mod open;
mod parallel;
mod params;
mod sequential;
mod space;
mod spans;
mod value;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
use crate::model::{Mode, Sweep, TrialLoop};
use expansion::Expansion;

/// Returns the expression that a call expands to, with the mistakes found in it.
pub(crate) fn sweep(sweep: &Sweep, errors: Errors) -> TokenStream {
    if sweep.facade.is_empty() || sweep.parameters().next().is_none() {
        let errors = errors.into_all_expressions();
        return quote!({ #(#errors);* });
    }
    let errors: Vec<_> = errors.into_expressions().collect();
    let expansion = Expansion::new(sweep);
    let (names, values) = expansion.evaluated();
    // Labels depend on types, which are unknown where there is a mistake.
    let labelled = if sweep.is_broken { TokenStream::new() } else { expansion.labelled() };
    let initial_points = expansion.initial_points();
    let run = match &sweep.trial_loop {
        TrialLoop::Broken(error) => error.clone(),
        _ if sweep.mode == Mode::Space => expansion.space(),
        TrialLoop::Written(trial_loop) if sweep.mode == Mode::Sequential => expansion.sequential(trial_loop),
        TrialLoop::Written(trial_loop) => expansion.parallel(trial_loop),
        TrialLoop::Missing => expansion.open(),
    };
    // A `match` without a block around it, so that temporaries of the arguments live as long as the result may need them.
    let sweep = quote! {
        match (#(#values,)*) {
            (#(#names,)*) => {
                #labelled
                #initial_points
                #run
            }
        }
    };
    if errors.is_empty() { sweep } else { quote!({ #(#errors;)* #sweep }) }
}
