//! One measurement: processor time and memory of one piece of work.

use std::fs;
use std::hint::black_box;
use std::time::Duration;

/// The argument that asks for one measurement.
pub(crate) const CHILD: &str = "--cell";

/// What the work for a number of trials has cost.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    /// The number of trials, or keys of a file, that the cost is divided by.
    pub(crate) trials: usize,
    /// Processor time, of all threads, in seconds.
    pub(crate) seconds: f64,
    /// The most memory in use at once, beyond what was in use before; `None` where the system does not say.
    pub(crate) bytes: Option<usize>,
}

impl Cell {
    /// Measures `work` for what depends on `trials` trials.
    pub(crate) fn of<T>(trials: usize, work: impl FnOnce() -> T) -> Self {
        Self::counted(|| (trials, work()))
    }

    /// Measures `work`, which returns the number of trials beside what it made.
    pub(crate) fn counted<T>(work: impl FnOnce() -> (usize, T)) -> Self {
        // Linux forgets the peak so far; elsewhere, and where that is forbidden, the peak of the preparation may be seen.
        let _ = fs::write("/proc/self/clear_refs", "5");
        let (before, start) = (status("VmRSS:"), processor_time());
        let (trials, made) = work();
        let seconds = (processor_time() - start).as_secs_f64();
        let peak = status("VmHWM:");
        black_box(made);
        let bytes = peak.zip(before).map(|(peak, before)| peak.saturating_sub(before));
        Self { trials, seconds, bytes }
    }

    /// Returns the cell as a line for the process that asked.
    pub(crate) fn line(&self) -> String {
        let bytes = self.bytes.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
        format!("{} {} {bytes}", self.trials, self.seconds)
    }

    /// Reads what [`line`](Self::line) wrote, at the end of an output.
    pub(crate) fn read(output: &str) -> Option<Self> {
        let mut words = output.lines().last()?.split(' ');
        let trials = words.next()?.parse().ok()?;
        let seconds = words.next()?.parse().ok()?;
        Some(Self { trials, seconds, bytes: words.next()?.parse().ok() })
    }
}

/// Returns a field of the process's status, in bytes.
fn status(field: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix(field))?.split_whitespace().next()?.parse().ok()?;
    Some(1024_usize.saturating_mul(kilobytes))
}

#[cfg(unix)]
fn processor_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Returns the time since the first call, where the processor's is not known.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
