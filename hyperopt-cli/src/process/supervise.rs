//! One trial's process group, from its start until nothing of it is left.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use super::adopted;
use super::environment::Environment;
use super::guard::{Guard, MARK};
use super::lines::Lines;
use super::signals::Interrupts;

/// What is common to the trials of a run.
#[derive(Debug)]
pub(crate) struct Supervisor {
    mark: String,
    guard: Option<Guard>,
    interrupts: &'static Interrupts,
    /// Held shared while a trial starts: whoever looks for inherited processes must not see it before it is known.
    starting: RwLock<()>,
    running: Mutex<HashSet<i32>>,
}

/// What one trial runs.
#[derive(Debug)]
pub(crate) struct Launch<'a> {
    /// The program and its arguments.
    pub(crate) words: &'a [OsString],
    pub(crate) environment: &'a Environment,
    /// Set for this trial beside it.
    pub(crate) variables: Vec<(&'static str, OsString)>,
    pub(crate) directory: &'a Path,
    pub(crate) stdout: PathBuf,
    pub(crate) stderr: PathBuf,
    pub(crate) timeout: Option<Duration>,
    /// How long it has to end after it was asked to.
    pub(crate) grace: Duration,
}

/// What follows from a line on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Noted,
    /// The trial is not worth going on with.
    GiveUp,
}

/// Why a trial's program has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// By itself.
    Exited(ExitStatus),
    /// It took longer than it may.
    TimedOut,
    /// A [`Line::GiveUp`] was answered.
    GivenUp,
    /// The run was interrupted.
    Interrupted,
}

/// A trial's program that has ended, and for how long it ran.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finished {
    pub(crate) ended: Ended,
    pub(crate) took: Duration,
}

impl Supervisor {
    /// A supervisor of the run `mark`; also why it has no guard, where it could not be started.
    pub(crate) fn start(mark: String, interrupts: &'static Interrupts) -> (Self, Option<io::Error>) {
        adopted::adopt();
        let (guard, fault) = match Guard::start(&mark) {
            Ok(guard) => (Some(guard), None),
            Err(error) => (None, Some(error)),
        };
        (Self { mark, guard, interrupts, starting: RwLock::new(()), running: Mutex::default() }, fault)
    }

    /// Whether the run is to end.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.interrupts.signal().is_some()
    }

    /// Runs a program to its end; `take` sees each line of its standard output.
    pub(crate) fn run(&self, launch: &Launch<'_>, mut take: impl FnMut(&[u8]) -> Line) -> io::Result<Finished> {
        let mut log = File::create(&launch.stdout)?;
        let started = Instant::now();
        let (mut child, group) = self.spawn(launch)?;
        let mut stdout = child.stdout.take();
        let watched = stdout.as_ref().map_or(Ok(()), nonblocking).and_then(|()| exit_handle(group));
        let mut lines = Lines::default();
        let mut gives_up = false;
        let mut pass_on = |bytes: &[u8]| {
            lines.push(bytes, |line| gives_up |= take(line) == Line::GiveUp);
            (log.write_all(bytes), gives_up)
        };
        let mut stopping: Option<Stopping> = None;
        // A full disk must not leave the program running.
        let mut fault = watched.as_ref().err().map(|error| io::Error::from(error.kind()));
        while fault.is_none() {
            let now = Instant::now();
            let deadline = match &stopping {
                Some(stopping) => Some(stopping.until),
                None => launch.timeout.map(|timeout| started + timeout),
            };
            if deadline.is_some_and(|deadline| now >= deadline) {
                match stopping {
                    Some(_) => break,
                    None => stopping = Some(Stopping::ask(group, Signal::TERM, Ended::TimedOut, launch.grace)),
                }
                continue;
            }
            let heard = stopping.is_some().then_some(self.interrupts);
            if heard.is_some_and(Interrupts::is_urgent) {
                break;
            }
            let ready = match wait(&stdout, watched.as_ref().ok(), heard.is_none().then_some(self.interrupts), deadline)
            {
                Ok(ready) => ready,
                Err(error) => {
                    fault = Some(error);
                    break;
                }
            };
            if ready.output {
                match read(&mut stdout, &mut pass_on) {
                    Ok(true) if stopping.is_none() => {
                        stopping = Some(Stopping::ask(group, Signal::TERM, Ended::GivenUp, launch.grace));
                    }
                    Ok(_) => {}
                    Err(error) => fault = Some(error),
                }
            }
            if ready.exit && has_exited(group) {
                break;
            }
            if ready.interrupt && stopping.is_none() {
                let signal = self.interrupts.signal().unwrap_or(Signal::TERM);
                stopping = Some(Stopping::ask(group, signal, Ended::Interrupted, launch.grace));
            }
        }
        // The number cannot mean another group: its leader has not been waited for.
        let _ = kill_process_group(group, Signal::KILL);
        if fault.is_none() {
            fault = drain(&mut stdout, &mut pass_on).err();
        }
        lines.finish(|line| {
            take(line);
        });
        let status = self.reap(&mut child, group);
        self.reap_inherited(launch);
        if let Some(fault) = fault {
            return Err(fault);
        }
        let ended = match stopping {
            Some(stopping) => stopping.why,
            None => Ended::Exited(status?),
        };
        Ok(Finished { ended, took: started.elapsed() })
    }

    fn spawn(&self, launch: &Launch<'_>) -> io::Result<(Child, Pid)> {
        let mut command = Command::new(&launch.words[0]);
        launch.environment.apply(&mut command);
        command.args(&launch.words[1..]).env(MARK, &self.mark).envs(launch.variables.iter().map(|(k, v)| (k, v)));
        command.current_dir(launch.directory).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&launch.stderr)?);
        let _starting = self.starting.read().unwrap_or_else(PoisonError::into_inner);
        let child = command.spawn()?;
        let group = Pid::from_child(&child);
        self.running().insert(group.as_raw_nonzero().get());
        if let Some(guard) = &self.guard {
            guard.add(group);
        }
        Ok((child, group))
    }

    fn running(&self) -> MutexGuard<'_, HashSet<i32>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reap(&self, child: &mut Child, group: Pid) -> io::Result<ExitStatus> {
        // Until it is waited for its number is its own, and a killed process does not make others wait.
        while !has_exited(group) {
            std::thread::sleep(Duration::from_millis(1));
        }
        if let Some(guard) = &self.guard {
            guard.remove(group);
        }
        let mut running = self.running();
        let status = child.wait();
        running.remove(&group.as_raw_nonzero().get());
        status
    }

    fn reap_inherited(&self, launch: &Launch<'_>) {
        let trial = launch.variables.iter().find(|(name, _)| *name == "HYPEROPT_TRIAL");
        let Some(trial) = trial.and_then(|(_, number)| number.to_str()) else { return };
        self.reap_marked(&[&format!("{MARK}={}", self.mark), &format!("HYPEROPT_TRIAL={trial}")]);
    }

    fn reap_marked(&self, settings: &[&str]) {
        let _none_starts = self.starting.write().unwrap_or_else(PoisonError::into_inner);
        let running = self.running();
        let guard = self.guard.as_ref().map(Guard::pid);
        adopted::reap(settings, |pid| {
            let pid = pid.as_raw_nonzero().get();
            running.contains(&pid) || guard == Some(pid.unsigned_abs())
        });
    }
}

impl Drop for Supervisor {
    /// What a trial has left to live after its own end.
    fn drop(&mut self) {
        self.reap_marked(&[&format!("{MARK}={}", self.mark)]);
    }
}

/// A group that has been asked to end.
#[derive(Clone, Copy, Debug)]
struct Stopping {
    why: Ended,
    /// When it is killed.
    until: Instant,
}

impl Stopping {
    fn ask(group: Pid, signal: Signal, why: Ended, grace: Duration) -> Self {
        let _ = kill_process_group(group, signal);
        Self { why, until: Instant::now() + grace }
    }
}

/// What there is to do.
#[derive(Clone, Copy, Debug, Default)]
struct Ready {
    output: bool,
    exit: bool,
    interrupt: bool,
}

/// How long a wait is at the most where something is looked at that cannot be waited for.
const LOOK: Duration = Duration::from_millis(20);

fn wait(
    stdout: &Option<ChildStdout>,
    exit: Option<&Option<OwnedFd>>,
    interrupts: Option<&Interrupts>,
    deadline: Option<Instant>,
) -> io::Result<Ready> {
    let exit = exit.and_then(Option::as_ref);
    let mut fds = Vec::with_capacity(3);
    let mut place = |fd| {
        fds.push(PollFd::from_borrowed_fd(fd, PollFlags::IN));
        fds.len() - 1
    };
    let output = stdout.as_ref().map(|stdout| place(stdout.as_fd()));
    let ended = exit.map(|exit| place(exit.as_fd()));
    let interrupt = interrupts.map(|interrupts| place(interrupts.fd()));
    let mut limit = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    // A second interrupt, and ends of processes without a handle.
    if interrupt.is_none() || ended.is_none() {
        limit = Some(limit.map_or(LOOK, |limit| limit.min(LOOK)));
    }
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    match poll(&mut fds, limit.as_ref()) {
        Ok(_) => {}
        Err(rustix::io::Errno::INTR) => return Ok(Ready::default()),
        Err(error) => return Err(error.into()),
    }
    let is_ready = |place: Option<usize>| place.is_some_and(|place| !fds[place].revents().is_empty());
    let exit = ended.is_none() || is_ready(ended);
    Ok(Ready { output: is_ready(output), exit, interrupt: is_ready(interrupt) })
}

/// One read; closes `stdout` at its end. Whether the trial is given up.
fn read(
    stdout: &mut Option<ChildStdout>,
    pass_on: &mut impl FnMut(&[u8]) -> (io::Result<()>, bool),
) -> io::Result<bool> {
    let mut buffer = [0; 1 << 16];
    let Some(pipe) = stdout else { return Ok(false) };
    match rustix::io::read(&*pipe, &mut buffer) {
        Ok(0) => *stdout = None,
        Ok(length) => {
            let (written, gives_up) = pass_on(&buffer[..length]);
            return written.map(|()| gives_up);
        }
        Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(false)
}

/// How often the pipe is read once its program has ended. It holds less than that, unless a daemon still writes.
const LAST_READS: usize = 32;

/// What is in the pipe, without waiting for what may still hold its other end.
fn drain(
    stdout: &mut Option<ChildStdout>,
    pass_on: &mut impl FnMut(&[u8]) -> (io::Result<()>, bool),
) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    let Some(pipe) = stdout else { return Ok(()) };
    for _ in 0..LAST_READS {
        match rustix::io::read(&*pipe, &mut buffer) {
            Ok(0) | Err(rustix::io::Errno::AGAIN) => return Ok(()),
            Ok(length) => pass_on(&buffer[..length]).0?,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn nonblocking(stdout: &ChildStdout) -> io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(stdout)?;
    Ok(rustix::fs::fcntl_setfl(stdout, flags | rustix::fs::OFlags::NONBLOCK)?)
}

/// What becomes readable when the process ends; `None` where the system has no such thing.
#[cfg(target_os = "linux")]
fn exit_handle(pid: Pid) -> io::Result<Option<OwnedFd>> {
    match rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()) {
        Ok(handle) => Ok(Some(handle)),
        // Kernels before 5.3, and sandboxes.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exit_handle(_: Pid) -> io::Result<Option<OwnedFd>> {
    Ok(None)
}

/// Whether the process has ended; it is not waited for.
fn has_exited(pid: Pid) -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(pid), options), Ok(None))
}
