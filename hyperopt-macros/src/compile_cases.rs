//! Tests of the compile cases without a compiler: the expansion of the calls in `tests/ui` has the messages that are written down
//! beside them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::expansion;
use crate::messages::collect;
use crate::model::Mode;

/// Returns the folder of the cases, which the package does not have.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    folder.exists().then_some(folder)
}

/// The messages in the expansions of all calls in `stream`.
fn messages(stream: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<_> = stream.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let before = |back: usize| index.checked_sub(back).map(|at| trees[at].to_string()).unwrap_or_default();
        let name = if before(1) == "!" { before(2) } else { String::new() };
        let mode = match name.as_str() {
            "hyperopt" => Mode::Sequential,
            "thyperopt" => Mode::Threaded,
            "phyperopt" => Mode::Parallel,
            "space" => Mode::Space,
            _ => {
                messages(group.stream(), found);
                continue;
            }
        };
        let arguments = group.stream();
        collect(expansion(quote!([hyperopt] #arguments), mode), found);
    }
}

/// Returns the errors that are written down and have no code of rustc: their texts, in one line each.
fn written(text: &str) -> BTreeSet<String> {
    let errors = text.split("\n\n").filter_map(|error| error.strip_prefix("error: "));
    errors.filter_map(|error| error.split("--> ").next()).map(|text| text.trim_end().to_owned()).collect()
}

/// Returns the files of code in a folder.
fn cases(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Returns the messages of the calls in a file.
fn found(case: &Path) -> BTreeSet<String> {
    let mut found = Vec::new();
    messages(TokenStream::from_str(&fs::read_to_string(case).unwrap()).unwrap(), &mut found);
    found.into_iter().collect()
}

#[test]
fn messages_are_those_that_the_compiler_shows() {
    let Some(folder) = folder() else { return };
    let mut shown = 0;
    for case in cases(folder) {
        let found = found(&case);
        let mut written = written(&fs::read_to_string(case.with_extension("stderr")).unwrap());
        // A lint of rustc, which has no code either.
        written.retain(|text| !text.starts_with("unused return value"));
        assert_eq!(found, written, "{}", case.display());
        shown += found.len();
    }
    assert!(shown > 100, "{shown}");
}

#[test]
fn calls_without_a_mistake_have_no_message() {
    let Some(folder) = folder() else { return };
    for case in cases(folder.join("pass")) {
        assert_eq!(found(&case), BTreeSet::new(), "{}", case.display());
    }
}
