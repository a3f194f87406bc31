//! Waits for the output of a program, for its end, and for signals, all at once.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::process::ChildStdout;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use super::signals::Interrupts;

/// The maximum wait while something has to be polled.
const LOOK: Duration = Duration::from_millis(20);

/// The number of bytes that are read at a time: the capacity of a pipe.
const BUFFER: usize = 1 << 16;

/// The maximum number of reads after the program has ended. The pipe holds less, unless a daemon still writes.
const LAST_READS: usize = 32;

/// The events that have happened.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ready {
    pub(super) output: bool,
    pub(super) exit: bool,
    pub(super) interrupt: bool,
}

/// Waits for the first event, or for the deadline.
pub(super) fn wait(
    stdout: Option<&ChildStdout>,
    exit: Option<&OwnedFd>,
    interrupts: Option<&Interrupts>,
    deadline: Option<Instant>,
) -> io::Result<Ready> {
    let mut fds = Vec::with_capacity(3);
    let mut place = |fd| {
        fds.push(PollFd::from_borrowed_fd(fd, PollFlags::IN));
        fds.len() - 1
    };
    let output = stdout.map(|stdout| place(stdout.as_fd()));
    let ended = exit.map(|exit| place(exit.as_fd()));
    let interrupt = interrupts.map(|interrupts| place(interrupts.fd()));
    let mut limit = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    // A second interrupt, and the end of a process without a handle, are polled.
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

/// The reading end of a program's standard output.
#[derive(Debug)]
pub(super) struct Output {
    /// `None` once it is closed.
    pipe: Option<ChildStdout>,
    buffer: Vec<u8>,
}

impl Output {
    pub(super) fn new(pipe: Option<ChildStdout>) -> Self {
        Self { pipe, buffer: vec![0; BUFFER] }
    }

    pub(super) fn pipe(&self) -> Option<&ChildStdout> {
        self.pipe.as_ref()
    }

    /// Makes reads non-blocking.
    pub(super) fn prepare(&self) -> io::Result<()> {
        let Some(pipe) = &self.pipe else { return Ok(()) };
        let flags = rustix::fs::fcntl_getfl(pipe)?;
        Ok(rustix::fs::fcntl_setfl(pipe, flags | rustix::fs::OFlags::NONBLOCK)?)
    }

    /// Reads once. Returns whether there may be more.
    pub(super) fn read(&mut self, take: &mut impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<bool> {
        let Some(pipe) = &self.pipe else { return Ok(false) };
        match rustix::io::read(pipe, &mut self.buffer) {
            Ok(0) => {
                self.pipe = None;
                Ok(false)
            }
            Ok(length) => take(&self.buffer[..length]).map(|()| true),
            Err(rustix::io::Errno::AGAIN) => Ok(false),
            Err(rustix::io::Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads what is in the pipe, without waiting for a process that still holds its other end.
    pub(super) fn drain(&mut self, take: &mut impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        for _ in 0..LAST_READS {
            if !self.read(take)? {
                break;
            }
        }
        Ok(())
    }
}

/// Returns a handle that becomes readable when the process ends; `None` on systems without one.
#[cfg(target_os = "linux")]
pub(super) fn exit_handle(pid: Pid) -> io::Result<Option<OwnedFd>> {
    match rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()) {
        Ok(handle) => Ok(Some(handle)),
        // Kernels before 5.3, and sandboxes.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

// The error is that of other systems.
#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn exit_handle(_: Pid) -> io::Result<Option<OwnedFd>> {
    Ok(None)
}

/// Returns whether the process has ended. It stays a zombie, so that its number is not reused.
pub(super) fn has_exited(pid: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(pid), options), Ok(None))
}
