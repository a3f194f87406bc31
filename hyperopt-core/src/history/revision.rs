//! What tells a history whose closed trials have changed from one that has only grown.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that no other history of this process has. It is replaced when a closed trial is opened again or changes, so
/// that what is derived from the closed trials can be kept while the number stays the same.
#[derive(Debug)]
pub(super) struct Revision(u64);

static NEXT: AtomicU64 = AtomicU64::new(0);

impl Revision {
    pub(super) fn number(&self) -> u64 {
        self.0
    }
}

impl Default for Revision {
    fn default() -> Self {
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A copy of a history goes its own way from there.
impl Clone for Revision {
    fn clone(&self) -> Self {
        Self::default()
    }
}
