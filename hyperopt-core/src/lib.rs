//! Spaces, samplers and the ask/tell engine behind the crate `hyperopt`.
//!
//! The design follows one rule: **every sampler works on points of the unit cube over a list of axes; typed values exist only
//! at the two ends.**
//!
//! - [`Candidates`] are written beside a name; a [`Dimension`] makes them an [`Axis`], and decodes coordinates to typed values.
//! - A [`Space`] is a list of axes; a [`Point`] has one coordinate for each of them.
//! - A [`Sampler`] proposes points from the [`History`] of [`Trial`]s.
//! - A [`Sweep`] is the whole record; [`Hyperoptimizer`] adds the typed parameters to it.
//!
//! Programs use the facade crate `hyperopt`, whose macro writes the loop; samplers and figures depend on this crate.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod candidates;
mod engine;
mod error;
pub mod fmin;
mod history;
pub mod hp;
mod importance;
mod normal;
mod ordered;
pub mod plain;
mod pruner;
mod renamed;
mod report;
mod run;
mod sampler;
mod scheduler;
mod search_space;
mod space;
mod staged;
pub mod study;
mod sweep;
mod trial;

pub use candidates::{
    Axes, Candidates, Dimension, ExpLinRange, Integer, Levels, LinRange, PriorCandidates, Scaled, WithPrior, bilog,
    categorical, exp_linrange, linrange, log, logit, ordinal,
};
pub use engine::{
    Earlier, OnError, OnInterrupt, Progress, ProgressWriter, Seed, Spend, Suggest, progress_writer, suspend_progress,
};
pub use error::{Advice, CandidatesError, Error, Remedy};
#[doc(inline)]
pub use fmin::{fmin, pfmin};
pub use history::{Goal, History, IntoGoals};
pub use importance::{Fanova, Importance, Importances, PedAnova};
#[doc(hidden)]
pub use pruner::{Compared, NeverPrune, WithoutPruner};
pub use pruner::{
    MedianPruner, PatientPruner, PercentilePruner, Pruned, Pruner, SuccessiveHalvingPruner, ThresholdPruner,
    WilcoxonPruner, WithPruner,
};
#[allow(deprecated)]
pub use renamed::{Claim, Codec, End, FileCodec, KnownPoints, Live, Picker, Turn};
pub use report::{Boundary, Column, ColumnKind, Side, duration};
#[doc(hidden)]
pub use run::StepNumber;
pub use run::{
    AskTell, Checkpoint, CheckpointError, CheckpointFn, CurrentPool, Executor, LoopRange, MapFn, Objective,
    OverBudgets, Persist, RunningTrial, Search, Ticket, TrialHandle, TrialItems, Workers, checkpoint, hyperband,
    map_fn, workers,
};
pub use sampler::{
    AnnealSampler, BohbSampler, ClhSampler, Criterion, Draw, GridSampler, LhsSampler, MixSampler, Nsga2Sampler,
    PriorBandSampler, QmcSampler, RandomSampler, Sampler, Setup, TpeSampler,
};
#[cfg(feature = "models")]
pub use sampler::{AutoSampler, CmaEsSampler, GpSampler};
pub use scheduler::{Asha, AutoScheduler, Bohb, Budgets, Dehb, Hyperband, Pasha, PriorBand, Pruning, Strategy, Trials};
#[doc(hidden)]
pub use scheduler::{BracketPlace, Scheduler, Step, View, Workload};
pub use search_space::{Component, Map, Parameters, SearchSpace};
pub use space::{
    Axis, Confidence, Coordinate, Floats, Ints, Kind, NamedValues, Point, Prior, Scale, Space, SpaceError,
    SpaceMismatch, Value, number,
};
pub use sweep::{Best, BestByName, Hyperoptimizer, InitialPoints, IntoInitialPoints, Nondominated, StopReason, Sweep};
pub use trial::{Metric, Metrics, Outcome, State, Trial};

/// What the expansion of `hyperopt!` calls. Not public API, and not subject to semantic versioning.
#[doc(hidden)]
pub mod __private {

    pub use crate::candidates::{
        Axes, CompareLabels, CompareValues, Dimension, LabelDebugged, LabelDisplayed, LabelScalars, LabelSourced,
        Source, probe,
    };
    pub use crate::engine::Settings;
    pub use crate::report::notebook_block;
    pub use crate::run::macro_support::*;
    pub use crate::run::{CurrentPool, Driver, Flow, Ran, Tell, checkpointed, drive, open, pair, run};
    pub use crate::sampler::RandomSampler;
    pub use crate::search_space::{Each, Part, closures, each_of_array, each_of_list, guarded, part, typed_part};
    pub use crate::sweep::{TryFirst, WrittenValue};
    #[cfg(feature = "serde")]
    pub use serde;
}
