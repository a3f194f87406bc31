//! The mistakes of a file, and notes on it.

use std::fmt;

use hyperopt_core::plain::{plain, plain_line};

use crate::mark::Mark;

/// A mistake in a file: its place, what was found there, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The place; `None` for a mistake of the file as a whole.
    pub mark: Option<Mark>,
    /// What was found, and what to write instead.
    pub message: String,
}

/// All mistakes in a file, at least one, in the order of the file.
///
/// `Display` writes a line for each: `sweep.yaml:12:7: …`.
#[derive(Clone, PartialEq, Eq)]
pub struct Errors {
    source: String,
    faults: Vec<Fault>,
}

impl Errors {
    pub(crate) fn new(source: &str, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.mark);
        faults.dedup();
        Self { source: source.to_owned(), faults }
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn source_name(&self) -> &str {
        &self.source
    }

    /// Returns the mistakes, at least one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            let (source, message) = (plain_line(&self.source), plain(&fault.message));
            match fault.mark {
                Some(mark) => write!(f, "{source}:{mark}: {message}")?,
                None => write!(f, "{source}: {message}")?,
            }
        }
        Ok(())
    }
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Errors {}

/// The mistakes and notes that are collected while a file is read.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<Fault>,
    pub(crate) notes: Vec<String>,
}

impl Findings {
    pub(crate) fn fault(&mut self, mark: Mark, message: impl Into<String>) {
        self.faults.push(Fault { mark: Some(mark), message: message.into() });
    }

    /// Adds a note that begins with its line, unless it is there already.
    pub(crate) fn note(&mut self, mark: Mark, message: impl fmt::Display) {
        let note = format!("line {}: {message}", mark.line);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
