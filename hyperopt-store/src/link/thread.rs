//! A database that a thread of its own drives: the client of PostgreSQL blocks on an executor of its own, which a thread of an
//! asynchronous program must not do.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use hyperopt_core::duration;
use hyperopt_core::study::StoreError;

use crate::address::Address;
use crate::backend::Backend;
use crate::delay::Wait;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::terminate;

/// Extra time allowed for an answer beyond the waits for a lock and for a connection.
const MARGIN: Duration = Duration::from_secs(10);

/// The timeout for an answer about the session that is waited for.
const ASKED: Duration = Duration::from_secs(5);

type Job = Box<dyn FnOnce(&mut dyn Backend) + Send>;

/// A running thread. Dropping it requeues the running trials and joins the thread.
pub(crate) struct Thread {
    /// `None` while the link is dropped.
    jobs: Option<Sender<Job>>,
    handle: Option<JoinHandle<()>>,
    registration: Option<terminate::Registration>,
    timeout: Duration,
    /// Whether the thread waits for a database that does not answer.
    is_stuck: AtomicBool,
}

impl Thread {
    /// Starts the thread. The database is not opened yet.
    ///
    /// # Errors
    ///
    /// Fails if the system does not start a thread.
    pub(super) fn start(backend: Box<dyn Backend>, settings: &StudySettings) -> Result<Self, StudyError> {
        let (jobs, received) = mpsc::channel();
        let interval = settings.heartbeat;
        let run = move || serve(backend, &received, interval);
        let cause = |cause: io::Error| settings.error("starting its thread", cause.to_string(), "");
        let handle = thread::Builder::new().name("hyperopt-study".into()).spawn(run).map_err(cause)?;
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
            handle: Some(handle),
            registration,
            timeout: settings.patience.saturating_mul(2).saturating_add(MARGIN),
            is_stuck: AtomicBool::new(false),
        })
    }

    /// Runs `call` on the thread and waits for its result.
    ///
    /// # Errors
    ///
    /// Returns the error of `call`, and fails if the study is closed, or if the database has not answered within twice the
    /// patience.
    pub(super) fn call<T: Send + 'static>(
        &self,
        settings: &StudySettings,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::channel();
        let job = move |backend: &mut dyn Backend| {
            // Fails only where the caller has stopped waiting.
            let _ = reply.send(call(backend));
        };
        if !self.is_stuck.load(Ordering::Relaxed) {
            let jobs = self.jobs.as_ref().ok_or_else(|| settings.closed())?;
            jobs.send(Box::new(job)).map_err(|_| settings.closed())?;
            let mut wait = Wait::new(&settings.name);
            while let Some(step) = wait.step(self.timeout) {
                match answer.recv_timeout(step) {
                    Ok(answer) => {
                        if answer.is_ok() {
                            wait.ends();
                        }
                        return answer;
                    }
                    Err(RecvTimeoutError::Disconnected) => return Err(settings.closed().into()),
                    Err(RecvTimeoutError::Timeout) => wait.says(waited_for(settings).as_deref()),
                }
            }
            self.is_stuck.store(true, Ordering::Relaxed);
        }
        let hint = "is there a proxy or a firewall in between that has forgotten the connection?";
        Err(settings.error("waiting for an answer", "the connection is there, and nothing comes", hint).into())
    }
}

/// Returns what a call waits for that takes long; `None` if nothing seems wrong.
fn waited_for(settings: &StudySettings) -> Option<String> {
    if let Some(cause) = settings.delay.cause() {
        let patience = duration(settings.patience);
        return Some(format!("the server is waited for, up to {patience} at a time: {cause}"));
    }
    let (Address::Postgres(server), Some(backend)) = (&settings.address, settings.delay.backend()) else { return None };
    let (reply, answer) = mpsc::channel();
    let server = server.clone();
    // The client must not block on a thread of an asynchronous program.
    let ask = move || reply.send(crate::postgres::blocker(server, backend));
    thread::Builder::new().name("hyperopt-blocker".into()).spawn(ask).ok()?;
    answer.recv_timeout(ASKED).ok()?
}

impl Drop for Thread {
    fn drop(&mut self) {
        // Both hold a sender: the thread ends with the last of them.
        drop((self.jobs.take(), self.registration.take()));
        if !self.is_stuck.load(Ordering::Relaxed)
            && let Some(handle) = self.handle.take()
        {
            // Errors of the thread were returned by the calls.
            let _ = handle.join();
        }
    }
}

/// Runs the jobs, and the work due at each `interval`, then requeues the trials that still run: the body of the thread.
fn serve(mut backend: Box<dyn Backend>, jobs: &Receiver<Job>, interval: Duration) {
    let mut due = Instant::now() + interval;
    loop {
        match jobs.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(job) => job(&mut *backend),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if Instant::now() >= due {
            backend.idle();
            due = Instant::now() + interval;
        }
    }
    backend.abandon();
}
