//! The guard: a second process that ends the trials when this process is killed by SIGKILL.
//!
//! The kernel can tie a child to its parent's life, but only code that runs between `fork` and `exec` can ask for it, which
//! is unsafe code, and it would not cover the processes that the child starts. The guard holds the reading end of a pipe and
//! sleeps. When the writer closes the pipe without a farewell, the guard kills the process groups in a file without a name,
//! which both processes share, and all other processes with the run's mark in their environment.

use std::env;
use std::fs::{self, File};
use std::io::{self, PipeWriter, Read, Write};
use std::os::unix::fs::FileExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::orphans::{MARK, marked};

/// The hidden subcommand that the guard runs.
pub(crate) const COMMAND: &str = "__guard";

/// The length of a line of the shared file, in bytes.
const LINE: u64 = 12;

/// The guard, on the side of the run.
#[derive(Debug)]
pub(crate) struct Guard {
    link: Option<PipeWriter>,
    child: Child,
    shared: File,
    /// The groups by the lines of the shared file; 0 for a free line.
    groups: Mutex<Vec<i32>>,
}

impl Guard {
    /// Starts the guard of the run `mark`.
    pub(crate) fn start(mark: &str) -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let path = env::temp_dir().join(format!("hyperopt-{mark}"));
        let shared = File::options().read(true).write(true).create_new(true).open(&path)?;
        fs::remove_file(&path)?;
        let mut command = Command::new(env::current_exe()?);
        command.args([COMMAND, mark]).stdin(reader).stdout(shared.try_clone()?).stderr(Stdio::null());
        // In a group of its own, Ctrl-C does not reach it.
        let child = command.env_clear().env(MARK, mark).current_dir("/").process_group(0).spawn()?;
        Ok(Self { link: Some(writer), child, shared, groups: Mutex::default() })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn add(&self, group: Pid) {
        self.put(0, group.as_raw_nonzero().get());
    }

    pub(crate) fn remove(&self, group: Pid) {
        self.put(group.as_raw_nonzero().get(), 0);
    }

    /// Writes `new` where `old` was, or on a new line.
    fn put(&self, old: i32, new: i32) {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let line = groups.iter().position(|&group| group == old).unwrap_or(groups.len());
        if line == groups.len() {
            groups.push(new);
        } else {
            groups[line] = new;
        }
        // A trial runs without the guard's knowledge rather than not at all.
        let _ = self.shared.write_all_at(format!("{new:11}\n").as_bytes(), line as u64 * LINE);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(mut link) = self.link.take() {
            let _ = link.write_all(b"bye");
        }
        let _ = self.child.wait();
    }
}

/// Runs the guard: sleeps until the run has ended.
pub(crate) fn keep_guard(mark: &str) {
    let mut said = Vec::new();
    let _ = io::stdin().lock().read_to_end(&mut said);
    if said == b"bye" {
        return;
    }
    let groups = groups();
    let groups = groups.lines().filter_map(|line| line.trim().parse().ok().and_then(Pid::from_raw));
    for group in groups {
        let _ = kill_process_group(group, Signal::KILL);
    }
    // Trials that were just being started, and daemons; repeated after a while for those that were just starting others.
    for pause in [0, 5, 50, 200] {
        thread::sleep(Duration::from_millis(pause));
        for found in marked(mark) {
            found.kill();
        }
    }
}

/// Reads the shared file, which is the guard's standard output.
fn groups() -> String {
    let (mut text, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = rustix::io::pread(io::stdout(), &mut buffer, text.len() as u64) {
        text.extend_from_slice(&buffer[..length]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_free_is_used_again() {
        let directory = tempfile::tempdir().unwrap();
        let shared = File::options().read(true).write(true).create_new(true).open(directory.path().join("groups"));
        let child = Command::new("true").spawn().unwrap();
        let guard = Guard { link: None, child, shared: shared.unwrap(), groups: Mutex::default() };
        let pid = |number| Pid::from_raw(number).unwrap();
        (100..104).for_each(|number| guard.add(pid(number)));
        guard.remove(pid(101));
        guard.remove(pid(103));
        guard.add(pid(2_000_000_000));
        let text = fs::read_to_string(directory.path().join("groups")).unwrap();
        let numbers: Vec<i32> = text.lines().map(|line| line.trim().parse().unwrap()).collect();
        assert_eq!(numbers, [100, 2_000_000_000, 102, 0]);
    }
}
