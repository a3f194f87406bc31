//! A thread that does the same thing again and again while a sweep runs.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Calls a function at intervals, from a thread of its own, until it is dropped.
#[derive(Debug)]
pub(super) struct Ticker {
    stop: Arc<Stop>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Stop {
    is_set: Mutex<bool>,
    changed: Condvar,
}

impl Ticker {
    /// Calls `tick` after each `interval`. Without a thread to do so, it is never called.
    pub(super) fn start(interval: Duration, mut tick: impl FnMut() + Send + 'static) -> Self {
        let stop = Arc::<Stop>::default();
        let seen = Arc::clone(&stop);
        let ticks = move || {
            let Stop { is_set, changed } = &*seen;
            let mut stopped = is_set.lock().unwrap_or_else(PoisonError::into_inner);
            while !*stopped {
                let (guard, waited) = changed
                    .wait_timeout_while(stopped, interval, |stopped| !*stopped)
                    .unwrap_or_else(PoisonError::into_inner);
                drop(guard);
                if waited.timed_out() {
                    tick();
                }
                stopped = is_set.lock().unwrap_or_else(PoisonError::into_inner);
            }
        };
        let thread = thread::Builder::new().name("hyperopt-progress".into()).spawn(ticks).ok();
        Self { stop, thread }
    }
}

impl Drop for Ticker {
    /// Waits for the end of the thread, so that it does not tick any more.
    fn drop(&mut self) {
        *self.stop.is_set.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_ticker_ticks_until_it_is_dropped() {
        let (sender, ticks) = mpsc::channel();
        let ticker = Ticker::start(Duration::from_millis(1), move || _ = sender.send(()));
        assert!((0..3).all(|_| ticks.recv().is_ok()));
        drop(ticker);
        // The thread and its sender are gone.
        assert!(ticks.iter().count() < usize::MAX && ticks.recv().is_err());
    }
}
