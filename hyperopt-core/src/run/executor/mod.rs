//! Executors, on which the trials of a parallel sweep run.

mod contract;
mod map_fn;
mod rayon;
mod workers;

pub use self::contract::Executor;
pub use self::map_fn::{MapFn, map_fn};
pub use self::rayon::CurrentPool;
pub use self::workers::{Workers, workers};
