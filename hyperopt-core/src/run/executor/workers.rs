//! A thread pool for one sweep as an executor.

use std::error::Error;
use std::sync::OnceLock;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use crate::error::counted;
use crate::run::Executor;

/// A rayon pool for one sweep, started on first use; made by [`workers`].
#[derive(Debug)]
pub struct Workers {
    threads: usize,
    pool: OnceLock<Result<ThreadPool, ThreadPoolBuildError>>,
}

/// Makes an executor with `threads` threads for one sweep; 0 means one thread for each core.
#[must_use]
pub fn workers(threads: usize) -> Workers {
    Workers { threads, pool: OnceLock::new() }
}

impl Executor for Workers {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        let named = |index| format!("hyperopt-{index}");
        let start = || ThreadPoolBuilder::new().num_threads(self.threads).thread_name(named).build();
        match self.pool.get_or_init(start) {
            Ok(pool) => pool.map(trials, run),
            Err(error) => Err(format!("cannot start {}: {error}", counted(self.threads, "thread")).into()),
        }
    }

    fn threads(&self) -> Option<usize> {
        self.pool.get().and_then(|pool| pool.as_ref().ok()).and_then(Executor::threads)
    }
}
