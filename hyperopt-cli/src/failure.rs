//! How the command ends when it cannot do what it was asked for.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// A message, and the exit code it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

/// No trial succeeded.
pub(crate) const NO_RESULT: u8 = 1;
/// Something is wrong with the command line, the configuration, or the files that they name.
pub(crate) const USAGE: u8 = 2;
/// The sweep could not go on.
pub(crate) const BROKEN: u8 = 3;

impl Failure {
    /// Something is to be written otherwise.
    pub(crate) fn usage(message: impl Display) -> Self {
        Self { code: USAGE, message: message.to_string() }
    }

    /// Something that is out of the user's hands at the moment.
    pub(crate) fn broken(message: impl Display) -> Self {
        Self { code: BROKEN, message: message.to_string() }
    }

    /// Says it on standard error.
    pub(crate) fn report(&self) -> ExitCode {
        if !self.message.is_empty() {
            say(&self.message);
        }
        ExitCode::from(self.code)
    }
}

/// Says something on standard error; a reader that has gone is no reason to end.
pub(crate) fn say(message: impl Display) {
    let _ = writeln!(io::stderr(), "hyperopt: {message}");
}
