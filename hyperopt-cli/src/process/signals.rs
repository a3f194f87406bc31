//! SIGINT (Ctrl-C), SIGTERM and SIGHUP, which end the sweep and its running trials.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// The maximum delay between the arrival of one signal at a trial and at this process.
const DELAY: Duration = Duration::from_millis(300);

/// The signals that have arrived so far.
#[derive(Debug)]
pub(crate) struct Interrupts {
    /// Readable once a signal has arrived: nothing is ever read from it.
    pipe: OwnedFd,
    first: AtomicI32,
    stop: Arc<AtomicBool>,
    count: AtomicUsize,
}

/// Returns the signals of this process. The first call installs the handlers.
pub(crate) fn interrupts() -> io::Result<&'static Interrupts> {
    static INTERRUPTS: OnceLock<Result<Interrupts, i32>> = OnceLock::new();
    let mut writer = None;
    let made = INTERRUPTS.get_or_init(|| {
        let (read, write) = pipe_with(PipeFlags::CLOEXEC).map_err(rustix::io::Errno::raw_os_error)?;
        writer = Some(write);
        Ok(Interrupts { pipe: read, first: AtomicI32::new(0), stop: Arc::default(), count: AtomicUsize::new(0) })
    });
    let interrupts = made.as_ref().map_err(|&code| io::Error::from_raw_os_error(code))?;
    if let Some(write) = writer {
        // Signals that `nohup` or a shell without job control ignores stay ignored.
        let ignored = ignored();
        let signals = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
        let mut signals = Signals::new(signals)?;
        let listen = move || {
            for signal in signals.forever() {
                let _ = interrupts.first.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst);
                interrupts.stop.store(true, Ordering::SeqCst);
                if interrupts.count.fetch_add(1, Ordering::SeqCst) == 0 {
                    let _ = rustix::io::write(&write, b"!");
                }
            }
        };
        thread::Builder::new().name("hyperopt-signals".into()).spawn(listen)?;
    }
    Ok(interrupts)
}

impl Interrupts {
    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// Returns the flag that the first signal sets.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Returns the first signal that has arrived.
    pub(crate) fn signal(&self) -> Option<Signal> {
        match self.first.load(Ordering::SeqCst) {
            SIGINT => Some(Signal::INT),
            SIGHUP => Some(Signal::HUP),
            0 => None,
            _ => Some(Signal::TERM),
        }
    }

    /// Returns whether a program that ended without success, with this status, was ended by the interruption of the run. If the
    /// status is that of a signal which interrupts a run, this waits a moment for the signal to arrive here too.
    pub(crate) fn has_ended(&self, status: ExitStatus) -> bool {
        let began = Instant::now();
        while self.signal().is_none() {
            if !is_of_interrupt(status) || began.elapsed() >= DELAY {
                return false;
            }
            thread::sleep(Duration::from_millis(5));
        }
        true
    }

    /// Returns whether a second signal has arrived: running trials are killed.
    pub(crate) fn is_urgent(&self) -> bool {
        self.count.load(Ordering::SeqCst) > 1
    }
}

/// Returns whether a signal that interrupts a run has ended the program, or, by its exit code, a program that it ran.
fn is_of_interrupt(status: ExitStatus) -> bool {
    let signal = status.signal().or_else(|| status.code().map(|code| code - 128));
    signal.is_some_and(|signal| [SIGINT, SIGTERM, SIGHUP].contains(&signal))
}

/// Returns the signals that this process was started to ignore, as a mask whose lowest bit is signal 1; 0 if unknown.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
