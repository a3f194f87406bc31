//! One trial's process group, from its start until nothing of it is left.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::environment::Environment;
use super::guard::Guard;
use super::lines::Lines;
use super::orphans::{self, MARK};
use super::signals::Interrupts;
use super::watch::{Output, exit_handle, has_exited, wait};

/// Starts and ends the programs of all trials of a run.
#[derive(Debug)]
pub(crate) struct Supervisor {
    mark: String,
    guard: Option<Guard>,
    interrupts: &'static Interrupts,
    /// Held shared while a trial starts: a search for inherited processes must not see it before it is in `running`.
    starting: RwLock<()>,
    running: Mutex<HashSet<i32>>,
}

/// The program of one trial.
#[derive(Debug)]
pub(crate) struct Launch<'a> {
    /// The program and its arguments.
    pub(crate) words: &'a [OsString],
    pub(crate) environment: &'a Environment,
    /// Additional environment variables of this trial.
    pub(crate) variables: Vec<(&'static str, OsString)>,
    pub(crate) directory: &'a Path,
    pub(crate) stdout: PathBuf,
    pub(crate) stderr: PathBuf,
    pub(crate) timeout: Option<Duration>,
    /// The time between SIGTERM and SIGKILL.
    pub(crate) grace: Duration,
}

/// The answer to a line on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Continue,
    /// The trial is pruned.
    Prune,
}

/// The reason why a trial's program has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The program exited, or was killed by others.
    Exited(ExitStatus),
    /// The program took longer than its timeout.
    TimedOut,
    /// A line was answered by [`Line::Prune`].
    Pruned,
    /// The run was interrupted.
    Interrupted,
}

/// The end of a trial's program, and its duration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finished {
    pub(crate) ended: Ended,
    pub(crate) took: Duration,
    /// The number of lines on standard output that were too long to be read.
    pub(crate) skipped: u64,
}

impl Supervisor {
    /// Creates the supervisor of the run `mark`. The error is that of its guard, if it could not be started.
    pub(crate) fn start(mark: String, interrupts: &'static Interrupts) -> (Self, Option<io::Error>) {
        orphans::adopt();
        let (guard, fault) = match Guard::start(&mark) {
            Ok(guard) => (Some(guard), None),
            Err(error) => (None, Some(error)),
        };
        (Self { mark, guard, interrupts, starting: RwLock::new(()), running: Mutex::default() }, fault)
    }

    /// Returns whether the run has been interrupted.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.interrupts.signal().is_some()
    }

    /// Runs a program to its end; `take` is called with each line of its standard output.
    pub(crate) fn run(&self, launch: &Launch<'_>, take: impl FnMut(&[u8]) -> Line) -> io::Result<Finished> {
        let log = File::create_new(&launch.stdout)?;
        let mut sink = Sink { log, lines: Lines::default(), take, prunes: false };
        let started = Instant::now();
        let (mut child, group) = self.spawn(launch)?;
        let mut output = Output::new(child.stdout.take());
        let mut watched = self.watch(launch, started, group, &mut output, &mut sink);
        // The number cannot mean another group: its leader has not been waited for.
        let _ = kill_process_group(group, Signal::KILL);
        if watched.is_ok()
            && let Err(error) = output.drain(&mut |bytes| sink.write(bytes))
        {
            watched = Err(error);
        }
        let skipped = sink.finish();
        let status = self.reap(&mut child, group);
        self.reap_inherited(launch);
        let ended = match watched? {
            Some(ended) => ended,
            None => self.ended(status?),
        };
        Ok(Finished { ended, took: started.elapsed(), skipped })
    }

    /// Waits until a group's leader has ended or has to be killed. Returns the reason if the group was asked to end. After an
    /// error, such as that of a full disk, the caller kills the group.
    fn watch(
        &self,
        launch: &Launch<'_>,
        started: Instant,
        group: Pid,
        output: &mut Output,
        sink: &mut Sink<impl FnMut(&[u8]) -> Line>,
    ) -> io::Result<Option<Ended>> {
        output.prepare()?;
        let exit = exit_handle(group)?;
        let mut stopping: Option<Stopping> = None;
        loop {
            let deadline = match &stopping {
                Some(stopping) => Some(stopping.until),
                None => launch.timeout.map(|timeout| started + timeout),
            };
            let is_due = deadline.is_some_and(|deadline| Instant::now() >= deadline);
            let is_urgent = stopping.is_some() && self.interrupts.is_urgent();
            match stopping {
                Some(_) if is_due || is_urgent => break,
                None if is_due => {
                    stopping = Some(Stopping::ask(group, Signal::TERM, Ended::TimedOut, launch.grace));
                    continue;
                }
                _ => {}
            }
            let interrupts = stopping.is_none().then_some(self.interrupts);
            let ready = wait(output.pipe(), exit.as_ref(), interrupts, deadline)?;
            if ready.output {
                output.read(&mut |bytes| sink.write(bytes))?;
            }
            if ready.exit && has_exited(group) {
                break;
            }
            if stopping.is_none() && sink.prunes {
                stopping = Some(Stopping::ask(group, Signal::TERM, Ended::Pruned, launch.grace));
            }
            if stopping.is_none() && ready.interrupt {
                let signal = self.interrupts.signal().unwrap_or(Signal::TERM);
                stopping = Some(Stopping::ask(group, signal, Ended::Interrupted, launch.grace));
            }
        }
        Ok(stopping.map(|stopping| stopping.why))
    }

    /// Tells a program that ended by itself from one that was ended by the signal that interrupts the run. Ctrl-C reaches a
    /// program before it has its own process group, and a scheduler of a cluster signals all processes of a job at once; in both
    /// cases the program may end before this process has seen the signal.
    fn ended(&self, status: ExitStatus) -> Ended {
        if !status.success() && self.interrupts.has_ended(status) { Ended::Interrupted } else { Ended::Exited(status) }
    }

    fn spawn(&self, launch: &Launch<'_>) -> io::Result<(Child, Pid)> {
        let mut command = Command::new(&launch.words[0]);
        launch.environment.apply(&mut command);
        command.args(&launch.words[1..]).env(MARK, &self.mark).envs(launch.variables.iter().map(|(k, v)| (k, v)));
        command.current_dir(launch.directory).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create_new(&launch.stderr)?);
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
        // The number is not reused before the process is waited for, and a killed process ends soon.
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
        self.reap_marked(&[&format!("{MARK}={}", self.mark), &format!("HYPEROPT_TRIAL={trial}")], false);
    }

    fn reap_marked(&self, settings: &[&str], all: bool) {
        let running = self.running();
        let guard = self.guard.as_ref().map(Guard::pid);
        orphans::reap(settings, all, |pid| {
            let pid = pid.as_raw_nonzero().get();
            running.contains(&pid) || guard == Some(pid.unsigned_abs())
        });
    }
}

impl Drop for Supervisor {
    /// Kills the processes that trials have left behind.
    fn drop(&mut self) {
        let _none_starts = self.starting.write().unwrap_or_else(PoisonError::into_inner);
        self.reap_marked(&[&format!("{MARK}={}", self.mark)], true);
    }
}

/// A group that has been asked to end.
#[derive(Clone, Copy, Debug)]
struct Stopping {
    why: Ended,
    /// The time at which it is killed.
    until: Instant,
}

impl Stopping {
    fn ask(group: Pid, signal: Signal, why: Ended, grace: Duration) -> Self {
        let _ = kill_process_group(group, signal);
        Self { why, until: Instant::now() + grace }
    }
}

/// The receiver of a program's standard output: writes it into a file, and calls `take` with each line.
#[derive(Debug)]
struct Sink<F> {
    log: File,
    lines: Lines,
    take: F,
    prunes: bool,
}

impl<F: FnMut(&[u8]) -> Line> Sink<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Self { take, prunes, .. } = self;
        self.lines.push(bytes, |line| *prunes |= take(line) == Line::Prune);
        self.log.write_all(bytes)
    }

    /// Calls `take` with a last line that has no newline. Returns the number of lines that were too long.
    fn finish(self) -> u64 {
        let Self { lines, mut take, .. } = self;
        lines.finish(|line| {
            take(line);
        })
    }
}
