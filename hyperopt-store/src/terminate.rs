//! SIGTERM, by which schedulers of clusters announce the end of a process: its running trials are requeued first.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

/// Asks a study to requeue its trials, and to send a message once it has.
type Abandon = Box<dyn Fn(Sender<()>) + Send>;

/// The open studies of this process.
static OPEN: Mutex<BTreeMap<u64, Abandon>> = Mutex::new(BTreeMap::new());

/// The registration of a study. Dropping it ends the registration.
#[derive(Debug)]
pub(crate) struct Registration(u64);

impl Drop for Registration {
    fn drop(&mut self) {
        let removed = OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
        // Its captures are dropped outside of the lock.
        drop(removed);
    }
}

/// Calls `abandon` before SIGTERM ends the process.
pub(crate) fn register(abandon: impl Fn(Sender<()>) + Send + 'static) -> Registration {
    #[cfg(unix)]
    signals::listen();
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = open.last_key_value().map_or(0, |(last, _)| last + 1);
    open.insert(key, Box::new(abandon));
    Registration(key)
}

#[cfg(unix)]
mod signals {
    use std::sync::{Once, PoisonError, mpsc};
    use std::thread;
    use std::time::{Duration, Instant};

    use signal_hook::consts::SIGTERM;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::OPEN;

    /// The maximum delay of the end of the process. Other processes requeue the trials that remain.
    const LIMIT: Duration = Duration::from_secs(5);

    pub(super) fn listen() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            // Without the handler the process ends at once, and other processes requeue its trials.
            if let Ok(mut signals) = Signals::new([SIGTERM]) {
                let run = move || {
                    if signals.forever().next().is_some() {
                        abandon_all();
                        let _ = emulate_default_handler(SIGTERM);
                    }
                };
                let _ = thread::Builder::new().name("hyperopt-signals".into()).spawn(run);
            }
        });
    }

    fn abandon_all() {
        let (done, answers) = mpsc::channel();
        let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        for abandon in open.values() {
            abandon(done.clone());
        }
        let (count, until) = (open.len(), Instant::now() + LIMIT);
        drop((done, open));
        for _ in 0..count {
            if answers.recv_timeout(until.saturating_duration_since(Instant::now())).is_err() {
                return;
            }
        }
    }
}
