//! The connection to the server, which is made again when it is lost.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Config, Error};

use super::connect::{connect, may_refuse_options, own_backend, token};
use super::fault::cause;
use super::session::Session;
use super::transient::{is_busy, is_foreign, is_read_only, is_refused_alike, is_transient};
use crate::address::Server;
use crate::delay::Delay;

/// A connection that reconnects.
pub(super) struct Connection {
    server: Server,
    /// The timeout for a lost server.
    pub(super) patience: Duration,
    /// The settings of a session.
    settings: Vec<(&'static str, String)>,
    session: Option<Session>,
    /// Whether a pooler has been found in between, which lends its sessions.
    is_pooled: bool,
    /// The reason that is shown to a caller that waits.
    delay: Delay,
    refusals: Option<Refusals>,
    /// Whether anything has been written.
    has_written: bool,
}

/// Writes that the server has refused, one after the other, on a connection that is sound.
struct Refusals {
    since: Instant,
    last: Instant,
    waits: Box<dyn Iterator<Item = Duration> + Send>,
}

/// Refusals that are further apart do not belong together.
const APART: Duration = Duration::from_mins(1);

impl Connection {
    /// Returns a connection that is made when it is needed. The server ends a transaction that is idle for `lease`.
    pub(super) fn new(mut server: Server, patience: Duration, lease: Duration, delay: Delay) -> Self {
        let config = server.config_mut();
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        if config.get_application_name().is_none() {
            config.application_name("hyperopt");
        }
        // A server that vanishes is noticed within a minute, not after the two hours of TCP.
        config
            .keepalives_idle(Duration::from_secs(30))
            .keepalives_interval(Duration::from_secs(10))
            .keepalives_retries(3);
        config.tcp_user_timeout(Duration::from_mins(1));
        let milliseconds = |duration: Duration| duration.as_millis().clamp(1, MILLISECONDS).to_string();
        let settings = vec![
            ("lock_timeout", milliseconds(patience)),
            // A process that stops within the lock must not block all others.
            ("idle_in_transaction_session_timeout", milliseconds(lease)),
            // A limit of the role, which would cut a wait for a lock short.
            ("statement_timeout", "0".into()),
            // Compiling the statement that reads a large study would take longer than running it.
            ("jit", "off".into()),
            ("work_mem", "64MB".into()),
        ];
        Self { server, patience, settings, session: None, is_pooled: false, delay, refusals: None, has_written: false }
    }

    /// Connects for the first time. Waits for a server that is starting or full, but not for one that does not answer.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        let (begun, patience) = (Instant::now(), self.patience);
        let mut waits = waits();
        loop {
            let wait = waits.next().unwrap_or_default();
            match self.connect() {
                Ok(_) => {
                    self.delay.ends();
                    return Ok(());
                }
                Err(error) if is_busy(&error) && begun.elapsed() + wait < patience => {
                    self.delay.fails(cause(&error));
                    thread::sleep(wait);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn connect(&mut self) -> Result<&mut Session, Error> {
        let session = match self.session.take().filter(|session| !session.client.is_closed()) {
            Some(session) => session,
            None => self.connect_anew()?,
        };
        Ok(self.session.insert(session))
    }

    fn connect_anew(&mut self) -> Result<Session, Error> {
        if !self.is_pooled {
            let token = token();
            match connect(&self.server, &self.config_of_own(&token)) {
                Ok(mut client) => {
                    if let Some(backend) = own_backend(&mut client, &token)? {
                        self.delay.works_in(backend);
                        return Ok(Session::own(client));
                    }
                    // Its settings are those of others.
                    self.is_pooled = true;
                    return Ok(Session::lent(client, self.local_settings()));
                }
                Err(error) if !may_refuse_options(&error) => return Err(error),
                Err(_) => {}
            }
        }
        let client = connect(&self.server, self.server.config())?;
        self.is_pooled = true;
        Ok(Session::lent(client, self.local_settings()))
    }

    /// Returns what a session of this process's own is begun with.
    fn config_of_own(&self, token: &str) -> Config {
        let mut config = self.server.config().clone();
        let mut options = config.get_options().unwrap_or_default().to_owned();
        // The token tells the session apart from one that a pooler lends.
        for (name, value) in self.settings.iter().chain([&("hyperopt.session", token.to_owned())]) {
            options.extend([" -c ", name, "=", value]);
        }
        // The server notices within half a minute that a machine which held the lock has vanished. Behind a pooler, that is for
        // the pooler to notice.
        options += " -c tcp_user_timeout=25000 -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
        config.options(options.trim_start());
        config
    }

    /// Returns the settings, for one transaction.
    fn local_settings(&self) -> String {
        let settings = self.settings.iter().map(|(name, value)| format!("SET LOCAL {name} = '{value}'; "));
        settings.collect::<Vec<_>>().concat()
    }

    /// Runs `work`, and again from its start when the connection is lost or the server asks for it, within the patience. An
    /// error leaves no transaction behind.
    pub(super) fn run<T>(&mut self, mut work: impl FnMut(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let begun = Instant::now();
        let mut waits = waits();
        loop {
            let error = match self.once(&mut work) {
                Ok(done) => {
                    self.delay.ends();
                    return Ok(done);
                }
                Err(error) => error,
            };
            let wait = waits.next().unwrap_or_default();
            if !self.may_pass(&error) || begun.elapsed() + wait > self.patience {
                return Err(error);
            }
            if is_read_only(&error) {
                // The address may be that of another server by now.
                self.session = None;
            }
            self.delay.fails(cause(&error));
            thread::sleep(wait);
        }
    }

    /// Runs `work` once, after connecting if there is no connection.
    pub(super) fn once<T>(&mut self, work: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let done = work(self.connect()?);
        if let Err(error) = &done
            && is_foreign(error)
        {
            self.is_pooled = true;
            self.session = None;
        }
        if let (Err(_), Some(session)) = (&done, &mut self.session)
            && session.batch("ROLLBACK").is_err()
        {
            self.session = None;
        }
        done
    }

    /// Runs `work` in the present session; returns `None` if the session has been lost, or the server refuses the work for now.
    /// Then the caller begins again, from the lock.
    pub(super) fn still<T>(&mut self, work: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<Option<T>, Error> {
        if self.session.as_ref().is_none_or(|session| session.client.is_closed()) {
            self.session = None;
            return Ok(None);
        }
        match self.once(work) {
            Ok(done) => Ok(Some(done)),
            // The lock is there each time, and what follows fails.
            Err(error) if is_refused_alike(&error) => self.refused(error).map(|()| None),
            Err(error) if self.may_pass(&error) => {
                self.session = None;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Waits after a refusal; an error once the patience is over.
    fn refused(&mut self, error: Error) -> Result<(), Error> {
        let now = Instant::now();
        let before = self.refusals.take().filter(|before| now.duration_since(before.last) < APART);
        let mut refusals = before.unwrap_or_else(|| Refusals { since: now, last: now, waits: Box::new(waits()) });
        let wait = refusals.waits.next().unwrap_or_default();
        if refusals.since.elapsed() + wait > self.patience {
            return Err(error);
        }
        self.delay.fails(cause(&error));
        thread::sleep(wait);
        refusals.last = Instant::now();
        self.refusals = Some(refusals);
        Ok(())
    }

    /// Returns whether a retry may succeed.
    fn may_pass(&self, error: &Error) -> bool {
        is_transient(error) || self.has_written && is_read_only(error)
    }

    /// Ends a row of refusals: what is written is there.
    pub(super) fn has_written(&mut self) {
        self.refusals = None;
        self.has_written = true;
    }
}

/// The maximum of the server's timeouts, in milliseconds.
const MILLISECONDS: u128 = i32::MAX as u128;

/// Delays between zero and 50 ms, a limit that is doubled each time up to 5 s. Processes that have lost the same server at once
/// do not come back at once; random keys tell them apart, since those in containers have the same process id.
fn waits() -> impl Iterator<Item = Duration> {
    let random = RandomState::new();
    (0..).map(move |attempt: u32| {
        let full = Duration::from_millis((50 << attempt.min(7)).min(5_000));
        full.mul_f64((random.hash_one(attempt) >> 32) as f64 / f64::from(u32::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_processes_come_back_in_step() {
        let draw = || waits().take(12).collect::<Vec<_>>();
        let (one, other) = (draw(), draw());
        assert_ne!(one, other);
        for waits in [one, other] {
            assert!(waits.iter().zip(0..).all(|(wait, attempt)| wait.as_millis() <= 50 << attempt), "{waits:?}");
            assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(5)), "{waits:?}");
        }
    }
}
