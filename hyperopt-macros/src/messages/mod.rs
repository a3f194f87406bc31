//! Tests of the messages about headers that people type: one each, and what it says to write is right.

mod candidates;
mod elsewhere;
mod loops;
mod samplers;
mod settings;
mod values;

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::expansion;
use crate::model::Mode;

/// A header that is wrong, what its message says, and the header that follows its advice.
struct Case(&'static str, &'static str, &'static str);

/// Returns the messages in the expansion of `header`, each once, as rustc shows them.
fn messages(header: &str, mode: Mode) -> Vec<String> {
    let arguments = TokenStream::from_str(header).unwrap();
    let mut found = Vec::new();
    collect(expansion(quote!([hyperopt] #arguments), mode), &mut found);
    found.dedup();
    found
}

pub(crate) fn collect(stream: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<_> = stream.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let named = |back: usize| index.checked_sub(back).map(|before| trees[before].to_string());
        if named(2).as_deref() == Some("compile_error") {
            let text: syn::LitStr = syn::parse2(group.stream()).unwrap();
            found.push(text.value());
        } else {
            collect(group.stream(), found);
        }
    }
}

/// Returns the code that `message` says to write.
fn advice(message: &str) -> Vec<&str> {
    let written = message.split("write ").skip(1).filter_map(|rest| rest.strip_prefix('`'));
    written.filter_map(|rest| rest.split('`').next()).collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace("{…}", "")
}

fn check(cases: &[Case], modes: &[Mode]) {
    for Case(header, says, corrected) in cases {
        for &mode in modes {
            let found = messages(header, mode);
            assert!(found.len() == 1 && found[0].contains(says), "{header}\nsays {found:#?}\nnot {says}");
            assert!(!found[0].starts_with(char::is_uppercase), "{found:?}");
            let corrected_says = messages(corrected, mode);
            assert!(corrected_says.is_empty(), "{corrected}\nsays {corrected_says:#?}");
        }
        let found = messages(header, modes[0]);
        let first = advice(&found[0]).first().map(|advice| plain(advice));
        assert!(
            first.is_none_or(|first| plain(corrected).contains(&first)),
            "{found:?}\nis not followed by\n{corrected}"
        );
    }
}

const ALL: [Mode; 3] = [Mode::Sequential, Mode::Threaded, Mode::Parallel];

macro_rules! cases {
    ($($header:literal: $says:literal => $corrected:literal,)*) => { [$(Case($header, $says, $corrected)),*] };
}

use cases;
