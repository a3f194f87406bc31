//! Spaces, samplers and the ask/tell engine behind the crate `hyperopt`.
//!
//! One rule holds everything together: **every sampler works on points of the unit cube over a list of axes; typed values
//! exist only at the two ends.**
//!
//! - [`Candidates`] are what a person writes beside a name; a [`Codec`] makes an [`Axis`] of them, and typed values of
//!   coordinates.
//! - A [`Space`] is a list of axes, a [`Point`] one coordinate for each.
//! - A [`Sampler`] proposes points from the [`History`] of [`Trial`]s.
//! - A [`Sweep`] is the whole record; [`Hyperoptimizer`] adds the typed parameters to it.
//!
//! Programs use the facade crate `hyperopt`, whose macro writes the loop; samplers and figures are written against this one.

mod arguments;
mod candidates;
mod checkpoint;
mod driver;
mod engine;
mod error;
mod exec;
pub mod fmin;
mod function;
mod goals;
mod head;
mod history;
pub mod hp;
mod interrupt;
mod known;
mod live;
mod metrics;
mod normal;
mod optimizer;
mod outcome;
mod pareto;
mod progress;
mod pruner;
mod report;
mod sampler;
mod scheduler;
mod search;
mod settings;
mod space;
mod strategy;
pub mod study;
mod sweep;
mod trial;

pub use candidates::{
    Believe, Believed, Candidates, Codec, ExpLinRange, Integer, Levels, LinRange, Log, Stretched, bilog, categorical,
    exp_linrange, linrange, log, logit, ordinal,
};
pub use checkpoint::{Carried, Checkpoint, CheckpointError, FileCodec, checkpoint};
pub use error::{CandidatesError, Error, SpaceMismatch};
pub use exec::{CurrentPool, Executor, MapFn, Workers, map_fn, workers};
#[doc(inline)]
pub use fmin::{fmin, pfmin};
pub use function::hyperband;
pub use goals::Goals;
#[doc(hidden)]
pub use head::Work;
pub use head::{Head, Turns};
pub use history::{Goal, History};
pub use interrupt::OnInterrupt;
pub use known::{KnownPoints, Starts};
pub use live::{Claim, Live, Picker, Turn};
pub use metrics::{Metric, Metrics};
pub use optimizer::{Best, Hyperoptimizer, Nondominated};
pub use outcome::{Objective, Outcome};
pub use progress::Progress;
#[doc(hidden)]
pub use pruner::{Impatient, StepNumber, WithoutPruner};
pub use pruner::{
    MedianPruner, PatientPruner, PercentilePruner, Pruned, Pruner, RunningTrial, SuccessiveHalvingPruner,
    ThresholdPruner, WilcoxonPruner,
};
pub use report::{Boundary, Side, number};
pub use sampler::{
    AnnealSampler, BohbSampler, ClhSampler, Criterion, Draw, GridSampler, LhsSampler, MixSampler, Nsga2Sampler,
    PriorBandSampler, QmcSampler, RandomSampler, Sampler, Setup, TpeSampler,
};
#[cfg(feature = "models")]
pub use sampler::{AutoSampler, CmaEsSampler, GpSampler};
pub use scheduler::{Asha, Bohb, Dehb, Hyperband, Pasha, PriorBand};
#[doc(hidden)]
pub use scheduler::{Scheduler, Step, View};
pub use search::{Axes, Component, Map, Parameters, Search, SearchSpace};
pub use settings::{Earlier, OnError};
pub use space::{Axis, Confidence, Kind, Point, Prior, Scale, Space, Value};
pub use strategy::{Budgets, Pruning, Strategy, Trials};
pub use sweep::{End, Sweep};
pub use trial::{State, Trial};

/// What the expansion of `hyperopt!` calls. Not public API, and not subject to semantic versioning.
#[doc(hidden)]
pub mod __private {

    pub use crate::arguments::{
        candidates, checkpoint, decode, executor, goal, ho, on_error, on_interrupt, progress, repeats, sampler, seed,
        study, timeout, transfer, try_first,
    };
    pub use crate::candidates::{CompareLabels, CompareValues, LabelDisplayed, LabelScalars, LabelSourced, probe};
    pub use crate::checkpoint::checkpointed;
    pub use crate::driver::drive;
    pub use crate::exec::{CurrentPool, Flow, run};
    pub use crate::known::{Given, TryFirst};
    pub use crate::live::open;
    pub use crate::sampler::RandomSampler;
    pub use crate::search::{Axes, Part, closures, guarded, part};
    pub use crate::settings::Settings;
}
