//! The pages of the book, whose code is compiled and run as documentation tests.

/// Includes pages as the documentation of modules.
macro_rules! pages {
    ($($(#[$features:meta])* $name:ident: $file:literal;)*) => {
        $(
            $(#[$features])*
            #[doc = include_str!(concat!("../book/src/", $file))]
            mod $name {}
        )*
    };
}

pages! {
    #[cfg(all(feature = "plot", feature = "sqlite"))]
    getting_started: "getting-started.md";
    candidates: "candidates.md";
    conditional: "conditional.md";
    #[cfg(feature = "models")]
    samplers: "samplers.md";
    #[cfg(feature = "sqlite")]
    budgets: "budgets.md";
    pruning: "pruning.md";
    objectives: "objectives.md";
    progress: "progress.md";
    prior_knowledge: "prior-knowledge.md";
    threads: "threads.md";
    functions: "functions.md";
    settings: "settings.md";
    #[cfg(feature = "plot")]
    figures: "figures.md";
    #[cfg(all(feature = "sqlite", feature = "postgres", feature = "tensorboard", feature = "mlflow", feature = "parquet"))]
    studies: "studies.md";
    reproducibility: "reproducibility.md";
    cost: "cost.md";
    cli: "cli.md";
    #[cfg(feature = "yaml")]
    yaml: "yaml.md";
    fmin: "fmin.md";
    #[cfg(feature = "sqlite")]
    optuna: "optuna.md";
    ray: "ray.md";
    hyperopt_jl: "hyperopt-jl.md";
    how_it_works: "how-it-works.md";
    own_sampler: "own-sampler.md";
}
