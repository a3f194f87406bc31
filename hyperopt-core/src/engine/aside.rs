//! Threads for the user's own samplers, guards and pruners, which may use rayon themselves.

use std::any::Any;
use std::sync::OnceLock;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// A rayon pool that runs no trials, started when it is first needed.
///
/// A thread of the sweep's own pool that waits for rayon takes up other tasks meanwhile, another trial among them, which may
/// then wait for the very thread it stands on. So code that may use rayon runs here, and who needs its result only waits.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pool: OnceLock<Option<ThreadPool>>,
}

impl Aside {
    /// Runs `f` on a thread of the pool and waits for it; a panic is its error.
    pub(super) fn run<R: Send>(&self, f: impl FnOnce() -> R + Send) -> thread::Result<R> {
        let named = |index| format!("hyperopt-sampler-{index}");
        let pool = self.pool.get_or_init(|| ThreadPoolBuilder::new().thread_name(named).build().ok());
        thread::scope(|scope| {
            let run = || match pool {
                Some(pool) => pool.install(f),
                None => f(),
            };
            // `install` called by a thread of another pool would take up that pool's tasks while it waits.
            match thread::Builder::new().spawn_scoped(scope, run) {
                Ok(thread) => thread.join(),
                Err(error) => {
                    let reason: Box<dyn Any + Send> = Box::new(format!("cannot start a thread: {error}"));
                    Err(reason)
                }
            }
        })
    }
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a message").to_owned()
}
