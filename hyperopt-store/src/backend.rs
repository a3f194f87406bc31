//! The contract of a database with the thread that owns it.

use hyperopt_core::study::Store;

/// A database that a thread of its own drives.
pub(crate) trait Backend: Store {
    /// Requeues the running trials of this process, which is about to end, and rolls back an open transaction. Errors are
    /// ignored: other processes find the trials and requeue them.
    fn abandon(&mut self);
}
