use std::collections::HashMap;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive};

use crate::candidates::Integer;
use crate::checkpoint::Files;
use crate::engine::{Engine, Job};
use crate::pruner::{Desk, RunningTrial};
use crate::strategy::{Budgets, Pruning, Trials};

/// What can stand in the head of the loop: how much work there is, and what the loop's pattern takes.
///
/// | head | trials | item |
/// |---|---|---|
/// | `for i in 0..50`, `for i in 1..=50` | fifty | the range's item, of any integer type |
/// | `for i in 0..` | until `break`, `timeout`, or the sampler's end | the same |
/// | `for i in ..` | all that the sampler plans | `usize`, from 0 |
/// | `for (resources, state) in 1.0..=81.0` | those of all brackets, with budgets from 1 to 81 | the total of resources for this configuration, and what the body returned for it before |
/// | `for (resources, state) in 1..=81` | the same, with budgets rounded to integers | the same |
/// | `for trial in 0..50`, and all others that count, where the sampler has a pruner | the same | a [`RunningTrial`] |
///
/// `K` is the kind of the sampler's work (see [`Strategy`](crate::Strategy)): [`Trials`], [`Budgets`] or [`Pruning`]. `S` is the state that
/// a trial hands to the next rung; loops that count trials have none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the head of this sweep, whose sampler is one for `{K}`",
    label = "not a range for `{K}`",
    note = "trials are counted by a range of integers: `for i in 0..50`, `0..` or `..`",
    note = "budgets, for a scheduler such as `Hyperband`, by a range with both ends: `for (resources, state) in 1.0..=81.0`"
)]
pub trait Head<K, S> {
    /// What the pattern of the loop takes.
    type Item;

    /// The work, and what makes an item of each trial.
    fn turns(self) -> Turns<Self::Item, S>;
}

/// The work that the head of a loop asks for, how an item for its pattern is made, and the states that wait for a next rung.
#[derive(Clone, Debug)]
pub struct Turns<I, S> {
    pub(crate) work: Work,
    next: i128,
    item: MakeItem<I, S>,
    /// By configuration.
    states: HashMap<usize, S>,
    /// Where the states are kept besides.
    files: Option<Files<S>>,
    /// Whether any state has been returned.
    has_states: bool,
    /// How many configurations were resumed without the state that an earlier run had returned for them.
    anew: usize,
}

#[derive(Clone, Debug)]
enum MakeItem<I, S> {
    Count(fn(i128) -> I),
    Budget(fn(f64, Option<S>) -> I),
    Trial(fn(RunningTrial) -> I, Desk),
}

/// How much work there is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Work {
    /// So many trials.
    Count(u64),
    /// As long as the loop goes on; at the most so many trials, where the type of the range ends.
    Open(u64),
    /// All that the sampler plans.
    Planned,
    /// Trials with resources from `min` to `max`.
    Budgets { min: f64, max: f64, integer: bool },
}

impl<I, S> Turns<I, S> {
    fn new(work: Work, item: MakeItem<I, S>) -> Self {
        Self { work, next: 0, item, states: HashMap::new(), files: None, has_states: false, anew: 0 }
    }

    fn count(start: i128, end: i128, open: bool, item: fn(i128) -> I) -> Self {
        let count = u64::try_from((end - start).max(0)).unwrap_or(u64::MAX);
        let work = if open { Work::Open(count) } else { Work::Count(count) };
        Self { next: start, ..Self::new(work, MakeItem::Count(item)) }
    }

    fn budgets(min: f64, max: f64, integer: bool, item: fn(f64, Option<S>) -> I) -> Self {
        let work = Work::Budgets { min, max, integer };
        Self::new(work, MakeItem::Budget(item))
    }

    /// Trials that report.
    fn reporting(work: Work, item: fn(RunningTrial) -> I) -> Self {
        Self::new(work, MakeItem::Trial(item, Desk::default()))
    }

    /// Where the trials report, if they do.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        if let MakeItem::Trial(_, desk) = &self.item { Some(desk) } else { None }
    }

    /// Keeps what the body returned for the configuration of `job`, for its next rung; the trial has been told.
    pub(crate) fn keep(&mut self, job: &Job, state: Option<S>) {
        if let (Some(files), Some(before)) = (&self.files, job.before) {
            files.forget(before);
        }
        self.has_states |= state.is_some();
        self.states.extend(state.map(|state| (job.configuration, state)));
    }

    /// Keeps the states in files besides.
    pub(crate) fn kept_in(self, files: Files<S>) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Where the states are kept besides.
    pub(crate) fn files(&self) -> Option<&Files<S>> {
        self.files.as_ref()
    }

    /// Runs the turns of a sweep that has begun.
    pub(crate) fn begin(&mut self, engine: &Engine) {
        if let Some(files) = &mut self.files {
            files.name(engine.study_name().unwrap_or("sweep"));
        }
    }

    /// Says what a person should know of the states.
    pub(crate) fn finish(&self, engine: &mut Engine) {
        if self.has_states && self.anew > 0 {
            let (anew, plural) = (self.anew, if self.anew == 1 { "" } else { "s" });
            engine.note(format!(
                "{anew} resumed configuration{plural} began anew, as the state from before was not there; `checkpoint = \"directory\"` \
                 keeps states"
            ));
        }
    }

    /// The state of the configuration of `job`; forgets those that no rung will ask for.
    fn state(&mut self, engine: &mut Engine, job: &Job) -> Option<S> {
        if self.states.is_empty() && self.files.is_none() {
            self.anew += usize::from(job.before.is_some());
            return None;
        }
        for configuration in engine.dropped() {
            self.states.remove(&configuration);
            if let (Some(files), Some(number)) = (&self.files, engine.last_of(configuration)) {
                files.forget(number);
            }
        }
        let before = job.before?;
        let state = self.states.remove(&job.configuration);
        let state = state.or_else(|| match self.files.as_ref()?.load(before) {
            Ok(state) => Some(state),
            Err(error) => {
                engine.note(format!("the state of trial {before} cannot be read: {error}"));
                None
            }
        });
        self.anew += usize::from(state.is_none());
        state
    }

    /// The item for the trial of `job`, with the state of its configuration; forgets those that no rung will ask for.
    pub(crate) fn item(&mut self, engine: &mut Engine, job: &Job) -> I {
        let state = self.state(engine, job);
        // In a study, trials of earlier runs and of other processes are counted too.
        let index = if engine.study_name().is_some() { self.next + job.number as i128 } else { self.next };
        self.next += i128::from(engine.study_name().is_none());
        match &self.item {
            MakeItem::Count(item) => item(index),
            MakeItem::Budget(item) => item(job.resources.unwrap_or(f64::NAN), state),
            MakeItem::Trial(item, desk) => item(RunningTrial::new(job.number, desk.clone())),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> Head<Trials, S> for Range<T> {
    type Item = T;

    fn turns(self) -> Turns<T, S> {
        Turns::count(self.start.to_i128(), self.end.to_i128(), false, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> Head<Trials, S> for RangeInclusive<T> {
    type Item = T;

    fn turns(self) -> Turns<T, S> {
        Turns::count(self.start().to_i128(), self.end().to_i128() + 1, false, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> Head<Trials, S> for RangeFrom<T> {
    type Item = T;

    fn turns(self) -> Turns<T, S> {
        Turns::count(self.start.to_i128(), T::MAX + 1, true, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<S> Head<Trials, S> for RangeFull {
    type Item = usize;

    fn turns(self) -> Turns<usize, S> {
        Turns { work: Work::Planned, ..Turns::count(0, 0, false, |index| index as usize) }
    }
}

#[diagnostic::do_not_recommend]
impl<S> Head<Budgets, S> for RangeInclusive<f64> {
    type Item = (f64, Option<S>);

    fn turns(self) -> Turns<Self::Item, S> {
        Turns::budgets(*self.start(), *self.end(), false, |resources, state| (resources, state))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> Head<Budgets, S> for RangeInclusive<T> {
    type Item = (T, Option<S>);

    fn turns(self) -> Turns<Self::Item, S> {
        let (min, max) = (self.start().to_i128() as f64, self.end().to_i128() as f64);
        Turns::budgets(min, max, true, |resources, state| (T::from_i128(resources as i128), state))
    }
}

macro_rules! reporting {
    ($([$($generics:tt)*] $head:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<S, $($generics)*> Head<Pruning, S> for $head {
            type Item = RunningTrial;

            fn turns(self) -> Turns<RunningTrial, S> {
                Turns::reporting(Head::<Trials, S>::turns(self).work, |trial| trial)
            }
        }
    )+};
}

reporting!([T: Integer] Range<T> [T: Integer] RangeInclusive<T> [T: Integer] RangeFrom<T> [] RangeFull);
