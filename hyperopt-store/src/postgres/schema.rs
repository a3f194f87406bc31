//! Creating Optuna's tables.

use std::thread;
use std::time::Duration;

use postgres::Error;
use postgres::error::SqlState;

use super::session::Session;
use super::statements::HAS_TABLES;

/// Creates the tables, unless they exist. Any number of processes may call it at once.
pub(super) fn create(session: &mut Session) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        match create_once(session) {
            // Optuna is creating them, and does not take our lock.
            Err(error) if tries < 50 && error.code().is_some_and(|code| EXISTS.contains(code)) => {
                tries += 1;
                session.batch("ROLLBACK")?;
                thread::sleep(Duration::from_millis(100));
            }
            done => return done,
        }
    }
}

fn create_once(session: &mut Session) -> Result<(), Error> {
    if session.query(HAS_TABLES, &[])?[0].get(0) {
        return Ok(());
    }
    session.begin("", &format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
    let has_tables: bool = session.query(HAS_TABLES, &[])?[0].get(0);
    if !has_tables {
        session.batch(include_str!("schema.sql"))?;
    }
    session.batch("COMMIT")
}

/// The key of the advisory lock: the letters of `hyperopt`.
const LOCK: i64 = i64::from_be_bytes(*b"hyperopt");

const EXISTS: [SqlState; 3] = [SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT, SqlState::UNIQUE_VIOLATION];
