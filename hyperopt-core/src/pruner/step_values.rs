//! The values that many trials reported, in order at each step.

use std::cmp::Ordering;

/// The largest number of values in one chunk.
const MOST: usize = 512;

/// Steps with values, sorted by both, NaN last: in chunks, so that a new value moves few others.
#[derive(Clone, Debug, Default)]
pub(super) struct StepValues {
    /// None is empty.
    chunks: Vec<Vec<(u64, f64)>>,
}

/// A place between values: the number of a chunk, and an index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place(usize, usize);

/// The values at one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtStep<'a> {
    chunks: &'a [Vec<(u64, f64)>],
    step: u64,
    start: Place,
    end: Place,
}

impl StepValues {
    pub(super) fn insert(&mut self, step: u64, value: f64) {
        // A NaN with a sign would be the first.
        let new = (step, if value.is_nan() { f64::NAN.abs() } else { value });
        let is_before = |entry: &(u64, f64)| compare(entry, &new).is_lt();
        let Place(number, index) = place(&self.chunks, is_before);
        let Some(last) = self.chunks.len().checked_sub(1) else { return self.chunks.push(vec![new]) };
        let (number, index) = if number > last { (last, self.chunks[last].len()) } else { (number, index) };
        let chunk = &mut self.chunks[number];
        chunk.insert(index, new);
        if chunk.len() > MOST {
            let upper = chunk.split_off(MOST / 2);
            self.chunks.insert(number + 1, upper);
        }
    }

    pub(super) fn at(&self, step: u64) -> AtStep<'_> {
        let chunks = &self.chunks;
        let start = place(chunks, |entry| entry.0 < step);
        let end = place(chunks, |entry| entry.0 <= step);
        AtStep { chunks, step, start, end }
    }
}

impl AtStep<'_> {
    /// Returns the number of values, NaN included.
    pub(super) fn len(&self) -> usize {
        self.up_to(self.end)
    }

    /// Returns the number of values for which `holds`: smaller ones than any for which it does not.
    pub(super) fn count(&self, holds: impl Fn(f64) -> bool) -> usize {
        self.up_to(place(self.chunks, |entry| entry.0 < self.step || entry.0 == self.step && holds(entry.1)))
    }

    /// Returns the value with this rank from 0, less than the number of values.
    pub(super) fn nth(&self, rank: usize) -> f64 {
        let Place(mut number, first) = self.start;
        let mut index = first + rank;
        while index >= self.chunks[number].len() {
            index -= self.chunks[number].len();
            number += 1;
        }
        self.chunks[number][index].1
    }

    fn up_to(&self, end: Place) -> usize {
        let before: usize = self.chunks[self.start.0..end.0].iter().map(Vec::len).sum();
        before + end.1 - self.start.1
    }
}

/// Returns the place behind all entries for which `is_before` holds.
fn place(chunks: &[Vec<(u64, f64)>], is_before: impl Fn(&(u64, f64)) -> bool) -> Place {
    let number = chunks.partition_point(|chunk| chunk.last().is_none_or(&is_before));
    Place(number, chunks.get(number).map_or(0, |chunk| chunk.partition_point(is_before)))
}

fn compare(a: &(u64, f64), b: &(u64, f64)) -> Ordering {
    a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1))
}
