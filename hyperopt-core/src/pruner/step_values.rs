//! The values that many trials reported, in order at each step.

use std::cmp::Ordering;

use crate::ordered::Ordered;

/// Steps with values, sorted by both, NaN last.
#[derive(Clone, Debug, Default)]
pub(super) struct StepValues {
    values: Ordered<(u64, f64)>,
}

/// The values at one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtStep<'a> {
    values: &'a Ordered<(u64, f64)>,
    step: u64,
    /// The number of values at earlier steps.
    start: usize,
}

impl StepValues {
    pub(super) fn insert(&mut self, step: u64, value: f64) {
        // A NaN with a sign would be the first.
        let new = (step, if value.is_nan() { f64::NAN.abs() } else { value });
        self.values.insert(new, |entry| compare(entry, &new).is_lt());
    }

    pub(super) fn at(&self, step: u64) -> AtStep<'_> {
        AtStep { values: &self.values, step, start: self.values.rank(|entry| entry.0 < step) }
    }
}

impl AtStep<'_> {
    /// Returns the number of values, NaN included.
    pub(super) fn len(&self) -> usize {
        self.count(|_| true)
    }

    /// Returns the number of values for which `holds`: smaller ones than any for which it does not.
    pub(super) fn count(&self, holds: impl Fn(f64) -> bool) -> usize {
        self.values.rank(|entry| entry.0 < self.step || entry.0 == self.step && holds(entry.1)) - self.start
    }

    /// Returns the value with this rank from 0; NaN if there are not as many.
    pub(super) fn nth(&self, rank: usize) -> f64 {
        self.values.get(self.start + rank).map_or(f64::NAN, |entry| entry.1)
    }
}

fn compare(a: &(u64, f64), b: &(u64, f64)) -> Ordering {
    a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1))
}
