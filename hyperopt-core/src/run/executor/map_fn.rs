//! A map function as an executor.

use std::error::Error;

use crate::run::Executor;

/// A map function as an [`Executor`]; made by [`map_fn`].
#[derive(Clone, Copy, Debug)]
pub struct MapFn<F>(F);

/// Makes an [`Executor`] of a map function, which calls `run(0)` to `run(trials - 1)`.
///
/// ```
/// use hyperopt_core::map_fn;
///
/// let backwards = map_fn(|trials, run| (0..trials).rev().for_each(run));
/// ```
pub fn map_fn<F: Fn(usize, &(dyn Fn(usize) + Sync))>(map: F) -> MapFn<F> {
    MapFn(map)
}

impl<F: Fn(usize, &(dyn Fn(usize) + Sync))> Executor for MapFn<F> {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        (self.0)(trials, run);
        Ok(())
    }
}
