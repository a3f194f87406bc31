//! The contract of an executor.

use std::error::Error;

/// Runs the trials of a parallel sweep, and decides on which threads and how many at a time.
///
/// `phyperopt!` takes one as its first argument: a [`rayon::ThreadPool`](::rayon::ThreadPool), [`workers(n)`](crate::workers), or
/// a map function of your own in [`map_fn`](crate::map_fn).
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
    /// The numbers only count calls: each call runs the next trial. A call returns at once if no trial is left, and never
    /// panics: a trial that panics is recorded as failed. A trial for which `run` is not called is not run.
    ///
    /// # Errors
    ///
    /// Returns the reason if the trials cannot be run; the error ends the sweep.
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>>;

    /// Returns how many trials can run at a time, if that is known.
    #[doc(hidden)]
    fn threads(&self) -> Option<usize> {
        None
    }
}

impl<E: Executor + ?Sized> Executor for &E {
    fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
        (**self).map(trials, run)
    }

    fn threads(&self) -> Option<usize> {
        (**self).threads()
    }
}
