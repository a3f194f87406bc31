use std::fmt;

use crate::mark::Mark;

/// One thing that is wrong with a file: where, what was found there, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands; `None` of what is wrong with the file as a whole.
    pub mark: Option<Mark>,
    /// What was found, and what to write instead.
    pub message: String,
}

/// All that is wrong with a file, in the order of the file.
///
/// Shown with `{}`, it is a line each: `sweep.yaml:12:7: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// The name of the file.
    #[must_use]
    pub fn source_name(&self) -> &str {
        &self.source
    }

    /// What is wrong, at least one thing.
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
            match fault.mark {
                Some(mark) => write!(f, "{}:{mark}: {}", self.source, fault.message)?,
                None => write!(f, "{}: {}", self.source, fault.message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

/// What a reader finds on its way through a file: what is wrong, and what a person should know.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<Fault>,
    pub(crate) notes: Vec<String>,
}

impl Findings {
    pub(crate) fn fault(&mut self, mark: Mark, message: impl Into<String>) {
        self.faults.push(Fault { mark: Some(mark), message: message.into() });
    }

    /// Of the place it is about, so that a reader of the note finds it.
    pub(crate) fn note(&mut self, mark: Mark, message: impl fmt::Display) {
        let note = format!("line {}: {message}", mark.line);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
