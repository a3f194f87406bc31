//! The connection to the server, which is made again when it is lost.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Config, Error, NoTls, Row, RowIter, Statement};

/// A connection that reconnects.
pub(super) struct Connection {
    config: Config,
    /// The timeout for a lost server.
    pub(super) patience: Duration,
    session: Option<Session>,
}

/// One session on the server, with the statements that it has prepared.
pub(super) struct Session {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl Session {
    pub(super) fn query(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        self.client.query(&statement, values)
    }

    /// Like [`query`](Self::query), row by row: the rows of a large study are read while the server sends them.
    pub(super) fn rows(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<RowIter<'_>, Error> {
        let statement = self.statement(sql)?;
        self.client.query_raw(&statement, values.iter().copied())
    }

    fn statement(&mut self, sql: &'static str) -> Result<Statement, Error> {
        Ok(match self.prepared.get(sql) {
            Some(statement) => statement.clone(),
            None => self.prepared.entry(sql).or_insert(self.client.prepare(sql)?).clone(),
        })
    }

    /// Sends statements without values, in one round trip.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql)
    }
}

impl Connection {
    /// A connection that is made when it is needed. The server ends a transaction that is idle for `lease`.
    pub(super) fn new(mut config: Config, patience: Duration, lease: Duration) -> Self {
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
        config.tcp_user_timeout(Duration::from_secs(60));
        let options = format!(
            // The server notices within half a minute that a machine which held the lock has vanished. Compiling the statement
            // that reads a large study would take longer than running it.
            "{} -c lock_timeout={} -c idle_in_transaction_session_timeout={} -c tcp_user_timeout=25000 \
             -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 \
             -c jit=off -c work_mem=64MB",
            config.get_options().unwrap_or_default(),
            patience.as_millis().clamp(1, MILLISECONDS),
            // A process that stops within the lock must not block all others.
            lease.as_millis().clamp(1, MILLISECONDS),
        );
        config.options(options.trim_start());
        Self { config, patience, session: None }
    }

    /// Connects for the first time. Waits for a server that is starting or full, but not for one that does not answer.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        let (begun, patience) = (Instant::now(), self.patience);
        let mut waits = waits();
        loop {
            let wait = waits.next().unwrap_or_default();
            match self.connect() {
                Ok(_) => return Ok(()),
                Err(error) if is_busy(&error) && begun.elapsed() + wait < patience => thread::sleep(wait),
                Err(error) => return Err(error),
            }
        }
    }

    fn connect(&mut self) -> Result<&mut Session, Error> {
        let session = match self.session.take().filter(|session| !session.client.is_closed()) {
            Some(session) => session,
            None => Session { client: self.config.connect(NoTls)?, prepared: HashMap::new() },
        };
        Ok(self.session.insert(session))
    }

    /// Runs `work`, and again from its start when the connection is lost or the server asks for it, within the patience. An
    /// error leaves no transaction behind.
    pub(super) fn run<T>(&mut self, mut work: impl FnMut(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let begun = Instant::now();
        let mut waits = waits();
        loop {
            let error = match self.once(&mut work) {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            let wait = waits.next().unwrap_or_default();
            if !is_transient(&error) || begun.elapsed() + wait > self.patience {
                return Err(error);
            }
            thread::sleep(wait);
        }
    }

    /// Runs `work` once, after connecting if there is no connection.
    pub(super) fn once<T>(&mut self, work: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let done = work(self.connect()?);
        if let (Err(_), Some(session)) = (&done, &mut self.session)
            && session.batch("ROLLBACK").is_err()
        {
            self.session = None;
        }
        done
    }

    /// Runs `work` in the present session; returns `None` if the session has been lost.
    pub(super) fn still<T>(&mut self, work: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<Option<T>, Error> {
        if self.session.as_ref().is_none_or(|session| session.client.is_closed()) {
            self.session = None;
            return Ok(None);
        }
        match self.once(work) {
            Ok(done) => Ok(Some(done)),
            Err(error) if is_transient(&error) => {
                self.session = None;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// The maximum of the server's timeouts, in milliseconds.
const MILLISECONDS: u128 = i32::MAX as u128;

/// Delays of 50 ms, doubled each time up to 5 s. Each is shortened by up to a third, so that processes that have lost the same
/// server do not reconnect all at once.
fn waits() -> impl Iterator<Item = Duration> {
    let mut scatter = u64::from(std::process::id());
    (0..).map(move |attempt: u32| {
        scatter = scatter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let full = (50 << attempt.min(7)).min(5_000);
        Duration::from_millis(full - full * (scatter >> 33) % (full / 3))
    })
}

/// Whether the server answers, but cannot take a connection yet.
fn is_busy(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        [&SqlState::CANNOT_CONNECT_NOW, &SqlState::TOO_MANY_CONNECTIONS, &SqlState::ADMIN_SHUTDOWN].contains(&code)
    })
}

/// Whether a retry may succeed, on a new connection if need be.
fn is_transient(error: &Error) -> bool {
    match error.code() {
        Some(code) => {
            is_busy(error)
                || code.code().starts_with("08")
                || [
                    &SqlState::CRASH_SHUTDOWN,
                    &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                ]
                .contains(&code)
        }
        // Not an error of the server, but of the connection.
        None => error.is_closed() || is_input_output(error),
    }
}

pub(super) fn is_input_output(error: &Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<std::io::Error>() {
            return true;
        }
        source = cause.source();
    }
    false
}
