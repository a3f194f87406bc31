//! The errors of a server, with advice.

use postgres::Error;
use postgres::error::SqlState;

use super::tls;
use super::transient::{is_full_pooler, is_input_output};
use crate::address::{Address, SslMode};
use crate::error::StudyError;
use crate::settings::StudySettings;

/// Why the work on a study failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// The operation, and the error of the server or of the connection.
    Server(&'static str, Error),
    /// A trial cannot be read or written: its number, and the reason.
    Trial(usize, String),
    /// The study cannot be read as a sweep: the reason.
    Study(String),
}

impl Fault {
    pub(super) fn error(self, settings: &StudySettings) -> StudyError {
        match self {
            Self::Server(doing, error) => {
                let (cause, hint) = explained(&error, settings);
                match hint.as_str() {
                    UNREACHABLE => settings.lost(doing, cause, hint, UNREACHABLE_FOR),
                    LOCKED | FULL => {
                        settings.lost(doing, cause, hint, "; `.patience(…)` sets how long it is waited for")
                    }
                    _ => settings.error(doing, cause, hint),
                }
            }
            Self::Trial(number, reason) => settings.trial((number, reason)),
            Self::Study(reason) => settings.damaged(reason),
        }
    }
}

/// Returns what went wrong, and advice, which may be empty.
fn explained(error: &Error, settings: &StudySettings) -> (String, String) {
    let mode = match &settings.address {
        Address::Postgres(server) => server.tls().mode,
        Address::Sqlite(_) => SslMode::Disable,
    };
    if let Some(explained) = tls::fault(error) {
        return (explained.cause, explained.advice);
    }
    (cause(error), if error.as_db_error().is_some() { advice(error, mode).into() } else { connection(error, mode) })
}

/// Returns the message of the server or of the connection. It never contains the password.
pub(super) fn cause(error: &Error) -> String {
    if let Some(error) = error.as_db_error() {
        let more = [error.detail(), error.hint()].into_iter().flatten().map(|more| format!(" ({more})"));
        return more.fold(error.message().to_owned(), |message, more| message + &more);
    }
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    message
}

const UNREACHABLE: &str = "is the server running, and can it be reached from here?";

/// What a program can set against it.
const UNREACHABLE_FOR: &str = " `.patience(…)` says how long it is waited for once it is lost";

const LOCKED: &str = "another process has kept the study locked for too long: look for one that hangs, and for a session that \
                      has locked a table (`SELECT * FROM pg_stat_activity`)";

const FULL: &str = "make room on the disk of the server, and start again: what is finished is kept";

/// Returns advice about an error of the driver, whose own errors have no codes.
fn connection(error: &Error, mode: SslMode) -> String {
    let message = cause(error);
    let is = |part: &str| message.contains(part);
    if is("server does not support TLS") {
        return format!(
            "turn encryption on in the server (`ssl = on`) or, within a private network, write `sslmode=prefer` instead of \
             `{}`",
            mode.name()
        );
    }
    if is("sslnegotiation=direct") {
        return "write `sslmode=require` too".into();
    }
    if is("server did not use channel binding") {
        return "channel binding needs an encrypted connection and a password that the server keeps by SCRAM \
                (`password_encryption = scram-sha-256`); or leave out `channel_binding=require`"
            .into();
    }
    if is("password missing") {
        return "the server asks for a password: write it in the address, or in `PGPASSWORD`".into();
    }
    if is("both host and hostaddr are missing") {
        return "write the host in the address, or in `PGHOST`".into();
    }
    if error.is_closed() || is_input_output(error) { UNREACHABLE.into() } else { String::new() }
}

/// Returns advice about an error of the server, or of a pooler before it.
fn advice(error: &Error, mode: SslMode) -> &'static str {
    if is_full_pooler(error) {
        return "raise `max_client_conn` of the pooler: each process needs two connections";
    }
    let (Some(code), Some(server)) = (error.code(), error.as_db_error()) else { return "" };
    // Pgbouncer's own words, which have no codes of their own.
    match server.message() {
        "SASL authentication failed" => return CREDENTIALS,
        message if message.starts_with("no such database") => return "add it to `[databases]` of the pooler",
        message if message.starts_with("database ") && message.ends_with(" does not exist") => return CREATE,
        _ => {}
    }
    // Unlike the message, the name of the function is not translated.
    let routine = server.routine().unwrap_or_default();
    let wants_certificate = server.message().contains("certificate");
    match *code {
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if wants_certificate => {
            "write `sslcert=FILE&sslkey=FILE` with a certificate for this user that an authority in the server's \
             `ssl_ca_file` has signed"
        }
        // No line of that file fits.
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if routine == "ClientAuthentication" => {
            if matches!(mode, SslMode::Disable) {
                "the server may want an encrypted connection, `sslmode=require`; or a line for this user, database and \
                 machine is missing in its `pg_hba.conf`"
            } else {
                "a line for this user, database and machine is missing in the server's `pg_hba.conf`"
            }
        }
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => CREDENTIALS,
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => UNREACHABLE,
        SqlState::FOREIGN_KEY_VIOLATION => "the study has been deleted",
        SqlState::INVALID_CATALOG_NAME => CREATE,
        SqlState::INSUFFICIENT_PRIVILEGE => {
            "the first process of a database makes the tables: let its user do so, or run it once as another"
        }
        SqlState::LOCK_NOT_AVAILABLE => LOCKED,
        SqlState::DISK_FULL => FULL,
        // The limit of a user or of a database, not that of the server.
        SqlState::TOO_MANY_CONNECTIONS if routine == "InitializeSessionUserId" => {
            "raise it with `ALTER ROLE … CONNECTION LIMIT`, or put a pooler before the server: each process needs two connections"
        }
        SqlState::TOO_MANY_CONNECTIONS if routine == "CheckMyDatabase" => {
            "raise it with `ALTER DATABASE … CONNECTION LIMIT`, or put a pooler before the server: each process needs two \
             connections"
        }
        SqlState::TOO_MANY_CONNECTIONS => {
            "raise `max_connections` of the server, or put a pooler before it: each process needs two connections"
        }
        SqlState::READ_ONLY_SQL_TRANSACTION => {
            "the server is a copy that cannot be written: take the address of the first; or its host has made it read-only, as \
             some do when the disk is full"
        }
        _ => "",
    }
}

const CREATE: &str = "make it with `createdb`";

const CREDENTIALS: &str = "check the user and the password in the address, or in `PGPASSWORD`";
