//! A database that each call drives on its own thread.

use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread;

use hyperopt_core::study::StoreError;

use crate::backend::Backend;
use crate::settings::StudySettings;
use crate::terminate;

/// Dropping it requeues the running trials.
pub(crate) struct Direct {
    backend: Arc<Mutex<Box<dyn Backend>>>,
    registration: Option<terminate::Registration>,
}

impl Direct {
    pub(super) fn new(backend: Box<dyn Backend>, settings: &StudySettings) -> Self {
        let backend = Arc::new(Mutex::new(backend));
        let registration = settings.handles_signals.then(|| {
            let backend = Arc::clone(&backend);
            terminate::register(move |done| {
                let backend = Arc::clone(&backend);
                // A call may be waiting for another process; the other studies need not wait for it.
                let abandon = move || {
                    let mut backend = backend.lock().unwrap_or_else(PoisonError::into_inner);
                    backend.abandon();
                    let _ = done.send(());
                    // No trial may be started any more: the process ends within moments.
                    loop {
                        thread::park();
                    }
                };
                // Without the thread, other processes find the trials and requeue them.
                let _ = thread::Builder::new().name("hyperopt-study".into()).spawn(abandon);
            })
        });
        Self { backend, registration }
    }

    pub(super) fn call<T>(
        &self,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut backend = self.backend.lock().unwrap_or_else(PoisonError::into_inner);
        call(&mut **backend)
    }
}

impl Drop for Direct {
    fn drop(&mut self) {
        drop(self.registration.take());
        match self.backend.try_lock() {
            Ok(mut backend) => backend.abandon(),
            Err(TryLockError::Poisoned(backend)) => backend.into_inner().abandon(),
            // The process ends, and its trials are requeued already.
            Err(TryLockError::WouldBlock) => {}
        }
    }
}
