//! An error of the command: a message on standard error, and an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use hyperopt_core::plain::plain;
use hyperopt_core::suspend_progress;

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

/// Advice in messages of studies that is for programs, since the command has no option for it, and what stands in its place.
const FOR_PROGRAMS: [(&str, &str); 3] = [
    (" `.patience(…)` says how long it is waited for once it is lost", ""),
    (" for longer than `.patience(…)`", " for too long"),
    (", which `.patience(..)` sets", ""),
];

/// Returns a message without advice that is for programs.
pub(crate) fn for_command(message: impl Display) -> String {
    FOR_PROGRAMS.iter().fold(message.to_string(), |message, (advice, instead)| message.replace(advice, instead))
}

/// Prints a line on standard error, without what a terminal would obey. A reader that has closed it is ignored.
pub(crate) fn say(message: impl Display) {
    let line = format!("hyperopt: {}", plain(&for_command(message)));
    suspend_progress(|| _ = writeln!(io::stderr(), "{line}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_for_the_command_line() {
        for (message, shown) in [
            (
                "can it be reached from here? `.patience(…)` says how long it is waited for once it is lost",
                "can it be reached from here?",
            ),
            ("locked for longer than `.patience(…)`: look for one", "locked for too long: look for one"),
            ("has held its lock for 300s, which `.patience(..)` sets", "has held its lock for 300s"),
        ] {
            assert_eq!(for_command(message), shown);
        }
    }
}
