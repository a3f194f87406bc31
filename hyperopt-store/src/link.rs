//! The thread that owns the database of a study, and the calls that are sent to it.
//!
//! The client of PostgreSQL blocks on an executor of its own, which a thread of an asynchronous program must not do.

use std::cell::Cell;
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyperopt_core::study::StoreError;

use crate::address::Address;
use crate::backend::Backend;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::terminate;

/// Extra time allowed for an answer beyond the waits for a lock and for a connection.
const MARGIN: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce(&mut dyn Backend) + Send>;

/// A running thread. Dropping it requeues the running trials and joins the thread.
pub(crate) struct Link {
    /// `None` while the link is dropped.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    registration: Option<terminate::Registration>,
    timeout: Duration,
    /// Whether the thread waits for a database that does not answer.
    is_stuck: Cell<bool>,
}

impl Link {
    /// Starts the thread. The database is not opened yet.
    ///
    /// # Errors
    ///
    /// If the system does not start a thread.
    pub(crate) fn start(settings: &StudySettings) -> Result<Self, StudyError> {
        let (jobs, received) = mpsc::channel();
        let owned = settings.clone();
        let run = move || serve(owned, &received);
        let cause = |cause: io::Error| settings.error("starting its thread", cause.to_string(), "");
        let thread = thread::Builder::new().name("hyperopt-study".into()).spawn(run).map_err(cause)?;
        let registration = settings.handles_signals.then(|| {
            let jobs = jobs.clone();
            terminate::register(move |done| {
                let job = move |backend: &mut dyn Backend| {
                    backend.abandon();
                    let _ = done.send(());
                    // No trial may be started any more: the process ends within moments.
                    loop {
                        thread::park();
                    }
                };
                let _ = jobs.send(Box::new(job));
            })
        });
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
            registration,
            timeout: settings.patience.saturating_mul(2).saturating_add(MARGIN),
            is_stuck: Cell::new(false),
        })
    }

    /// Runs `call` on the thread and waits for its result.
    ///
    /// # Errors
    ///
    /// Those of `call`; that the study is closed; that the database has not answered within twice the patience.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        settings: &StudySettings,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::channel();
        let job = move |backend: &mut dyn Backend| {
            // Fails only where the caller has stopped waiting.
            let _ = reply.send(call(backend));
        };
        if !self.is_stuck.get() {
            let jobs = self.jobs.as_ref().ok_or_else(|| settings.closed())?;
            jobs.send(Box::new(job)).map_err(|_| settings.closed())?;
            match answer.recv_timeout(self.timeout) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => return Err(settings.closed().into()),
                Err(RecvTimeoutError::Timeout) => self.is_stuck.set(true),
            }
        }
        let hint = "is there a proxy or a firewall in between that has forgotten the connection?";
        Err(settings.error("waiting for an answer", "the connection is there, and nothing comes", hint).into())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Both hold a sender: the thread ends with the last of them.
        drop((self.jobs.take(), self.registration.take()));
        if !self.is_stuck.get()
            && let Some(thread) = self.thread.take()
        {
            // Errors of the thread were returned by the calls.
            let _ = thread.join();
        }
    }
}

/// The body of the thread: runs the jobs, then requeues the trials that still run.
fn serve(settings: StudySettings, jobs: &Receiver<Job>) {
    let mut backend = backend(settings);
    for job in jobs {
        job(&mut *backend);
    }
    backend.abandon();
}

// Not consumed by a build without any database.
#[cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(clippy::needless_pass_by_value))]
fn backend(settings: StudySettings) -> Box<dyn Backend> {
    match &settings.address {
        #[cfg(feature = "sqlite")]
        Address::Sqlite(path) => {
            let path = path.clone();
            Box::new(crate::sqlite::SqliteStore::new(settings, path))
        }
        #[cfg(not(feature = "sqlite"))]
        Address::Sqlite(_) => unreachable!("such an address is not parsed"),
        #[cfg(feature = "postgres")]
        Address::Postgres(server) => {
            let config = server.config().clone();
            Box::new(crate::postgres::PostgresStore::new(settings, config))
        }
    }
}
