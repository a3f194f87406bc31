//! The contract of a database with the link to it.

use hyperopt_core::study::Store;

/// A database, and what it does when the process ends.
pub(crate) trait Backend: Store {
    /// Requeues the running trials of this process, which is about to end, and rolls back an open transaction. Errors are
    /// ignored: other processes find the trials and requeue them.
    fn abandon(&mut self);

    /// Does what is due at each heartbeat, when no call is served.
    #[cfg(feature = "postgres")]
    fn idle(&mut self) {}
}
