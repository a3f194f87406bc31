use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive};

use crate::candidates::Integer;
use crate::strategy::Trials;

/// What can stand in the head of the loop: how much work there is, and what the loop's pattern takes.
///
/// | head | trials | item |
/// |---|---|---|
/// | `for i in 0..50`, `for i in 1..=50` | fifty | the range's item, of any integer type |
/// | `for i in 0..` | until `break`, `timeout`, or the sampler's end | the same |
/// | `for i in ..` | all that the sampler plans | `usize`, from 0 |
///
/// `K` is the kind of the sampler's work (see [`Strategy`](crate::Strategy)), `S` the state that a trial hands to its next
/// rung; loops that count trials have none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the head of this sweep",
    label = "expected a range of integers: `0..50`, `0..` or `..`",
    note = "the head says how many trials to run, and this sampler counts trials"
)]
pub trait Head<K, S> {
    /// What the pattern of the loop takes.
    type Item;

    /// The items, one for each trial.
    fn turns(self) -> Turns<Self::Item>;
}

/// How many trials the head of a loop asks for, and the items for its pattern.
#[derive(Clone, Debug)]
pub struct Turns<T> {
    next: i128,
    end: i128,
    pub(crate) amount: Amount,
    item: fn(i128) -> T,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// So many trials.
    Count(u64),
    /// As long as the loop goes on.
    Open,
    /// All that the sampler plans.
    Planned,
}

impl<T> Turns<T> {
    fn new(start: i128, end: i128, open: bool, item: fn(i128) -> T) -> Self {
        let count = u64::try_from((end - start).max(0)).unwrap_or(u64::MAX);
        Self { next: start, end, amount: if open { Amount::Open } else { Amount::Count(count) }, item }
    }
}

impl<T> Iterator for Turns<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let item = (self.next < self.end).then(|| (self.item)(self.next));
        self.next += i128::from(item.is_some());
        item
    }
}

impl<T: Integer, S> Head<Trials, S> for Range<T> {
    type Item = T;

    fn turns(self) -> Turns<T> {
        Turns::new(self.start.to_i128(), self.end.to_i128(), false, T::from_i128)
    }
}

impl<T: Integer, S> Head<Trials, S> for RangeInclusive<T> {
    type Item = T;

    fn turns(self) -> Turns<T> {
        let end = self.end().to_i128() + 1;
        Turns::new(self.start().to_i128(), end, false, T::from_i128)
    }
}

impl<T: Integer, S> Head<Trials, S> for RangeFrom<T> {
    type Item = T;

    fn turns(self) -> Turns<T> {
        Turns::new(self.start.to_i128(), T::MAX + 1, true, T::from_i128)
    }
}

impl<S> Head<Trials, S> for RangeFull {
    type Item = usize;

    fn turns(self) -> Turns<usize> {
        Turns { amount: Amount::Planned, ..Turns::new(0, usize::MAX as i128, false, |index| index as usize) }
    }
}
