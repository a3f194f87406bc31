//! The session for which another one waits.

use std::time::Duration;

use hyperopt_core::duration;
use postgres::Row;

use super::connection::Connection;
use crate::address::Server;
use crate::delay::Delay;

/// A transaction that is younger is one of many that take turns.
const YOUNG: Duration = Duration::from_secs(3);

/// The largest number of sessions that are followed, each of which waits for the next.
const CHAIN: usize = 16;

/// The timeout for the connection that asks.
const PATIENCE: Duration = Duration::from_secs(3);

/// The session that the one of the process `$1` waits for: its process, program, user, machine and state, the age of its
/// transaction in seconds, and whether it waits for a lock itself. One that waits itself comes after one that does not.
const BLOCKER: &str = "
    SELECT pid, application_name, usename::text, host(client_addr), state,
        EXTRACT(epoch FROM clock_timestamp() - xact_start)::float8, wait_event_type IS NOT DISTINCT FROM 'Lock' AS waits
    FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1)) ORDER BY waits, xact_start LIMIT 1";

/// Describes the session that holds the lock which the session of the process `backend` waits for; `None` if there is none, if
/// it is at work as usual, or if the server does not say.
pub(crate) fn blocker(server: Server, backend: i32) -> Option<String> {
    let mut connection = Connection::new(server, PATIENCE, PATIENCE, Delay::default());
    let mut blocker = |waiting: i32| connection.once(|session| session.query(BLOCKER, &[&waiting])).ok()?.pop();
    let mut row = blocker(backend)?;
    // Whoever waits itself is not at fault.
    for _ in 0..CHAIN {
        if !row.get::<_, bool>(6) {
            break;
        }
        row = blocker(row.get(0))?;
    }
    // The server does not say everything to everybody.
    let age = row.get::<_, Option<f64>>(5).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    if age.is_some_and(|age| age < YOUNG) {
        return None;
    }
    let since = age.map_or_else(String::new, |age| format!(", whose transaction began {} ago", duration(age)));
    let pid: i32 = row.get(0);
    Some(format!(
        "it waits for a lock of session {pid} of the server ({}){since}; `SELECT pg_terminate_backend({pid})` would end that \
         session",
        described(&row)
    ))
}

/// Returns the program, the user, the machine and the state of a session, as far as they are known.
fn described(row: &Row) -> String {
    let known = [1, 2, 3, 4].map(|column| row.get::<_, Option<String>>(column).filter(|text| !text.is_empty()));
    let words = ["program", "user", "from", ""];
    let known = words.into_iter().zip(known).filter_map(|(word, text)| Some(format!("{word} {}", text?)));
    known.map(|text| text.trim().to_owned()).collect::<Vec<_>>().join(", ")
}
