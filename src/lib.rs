#![cfg_attr(docsrs, feature(doc_cfg))]
// The links of README.md lead to files of the repository. On docs.rs there are none, so each label has an absolute address
// here, which counts because it comes first.
#![doc = concat!(
    "[started]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/getting-started.md\n",
    "[candidates]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/candidates.md\n",
    "[conditional]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/conditional.md\n",
    "[samplers]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/samplers.md\n",
    "[budgets]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/budgets.md\n",
    "[pruning]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/pruning.md\n",
    "[objectives]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/objectives.md\n",
    "[prior]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/prior-knowledge.md\n",
    "[threads]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/threads.md\n",
    "[functions]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/functions.md\n",
    "[settings]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/settings.md\n",
    "[figures]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/figures.md\n",
    "[studies]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/studies.md\n",
    "[reproducibility]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/reproducibility.md\n",
    "[cost]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/cost.md\n",
    "[cli]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/cli.md\n",
    "[yaml]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/yaml.md\n",
    "[fmin]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/fmin.md\n",
    "[optuna]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/optuna.md\n",
    "[ray]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/ray.md\n",
    "[jl]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/hyperopt-jl.md\n",
    "[how]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/how-it-works.md\n",
    "[own]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/own-sampler.md\n",
    "[book]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/book/src/SUMMARY.md\n",
    "[examples]: ", env!("CARGO_PKG_REPOSITORY"), "/tree/main/examples\n",
    "[wine]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/examples/wine/src/main.rs\n",
    "[wine.png]: ", env!("CARGO_PKG_REPOSITORY"), "/raw/main/docs/wine.png\n",
    "[deploy]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/deploy/README.md\n",
    "[changelog]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/CHANGELOG.md\n",
    "[contributing]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/CONTRIBUTING.md\n",
    "[security]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/SECURITY.md\n",
    "[apache]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/LICENSE-APACHE\n",
    "[mit]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/LICENSE-MIT\n",
)]
#![cfg_attr(any(not(doctest), feature = "plot"), doc = include_str!("../README.md"))]
//!
//! # Items by subject
//!
//! | subject | items |
//! |---|---|
//! | the loop | [`hyperopt!`], [`thyperopt!`], [`phyperopt!`], [`LoopRange`], [`Objective`], [`Metrics`], [`RunningTrial`] |
//! | candidates | [`Candidates`], [`linrange`], [`exp_linrange`], [`log()`], [`logit`], [`bilog`], [`categorical`], [`ordinal`], [`hp`], [`WithPrior`] |
//! | settings | [`Goal`], [`Progress`], [`OnError`], [`OnInterrupt`], [`InitialPoints`], [`Checkpoint`] |
//! | samplers | [`RandomSampler`], [`GridSampler`], [`LhsSampler`], [`ClhSampler`], [`QmcSampler`], [`TpeSampler`], [`Nsga2Sampler`], [`AnnealSampler`], [`BohbSampler`], [`PriorBandSampler`], [`MixSampler`] |
#![cfg_attr(
    feature = "models",
    doc = "| samplers with the feature `models` | [`AutoSampler`], [`GpSampler`], [`CmaEsSampler`] |"
)]
//! | schedulers | [`AutoScheduler`], [`Hyperband`], [`Bohb`], [`Asha`], [`Pasha`], [`Dehb`], [`PriorBand`], [`hyperband`](fn@hyperband) |
//! | pruners | [`WithPruner`], [`MedianPruner`], [`PercentilePruner`], [`PatientPruner`], [`ThresholdPruner`], [`SuccessiveHalvingPruner`], [`WilcoxonPruner`] |
//! | threads | [`workers`], [`map_fn`], [`Executor`] |
//! | results | [`Hyperoptimizer`], [`Best`], [`Nondominated`], [`Sweep`], [`Column`], [`Trial`], [`State`], [`StopReason`], [`Error`], [`Importances`], [`Fanova`], [`PedAnova`], [`plain`] |
#![cfg_attr(feature = "plot", doc = "| figures | [`plot`] |")]
#![cfg_attr(
    any(feature = "sqlite", feature = "postgres"),
    doc = "| studies | [`Study`], [`Summary`], [`read_journal`], [`write_journal`] |"
)]
#![cfg_attr(feature = "tensorboard", doc = "| `TensorBoard` | [`write_tensorboard`] |")]
#![cfg_attr(feature = "mlflow", doc = "| `MLflow` | [`Mlflow`], [`MlflowRun`] |")]
#![cfg_attr(feature = "parquet", doc = "| Parquet | [`write_parquet`] |")]
//! | spaces that are values | [`space!`], [`Search`], [`SearchSpace`], [`Parameters`], [`fmin`](fn@fmin), [`pfmin`] |
#![cfg_attr(feature = "yaml", doc = "| sweeps in YAML | [`Config`], [`train`], [`yaml`](mod@yaml) |")]
//! | ask and tell | [`AskTell`], [`Ticket`], [`TrialHandle`] |
//! | a sampler, pruner, executor or store of your own | [`Sampler`], [`Space`], [`Axis`], [`Point`], [`History`], [`Draw`], [`Setup`], [`Pruner`], [`Executor`], [`study::Store`] |
//!
//! [`prelude`] holds what most programs use.

pub use hyperopt_core::*;
/// Figures and the report of a sweep.
#[cfg(feature = "plot")]
pub use hyperopt_plot as plot;
#[cfg(feature = "parquet")]
pub use hyperopt_store::write_parquet;
#[cfg(feature = "tensorboard")]
pub use hyperopt_store::write_tensorboard;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use hyperopt_store::{Deleted, Snapshot, Study, StudyError, Summary, read_journal, write_journal};
#[cfg(feature = "mlflow")]
pub use hyperopt_store::{Mlflow, MlflowError, MlflowRun};
#[cfg(feature = "yaml")]
pub use hyperopt_yaml::{self as yaml, Config, Definition, Training, train};

#[cfg(doctest)]
mod book;

/// Exports what most programs with a sweep need: `use hyperopt::prelude::*;`.
pub mod prelude {
    pub use std::time::Duration;

    pub use hyperopt_core::Goal::{Maximize, Minimize};
    pub use hyperopt_core::{
        AnnealSampler, Asha, AutoScheduler, Bohb, BohbSampler, ClhSampler, Confidence, Dehb, Goal, GridSampler,
        Hyperband, Hyperoptimizer, LhsSampler, MedianPruner, Metrics, MixSampler, Nsga2Sampler, OnError, OnInterrupt,
        Pasha, PatientPruner, PercentilePruner, PriorBand, PriorBandSampler, Progress, QmcSampler, RandomSampler,
        SuccessiveHalvingPruner, ThresholdPruner, TpeSampler, WilcoxonPruner, WithPrior as _, bilog, categorical,
        exp_linrange, hp, hyperband, linrange, log, logit, map_fn, ordinal, workers,
    };
    #[cfg(feature = "models")]
    pub use hyperopt_core::{AutoSampler, CmaEsSampler, GpSampler};
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub use hyperopt_store::Study;

    // For `.pruner(…)` on a sampler, and for the compiler's message about a trial that reports without a pruner.
    pub use hyperopt_core::{Sampler as _, WithPruner as _, WithoutPruner as _};

    pub use hyperopt_core::{Search, SearchSpace as _};

    pub use crate::{hyperopt, phyperopt, space, thyperopt};
}

/// The items that the expansion of [`hyperopt!`] refers to. They are not public API, and not subject to semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use std::clone::Clone;
    pub use std::cmp::PartialEq;
    pub use std::fmt::Debug;
    pub use std::iter::repeat;
    pub use std::marker::Copy;
    pub use std::option::Option::{self, None, Some};
    pub use std::vec::Vec;

    pub use crate::__with_serde as with_serde;
    pub use hyperopt_core::__private::*;
    pub use hyperopt_core::{Point, Suggest};
    pub use hyperopt_macros::{parallel_sweep, settings_table, space, sweep, threaded_sweep};
    pub use std::primitive::usize;
    pub use std::result::Result;
}

/// Expands to its items where the feature `serde` is on, and to nothing otherwise.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($item:tt)*) => { $($item)* };
}

/// Expands to its items where the feature `serde` is on, and to nothing otherwise.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($item:tt)*) => {};
}

/// Runs a loop once for each trial of a sweep.
///
/// The arguments are separated by commas: hyperparameters and settings in any order, then the loop.
///
/// - `name = candidates` is a hyperparameter: see [`Candidates`]. The candidates are evaluated once, in the order written,
///   before the first trial; in the body, `name` is one of their values.
/// - `name: Type = candidates` states the type of the values, as a suffix does: `1..=8_i32`. `rustfmt` does not format a call
///   with such an argument.
/// - `name = each(8, candidates)` is an array of eight values, each a hyperparameter of its own: `name[0]` to `name[7]`. The count is
///   a literal, a constant, or `const { … }`; any other expression makes a `Vec`.
/// - `name = if guard { candidates }`, where the guard reads hyperparameters above it, is an `Option`: it is `None` in the
///   trials in which the guard is false. `if … else …` and `match` choose between sets of candidates of one type, or
///   `None`. Guards are evaluated in every trial.
/// - `name = value` with one of the [names below](#settings) is a setting.
/// - The head of the loop sets the number of trials: see [`LoopRange`]. The loop may have a label.
/// - The body evaluates to the objective: see [`Objective`]. With several goals, `goal = [Minimize, Maximize]`, it evaluates
///   to an array, or to named [`Metrics`], and [`Hyperoptimizer::pareto`] holds the result. The body is inlined, so
///   `break`, `continue`, `return`, `?` and `.await` mean what they mean in any loop: `continue` prunes the trial, `break`
///   ends the sweep.
///
/// The call evaluates to a [`Hyperoptimizer`]. Invalid candidates, or a sampler that does not support them, do not panic:
/// no trial is run, and [`Hyperoptimizer::best`] and the table report the error.
///
/// ```
/// use hyperopt::prelude::*;
///
/// let mut runs = 0;
/// let ho = hyperopt!(
///     seed = 7,
///     goal = Maximize,
///     rate = log(1e-5..=1e-1),
///     layers = 1..=4,
///     dropout = if layers > 2 { 0.0..=0.5 },
///     for i in 0..100 {
///         runs += 1;
///         if i == 99 {
///             break;
///         }
///         f64::from(layers) - rate - dropout.unwrap_or(0.0)
///     }
/// );
/// assert_eq!(runs, 100);
/// assert_eq!(ho.best()?.params.layers, 4);
/// # Ok::<_, hyperopt::Error>(())
/// ```
///
/// # Settings
///
/// A hyperparameter with the name of a setting is written raw: `r#seed = …`. A name that differs from a setting's by one
/// letter, and a name that other libraries use for a setting (`n_trials`, `direction`, `n_jobs`), are errors that say what to
/// write. A name that is also plausible for a hyperparameter, such as `workers`, is a hyperparameter if its value is a list or
/// a range.
///
#[doc = hyperopt_macros::settings_table!()]
///
/// # In a function of your own
///
/// - `into = Settings` puts the parameters of each trial into a struct of your own, which has a field for each hyperparameter;
///   the result is a `Hyperoptimizer<Settings>`, which a function can return, and to which `ho = hyperopt!(ho = ho, …)` can be
///   assigned. The fields decide the types of the values. Fields that are not swept are written out,
///   `into = Settings { epochs: 10 }`, or taken from another value, `into = Settings { ..Settings::default() }`; these
///   expressions are evaluated once for each trial, after the loop. Variants, `into = Model::Tree`, and generic structs,
///   `into = Settings::<f64>`, are structs too.
/// - Without `into`, the struct of the parameters has no name. [`Hyperoptimizer::map`] converts it to another type, and
///   [`Hyperoptimizer::into_sweep`] removes the types: a [`Sweep`] can be stored in a struct, [`Sweep::best`] returns its
///   values by name, and `ho = …` and `transfer = …` accept it, and a sweep that was read from a study as well.
///   [`Sweep::typed`] restores its types from the space. A function that only reads a sweep is generic, `fn report<P>(ho:
///   &Hyperoptimizer<P>)`, or takes a `&Sweep`.
/// - With the feature `serde`, [`Best`], [`Nondominated`] and [`Trial`] are `Serialize`, and so is the struct without a name.
/// - A program that asks for its trials, instead of running a loop, uses an open sweep: see [below](#without-a-loop).
///
/// ```
/// use hyperopt::prelude::*;
///
/// struct Settings {
///     rate: f64,
///     layers: u8,
/// }
///
/// fn sweep() -> Hyperoptimizer<Settings> {
///     hyperopt!(
///         into = Settings,
///         rate = log(1e-5..=1e-1),
///         layers = 1..=4,
///         for _ in 0..20 {
///             rate * f64::from(layers)
///         }
///     )
/// }
///
/// let best = sweep().best()?.params.layers;
/// # Ok::<_, hyperopt::Error>(())
/// ```
///
/// # Pruning
///
/// With a [pruner](Pruner) on the sampler, the item of a loop that counts trials is a [`RunningTrial`]: it reports intermediate
/// objectives, and says whether the trial should be pruned.
///
/// ```
/// use hyperopt::prelude::*;
///
/// let ho = hyperopt!(
///     sampler = RandomSampler::new().pruner(MedianPruner::new()),
///     rate = log(1e-5..=1e-1),
///     'sweep: for trial in 0..100 {
///         let mut loss = 1.0;
///         for epoch in 0..50 {
///             loss *= 1.0 - rate;
///             trial.report(epoch, loss);
///             if trial.should_prune() {
///                 continue 'sweep;
///             }
///         }
///         loss
///     }
/// );
/// assert_eq!(ho.len(), 100);
/// ```
///
/// # Prior knowledge
///
/// - `try_first = [(lr = 1e-3, layers = 2), (lr = 1e-2)]` lists the points of the first trials; they count towards the number
///   of trials. The sampler proposes the values that a point leaves out; with a sampler that plans all of its trials in
///   advance, they are drawn at random. A value is one of the candidates and has their type, without `Some` even if a guard
///   makes the hyperparameter an `Option`. The values are evaluated once, after the candidates. The points may also come from
///   another sweep: `try_first = earlier.best_points(5)`. A sweep that resumes skips the points it has tried.
/// - `lr = log(1e-5..=1e-1).prior(1e-3)` states where good values are likely: see [`WithPrior::prior`].
/// - `transfer = &earlier` takes a sweep on other data, whose hyperparameters may differ: its best three trials are tried
///   first, and its best tenth, at most ten trials, guides [`TpeSampler`], [`PriorBand`] and [`Bohb`].
/// - If all hyperparameters are discrete, no point is tried twice without need: a sampler that learns proposes the best untried
///   point by its own model, and lets a point repeat where no untried one is promising; random search draws a repeat again
///   along hyperparameters whose values are equally likely. `repeats = true` lets points repeat for any sampler, which is
///   useful if the objective is noisy.
///
/// ```
/// use hyperopt::prelude::*;
///
/// let ho = hyperopt!(
///     seed = 7,
///     try_first = [(rate = 1e-3, layers = 2), (rate = 1e-2)],
///     rate = log(1e-5..=1e-1),
///     layers = 1..=4,
///     for _ in 0..10 {
///         rate * f64::from(layers)
///     }
/// );
/// assert_eq!((ho.len(), ho.trials().next().map(|(_, p)| p.layers)), (10, Some(2)));
/// ```
///
/// # Studies
///
/// `study = …` stores the sweep outside its process, in a [`Store`](study::Store): with the features `sqlite` and
/// `postgres`, `Study::open("sqlite:sweep.db")?.name("wine")` opens one. The same line starts a sweep and resumes it.
///
/// - `0..300` is the total. A run that finds 120 trials starts 180, with `i` from 120 on; one that finds 300 starts none, and
///   has all the results. This differs from `ho = ho`, which runs 300 more, with `i` from 0 again.
/// - Recorded results are kept. A trial whose process died, or whose loop was left by `?` or `return`, is run again with the
///   same number. The sweep resumes as if it had never stopped, within its batch, rung and bracket, and with the seed stored in
///   the study.
/// - Several processes that reach the line share one sweep. Each stays until all trials are finished, since it may have to
///   run a trial that another one abandons, and then has all the results.
/// - Hyperparameters, goals and seed must be those of the study; otherwise no trial is run, and
///   [`best`](Hyperoptimizer::best) and the table report the difference. A sweep may resume with another sampler, but a
///   sweep over budgets only with the same scheduler.
/// - `checkpoint = …` stores the states that a body over budgets returns, in the files of a directory: see [`Checkpoint`]. The
///   directory belongs to the study; a sweep of another one ends with an error before its first trial. Without it, a
///   configuration that was started by another process, or by this one before it was killed, resumes with `None` as its state,
///   and is trained from the beginning; the table counts these cases.
///
/// # Without a loop
///
/// The call evaluates to an open sweep, to [ask](Hyperoptimizer::ask) and [tell](Hyperoptimizer::tell) by hand, or to
/// iterate over in [turns](Hyperoptimizer::turns).
///
/// ```
/// use hyperopt::prelude::*;
///
/// let mut ho = hyperopt!(seed = 7, a = linrange(1.0, 5.0, 1000), b = [true, false]);
/// let (trial, p) = ho.ask()?;
/// ho.tell(trial, if p.b { p.a } else { -p.a })?;
/// for (turn, p) in ho.turns(20) {
///     turn.tell((p.a - 3.0).powi(2));
/// }
/// assert_eq!(ho.len(), 21);
/// # Ok::<_, hyperopt::Error>(())
/// ```
///
/// With a scheduler, `ho.over(1..=81)` begins the sweep over these budgets: see [`over`](Hyperoptimizer::over).
#[macro_export]
macro_rules! hyperopt {
    ($($argument:tt)*) => {
        $crate::__private::sweep!([$crate] $($argument)*)
    };
}

/// Runs a loop once for each trial of a sweep, on the threads of the current rayon pool.
///
/// The arguments are those of [`hyperopt!`]. The body runs on several threads at once, so the variables it captures must be
/// `Sync` and cannot be changed, and the state that a body over budgets returns must be `Send`. `continue` prunes the trial.
/// After a `break` no trial starts, and running trials finish. `return`, `?` and `.await` are compile errors. A panic fails the
/// trial, with the panic's message as the reason. Guards of conditional hyperparameters, and samplers and pruners of your own,
/// run one at a time, on threads that run no trials, so they may use rayon. A panic of such a sampler or pruner, or of a
/// candidate's `Clone`, ends the sweep with that error, and all recorded results are kept.
///
/// A free thread takes the next trial. One seed gives one history on any number of threads, for every sweep that reaches its
/// planned end: a sampler that does not learn proposes by the number of the trial, one that learns proposes in batches of a
/// fixed size, and rungs wait for all of their trials. There are two exceptions: [`Asha`] and [`Pasha`] do not wait, unless
/// batches are set, as [`AutoScheduler`] does; and a [pruner](Pruner) on a sampler that does not learn compares with the
/// reports available at that moment, unless [batches](Pruned::batch) are set.
///
/// ```
/// use hyperopt::prelude::*;
///
/// let squares = vec![4.0, 9.0, 16.0];
/// let ho = thyperopt!(
///     seed = 7,
///     x = linrange(-5.0, 5.0, 1001),
///     for _ in 0..1000 {
///         squares.iter().map(|square| (x * x - square).abs()).sum::<f64>()
///     }
/// );
/// assert!((ho.best()?.params.x.abs() - 3.0).abs() < 0.1);
/// # Ok::<_, hyperopt::Error>(())
/// ```
///
/// The body cannot use a value that cannot be shared between threads:
///
/// ```compile_fail,E0277
/// use std::cell::Cell;
///
/// use hyperopt::prelude::*;
///
/// let count = Cell::new(0);
/// let ho = thyperopt!(
///     x = 0.0..=1.0,
///     for _ in 0..10 {
///         count.set(count.get() + 1);
///         x
///     }
/// );
/// ```
///
/// Nor can it return a state that cannot be sent between threads:
///
/// ```compile_fail,E0277
/// use std::rc::Rc;
///
/// use hyperopt::prelude::*;
///
/// let ho = thyperopt!(
///     sampler = Hyperband::new(3.0),
///     x = 0.0..=1.0,
///     for (resources, state) in 1.0..=9.0 {
///         let state = state.unwrap_or_else(|| Rc::new(x));
///         (*state / resources, state)
///     }
/// );
/// ```
#[macro_export]
macro_rules! thyperopt {
    ($($argument:tt)*) => {
        $crate::__private::threaded_sweep!([$crate] $($argument)*)
    };
}

/// Runs a loop once for each trial of a sweep, on the threads of an executor.
///
/// The first argument is the [`Executor`]: a `rayon::ThreadPool` or a reference to one, [`workers(n)`](workers), or a custom
/// map function in [`map_fn`]. Without one, the trials run on the current rayon pool. Everything else works as in
/// [`thyperopt!`].
///
/// ```
/// use hyperopt::prelude::*;
///
/// let ho = phyperopt!(
///     workers(2),
///     seed = 7,
///     x = linrange(-5.0, 5.0, 1001),
///     for _ in 0..1000 {
///         (x * x - 9.0).abs()
///     }
/// );
/// assert!((ho.best()?.params.x.abs() - 3.0).abs() < 0.1);
/// # Ok::<_, hyperopt::Error>(())
/// ```
#[macro_export]
macro_rules! phyperopt {
    ($($argument:tt)*) => {
        $crate::__private::parallel_sweep!([$crate] $($argument)*)
    };
}

/// Makes a search space as a value, for [`Search`] and [`fmin`](fn@fmin).
///
/// The arguments are hyperparameters like those of [`hyperopt!`], guards included; a hyperparameter may also be a choice
/// between spaces, [`hp::choice`]. The parameters are a struct with one field for each name, of a type that is `Clone`, or with
/// `into = Settings` a struct of your own.
///
/// In reports, a hyperparameter has the name of its field; an expression of [`hp`] has its own label.
///
/// ```
/// use hyperopt::prelude::*;
///
/// let space = space!(
///     kernel = ["linear", "rbf"],
///     gamma = if kernel == "rbf" {
///         hp::loguniform("gamma", -9, 1)
///     },
///     c = hp::lognormal("C", 0, 1)
/// );
/// let ho = Search::new(space).seed(7).run(0..50, |_, p| p.c + p.gamma.unwrap_or(1.0));
/// assert_eq!(ho.best()?.params.kernel, "rbf");
/// # Ok::<_, hyperopt::Error>(())
/// ```
#[macro_export]
macro_rules! space {
    ($($argument:tt)*) => {
        $crate::__private::space!([$crate] $($argument)*)
    };
}
