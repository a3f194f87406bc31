//! The keys of each section, to tell where a key belongs that stands in another one.

/// The keys of a section.
struct Section {
    name: &'static str,
    keys: &'static [&'static str],
    /// Other names of these keys, and of keys elsewhere.
    aliases: &'static [&'static str],
}

/// The sections, with the keys that no other section has.
const SECTIONS: [Section; 5] = [
    Section {
        name: "hyperopt",
        keys: &[
            "parameters",
            "goal",
            "metric",
            "split",
            "eval_split",
            "output_feature",
            "search_alg",
            "executor",
            "study",
            "seed",
            "try_first",
            "repeats",
        ],
        aliases: &["sampler"],
    },
    Section {
        name: "search_alg",
        keys: &["startup", "resolution"],
        aliases: &["n_initial_points", "n_startup_trials", "points_to_evaluate"],
    },
    Section {
        name: "executor",
        keys: &["num_samples", "num_workers", "time_budget_s", "spend", "scheduler"],
        aliases: &["max_concurrent_trials"],
    },
    Section {
        name: "scheduler",
        keys: &["max_t", "grace_period", "reduction_factor", "time_attr", "budget", "min_samples_required"],
        aliases: &[],
    },
    Section { name: "study", keys: &["url"], aliases: &[] },
];

/// Returns the section that `key` belongs to; `None` if it belongs to none, to several, or to `here` itself.
pub(crate) fn section_of(key: &str, here: &str) -> Option<&'static str> {
    elsewhere(here).find(|(_, known)| *known == key).map(|(section, _)| section)
}

/// Returns the keys of all sections but `here`, with their sections; none if `here` is no section.
pub(crate) fn elsewhere(here: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // They are one section with two names.
    let here = if here == "sampler" { "search_alg" } else { here };
    let is_section = SECTIONS.iter().any(|section| section.name == here);
    let others = SECTIONS.iter().filter(move |section| is_section && section.name != here);
    others.flat_map(|section| section.keys.iter().chain(section.aliases).map(|key| (section.name, *key)))
}

/// Returns the keys that a file may have, each once, without their other names.
pub fn keys() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().flat_map(|section| section.keys).copied()
}
