//! Errors after which another attempt may succeed.

use postgres::Error;
use postgres::error::SqlState;

use super::tls;

/// Returns whether the server, or a pooler before it, answers, but cannot take a connection yet.
pub(super) fn is_busy(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        [&SqlState::CANNOT_CONNECT_NOW, &SqlState::TOO_MANY_CONNECTIONS, &SqlState::ADMIN_SHUTDOWN].contains(&code)
    }) || is_full_pooler(error)
}

/// Returns whether a pooler has as many clients as it may have; its messages are not translated.
pub(super) fn is_full_pooler(error: &Error) -> bool {
    error.as_db_error().is_some_and(|error| error.message().starts_with("no more connections allowed"))
}

/// Returns whether a statement was prepared in another session than the present one: a pooler is in between.
pub(super) fn is_foreign(error: &Error) -> bool {
    error
        .code()
        .is_some_and(|code| [&SqlState::INVALID_SQL_STATEMENT_NAME, &SqlState::DUPLICATE_PSTATEMENT].contains(&code))
}

/// Returns whether the server has no room for what is written, or too little memory: the connection is sound, and somebody may
/// make room.
pub(super) fn is_exhausted(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        [&SqlState::DISK_FULL, &SqlState::OUT_OF_MEMORY, &SqlState::INSUFFICIENT_RESOURCES].contains(&code)
    })
}

/// Returns whether the server takes no writes. One that did before may be about to be replaced, or has been made read-only for
/// a while.
pub(super) fn is_read_only(error: &Error) -> bool {
    error.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION)
}

/// Returns whether the server may refuse the same work again, on a connection that is sound.
pub(super) fn is_refused_alike(error: &Error) -> bool {
    is_exhausted(error) || error.code() == Some(&SqlState::QUERY_CANCELED)
}

/// Returns whether a retry may succeed, on a new connection if need be.
pub(super) fn is_transient(error: &Error) -> bool {
    match error.code() {
        Some(code) => {
            is_busy(error)
                || is_exhausted(error)
                || is_foreign(error)
                || code.code().starts_with("08")
                || [
                    &SqlState::CRASH_SHUTDOWN,
                    &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                    &SqlState::IDLE_SESSION_TIMEOUT,
                    // A limit of the role on the time of a statement, which may have waited for a lock.
                    &SqlState::QUERY_CANCELED,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                ]
                .contains(&code)
        }
        // Not an error of the server, but of the connection.
        None => error.is_closed() || is_input_output(error) && tls::fault(error).is_none(),
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
