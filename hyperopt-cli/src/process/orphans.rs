//! Processes that a trial leaves behind outside of its group: daemons. They are found on Linux only.
//!
//! This process becomes their parent when their own one ends (a child subreaper), so that they stay within reach, and their
//! numbers are not reused before this process has waited for them.

use std::fs;
use std::path::PathBuf;

use rustix::process::{Pid, Signal};

/// The environment variable that marks the trials of a run.
pub(crate) const MARK: &str = "HYPEROPT_RUN";

/// A process that was found by its mark.
#[derive(Debug)]
pub(crate) struct Marked {
    #[cfg(target_os = "linux")]
    handle: std::os::fd::OwnedFd,
}

impl Marked {
    pub(crate) fn kill(&self) {
        #[cfg(target_os = "linux")]
        let _ = rustix::process::pidfd_send_signal(&self.handle, Signal::KILL);
    }
}

/// Returns the processes with the mark of a run, other than this one.
pub(crate) fn marked(mark: &str) -> Vec<Marked> {
    #[cfg(not(target_os = "linux"))]
    return Vec::new();
    #[cfg(target_os = "linux")]
    {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
        let others = pids.filter(|pid| pid.as_raw_nonzero().get().unsigned_abs() != std::process::id());
        let setting = format!("{MARK}={mark}");
        let open = |pid| {
            // In this order, the handle cannot refer to a later process with the same number.
            let handle = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()).ok()?;
            let environment = environment(pid)?;
            has(&environment, &[&setting]).then_some(Marked { handle })
        };
        others.filter_map(open).collect()
    }
}

/// Makes this process the parent of the processes that its trials leave behind.
pub(crate) fn adopt() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Kills the inherited processes that have all of `settings` in their environment, and waits for those that have ended.
/// `known` are children that others wait for. Without `all`, only the children of the first thread are looked at: inherited
/// processes are among them, and trials are children of the threads that have started them.
pub(crate) fn reap(settings: &[&str], all: bool, known: impl Fn(Pid) -> bool) {
    // A killed process leaves its own children to this process, so look again; it takes a moment to die, and one that is
    // just starting another program has no environment for a moment.
    for round in 0..50 {
        let mut again = false;
        for pid in children(all).into_iter().filter(|pid| !known(*pid)) {
            if !matches!(rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::NOHANG), Ok(None)) {
                continue;
            }
            match environment(pid) {
                Some(environment) if has(&environment, settings) => {
                    let _ = rustix::process::kill_process(pid, Signal::KILL);
                    again = true;
                }
                Some(environment) if environment.is_empty() => again |= round < 5,
                _ => {}
            }
        }
        if !again {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Returns the children of the first thread of this process, or of all threads. The kernel may omit some while others end, so
/// the list is read until it is the same twice.
fn children(all: bool) -> Vec<Pid> {
    let mut last = listed(all);
    for _ in 0..10 {
        let again = listed(all);
        if again == last {
            break;
        }
        last = again;
    }
    last
}

fn listed(all: bool) -> Vec<Pid> {
    let first = PathBuf::from(format!("/proc/self/task/{}", std::process::id()));
    let tasks = if all {
        fs::read_dir("/proc/self/task").into_iter().flatten().flatten().map(|task| task.path()).collect()
    } else {
        vec![first]
    };
    let lists = tasks.into_iter().filter_map(|task| fs::read_to_string(task.join("children")).ok());
    let pids = lists.flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<i32>>());
    pids.filter_map(Pid::from_raw).collect()
}

/// Returns the environment that a process was started with; empty for one that has ended or is just being replaced.
fn environment(pid: Pid) -> Option<Vec<u8>> {
    fs::read(format!("/proc/{}/environ", pid.as_raw_nonzero())).ok()
}

fn has(environment: &[u8], settings: &[&str]) -> bool {
    settings.iter().all(|setting| environment.split(|&byte| byte == 0).any(|entry| entry == setting.as_bytes()))
}
