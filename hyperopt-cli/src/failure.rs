//! An error of the command: its messages, and an exit code.

use std::fmt::Display;
use std::process::ExitCode;

use hyperopt_core::{Error, Remedy};
use hyperopt_store::StudyError;

use crate::exit_code::{BROKEN, USAGE};
use crate::message;

pub(crate) use crate::message::say;

/// Messages, one for each mistake, with their exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) messages: Vec<String>,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Display) -> Self {
        Self { code, messages: vec![message.to_string()] }
    }

    /// Creates a failure that the user can correct: an option, the configuration, or a file.
    pub(crate) fn usage(message: impl Display) -> Self {
        Self::new(USAGE, message)
    }

    /// Creates a failure of several mistakes that the user can correct.
    pub(crate) fn mistakes(messages: Vec<String>) -> Self {
        Self { code: USAGE, messages }
    }

    /// Creates a failure of the machine: a database, a disk, the operating system.
    pub(crate) fn broken(message: impl Display) -> Self {
        Self::new(BROKEN, message)
    }

    /// Creates the failure of a study that the command line names and that cannot be used.
    pub(crate) fn study(error: StudyError) -> Self {
        Self::usage(error.of_sweep().worded(option))
    }

    /// Prints the messages on standard error, and returns the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        self.messages.iter().for_each(message::error);
        ExitCode::from(self.code)
    }
}

/// Returns the error of a sweep with the advice that this command has an option for.
pub(crate) fn for_command(error: Error) -> Error {
    error.worded(option)
}

/// Returns the end of a message that names the option of this command; empty if it has none.
fn option(remedy: Remedy) -> String {
    match remedy {
        Remedy::OwnStudy => "; `hyperopt run --name NAME` gives this sweep a study of its own".into(),
        _ => String::new(),
    }
}
