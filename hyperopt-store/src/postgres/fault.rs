//! The errors of a server, with advice.

use postgres::Error;
use postgres::error::SqlState;

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
            Self::Server(doing, error) => settings.error(doing, cause(&error), hint(&error)),
            Self::Trial(number, reason) => settings.trial((number, reason)),
            Self::Study(reason) => settings.damaged(reason),
        }
    }
}

/// The message of the server or of the connection. It never contains the password.
fn cause(error: &Error) -> String {
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

const UNREACHABLE: &str = "is the server running, and can it be reached from here? `.patience(…)` says how long it is waited for \
                           once it is lost";

fn hint(error: &Error) -> &'static str {
    let Some(code) = error.code() else {
        return if error.is_closed() || super::connection::is_input_output(error) { UNREACHABLE } else { "" };
    };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "check the user and the password in the address, or in `PGPASSWORD`"
        }
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => UNREACHABLE,
        SqlState::INVALID_CATALOG_NAME => "make it with `createdb`",
        SqlState::INSUFFICIENT_PRIVILEGE => {
            "the first process of a database makes the tables: let its user do so, or run it once as another"
        }
        SqlState::LOCK_NOT_AVAILABLE => {
            "another process has kept the study locked for longer than `.patience(…)`: look for one that hangs"
        }
        SqlState::TOO_MANY_CONNECTIONS => "raise `max_connections` of the server: each process needs two connections",
        SqlState::READ_ONLY_SQL_TRANSACTION => {
            "the server is a copy that cannot be written: take the address of the first"
        }
        _ => "",
    }
}
