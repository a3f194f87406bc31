//! Output of the program beside the bars.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

#[cfg(feature = "progress")]
use crate::engine::progress::screen::Screen;

/// Hides the progress bars while `f` runs, so that its output leaves no copies of them on the screen.
///
/// If no bar is shown, it only runs `f`. It may be called from any thread, also within another call; the bars return once all
/// calls have returned.
///
/// ```
/// use hyperopt_core::{RandomSampler, Search, hp, suspend_progress};
///
/// let search = Search::new(hp::uniform("x", -1.0, 1.0)).sampler(RandomSampler::new()).progress(true);
/// let ho = search.run(0..3, |trial, x| {
///     suspend_progress(|| println!("trial {trial} at {x}"));
///     x * x
/// });
/// assert_eq!(ho.len(), 3);
/// ```
pub fn suspend_progress<R>(f: impl FnOnce() -> R) -> R {
    #[cfg(feature = "progress")]
    if let Some(screen) = Screen::used() {
        return screen.suspend(f);
    }
    f()
}

/// Runs `f`, and returns its panic as an error. The message of the panic stays on the screen: the bars are drawn below it.
pub(crate) fn catch_panic<R>(f: impl FnOnce() -> R) -> thread::Result<R> {
    let ended = catch_unwind(AssertUnwindSafe(f));
    #[cfg(feature = "progress")]
    if let Some(screen) = Screen::used().filter(|_| ended.is_err()) {
        screen.leave();
    }
    ended
}

/// Returns a writer to standard error, for logs, that hides the progress bars while it writes.
///
/// [`tracing_subscriber`](https://docs.rs/tracing-subscriber) takes the function itself as a writer:
/// `tracing_subscriber::fmt().with_writer(hyperopt::progress_writer).init()`. For [`env_logger`](https://docs.rs/env_logger),
/// it is `env_logger::Builder::from_default_env().target(Target::Pipe(Box::new(hyperopt::progress_writer()))).init()`.
///
/// ```
/// use std::io::Write;
///
/// use hyperopt_core::progress_writer;
///
/// writeln!(progress_writer(), "the data is loaded")?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn progress_writer() -> ProgressWriter {
    ProgressWriter { line: Vec::new() }
}

/// A writer to standard error that takes the progress bars off the screen while it writes. Made by [`progress_writer`].
///
/// It writes whole lines: the beginning of one waits for its end, or for the end of the writer.
#[derive(Debug)]
pub struct ProgressWriter {
    /// The beginning of a line.
    line: Vec<u8>,
}

impl Write for ProgressWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            let rest = self.line.split_off(end + 1);
            let lines = std::mem::replace(&mut self.line, rest);
            suspend_progress(|| io::stderr().write_all(&lines))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl Drop for ProgressWriter {
    fn drop(&mut self) {
        if !self.line.is_empty() {
            self.line.push(b'\n');
            // No caller is left to take an error.
            suspend_progress(|| io::stderr().write_all(&self.line)).ok();
        }
    }
}
