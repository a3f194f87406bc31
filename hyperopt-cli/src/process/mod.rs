//! The program of a trial: its command, its process group, its output, and its end.

mod environment;
mod guard;
mod lines;
mod orphans;
mod program;
mod signals;
mod supervise;
mod tail;
mod template;
#[cfg(test)]
mod tests;
mod value;
mod watch;

pub(crate) use environment::Environment;
pub(crate) use guard::{COMMAND as GUARD, keep_guard};
pub(crate) use program::{enter, find};
pub(crate) use signals::{Interrupts, interrupts};
pub(crate) use supervise::{Ended, Finished, Launch, Line, Supervisor};
pub(crate) use tail::last_lines;
pub(crate) use template::{Offered, Template, Values};
pub(crate) use value::number;
