//! Whatever a file holds, reading it ends with a definition or with errors.

use hyperopt_yaml::{Config, Statistics};
use proptest::prelude::*;

const FILES: [&str; 3] = [
    include_str!("files/rotten_tomatoes.yaml"),
    include_str!("files/reuters.yaml"),
    include_str!("files/every_key.yaml"),
];

/// What may be put into a file: pieces of it, and what readers of YAML stumble over.
const PIECES: [&str; 30] = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "\"",
    "'",
    "|\n",
    ">\n",
    "#",
    "\n",
    "\n  ",
    "\t",
    "~",
    "0",
    "-1",
    "1e999",
    ".nan",
    ".inf",
    "<<: ",
    "---\n",
    "\u{feff}",
    "\0",
    "é",
    "99999999999999999999",
];

fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(PIECES.to_vec()));
    (prop::sample::select(FILES.to_vec()), prop::collection::vec(edit, 1..6)).prop_map(|(file, edits)| {
        let mut chars: Vec<char> = file.chars().collect();
        for (at, removed, piece) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + removed).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_file_is_read_or_refused(text in mutated()) {
        match Config::parse("mutated.yaml", &text) {
            Ok(config) => {
                let yaml = config.resolve_yaml(&[]);
                prop_assert!(!yaml.is_empty());
            }
            Err(errors) => prop_assert!(!errors.faults().is_empty()),
        }
    }

    #[test]
    fn mutated_statistics_are_read_or_refused(text in mutated()) {
        if let Ok(statistics) = Statistics::parse(&text) {
            _ = statistics.table();
        }
    }
}
