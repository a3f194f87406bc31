//! Batches of suggestions between which all trials are closed.

use crate::sampler::Sampler;

/// Counts out the suggestions of an adaptive sampler in batches: within one, no suggestion waits; between two, all trials are
/// closed. The size does not depend on the number of threads, so neither does what the sampler sees.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Batches {
    /// The number of steps in a batch; 0 if steps never wait.
    size: u64,
    left: u64,
}

impl Batches {
    pub(super) fn new(sampler: &impl Sampler, default: usize) -> Self {
        let size = if sampler.is_adaptive() { sampler.batch().unwrap_or(default) } else { 0 };
        Self::of(size)
    }

    /// Makes batches of `size` steps; 0 never waits.
    pub(super) fn of(size: usize) -> Self {
        Self { size: size as u64, left: 0 }
    }

    /// Returns the number of steps in a batch; 0 if steps never wait.
    pub(super) fn size(self) -> usize {
        self.size as usize
    }

    /// Returns whether steps ever wait.
    pub(super) fn any(self) -> bool {
        self.size > 0
    }

    /// Returns whether a suggestion can be made now, and counts it if so.
    pub(super) fn next(&mut self, anything_running: bool) -> bool {
        if self.size == 0 {
            return true;
        }
        if self.left == 0 && !anything_running {
            self.left = self.size;
        }
        let open = self.left > 0;
        self.left -= u64::from(open);
        open
    }

    /// Returns whether a batch has been begun and not all of its suggestions have been made.
    pub(super) fn is_within(self) -> bool {
        self.left > 0
    }

    /// Returns the number of suggestions made in a batch that is not full.
    pub(super) fn begun(self) -> usize {
        if self.left > 0 { (self.size - self.left) as usize } else { 0 }
    }

    /// Begins a batch, if none is begun, whatever runs.
    pub(super) fn open(&mut self) {
        if self.left == 0 {
            self.left = self.size;
        }
    }

    /// Returns whether the next step must wait for the trials of a batch.
    pub(super) fn must_wait(self, anything_running: bool) -> bool {
        self.size > 0 && self.left == 0 && anything_running
    }

    /// Returns how many of `wanted` suggestions can be made without waiting.
    pub(super) fn ready(self, wanted: u64) -> u64 {
        match (self.size, self.left) {
            (0, _) => wanted,
            (size, 0) => wanted.min(size),
            (_, left) => wanted.min(left),
        }
    }

    /// Drops the rest of a batch, because a new rung begins.
    pub(super) fn restart(&mut self) {
        self.left = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_closed_before_the_next_begins() {
        let mut batches = Batches::of(3);
        assert!(batches.any() && batches.size() == 3);
        for _ in 0..2 {
            for begun in 0..3 {
                assert_eq!((batches.begun(), batches.is_within()), (begun, begun > 0));
                assert_eq!([1, 9].map(|wanted| batches.ready(wanted)), [1, 3 - begun as u64]);
                // Within a batch, it does not matter what runs.
                assert!(!batches.must_wait(begun > 0) && batches.next(begun > 0));
            }
            assert_eq!((batches.begun(), batches.is_within()), (0, false));
            assert!(batches.must_wait(true) && !batches.must_wait(false) && !batches.next(true));
        }
    }

    #[test]
    fn a_batch_can_be_opened_beside_running_trials() {
        let mut batches = Batches::of(2);
        batches.open();
        assert!(batches.next(true));
        batches.open();
        assert!(batches.next(true) && !batches.next(true));
    }

    #[test]
    fn a_new_rung_drops_the_rest_of_a_batch() {
        let mut batches = Batches::of(3);
        assert!(batches.next(false) && batches.is_within());
        batches.restart();
        assert!(!batches.is_within() && batches.must_wait(true) && !batches.next(true));
        assert!(batches.next(false));
        assert_eq!((batches.begun(), batches.ready(9)), (1, 2));
    }

    #[test]
    fn batches_of_nothing_never_wait() {
        let mut batches = Batches::of(0);
        assert!(!batches.any() && batches.next(true) && batches.next(false) && !batches.must_wait(true));
        assert_eq!((batches.size(), batches.begun(), batches.ready(9), batches.is_within()), (0, 0, 9, false));
    }
}
