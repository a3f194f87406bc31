//! The contract of an executor.

use std::error::Error;

/// Runs the trials of a parallel sweep: on which threads, and how many at a time.
///
/// `phyperopt!` takes one as its first argument: a [`rayon::ThreadPool`](::rayon::ThreadPool), [`workers(n)`](workers), or a
/// map function of one's own in [`map_fn`].
///
/// ```
/// use std::error::Error;
///
/// use hyperopt_core::Executor;
///
/// /// Runs every trial on a thread of its own, at most as many as there are in a batch or rung.
/// struct ThreadEach;
///
/// impl Executor for ThreadEach {
///     fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
///         std::thread::scope(|scope| {
///             for trial in 0..trials {
///                 scope.spawn(move || run(trial));
///             }
///         });
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an executor",
    label = "expected an executor: a `rayon::ThreadPool`, `workers(n)`, or `map_fn(|trials, run| …)`",
    note = "an executor of your own implements the trait `Executor`"
)]
pub trait Executor {
    /// Calls `run(0)` to `run(trials - 1)`, each at most once, in any order and on any threads, and returns when all calls
    /// have returned.
    ///
    /// The numbers only count: each call runs the trial that comes next. A call returns at once where there is nothing left
    /// to do, and never panics: a trial that panics is a failed one. A trial for which `run` is not called is not run.
    ///
    /// # Errors
    ///
    /// If the trials cannot be run, the reason; it ends the sweep.
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>>;
}

impl<E: Executor + ?Sized> Executor for &E {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        (**self).map(trials, run)
    }
}
