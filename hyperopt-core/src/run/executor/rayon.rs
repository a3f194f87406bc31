//! Rayon pools as executors.

use std::error::Error;

use rayon::ThreadPool;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::run::Executor;

/// The rayon pool in which the sweep is started: the global pool, unless the sweep is started inside another.
#[derive(Clone, Copy, Debug, Default)]
pub struct CurrentPool;

impl Executor for CurrentPool {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        // Trials are long: each is worth a task of its own.
        (0..trials).into_par_iter().with_max_len(1).for_each(run);
        Ok(())
    }

    fn threads(&self) -> Option<usize> {
        Some(rayon::current_num_threads())
    }
}

impl Executor for ThreadPool {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.install(|| CurrentPool.map(trials, run))
    }

    fn threads(&self) -> Option<usize> {
        Some(self.current_num_threads())
    }
}
