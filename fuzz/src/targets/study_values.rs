//! A study some of whose values are others: it is read or refused, without a panic.

use super::super::{directory, look, study};
use arbitrary::{Arbitrary, Unstructured};
use std::fs;

use rusqlite::Connection;
use rusqlite::types::Value;

#[derive(Arbitrary, Debug)]
struct Edit {
    table: u8,
    column: u8,
    row: u8,
    value: Written,
}

#[derive(Arbitrary, Debug)]
enum Written {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    /// The value of another row of that column.
    Other(u8),
    /// The text of the value, with a part replaced.
    Spliced(u8, u8, String),
    /// The row is gone.
    Deleted,
}

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    let Ok(edits) = Vec::<Edit>::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let directory = directory();
    let file = directory.path().join("study.db");
    fs::write(&file, study()).unwrap();
    let connection = Connection::open(&file).unwrap();
    // Whatever another program could write is looked at.
    _ = connection
        .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF");
    for edit in edits.iter().take(8) {
        _ = apply(&connection, edit);
    }
    drop(connection);
    look(directory.path());
}

fn apply(connection: &Connection, edit: &Edit) -> rusqlite::Result<()> {
    let list = |sql: &str| -> rusqlite::Result<Vec<String>> {
        connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    let tables =
        list("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?;
    let table = &tables[usize::from(edit.table) % tables.len()];
    let columns = list(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
    let column = &columns[usize::from(edit.column) % columns.len()];
    let rows: Vec<(i64, Value)> = connection
        .prepare(&format!("SELECT rowid, \"{column}\" FROM \"{table}\" ORDER BY rowid"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    let (id, old) = &rows[usize::from(edit.row) % rows.len()];
    let value = match &edit.value {
        Written::Null => Value::Null,
        Written::Integer(value) => Value::Integer(*value),
        Written::Real(value) => Value::Real(*value),
        Written::Text(text) => Value::Text(text.clone()),
        Written::Blob(bytes) => Value::Blob(bytes.clone()),
        Written::Other(row) => rows[usize::from(*row) % rows.len()].1.clone(),
        Written::Spliced(at, removed, text) => {
            let Value::Text(old) = old else { return Ok(()) };
            let mut chars: Vec<char> = old.chars().collect();
            let at = usize::from(*at) % (chars.len() + 1);
            let end = (at + usize::from(*removed)).min(chars.len());
            chars.splice(at..end, text.chars());
            Value::Text(chars.into_iter().collect())
        }
        Written::Deleted => {
            return connection.execute(&format!("DELETE FROM \"{table}\" WHERE rowid = ?1"), [id]).map(drop);
        }
    };
    connection.execute(&format!("UPDATE \"{table}\" SET \"{column}\" = ?1 WHERE rowid = ?2"), (value, id)).map(drop)
}
