use std::collections::HashMap;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive};

use crate::candidates::Integer;
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
    fn count(start: i128, end: i128, open: bool, item: fn(i128) -> I) -> Self {
        let count = u64::try_from((end - start).max(0)).unwrap_or(u64::MAX);
        let work = if open { Work::Open(count) } else { Work::Count(count) };
        Self { work, next: start, item: MakeItem::Count(item), states: HashMap::new() }
    }

    fn budgets(min: f64, max: f64, integer: bool, item: fn(f64, Option<S>) -> I) -> Self {
        let work = Work::Budgets { min, max, integer };
        Self { work, next: 0, item: MakeItem::Budget(item), states: HashMap::new() }
    }

    /// Trials that report.
    fn reporting(work: Work, item: fn(RunningTrial) -> I) -> Self {
        Self { work, next: 0, item: MakeItem::Trial(item, Desk::default()), states: HashMap::new() }
    }

    /// Where the trials report, if they do.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        if let MakeItem::Trial(_, desk) = &self.item { Some(desk) } else { None }
    }

    /// Keeps what the body returned for the configuration of `job`, for its next rung.
    pub(crate) fn keep(&mut self, job: &Job, state: Option<S>) {
        self.states.extend(state.map(|state| (job.configuration, state)));
    }

    /// The item for the trial of `job`, with the state of its configuration; forgets those that no rung will ask for.
    pub(crate) fn item(&mut self, engine: &mut Engine, job: &Job) -> I {
        let mut state = None;
        if !self.states.is_empty() {
            for configuration in engine.dropped() {
                self.states.remove(&configuration);
            }
            state = self.states.remove(&job.configuration);
        }
        let index = self.next;
        self.next += 1;
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
