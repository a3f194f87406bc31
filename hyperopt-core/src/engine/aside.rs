//! Runs the user's own samplers, guards and pruners, which may use rayon, on threads of their own.

use std::any::Any;
use std::sync::OnceLock;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::engine::progress::catch_panic;

/// A rayon pool that runs no trials, started on first use.
///
/// A thread of the sweep's own pool that waits for rayon takes up other tasks meanwhile. One of them may be a trial that
/// then waits for the very thread it runs on. Code that may use rayon therefore runs in this pool, and the thread that
/// needs its result only waits.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pool: OnceLock<Option<ThreadPool>>,
}

impl Aside {
    /// Runs `f` on a thread of the pool and waits for it; a panic is its error.
    pub(super) fn run<R: Send>(&self, f: impl FnOnce() -> R + Send) -> thread::Result<R> {
        let named = |index| format!("hyperopt-sampler-{index}");
        let pool = self.pool.get_or_init(|| ThreadPoolBuilder::new().thread_name(named).build().ok());
        let run = || match pool {
            Some(pool) => pool.install(f),
            None => f(),
        };
        // If a thread of another pool calls `install`, it takes up that pool's tasks while it waits.
        if rayon::current_thread_index().is_none() {
            return catch_panic(run);
        }
        thread::scope(|scope| match thread::Builder::new().spawn_scoped(scope, || catch_panic(run)) {
            Ok(thread) => thread.join().flatten(),
            Err(error) => {
                let reason: Box<dyn Any + Send> = Box::new(format!("cannot start a thread: {error}"));
                Err(reason)
            }
        })
    }
}

/// Returns the message of a panic.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a message").to_owned()
}
