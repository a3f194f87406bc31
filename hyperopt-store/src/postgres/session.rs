//! A session on the server: its statements, and its settings.

use std::collections::HashMap;

use postgres::types::{ToSql, Type};
use postgres::{Client, Error, Row, RowIter, SimpleQueryMessage, Statement};

/// A value of a statement, with the type that it has on the server.
pub(super) trait Param: ToSql + Sync {
    /// Returns the type.
    fn kind(&self) -> Type;

    /// Returns the value as the driver takes it.
    fn value(&self) -> &(dyn ToSql + Sync);
}

macro_rules! params {
    ($($type:ty => $kind:ident),+ $(,)?) => {
        $(impl Param for $type {
            fn kind(&self) -> Type {
                Type::$kind
            }

            fn value(&self) -> &(dyn ToSql + Sync) {
                self
            }
        })+
    };
}

params! {
    i32 => INT4,
    f64 => FLOAT8,
    bool => BOOL,
    &str => TEXT,
    String => TEXT,
    Vec<i32> => INT4_ARRAY,
    Vec<f64> => FLOAT8_ARRAY,
    Vec<Option<f64>> => FLOAT8_ARRAY,
    Vec<&str> => TEXT_ARRAY,
    Vec<String> => TEXT_ARRAY,
    &[&str] => TEXT_ARRAY,
}

/// One session on the server.
pub(super) struct Session {
    pub(super) client: Client,
    kind: Kind,
}

enum Kind {
    /// The session is this process's own, with its settings and the statements that it has prepared.
    Own(HashMap<&'static str, Statement>),
    /// A pooler lends the session for one transaction at a time: nothing outlives a transaction, and each begins with these
    /// settings.
    Lent(String),
}

impl Session {
    pub(super) fn own(client: Client) -> Self {
        Self { client, kind: Kind::Own(HashMap::new()) }
    }

    pub(super) fn lent(client: Client, settings: String) -> Self {
        Self { client, kind: Kind::Lent(settings) }
    }

    pub(super) fn query(&mut self, sql: &'static str, values: &[&dyn Param]) -> Result<Vec<Row>, Error> {
        match self.statement(sql)? {
            Some(statement) => self.client.query(&statement, &untyped(values)),
            None => self.client.query_typed(sql, &typed(values)),
        }
    }

    /// Queries as [`query`](Self::query) does, row by row: the rows of a large study are read while the server sends them.
    pub(super) fn rows(&mut self, sql: &'static str, values: &[&dyn Param]) -> Result<RowIter<'_>, Error> {
        match self.statement(sql)? {
            Some(statement) => self.client.query_raw(&statement, untyped(values)),
            None => self.client.query_typed_raw(sql, typed(values)),
        }
    }

    /// Returns the prepared statement, in a session that keeps it.
    fn statement(&mut self, sql: &'static str) -> Result<Option<Statement>, Error> {
        let Kind::Own(prepared) = &mut self.kind else { return Ok(None) };
        if let Some(statement) = prepared.get(sql) {
            return Ok(Some(statement.clone()));
        }
        let statement = self.client.prepare(sql)?;
        prepared.insert(sql, statement.clone());
        Ok(Some(statement))
    }

    /// Begins a transaction of this `mode`, which may be empty, and runs a statement without values, in one round trip.
    pub(super) fn begin(&mut self, mode: &str, then: &str) -> Result<(), Error> {
        let settings = match &self.kind {
            Kind::Own(_) => "",
            Kind::Lent(settings) => settings.as_str(),
        };
        let sql = format!("BEGIN {mode}; {settings}{then}");
        self.batch(&sql)
    }

    /// Begins a transaction and runs a query without values, in one round trip. Returns the first column of its first row.
    pub(super) fn begin_row(&mut self, query: &str) -> Result<Option<String>, Error> {
        let settings = match &self.kind {
            Kind::Own(_) => "",
            Kind::Lent(settings) => settings.as_str(),
        };
        let found = self.client.simple_query(&format!("BEGIN; {settings}{query}"))?;
        let row = found.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(row.and_then(|row| row.get(0)).map(ToOwned::to_owned))
    }

    /// Sends statements without values, in one round trip.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql)
    }
}

fn untyped<'a>(values: &[&'a dyn Param]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value.value()).collect()
}

fn typed<'a>(values: &[&'a dyn Param]) -> Vec<(&'a (dyn ToSql + Sync), Type)> {
    values.iter().map(|value| (value.value(), value.kind())).collect()
}
