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
