//! The remedies for errors of a study, which each front end words with its own options.

use std::borrow::Cow;

/// The kind of setting that resolves an [`Error::Study`](crate::Error::Study).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// The database holds another sweep under this name: another name gives the sweep a study of its own.
    OwnStudy,
    /// The database was locked, or its server was unreachable, for longer than the patience.
    Patience,
}

/// A remedy, and the end of the message that names the setting of a program.
///
/// A front end with other names for its settings, such as the options of a command line, words it with
/// [`Error::worded`](crate::Error::worded).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// The kind of setting.
    pub remedy: Remedy,
    /// The end of the message for a program; may be empty.
    pub words: Cow<'static, str>,
}

impl Advice {
    /// Creates advice with its words for a program.
    pub fn new(remedy: Remedy, words: impl Into<Cow<'static, str>>) -> Self {
        Self { remedy, words: words.into() }
    }
}
