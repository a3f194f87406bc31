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

    /// Returns the columns of `names`, with `kind` before each that is taken.
    pub(super) fn of<'a>(&mut self, kind: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
        let mut column = |name: &str| {
            let mut column = name.to_owned();
            while !self.taken.insert(column.clone()) {
                column = format!("{kind}.{column}");
            }
            column
        };
        names.map(&mut column).collect()
    }
}
