//! A text that is not shown: the address of a database, which may have a password.

use std::fmt;

/// A text that `Debug` does not show.
#[derive(Clone)]
pub(crate) struct Hidden(String);

impl Hidden {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
