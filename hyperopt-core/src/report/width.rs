//! How wide a report may be.

use std::env;
use std::fmt;

use console::Term;

/// The width of a table in a pipe or a file, where nothing says otherwise.
const PIPED: usize = 100;

/// The widths of a report, in columns; `None` where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Width {
    /// That of its tables.
    pub(super) table: Option<usize>,
    /// That of its sentences: those in a pipe or a file stay on a line each, so that programs find them.
    pub(super) text: Option<usize>,
}

impl Width {
    /// Returns the width that the format asks for, such as `{ho:80}`, or no limit for `{ho:#}`; otherwise that of standard
    /// output.
    pub(super) fn of(f: &fmt::Formatter<'_>) -> Self {
        let columns = || env::var("COLUMNS").ok();
        let terminal = || Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        Self::new(f.alternate(), f.width(), columns, terminal)
    }

    fn new(
        is_unlimited: bool,
        asked: Option<usize>,
        columns: impl FnOnce() -> Option<String>,
        terminal: impl FnOnce() -> Option<usize>,
    ) -> Self {
        if is_unlimited {
            return Self { table: None, text: None };
        }
        let columns = || columns()?.trim().parse().ok();
        let known = asked.or_else(columns).or_else(terminal).filter(|width| *width > 0);
        Self { table: known.or(Some(PIPED)), text: known }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_comes_first_then_the_environment_then_the_terminal() {
        let width = |unlimited, asked, columns: Option<&str>, terminal| {
            let Width { table, text } = Width::new(unlimited, asked, || columns.map(Into::into), || terminal);
            (table, text)
        };
        let both = |width| (Some(width), Some(width));
        assert_eq!(width(false, Some(60), Some("80"), Some(120)), both(60));
        assert_eq!(width(false, None, Some("80"), Some(120)), both(80));
        assert_eq!(width(false, None, Some("wide"), Some(120)), both(120));
        assert_eq!(width(false, None, Some("0"), None), (Some(100), None));
        assert_eq!(width(false, None, None, None), (Some(100), None));
        assert_eq!(width(true, None, Some("80"), Some(120)), (None, None));
    }
}
