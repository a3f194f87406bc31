//! Hyperparameters that are meant as settings: names that resemble one, names that other libraries use for one, and values
//! that only a setting has.
//!
//! A name that is plausible for a hyperparameter, such as `workers` or `speed`, is one if its value is a list or a range.

use proc_macro2::Ident;
use syn::{Error, Expr};

use super::sampler::{is_pruner, pruner_text, sampler_text};
use super::setting::{instead, is_of, names};
use crate::model::Mode;
use crate::settings::{SETTINGS, Setting, one_edit, setting_named, similar};
use crate::shape::{call, elements, is_candidates, literal, path, short, text};

/// What a name of another library stands for.
#[derive(Clone, Copy)]
enum Meant {
    /// A setting of this name.
    Setting(&'static str),
    /// The number of trials.
    Trials,
    /// The number of threads.
    Workers,
    Pruner,
    /// What is optimized: the value of the body.
    Objective,
    /// The hyperparameters.
    Space,
    /// A part of `study = …`.
    Study,
    /// The budgets of a scheduler, or its way with them.
    Budgets,
    /// The number of trials before a sampler's model is used.
    Startup,
}

/// Names that no hyperparameter has: they are errors with any value.
const NEVER: [(&[&str], Meant); 9] = [
    (&["samplers", "search_alg", "search_algorithm"], Meant::Setting("sampler")),
    (
        &["goals", "directions", "maximize", "minimize", "maximise", "minimise", "greater_is_better"],
        Meant::Setting("goal"),
    ),
    (&["n_trials", "ntrials", "num_trials", "max_trials"], Meant::Trials),
    (&["n_jobs", "max_concurrent_trials"], Meant::Workers),
    (
        &["show_progress_bar", "show_progressbar", "progress_bar", "progressbar", "show_progress"],
        Meant::Setting("progress"),
    ),
    (&["time_budget_s", "timeout_s", "timeout_secs"], Meant::Setting("timeout")),
    (&["points_to_evaluate", "enqueue_trial"], Meant::Setting("try_first")),
    (&["study_name", "load_if_exists"], Meant::Study),
    (&["param_grid", "param_distributions", "search_space", "param_space", "pbounds"], Meant::Space),
];

/// Names that a hyperparameter may have too: their value decides.
const PLAUSIBLE: [(&[&str], Meant); 16] = [
    (&["algo", "algorithm", "optimizer", "optimiser", "scheduler", "suggest"], Meant::Setting("sampler")),
    (&["direction", "mode", "sense", "optimize", "optimise", "objectives"], Meant::Setting("goal")),
    (
        &[
            "trials",
            "n_iter",
            "num_samples",
            "n_samples",
            "iterations",
            "num_iterations",
            "max_iter",
            "n_calls",
            "max_evals",
            "n_evals",
            "num_evals",
            "max_evaluations",
        ],
        Meant::Trials,
    ),
    (
        &[
            "workers",
            "n_workers",
            "num_workers",
            "threads",
            "n_threads",
            "num_threads",
            "jobs",
            "parallelism",
            "parallel",
        ],
        Meant::Workers,
    ),
    (&["pruner", "pruners"], Meant::Pruner),
    (&["verbose", "verbosity"], Meant::Setting("progress")),
    (&["random_state", "random_seed", "rng", "rstate", "rng_seed"], Meant::Setting("seed")),
    (&["storage", "db", "database"], Meant::Setting("study")),
    (&["initial_points", "initial_guess"], Meant::Setting("try_first")),
    (&["max_time", "time_budget", "time_limit"], Meant::Setting("timeout")),
    (&["objective", "metric"], Meant::Objective),
    (&["catch", "error_score"], Meant::Setting("on_error")),
    (
        &[
            "patience",
            "early_stop",
            "early_stopping",
            "early_stop_fn",
            "early_stopping_rounds",
            "n_iter_no_change",
            "no_improvement",
            "no_change",
            "max_stagnation",
        ],
        Meant::Setting("no_progress"),
    ),
    (
        &["threshold", "target", "target_loss", "loss_target", "target_value", "target_cost", "stop_at"],
        Meant::Setting("loss_threshold"),
    ),
    (
        &[
            "budget",
            "budgets",
            "resources",
            "min_budget",
            "max_budget",
            "min_resource",
            "max_resource",
            "max_resources",
            "max_t",
            "grace_period",
            "reduction_factor",
        ],
        Meant::Budgets,
    ),
    (
        &["n_startup_trials", "n_startup_jobs", "n_initial_points", "n_random_starts", "init_points", "n_init"],
        Meant::Startup,
    ),
];

/// Names within one edit of a setting that a hyperparameter may have: with a list or a range they are one.
const WORDS: [&str; 28] = [
    "info",
    "int",
    "intro",
    "ints",
    "onto",
    "unto",
    "seeds",
    "speed",
    "seeded",
    "feed",
    "need",
    "seen",
    "seek",
    "seem",
    "weed",
    "deed",
    "reed",
    "send",
    "shed",
    "sped",
    "sample",
    "sampled",
    "coal",
    "goad",
    "repeat",
    "sturdy",
    "timeouts",
    "transfers",
];

/// The error about a hyperparameter that is meant as a setting.
///
/// `sampler` is the value of the sweep's sampler, if there is one.
pub(super) fn check(name: &Ident, value: &Expr, sampler: Option<&Expr>, mode: Mode) -> Option<Error> {
    let (plain, raw) = names(name);
    if *name == raw {
        return None;
    }
    let is_list = is_candidates(value);
    let of_value = SETTINGS.iter().find(|setting| is_of(setting, value));
    let never = listed(&NEVER, &plain);
    let plausible = listed(&PLAUSIBLE, &plain);
    let is_option = path(value).is_some_and(|(_, name)| name == "None")
        || call(value)
            .is_some_and(|(function, arguments)| function == "Some" && !arguments.iter().any(|one| is_candidates(one)));
    let is_single = literal(value).is_some() || is_option || !is_list && (of_value.is_some() || is_pruner(value));
    let meant = if let Some(setting) = of_value {
        Some(Meant::Setting(setting.name))
    } else if is_pruner(value) || plausible_pruner(plausible, value) {
        Some(Meant::Pruner)
    } else if call(value).is_some_and(|(function, arguments)| function == "workers" && arguments.len() == 1) {
        Some(Meant::Workers)
    } else if never.is_some() {
        never
    } else if let Some(setting) = one_edit(&plain).filter(|_| !WORDS.contains(&plain.as_str())) {
        Some(Meant::Setting(setting.name))
    } else if is_single || are_words(plausible, value) {
        plausible.or_else(|| similar(&plain).map(|setting| Meant::Setting(setting.name)))
    } else {
        None
    };
    let meant = meant?;
    let advice = match meant {
        Meant::Setting("goal") if plain.starts_with("max") || plain.starts_with("greater") => {
            "write `goal = Maximize`".to_owned()
        }
        Meant::Setting("goal") if plain.starts_with("min") => "write `goal = Minimize`".to_owned(),
        meant => advice(meant, value, sampler, mode),
    };
    if !is_list && (of_value.is_some() || is_pruner(value) || call(value).is_some() && matches!(meant, Meant::Workers))
    {
        return Some(Error::new(name.span(), format!("`{plain}` is not a setting; {advice}")));
    }
    let candidates = if is_list { short(value) } else { format!("[{}]", short(value)) };
    // As candidates, some values are those of a hyperparameter without `r#`.
    let is_word = WORDS.contains(&plain.as_str()) || one_edit(&plain).is_none();
    let is_taken_for_words = plausible.is_some() && text(value).is_some();
    let is_free = never.is_none() && is_word && !is_list && !is_taken_for_words;
    let hyperparameter = if is_free { plain.clone() } else { raw };
    let message =
        format!("`{plain}` is not a setting; {advice}, or the hyperparameter `{hyperparameter} = {candidates}`");
    Some(Error::new(name.span(), message))
}

/// What to write, without the end of the sentence.
fn advice(meant: Meant, value: &Expr, sampler: Option<&Expr>, mode: Mode) -> String {
    match meant {
        Meant::Setting(name) => match setting_named(name) {
            Some(setting) => format!("write `{name} = {}`", written(setting, value)),
            None => format!("write `{name} = …`"),
        },
        Meant::Trials => {
            let is_count = !is_candidates(value) && text(value).is_none() && short(value) != "…";
            let count = if is_count { short(value) } else { "50".to_owned() };
            format!("the number of trials stands in the head: write `for _ in 0..{count} {{ … }}`")
        }
        Meant::Workers => {
            let count = literal(value).map(|_| short(value)).filter(|count| count.parse::<usize>().is_ok());
            let executor = match call(value) {
                Some((function, _)) if function == "workers" => short(value),
                _ => format!("workers({})", count.as_deref().unwrap_or("2")),
            };
            let place =
                if mode == Mode::Parallel { "as the first argument" } else { "as the first argument of `phyperopt!`" };
            format!("write `{executor}` {place}")
        }
        Meant::Pruner => {
            let sampler = sampler.map_or_else(|| "TpeSampler::new()".to_owned(), sampler_text);
            let sampler = if sampler == "…" { "TpeSampler::new()".to_owned() } else { sampler };
            let listed = elements(value);
            let value = listed.as_ref().and_then(|listed| listed.first()).unwrap_or(value);
            let pruner = if is_pruner(value) { pruner_text(value) } else { "MedianPruner::new()".to_owned() };
            format!("a pruner is added to the sampler: write `sampler = {sampler}.pruner({pruner})`")
        }
        Meant::Objective => "the objective is the value of the loop's body: end the body with it".to_owned(),
        Meant::Space => "each hyperparameter is an argument of its own: write `name = candidates`".to_owned(),
        Meant::Budgets => "the budgets of a scheduler stand in the head: write `sampler = Hyperband::new(3.0)` and \
                           `for (resources, state) in 1..=81 { … }`"
            .to_owned(),
        Meant::Startup => {
            let count = literal(value).map(|_| short(value)).filter(|count| count.parse::<usize>().is_ok());
            let count = count.as_deref().unwrap_or("10");
            format!("it is an option of the sampler: write `sampler = TpeSampler::new().startup({count})`")
        }
        Meant::Study => "write `study = Study::open(\"sqlite:sweep.db\")?.name(\"wine\")`".to_owned(),
    }
}

/// The value of `setting` that `value` is meant as.
fn written(setting: &Setting, value: &Expr) -> String {
    if setting.name != "goal" || is_of(setting, value) {
        let fits = match setting.name {
            "sampler" => is_of(setting, value) || text(value).is_some(),
            "try_first" => is_of(setting, value),
            "seed" => !is_candidates(value),
            _ => true,
        };
        return if fits { instead(setting, value) } else { setting.example.to_owned() };
    }
    let is_word = |one: &Expr| text(one).is_some();
    let is_list = is_candidates(value);
    let are_words = elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_word));
    let fits = are_words || is_word(value) || !is_list && literal(value).is_none();
    if fits { instead(setting, value) } else { setting.example.to_owned() }
}

fn listed(names: &[(&[&str], Meant)], name: &str) -> Option<Meant> {
    names.iter().find(|(names, _)| names.contains(&name)).map(|(_, meant)| *meant)
}

/// Whether a list of words can only mean goals: `direction = ["maximize"]`.
fn are_words(plausible: Option<Meant>, value: &Expr) -> bool {
    let is_word = |one: &Expr| {
        text(one).is_some_and(|word| ["maximize", "minimize", "maximise", "minimise"].contains(&word.as_str()))
    };
    matches!(plausible, Some(Meant::Setting("goal")))
        && elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_word))
}

/// Whether the value of `pruner = …` is a list of pruners.
fn plausible_pruner(plausible: Option<Meant>, value: &Expr) -> bool {
    matches!(plausible, Some(Meant::Pruner))
        && elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_pruner))
}
