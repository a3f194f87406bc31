//! The exit codes of the command, and which of them the end of a sweep has.

use hyperopt_core::{Error, Remedy, Sweep};
use rustix::process::Signal;

/// No trial succeeded.
pub(crate) const NO_RESULT: u8 = 1;
/// Something is wrong with the command line, the configuration, or the files that they name.
pub(crate) const USAGE: u8 = 2;
/// The sweep could not continue.
pub(crate) const BROKEN: u8 = 3;

/// The list that `--help` ends with.
pub(crate) const HELP: &str = "\
Exit codes:
  0    there is a result
  1    no trial succeeded
  2    something is wrong with the command line, the configuration or the files it names, or the study is another sweep
  3    the sweep could not begin or continue: a database, a server or a disk failed
  130  ended by Ctrl-C; 143 by SIGTERM, 129 by SIGHUP. `hyperopt resume` continues the sweep";

/// Returns the exit code of a sweep that has ended; `interrupt` is the signal that ended it, if one did.
pub(crate) fn of(sweep: &Sweep, interrupt: Option<Signal>) -> u8 {
    if let Some(signal) = interrupt {
        return 128 + signal.as_raw() as u8;
    }
    match sweep.error() {
        Some(error) => of_error(error),
        None if sweep.history().best(sweep.goal()).is_none() => NO_RESULT,
        None => 0,
    }
}

/// Returns the exit code of an error: that of a mistake, such as the study of another sweep, or that of a fault of the machine.
pub(crate) fn of_error(error: &Error) -> u8 {
    let is_fault = match error {
        Error::Study { advice, .. } => !matches!(advice, Some(advice) if advice.remedy == Remedy::OwnStudy),
        other => matches!(other, Error::Executor { .. }),
    };
    if is_fault { BROKEN } else { USAGE }
}
