//! Connections to the file, and the errors of SQLite with advice.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use crate::address::Address;
use crate::delay::Wait;
use crate::error::StudyError;
use crate::settings::StudySettings;
use crate::study_row::REVISION;

/// The timeout for turning a file that other programs have open into one with a write-ahead log.
const WAL_PATIENCE: Duration = Duration::from_millis(500);

/// The timeout for a lock in a process that is about to end, and in the thread of the heartbeat.
pub(super) const LAST_PATIENCE: Duration = Duration::from_secs(3);

const READ_ONLY: &str = "the file, one beside it (`-wal`, `-shm`) or its directory may only be read";

/// Opens the file for writing, and creates it if it does not exist.
pub(super) fn connect(settings: &StudySettings, path: &Path) -> Result<Connection, StudyError> {
    let fault = |error| explain(settings, "opening the file", &error);
    check(settings, path)?;
    settings.check_directory()?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    // SQLite opens such a file all the same, and fails in the first write.
    if connection.is_readonly("main").map_err(fault)? {
        return Err(settings.error("opening the file", "it is readonly", READ_ONLY));
    }
    connection.busy_timeout(settings.patience).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL waits for the disk at each commit, NORMAL now and then; neither loses a commit to the death of a process.
    let synchronous = if settings.durable { "FULL" } else { "NORMAL" };
    connection.pragma_update(None, "synchronous", synchronous).map_err(fault)?;
    Ok(connection)
}

/// Checks what SQLite would report as a fault of the disk, or wait for.
fn check(settings: &StudySettings, path: &Path) -> Result<(), StudyError> {
    match path.metadata() {
        Ok(found) if found.is_dir() => {
            let hint = format!("name a file in it: `sqlite:{}`", path.join("study.db").display());
            Err(settings.error("opening the file", "it is a directory", hint))
        }
        Ok(found) if !found.is_file() => {
            Err(settings.error("opening the file", "it is a device, a pipe or a socket", "name a file"))
        }
        _ => Ok(()),
    }
}

/// Opens the file for reading only, and creates nothing.
pub(super) fn connect_to_read(settings: &StudySettings, path: &Path) -> Result<Connection, StudyError> {
    if !path.exists() {
        return Err(StudyError::NoFile { url: settings.address.to_string(), path: path.to_owned() });
    }
    check(settings, path)?;
    // The last connection that may write removes the log that it needed to read; one that may not write leaves it.
    let access = if has_log(path) { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let fault = |error| explain(settings, "opening the file", &error);
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(settings.patience).map_err(fault)?;
    if connection.query_row("SELECT count(*) FROM sqlite_master", (), |_| Ok(())).is_err() && !has_log(path) {
        // A write-ahead log cannot be made beside a file in a directory that is read-only. Without one nothing is in flight.
        let text = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let still = Connection::open_with_flags(format!("file:{text}?immutable=1"), flags).map_err(fault)?;
        return Ok(still);
    }
    Ok(connection)
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).exists()
}

/// Creates the tables, unless they exist. Any number of processes may call it at once.
pub(super) fn prepare(settings: &StudySettings, connection: &Connection) -> Result<(), StudyError> {
    let fault = |error| explain(settings, "making its tables", &error);
    use_log(connection, settings.patience.min(WAL_PATIENCE));
    begin(settings, connection).map_err(fault)?;
    let made = revision(connection).map_err(fault).and_then(|found| match found {
        Some(found) if found != REVISION => {
            Err(StudyError::Revision { url: settings.address.to_string(), found, expected: REVISION })
        }
        Some(_) => Ok(()),
        None => connection.execute_batch(include_str!("schema.sql")).map_err(fault),
    });
    match made {
        Ok(()) => connection.execute_batch("COMMIT").map_err(fault),
        Err(error) => {
            // The error that is known says more than one of going back.
            let _ = connection.execute_batch("ROLLBACK");
            Err(error)
        }
    }
}

/// Begins a transaction that writes. While another program has locked the file for long, standard error says so.
pub(super) fn begin(settings: &StudySettings, connection: &Connection) -> rusqlite::Result<()> {
    let patience = settings.patience;
    let mut wait = Wait::new(&settings.name);
    loop {
        // The limit is reached by the last attempt, whose error counts.
        let step = wait.step(patience).unwrap_or_default();
        connection.busy_timeout(step)?;
        let begun = connection.prepare_cached("BEGIN IMMEDIATE")?.execute(()).map(|_| ());
        let is_busy = |error: &rusqlite::Error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
        if begun.as_ref().is_err_and(is_busy) && wait.step(patience).is_some() {
            wait.says(Some("it waits for another program, which has locked its file"));
            continue;
        }
        connection.busy_timeout(patience)?;
        if begun.is_ok() {
            wait.ends();
        }
        return begun;
    }
}

/// Turns on the write-ahead log, with which a commit is an append. If other programs prevent that, the file stays as it is.
fn use_log(connection: &Connection, patience: Duration) {
    let until = Instant::now() + patience;
    loop {
        let mode: Result<String, _> = connection.query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0));
        match mode {
            // SQLite does not call its busy handler here.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until => {
                thread::sleep(Duration::from_millis(5));
            }
            _ => return,
        }
    }
}

/// Returns the revision of the tables, if they exist.
pub(super) fn revision(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'";
    match connection.query_row(table, (), |_| Ok(())).optional()? {
        None => Ok(None),
        Some(()) => connection.query_row("SELECT version_num FROM alembic_version", (), |row| row.get(0)).optional(),
    }
}

/// Returns a symbolic link in place of a file that SQLite keeps beside the database.
fn linked(settings: &StudySettings) -> Option<PathBuf> {
    // Without the other features, an address has this kind only.
    #[allow(irrefutable_let_patterns)]
    let Address::Sqlite(path) = &settings.address else { return None };
    // The files are beside the database itself, wherever a link to it is.
    let file = path.canonicalize().unwrap_or_else(|_| path.clone());
    let beside = ["-shm", "-wal", "-journal"].map(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    beside.into_iter().find(|path| path.is_symlink())
}

/// Returns the error of SQLite, with advice.
pub(super) fn explain(settings: &StudySettings, doing: &'static str, error: &rusqlite::Error) -> StudyError {
    if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
        return settings.error(doing, "its rows are gone", "the study has been deleted");
    }
    let hint = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            let hint = format!("another program has held its lock for {:?}", settings.patience);
            return settings.lost(doing, error.to_string(), hint, ", which `.patience(..)` sets");
        }
        Some(ErrorCode::ReadOnly) => READ_ONLY.into(),
        Some(ErrorCode::NotADatabase) => "the file is something else: choose another name".into(),
        Some(ErrorCode::CannotOpen) => match linked(settings) {
            Some(link) => format!("{} is a symbolic link, which SQLite does not follow: remove it", link.display()),
            None => "its directory has to exist and to be writable".into(),
        },
        Some(ErrorCode::DiskFull) => "make room on the disk, and go on".into(),
        Some(ErrorCode::SystemIoFailure) => {
            "the disk may be broken or gone, or a quota or a limit on the size of files may have been reached".into()
        }
        Some(ErrorCode::DatabaseCorrupt) => "`sqlite3 FILE .recover` may save what is in it".into(),
        _ => String::new(),
    };
    settings.error(doing, error.to_string(), hint)
}
