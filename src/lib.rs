#![doc = include_str!("../README.md")]

pub use hyperopt_core::*;
#[cfg(feature = "tensorboard")]
pub use hyperopt_store::write_tensorboard;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use hyperopt_store::{Study, StudyError, Summary, read_journal, write_journal};
#[cfg(feature = "yaml")]
pub use hyperopt_yaml::{self as yaml, Config, Definition, Training, train};

/// The examples of the page about studies.
#[cfg(all(doctest, feature = "sqlite", feature = "postgres", feature = "tensorboard"))]
#[doc = include_str!("../docs/studies.md")]
mod studies {}

/// The examples of the page about YAML.
#[cfg(all(doctest, feature = "yaml"))]
#[doc = include_str!("../docs/yaml.md")]
mod yaml_page {}

/// The examples of the page about `fmin`.
#[cfg(doctest)]
#[doc = include_str!("../docs/fmin.md")]
mod fmin_page {}

/// What a program that sweeps needs: `use hyperopt::prelude::*;`.
pub mod prelude {
    pub use hyperopt_core::Goal::{Maximize, Minimize};
    pub use hyperopt_core::{
        Asha, Bohb, BohbSampler, ClhSampler, Confidence, Dehb, GridSampler, Hyperband, Hyperoptimizer, LhsSampler,
        MedianPruner, Metrics, Nsga2Sampler, OnError, OnInterrupt, Pasha, PatientPruner, PercentilePruner, PriorBand,
        PriorBandSampler, Progress, QmcSampler, RandomSampler, SuccessiveHalvingPruner, ThresholdPruner, TpeSampler,
        WilcoxonPruner, WithPrior as _, bilog, categorical, exp_linrange, hp, hyperband, linrange, log, logit, map_fn,
        ordinal, workers,
    };
    #[cfg(feature = "models")]
    pub use hyperopt_core::{AutoSampler, CmaEsSampler, GpSampler};
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub use hyperopt_store::Study;

    // For `.pruner(…)` behind a sampler, and for what is said where it is missing.
    pub use hyperopt_core::{Sampler as _, WithPruner as _, WithoutPruner as _};

    pub use hyperopt_core::{Search, SearchSpace as _};

    pub use crate::{hyperopt, phyperopt, space, thyperopt};
}

/// What the expansion of [`hyperopt!`] names. Not public API, and not subject to semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use std::clone::Clone;
    pub use std::cmp::PartialEq;
    pub use std::fmt::Debug;
    pub use std::iter::repeat;
    pub use std::marker::Copy;
    pub use std::option::Option::{None, Some};
    pub use std::vec::Vec;

    pub use hyperopt_core::__private::*;
    pub use hyperopt_core::{Point, Suggest};
    pub use hyperopt_macros::{parallel_sweep, space, sweep, threaded_sweep};
    pub use std::primitive::usize;
}

/// Runs a loop once for each trial of a sweep.
///
/// The arguments are a comma list of expressions: hyperparameters and settings in any order, then the loop.
///
/// - `name = candidates` is a hyperparameter: see [`Candidates`]. The candidates are evaluated once, in the order written,
///   before the first trial; in the body, `name` is one of their values.
/// - `name = if guard { candidates }`, where the guard reads hyperparameters above it, is an `Option`, `None` in the trials
///   where the guard does not hold. `if … else …` and `match` choose between sets of candidates of one type. Guards are
///   evaluated in every trial.
/// - `sampler`, `seed`, `goal`, `ho`, `study`, `checkpoint`, `timeout`, `progress`, `on_error`, `on_interrupt`, `try_first`,
///   `transfer` and `repeats` are settings. A hyperparameter of such a name is written raw: `r#seed = …`.
/// - The head of the loop says how many trials to run: see [`LoopRange`]. The loop may have a label.
/// - The body evaluates to the objective: see [`Objective`]. With several goals, `goal = [Minimize, Maximize]`, it evaluates
///   to an array, or to named [`Metrics`], and the result is [`Hyperoptimizer::pareto`]. The body is inlined, so `break`,
///   `continue`, `return`, `?` and `.await` mean what they mean in any loop: `continue` gives the trial up, `break` ends the
///   sweep.
///
/// Evaluates to a [`Hyperoptimizer`]. Faulty candidates, and a sampler that cannot work on them, are no panics: no trial is
/// run, and [`Hyperoptimizer::best`] and the table say why.
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
/// # Trials that are given up early
///
/// With a [pruner](Pruner) behind the sampler, the item of a loop that counts is a [`RunningTrial`]: it reports what it has
/// come to, and asks whether that is worth going on with.
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
/// # What is known before
///
/// - `try_first = [(lr = 1e-3, layers = 2), (lr = 1e-2)]` lists points that come first, of the trials that the head counts.
///   What a point leaves open is the sampler's to propose, or drawn where the sampler has planned all of its trials. A
///   value is one of the candidates, written as the type that they have; where a guard makes the hyperparameter an
///   `Option`, still without `Some`. The values are evaluated once, after the candidates. Points of another sweep do as
///   well: `try_first = earlier.best_points(5)`. In a sweep that goes on, those that have been tried are left out.
/// - `lr = log(1e-5..=1e-1).prior(1e-3)` says where good values are likely to be: see [`WithPrior::prior`].
/// - `transfer = &earlier` takes a sweep of another data set, of hyperparameters that need not be the same: its best three
///   trials are tried first, and its best tenth, ten at the most, guide [`PriorBand`] and [`Bohb`].
/// - Where all hyperparameters have levels, no point is tried twice while there are others, unless `repeats = true` says that
///   the same point may be worth another look, as it is where objectives are noisy.
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
/// # A sweep that is kept
///
/// `study = …` keeps the sweep outside its process, in what implements [`Store`](study::Store): with the features `sqlite` and
/// `postgres`, `Study::open("sqlite:sweep.db")?.name("wine")` is one. The same line begins the sweep and goes on with it.
///
/// - `0..300` is the total. A run that finds 120 trials starts 180, with `i` from 120 on; one that finds 300 starts none, and
///   has all the results.
/// - What was told is kept, whatever happens next. A trial whose process died, or whose loop was left by `?` or `return`, is
///   run again under its number. The sweep goes on as if it had never stopped: inside its batch, rung and bracket, with the
///   same seed, which the study knows.
/// - Several processes that reach the line work on one sweep. Each stays until all trials are closed, since it may have to run
///   what another one leaves, and then has all the results.
/// - Hyperparameters, goals and seed have to be those with which the study was begun; else no trial is run, and
///   [`best`](Hyperoptimizer::best) and the table name the difference. Another sampler may go on with trials that are counted,
///   but not another scheduler with budgets.
/// - `checkpoint = …` keeps the states that a body over budgets returns, in the files of a directory: see [`Checkpoint`].
///   Without it, a configuration that another process began, or this one before it was killed, is resumed with `None` for a
///   state, and has to be trained anew; the table says how often that was so.
///
/// # Without a loop
///
/// The call evaluates to an open sweep that is [asked](Hyperoptimizer::ask) and [told](Hyperoptimizer::tell) by hand, or
/// run in [turns](Hyperoptimizer::turns).
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
#[macro_export]
macro_rules! hyperopt {
    ($($argument:tt)*) => {
        $crate::__private::sweep!([$crate] $($argument)*)
    };
}

/// Runs a loop once for each trial of a sweep, on the threads of the current rayon pool.
///
/// The arguments are those of [`hyperopt!`]. The body is run on several threads at once, so what it uses from outside must
/// be `Sync` and is not changed, and the state that a body over budgets hands on must be `Send`. `continue` gives the trial
/// up; after a `break` no trial starts, and those that run are finished; `return` and `?` have nowhere to go and are errors.
/// A panic is a failed trial with the panic's message. Guards of conditional hyperparameters are evaluated while other
/// threads wait.
///
/// A free thread takes the next trial. One seed gives one history on any number of threads, for every sweep that reaches its
/// planned end: a sampler that does not learn proposes by the number of the trial, one that does in batches of a fixed size,
/// and rungs wait for all of their trials. There are two exceptions. [`Asha`] and [`Pasha`] never wait, unless they are told
/// to. And a [pruner](Pruner) behind a sampler that does not learn compares with what happens to be reported, unless it is
/// given [batches](Pruned::batch).
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
/// What cannot be shared between threads cannot be used in the body:
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
/// Nor can state that cannot be sent be handed on:
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
/// The first argument is the [`Executor`]: a `rayon::ThreadPool` or a reference to one, [`workers(n)`](workers), or a map
/// function of one's own in [`map_fn`]. Without one, the trials run on the current rayon pool. All else is as in
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

/// A search space with names, as a value: for [`Search`] and [`fmin`](fn@fmin).
///
/// The arguments are hyperparameters as those of [`hyperopt!`], guards included; beside a name may also stand a choice between
/// spaces, [`hp::choice`]. The parameters are a struct with a field for each name.
///
/// A field shows the name beside it, an expression of [`hp`] the label that it has. The fields of parameters are `Clone`.
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
