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
            Self::Server(doing, error) => match hint(&error) {
                hint @ UNREACHABLE => settings.lost(doing, cause(&error), hint, UNREACHABLE_FOR),
                hint @ LOCKED => {
                    settings.lost(doing, cause(&error), hint, "; `.patience(…)` sets how long it is waited for")
                }
                hint => settings.error(doing, cause(&error), hint),
            },
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

const UNREACHABLE: &str = "is the server running, and can it be reached from here?";

/// What a program can set against it.
const UNREACHABLE_FOR: &str = " `.patience(…)` says how long it is waited for once it is lost";

const LOCKED: &str = "another process has kept the study locked for too long: look for one that hangs";

fn hint(error: &Error) -> &'static str {
    let Some(code) = error.code() else {
        return if error.is_closed() || super::connection::is_input_output(error) { UNREACHABLE } else { "" };
    };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "check the user and the password in the address, or in `PGPASSWORD`"
        }
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => UNREACHABLE,
        SqlState::FOREIGN_KEY_VIOLATION => "the study has been deleted",
        SqlState::INVALID_CATALOG_NAME => "make it with `createdb`",
        SqlState::INSUFFICIENT_PRIVILEGE => {
            "the first process of a database makes the tables: let its user do so, or run it once as another"
        }
        SqlState::LOCK_NOT_AVAILABLE => LOCKED,
        SqlState::TOO_MANY_CONNECTIONS => "raise `max_connections` of the server: each process needs two connections",
        SqlState::READ_ONLY_SQL_TRANSACTION => {
            "the server is a copy that cannot be written: take the address of the first"
        }
        _ => "",
    }
}
