//! Names that are meant as settings: those that other libraries use, and the options of schedulers.

/// What such a name stands for.
#[derive(Clone, Copy)]
pub(super) enum Meant {
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
    /// The smallest or the largest budget of a scheduler.
    Budgets(End),
    /// The factor between two rungs of a scheduler.
    Reduction,
    /// The number of a scheduler's brackets, which follows from its budgets.
    Brackets,
    /// The option of a scheduler that has this name.
    Option(&'static str),
    /// The sampler that proposes the configurations of a scheduler.
    Inner,
    /// The number of trials before a sampler's model is used.
    Startup,
    /// Any way to end the sweep.
    Stop,
}

/// An end of the range of budgets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Smallest,
    Largest,
}

/// Names that no hyperparameter has: they are errors with any value.
pub(super) const NEVER: [(&[&str], Meant); 9] = [
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
pub(super) const PLAUSIBLE: [(&[&str], Meant); 23] = [
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
    (&["stop", "stopper", "stop_when", "stop_if", "stopping", "callback", "callbacks"], Meant::Stop),
    (&["total_budget", "total_budgets", "total_resource", "total_resources"], Meant::Setting("spend")),
    (&["min_budget", "min_resource", "min_resources", "grace_period"], Meant::Budgets(End::Smallest)),
    (
        &["budget", "budgets", "resources", "max_budget", "max_resource", "max_resources", "max_t"],
        Meant::Budgets(End::Largest),
    ),
    (&["eta", "reduction_factor"], Meant::Reduction),
    (&["brackets", "n_brackets", "num_brackets"], Meant::Brackets),
    (&["rounds", "n_rounds", "num_rounds"], Meant::Option("rounds")),
    (
        &["configurations", "n_configurations", "num_configurations", "n_configs", "num_configs", "max_configs"],
        Meant::Option("configurations"),
    ),
    (
        &["n_startup_trials", "n_startup_jobs", "n_initial_points", "n_random_starts", "init_points", "n_init"],
        Meant::Startup,
    ),
];

/// Names within one edit of a setting that a hyperparameter may have: with a list or a range they are one.
pub(super) const WORDS: [&str; 31] = [
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
    "spent",
    "spends",
    "upend",
    "sample",
    "sampled",
    "coal",
    "goad",
    "repeat",
    "sturdy",
    "timeouts",
    "transfers",
];

/// What `name` stands for in a table.
pub(super) fn listed(names: &[(&[&str], Meant)], name: &str) -> Option<Meant> {
    names.iter().find(|(names, _)| names.contains(&name)).map(|(_, meant)| *meant)
}
