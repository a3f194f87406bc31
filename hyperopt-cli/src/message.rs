//! Messages on standard error, as cargo writes them: `error:`, `warning:` and `note:`, and lines of status that begin with a
//! verb. They are in colour on a terminal, as [`colour`](crate::colour) says.

use std::fmt::Display;
use std::io::Write;

use anstyle::Style;
use hyperopt_core::plain::plain;
use hyperopt_core::suspend_progress;

use crate::colour::{ERROR, NOTE, STATUS, WARNING};

/// Prints why the command fails.
pub(crate) fn error(message: impl Display) {
    labelled("error:", ERROR, &message);
}

/// Prints what may go wrong later.
pub(crate) fn warning(message: impl Display) {
    labelled("warning:", WARNING, &message);
}

/// Prints what is worth knowing.
pub(crate) fn note(message: impl Display) {
    labelled("note:", NOTE, &message);
}

/// Prints what has been done; the first word of `message` is its verb: `wrote sweep.png`.
pub(crate) fn say(message: impl Display) {
    let message = message.to_string();
    let (verb, rest) = message.split_once(' ').unwrap_or((&message, ""));
    labelled(verb, STATUS, &rest);
}

/// Prints a line, in which only the style of its label may command a terminal. A reader that has closed standard error is ignored.
fn labelled(label: &str, style: Style, message: &dyn Display) {
    let (label, message) = (plain(label), message.to_string());
    let line = format!("{style}{label}{style:#} {}", plain(&message));
    suspend_progress(|| _ = writeln!(anstream::stderr(), "{line}"));
}
