//! Names of the columns of tables and files, each differently.

use std::collections::HashSet;

/// Names columns, each differently.
pub(super) struct ColumnNames {
    taken: HashSet<String>,
}

impl ColumnNames {
    /// Takes the names of the columns that every sweep has.
    pub(super) fn new<'a>(own: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: own.map(ToOwned::to_owned).collect() }
    }

    /// Returns the columns of `names`, as [`one`](Self::one) does.
    pub(super) fn of<'a>(&mut self, kind: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
        names.map(|name| self.one(kind, name)).collect()
    }

    /// Returns the column of `name`, with `kind` before it where it is taken.
    pub(super) fn one(&mut self, kind: &str, name: &str) -> String {
        let mut column = name.to_owned();
        while !self.taken.insert(column.clone()) {
            column = format!("{kind}.{column}");
        }
        column
    }
}
