//! The ranges that the head of a loop may iterate over.

use crate::candidates::Integer;
use crate::run::{RunningTrial, TrialItems};
use crate::scheduler::{Budgets, Pruning, Trials};
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive};

/// The range in the head of a loop, which sets the number of trials and the item that the pattern of the loop binds.
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
/// With `ho = …`, the head counts the trials after those of the earlier sweep, and `i` restarts with the range. In a study, it
/// counts all trials, and `i` continues from the trials of the study.
///
/// `K` is the kind of the sampler (see [`Strategy`](crate::Strategy)): [`Trials`], [`Budgets`] or [`Pruning`]. `S` is the type
/// of the state that a trial passes to the next rung; loops that count trials have no state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the head of this sweep, whose sampler is one for `{K}`",
    label = "not a range for `{K}`",
    note = "trials are counted by a range of integers of up to 64 bits: `for i in 0..50`, `0..` or `..`",
    note = "budgets, for a scheduler such as `Hyperband`, by a range with both ends: `for (resources, state) in 1.0..=81.0`"
)]
pub trait LoopRange<K, S> {
    /// The type that the pattern of the loop binds.
    type Item;

    /// Returns the amount of work, and the items of the loop.
    fn items(self) -> TrialItems<Self::Item, S>;
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> LoopRange<Trials, S> for Range<T> {
    type Item = T;

    fn items(self) -> TrialItems<T, S> {
        TrialItems::count(self.start.to_i128(), self.end.to_i128(), false, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> LoopRange<Trials, S> for RangeInclusive<T> {
    type Item = T;

    fn items(self) -> TrialItems<T, S> {
        TrialItems::count(self.start().to_i128(), self.end().to_i128() + 1, false, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> LoopRange<Trials, S> for RangeFrom<T> {
    type Item = T;

    fn items(self) -> TrialItems<T, S> {
        TrialItems::count(self.start.to_i128(), T::MAX + 1, true, T::from_i128)
    }
}

#[diagnostic::do_not_recommend]
impl<S> LoopRange<Trials, S> for RangeFull {
    type Item = usize;

    fn items(self) -> TrialItems<usize, S> {
        TrialItems::planned(|index| index as usize)
    }
}

#[diagnostic::do_not_recommend]
impl<S> LoopRange<Budgets, S> for RangeInclusive<f64> {
    type Item = (f64, Option<S>);

    fn items(self) -> TrialItems<Self::Item, S> {
        TrialItems::budgets(*self.start(), *self.end(), false, |resources, state| (resources, state))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer, S> LoopRange<Budgets, S> for RangeInclusive<T> {
    type Item = (T, Option<S>);

    fn items(self) -> TrialItems<Self::Item, S> {
        let (min, max) = (self.start().to_i128() as f64, self.end().to_i128() as f64);
        TrialItems::budgets(min, max, true, |resources, state| (T::from_i128(resources as i128), state))
    }
}

/// The item of a loop over budgets, for a pattern that is a pair.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`(resources, state)` needs a scheduler, and the sampler of this sweep gives each trial a `{Self}`",
    label = "write a scheduler, `sampler = Hyperband::new(3.0)`, or one name for the item",
    note = "without a pruner, a loop that counts trials gives each its number: `for i in 0..50`"
)]
pub trait BudgetItem<R, S> {
    /// Returns the pair.
    fn into_pair(self) -> (R, S);
}

#[diagnostic::do_not_recommend]
impl<R, S> BudgetItem<R, S> for (R, S) {
    fn into_pair(self) -> (R, S) {
        self
    }
}

/// Takes the item of a loop whose pattern is a pair. The result does not mention its type, so that a mistake causes only one
/// error.
pub fn pair<I: BudgetItem<R, S>, R, S>(item: I) -> (R, S) {
    item.into_pair()
}

macro_rules! reporting {
    ($([$($generics:tt)*] $head:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<S, $($generics)*> LoopRange<Pruning, S> for $head {
            type Item = RunningTrial;

            fn items(self) -> TrialItems<RunningTrial, S> {
                TrialItems::reporting(LoopRange::<Trials, S>::items(self).work, |trial| trial)
            }
        }
    )+};
}

reporting!([T: Integer] Range<T> [T: Integer] RangeInclusive<T> [T: Integer] RangeFrom<T> [] RangeFull);
