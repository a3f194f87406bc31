//! What is left to do when this process is killed outright: a second process, which has nothing else to do, sees that and
//! ends the trials.
//!
//! The kernel can tie a child to its parent's life, but only code that runs between `fork` and `exec` can ask for it, which
//! is unsafe code, and it would not cover what the child starts. The guard holds the reading end of a pipe; when its writer
//! is gone without a farewell, it kills the process groups that it was told of, and whatever else bears the run's mark in its
//! environment.

use std::collections::HashSet;
use std::env;
use std::io::{self, BufRead, PipeWriter, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::adopted::marked;

/// The hidden subcommand that the guard runs.
pub(crate) const COMMAND: &str = "__guard";

/// The variable that marks the trials of a run.
pub(crate) const MARK: &str = "HYPEROPT_RUN";

/// The guard of a run, as the run sees it.
#[derive(Debug)]
pub(crate) struct Guard {
    link: Mutex<Option<PipeWriter>>,
    child: Mutex<Child>,
    pid: u32,
}

impl Guard {
    /// Starts the guard of the run `mark`.
    pub(crate) fn start(mark: &str) -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let mut command = Command::new(env::current_exe()?);
        command.args([COMMAND, mark]).stdin(reader).stdout(Stdio::null()).stderr(Stdio::null());
        // In a group of its own, Ctrl-C does not reach it.
        let child = command.env_clear().env(MARK, mark).current_dir("/").process_group(0).spawn()?;
        Ok(Self { pid: child.id(), link: Mutex::new(Some(writer)), child: Mutex::new(child) })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn add(&self, group: Pid) {
        self.say(format_args!("+{}", group.as_raw_nonzero()));
    }

    pub(crate) fn remove(&self, group: Pid) {
        self.say(format_args!("-{}", group.as_raw_nonzero()));
    }

    fn say(&self, line: std::fmt::Arguments<'_>) {
        if let Some(link) = &mut *self.link.lock().unwrap_or_else(PoisonError::into_inner) {
            // One write a line; a guard that has been killed is missed by nobody until it is needed.
            let _ = link.write_all(format!("{line}\n").as_bytes());
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.say(format_args!("bye"));
        drop(self.link.lock().unwrap_or_else(PoisonError::into_inner).take());
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
    }
}

/// The guard itself: reads until the run is gone.
pub(crate) fn keep_guard(mark: &str) {
    let mut groups = HashSet::new();
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        match line.split_at_checked(1) {
            Some(("+", group)) => drop(group.parse().map(|group: i32| groups.insert(group))),
            Some(("-", group)) => drop(group.parse().map(|group: i32| groups.remove(&group))),
            _ => return,
        }
    }
    for group in groups.into_iter().filter_map(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    // A trial that was just being started, and daemons. Again after a while, for those that were just starting others.
    for pause in [0, 5, 50, 200] {
        thread::sleep(Duration::from_millis(pause));
        for found in marked(mark) {
            found.kill();
        }
    }
}
