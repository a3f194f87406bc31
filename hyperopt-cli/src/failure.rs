//! An error of the command: a message on standard error, and an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use hyperopt_core::plain::plain;

use crate::exit_code::{BROKEN, USAGE};

/// A message with its exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    /// Creates a failure that the user can correct: an option, the configuration, or a file.
    pub(crate) fn usage(message: impl Display) -> Self {
        Self { code: USAGE, message: message.to_string() }
    }

    /// Creates a failure of the machine: a database, a disk, the operating system.
    pub(crate) fn broken(message: impl Display) -> Self {
        Self { code: BROKEN, message: message.to_string() }
    }

    /// Prints the message on standard error, and returns the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if !self.message.is_empty() {
            say(&self.message);
        }
        ExitCode::from(self.code)
    }
}

/// Prints a line on standard error, without what a terminal would obey. A reader that has closed it is ignored.
pub(crate) fn say(message: impl Display) {
    let _ = writeln!(io::stderr(), "hyperopt: {}", plain(&message.to_string()));
}
