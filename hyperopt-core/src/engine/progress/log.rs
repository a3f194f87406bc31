//! Progress as lines of a log, where there is no terminal.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::engine::progress::line::log_line;
use crate::engine::progress::status::Status;
use crate::engine::progress::ticker::Ticker;
use crate::plain::plain_line;

/// The longest silence while trials run: systems that run tests and jobs end those that write nothing for ten minutes.
pub(super) const SILENCE: Duration = Duration::from_mins(1);

/// Where the lines are written.
pub(super) type Out = Arc<Mutex<dyn Write + Send>>;

/// The lines of one sweep.
pub(super) struct Log {
    out: Out,
    status: Arc<Mutex<Status>>,
    written: Arc<Mutex<Written>>,
    has_failed: bool,
    ticker: Option<Ticker>,
}

/// What has been written last, and when.
#[derive(Debug)]
struct Written {
    at: Instant,
    done: u64,
}

/// A standard error that is closed must not end the sweep.
fn write(out: &Out, line: &str) {
    let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = writeln!(out, "hyperopt: {}", plain_line(line)).and_then(|()| out.flush());
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// Begins with a line that says what is about to run, and writes one after each `silence`.
    pub(super) fn new(out: Out, status: Arc<Mutex<Status>>, begun: &str, silence: Duration) -> Self {
        write(&out, begun);
        let written = Arc::new(Mutex::new(Written { at: Instant::now(), done: lock(&status).counts.done() }));
        let (seen, to, last) = (Arc::clone(&status), Arc::clone(&out), Arc::clone(&written));
        let ticker = Ticker::start(silence / 4, move || {
            let now = Instant::now();
            if now.duration_since(lock(&last).at) >= silence {
                write_status(&to, &seen, &last, now, false);
            }
        });
        Self { out, status, written, has_failed: false, ticker: Some(ticker) }
    }

    /// Writes a line if the trial that was closed now is worth one: a new best, or another tenth of the work.
    pub(super) fn closed(&mut self, is_best: bool) {
        let is_tenth = {
            let status = lock(&self.status);
            let (done, before) = (status.counts.done(), lock(&self.written).done);
            status.total.is_some_and(|total| total > 0 && done * 10 / total > before * 10 / total)
        };
        if is_best || is_tenth {
            write_status(&self.out, &self.status, &self.written, Instant::now(), is_best);
        }
    }

    /// Writes why a trial failed, for the first one: the others are counted.
    pub(super) fn failed(&mut self, number: usize, reason: &str) {
        if !std::mem::replace(&mut self.has_failed, true) {
            write(&self.out, &format!("trial {number} failed: {reason}"));
        }
    }
}

fn write_status(out: &Out, status: &Mutex<Status>, written: &Mutex<Written>, now: Instant, has_params: bool) {
    let (line, done) = {
        let status = lock(status);
        (log_line(&status, now, has_params), status.counts.done())
    };
    write(out, &line);
    *lock(written) = Written { at: now, done };
}

impl Drop for Log {
    /// Writes the last line, unless it stands there already.
    fn drop(&mut self) {
        self.ticker.take();
        let (done, cancelled) = {
            let status = lock(&self.status);
            (status.counts.done(), status.counts.cancelled)
        };
        if cancelled > 0 || done != lock(&self.written).done {
            write_status(&self.out, &self.status, &self.written, Instant::now(), true);
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Returns standard error.
pub(super) fn stderr() -> Out {
    Arc::new(Mutex::new(io::stderr()))
}
