//! The settings of a sweep: one table, from which the parser, the messages, the expansion and the docs work.
//!
//! A new setting takes one entry here and a function of its name in `hyperopt_core::run::macro_support`.

use proc_macro2::Ident;

/// A setting of a sweep, `name = value`.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    /// What it takes, in Markdown.
    pub(crate) takes: &'static str,
    /// What holds without it, in Markdown.
    pub(crate) default: &'static str,
    /// A value to show in a message.
    pub(crate) example: &'static str,
    /// The method of `Search` that sets it; `None` if a space that is a value has no use for it.
    pub(crate) setter: Option<&'static str>,
    pub(crate) role: Role,
}

/// Which part of the expansion takes the value of a setting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The sweep, as its sampler.
    Sampler,
    /// The struct of the parameters. Its value is a type, which is not evaluated.
    Params,
    /// The head of the loop, which hands on the states of trials.
    States,
    /// The field of this name in the engine's settings, by way of the candidates if points are written out.
    InitialPoints,
    /// The field of this name in the engine's settings.
    Field,
}

impl Setting {
    /// Whether only a sweep over budgets has a use for it.
    pub(crate) fn is_of_budgets(&self) -> bool {
        self.role == Role::States || self.name == "spend"
    }
}

/// All settings, in the order of the docs.
pub(crate) static SETTINGS: [Setting; 17] = [
    Setting {
        name: "sampler",
        takes: "a sampler, or a scheduler of budgets",
        default: "`RandomSampler::new()`",
        example: "TpeSampler::new()",
        setter: Some("sampler"),
        role: Role::Sampler,
    },
    Setting {
        name: "seed",
        takes: "the same seed gives the same sweep",
        default: "drawn, and shown by `{ho}`",
        example: "7",
        setter: Some("seed"),
        role: Role::Field,
    },
    Setting {
        name: "goal",
        takes: "`Minimize`, `Maximize`, or an array of them",
        default: "`Minimize`",
        example: "Maximize",
        setter: Some("goal"),
        role: Role::Field,
    },
    Setting {
        name: "ho",
        takes: "an earlier sweep to continue: `ho = ho`; `0..30` runs 30 more trials, with `i` from 0 again",
        default: "a new sweep",
        example: "earlier",
        setter: Some("earlier"),
        role: Role::Field,
    },
    Setting {
        name: "study",
        takes: "where the sweep is kept; `0..30` is the total of all runs, and `i` continues",
        default: "nowhere",
        example: "Study::open(\"sqlite:sweep.db\")?",
        setter: Some("study"),
        role: Role::Field,
    },
    Setting {
        name: "checkpoint",
        takes: "where the states of a multi-fidelity sweep are kept: a directory of this study alone",
        default: "nowhere",
        example: "\"states\"",
        setter: None,
        role: Role::States,
    },
    Setting {
        name: "timeout",
        takes: "a `Duration` after which no trial starts",
        default: "none",
        example: "Duration::from_secs(60)",
        setter: Some("timeout"),
        role: Role::Field,
    },
    Setting {
        name: "loss_threshold",
        takes: "an objective: the sweep ends once its best one is better",
        default: "none",
        example: "0.01",
        setter: Some("loss_threshold"),
        role: Role::Field,
    },
    Setting {
        name: "no_progress",
        takes: "a number of trials: the sweep ends after that many in a row without a new best one",
        default: "none",
        example: "20",
        setter: Some("no_progress"),
        role: Role::Field,
    },
    Setting {
        name: "spend",
        takes: "resources: the sweep of a scheduler ends once its trials have spent that many, summed over all",
        default: "none",
        example: "1000",
        setter: Some("spend"),
        role: Role::Field,
    },
    Setting {
        name: "progress",
        takes: "`true`, or a `Progress`: a bar on a terminal, lines elsewhere",
        default: "`false`",
        example: "true",
        setter: Some("progress"),
        role: Role::Field,
    },
    Setting {
        name: "on_error",
        takes: "`OnError::Stop` ends the sweep at the first failed trial",
        default: "`OnError::Continue`",
        example: "OnError::Stop",
        setter: Some("on_error"),
        role: Role::Field,
    },
    Setting {
        name: "on_interrupt",
        takes: "`OnInterrupt::Stop` makes Ctrl-C end the sweep and keep all results",
        default: "ends the program",
        example: "OnInterrupt::Stop",
        setter: Some("on_interrupt"),
        role: Role::Field,
    },
    Setting {
        name: "into",
        takes: "a struct of your own with a field for each hyperparameter: the parameters of each trial",
        default: "a struct without a name",
        example: "Settings",
        setter: None,
        role: Role::Params,
    },
    Setting {
        name: "try_first",
        takes: "points to try first: `[(rate = 1e-3, layers = 2)]`, or `earlier.best_points(5)`",
        default: "none",
        example: "[(name = value)]",
        setter: Some("try_first"),
        role: Role::InitialPoints,
    },
    Setting {
        name: "transfer",
        takes: "a sweep of other data that guides this one: `&earlier`",
        default: "none",
        example: "&earlier",
        setter: Some("transfer"),
        role: Role::Field,
    },
    Setting {
        name: "repeats",
        takes: "`true` lets points repeat, for noisy objectives",
        default: "`false`",
        example: "true",
        setter: Some("repeats"),
        role: Role::Field,
    },
];

/// Returns the setting called `name`. A raw name, `r#seed`, belongs to a hyperparameter.
pub(crate) fn setting(name: &Ident) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| name == setting.name)
}

/// Returns the setting called `name`.
pub(crate) fn setting_named(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// Returns the setting that `name` may be a misspelling of: one that differs in at most a third of its letters.
pub(crate) fn similar(name: &str) -> Option<&'static Setting> {
    let near = SETTINGS.iter().map(|setting| (distance(name, setting.name), setting));
    let near = near.filter(|(distance, setting)| *distance <= setting.name.len() / 3);
    near.min_by_key(|(distance, _)| *distance).map(|(_, setting)| setting)
}

/// Returns the setting that one slip of the pen makes `name` of: a letter too many, too few, wrong or in the place of its
/// neighbour, a capital, or an underscore. Of names as short as `ho`, any other is one edit away.
pub(crate) fn one_edit(name: &str) -> Option<&'static Setting> {
    let plain = |name: &str| name.to_lowercase().replace('_', "");
    SETTINGS.iter().filter(|setting| setting.name.len() > 2).find(|setting| {
        let is_near = distance(name, setting.name) <= 1 || is_swapped(name, setting.name);
        name != setting.name && (is_near || plain(name) == plain(setting.name))
    })
}

/// Whether `a` is `b` with two neighbours swapped.
fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(first) = a.iter().zip(&b).position(|(a, b)| a != b) else { return false };
    a.len() == b.len()
        && first + 1 < a.len()
        && (a[first], a[first + 1]) == (b[first + 1], b[first])
        && a[first + 2..] == b[first + 2..]
}

/// Returns the settings by name: "settings are `sampler`, …, `transfer` and `repeats`".
pub(crate) fn named() -> String {
    let names: Vec<_> = SETTINGS.iter().map(|setting| format!("`{}`", setting.name)).collect();
    let (first, last) = names.split_at(SETTINGS.len() - 1);
    format!("settings are {} and {}", first.join(", "), last.join(", "))
}

/// Returns the table of the settings, in Markdown.
pub(crate) fn table() -> String {
    let rows =
        SETTINGS.iter().map(|Setting { name, takes, default, .. }| format!("| `{name}` | {takes} | {default} |\n"));
    rows.fold("| setting | value | default |\n|---|---|---|\n".to_owned(), |table, row| table + &row)
}

/// Returns the number of letters to insert, delete or replace to make `b` of `a` (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (above, a) in a.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (column, b) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[b.chars().count()]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Role, SETTINGS, distance, named, one_edit, similar, table};

    fn read(path: &str) -> String {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
    }

    /// The compiler's note is an attribute of a trait in another crate, which takes a literal only.
    #[test]
    fn the_note_on_candidates_names_all_settings() {
        let note = format!("{}; all else is a hyperparameter", named());
        let source = read("hyperopt-core/src/candidates/contract.rs");
        let joined = source.split("\\\n").map(str::trim_start).collect::<String>();
        assert!(joined.contains(&format!("note = \"{note}\"")), "the note on `Candidates` should be:\n{note}");
    }

    #[test]
    fn the_book_has_the_table() {
        let page = "book/src/settings.md";
        assert!(read(page).contains(&table()), "the table of settings in {page} should be:\n{}", table());
    }

    #[test]
    fn each_setting_has_its_function() {
        let source = read("hyperopt-core/src/run/macro_support.rs");
        for setting in SETTINGS.iter().filter(|setting| setting.role != Role::Params) {
            let function = format!("pub fn {}", setting.name);
            let is_there = source
                .lines()
                .any(|line| line.strip_prefix(&function).is_some_and(|rest| rest.starts_with(['(', '<'])));
            assert!(is_there, "`macro_support` lacks `{function}`");
        }
    }

    #[test]
    fn each_setter_is_a_method_of_search() {
        let source = read("hyperopt-core/src/run/search/mod.rs");
        for setter in SETTINGS.iter().filter_map(|setting| setting.setter) {
            let method = format!("pub fn {setter}");
            assert!(source.contains(&format!("{method}(")) || source.contains(&format!("{method}<")), "{method}");
        }
    }

    #[test]
    fn distances_are_those_of_levenshtein() {
        let pairs = [("", "seed"), ("seed", "seed"), ("sede", "seed"), ("sampeler", "sampler"), ("kitten", "sitting")];
        assert_eq!(pairs.map(|(a, b)| distance(a, b)), [4, 0, 2, 1, 3]);
    }

    #[test]
    fn slips_are_recognised() {
        let names =
            ["goals", "gaol", "tryfirst", "Seed", "on_errors", "sampler_", "sampeler", "o", "h0", "layers", "rate"];
        let found = names.map(|name| one_edit(name).map(|setting| setting.name));
        let expected = ["goal", "goal", "try_first", "seed", "on_error", "sampler", "sampler"].map(Some);
        assert_eq!(found, [&expected[..], &[None; 4]].concat()[..]);
    }

    #[test]
    fn misspellings_are_recognised() {
        let names =
            ["sampeler", "seeds", "check_point", "repeat", "on_eror", "h", "a", "layers", "rate", "learning_rate"];
        let found = names.map(|name| similar(name).map(|setting| setting.name));
        let expected = ["sampler", "seed", "checkpoint", "repeats", "on_error"].map(Some);
        assert_eq!(found, [&expected[..], &[None; 5]].concat()[..]);
    }
}
