//! The exit codes of the command, and which of them the end of a sweep has.

use hyperopt_core::{Error, Sweep};
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
  2    something is wrong with the command line, the configuration or the files it names
  3    the sweep could not begin or continue: a database or a disk failed, or holds another sweep
  130  ended by Ctrl-C; 143 by SIGTERM, 129 by SIGHUP. `hyperopt resume` continues the sweep";

/// Returns the exit code of a sweep that has ended; `interrupt` is the signal that ended it, if one did.
pub(crate) fn of(sweep: &Sweep, interrupt: Option<Signal>) -> u8 {
    if let Some(signal) = interrupt {
        return 128 + signal.as_raw() as u8;
    }
    match sweep.error() {
        Some(Error::Study { .. } | Error::Executor { .. }) => BROKEN,
        Some(_) => USAGE,
        None if sweep.history().best(sweep.goal()).is_none() => NO_RESULT,
        None => 0,
    }
}
