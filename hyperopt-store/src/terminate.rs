//! SIGTERM, by which schedulers of clusters announce that a process is to go: its trials are put back before it does.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

/// Asks a study to put its trials back, and to say when it has.
type Abandon = Box<dyn Fn(Sender<()>) + Send>;

/// The studies that are open in this process.
static OPEN: Mutex<BTreeMap<u64, Abandon>> = Mutex::new(BTreeMap::new());

/// Ends the registration when it is dropped.
#[derive(Debug)]
pub(crate) struct Registration(u64);

impl Drop for Registration {
    fn drop(&mut self) {
        let removed = OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
        // Drops what it captured outside of the lock.
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

    /// How long the process is held up: what is not put back by then is put back by others, once they see it dead.
    const LIMIT: Duration = Duration::from_secs(5);

    pub(super) fn listen() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            // Where the handler cannot be set up, the process just dies, and others see that.
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
