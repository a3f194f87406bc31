//! The thread that writes the heartbeats of the trials that this process runs.

use std::collections::BTreeSet;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The heartbeat of one handle. Dropping it ends the thread.
pub(crate) struct Heartbeat {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<Beating>,
    stopped: Condvar,
}

#[derive(Default)]
struct Beating {
    /// The ids of the running trials.
    trials: BTreeSet<i64>,
    is_stopped: bool,
}

impl Heartbeat {
    /// Starts a thread that calls `beat` with the ids of the running trials at each `interval`. `beat` handles its own errors:
    /// the next call is its retry. The first interval is shortened at random: processes that were started at once do not beat at
    /// once.
    pub(crate) fn start(interval: Duration, mut beat: impl FnMut(&[i64]) + Send + 'static) -> Self {
        let shared = Arc::<Shared>::default();
        let seen = Arc::clone(&shared);
        let run = move || {
            let mut wait = phase(interval);
            loop {
                let state = seen.state.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = seen.stopped.wait_timeout_while(state, wait, |state| !state.is_stopped);
                let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                if state.is_stopped {
                    return;
                }
                wait = interval;
                let trials: Vec<_> = state.trials.iter().copied().collect();
                drop(state);
                if !trials.is_empty() {
                    beat(&trials);
                }
            }
        };
        // Without the thread, other machines requeue the trials after the grace; this one sees the process itself.
        let thread = thread::Builder::new().name("hyperopt-heartbeat".into()).spawn(run).ok();
        Self { shared, thread }
    }

    /// Adds a trial that this process has started.
    pub(crate) fn add(&self, trial_id: i64) {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).trials.insert(trial_id);
    }

    /// Removes a trial that this process no longer runs.
    pub(crate) fn remove(&self, trial_id: i64) {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).trials.remove(&trial_id);
    }
}

/// Returns a random part of `interval`.
fn phase(interval: Duration) -> Duration {
    let random = (RandomState::new().hash_one(std::process::id()) >> 32) as f64 / f64::from(u32::MAX);
    Duration::try_from_secs_f64(interval.as_secs_f64() * random).unwrap_or(interval).min(interval)
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).is_stopped = true;
        self.shared.stopped.notify_all();
        if let Some(thread) = self.thread.take() {
            // A beat that panicked has ended too.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Heartbeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heartbeat").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn processes_that_start_at_once_do_not_beat_at_once() {
        let interval = Duration::from_secs(30);
        let phases = [0; 8].map(|_| phase(interval));
        assert!(phases.iter().all(|phase| *phase <= interval), "{phases:?}");
        assert!(phases.iter().collect::<BTreeSet<_>>().len() > 4, "{phases:?}");
        assert!(phase(Duration::MAX) <= Duration::MAX);
    }

    #[test]
    fn beats_for_what_is_running_until_it_is_dropped() {
        let (sender, receiver) = mpsc::channel();
        let heartbeat = Heartbeat::start(Duration::from_millis(1), move |trials| sender.send(trials.to_vec()).unwrap());
        heartbeat.add(7);
        assert_eq!(receiver.recv().unwrap(), [7]);
        heartbeat.add(3);
        assert!(receiver.iter().any(|trials| trials == [3, 7]));
        heartbeat.remove(7);
        assert!(receiver.iter().any(|trials| trials == [3]));
        drop(heartbeat);
        assert_eq!(receiver.iter().filter(|trials| trials != &[3]).count(), 0);
    }
}
