//! The page, written again while the sweep runs.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt_core::{State, Sweep, Trial};

use crate::args::ReportArgs;
use crate::command::report::page;
use crate::failure::{Failure, say};
use crate::process::interrupts;
use crate::results::Source;

/// The least time without a change after which a sweep that runs no trial has ended.
const QUIET: Duration = Duration::from_secs(10);

/// Writes the page at each change, until the sweep has ended or a signal arrives; the last page does not load itself again.
pub(super) fn watch(report: &ReportArgs, mut source: Source, path: &Path, interval: Duration) -> Result<(), Failure> {
    let interrupts = interrupts()
        .map_err(|error| Failure::broken(format!("cannot take over the signals of this process: {error}")))?;
    let stop = interrupts.stop();
    let mut seen: Vec<Trial> = Vec::new();
    let mut changed = Instant::now();
    let mut is_first = true;
    loop {
        let trials = source.sweep.history().trials();
        let is_changed = is_first || trials != seen;
        if is_changed {
            changed = Instant::now();
        }
        let is_quiet = changed.elapsed() >= QUIET.max(2 * interval);
        let is_over = is_over(&source.sweep, source.planned) || is_quiet && is_idle(&source.sweep);
        let is_last = is_over || stop.load(Ordering::SeqCst);
        if is_changed || is_last {
            page::write(report, &source, path, (!is_last).then_some(interval))?;
        }
        if is_first {
            say(format_args!("wrote {}", path.display()));
        }
        if is_last {
            let why = if is_over { "the sweep has ended" } else { "interrupted" };
            say(format_args!("{why}: {} is up to date, and does not load itself again", path.display()));
            return Ok(());
        }
        is_first = false;
        if is_changed {
            seen = source.sweep.history().trials().to_vec();
        }
        wait(interval, &stop);
        source = match Source::open(&report.source) {
            Ok(source) => source,
            Err(failure) => {
                // A database may be away for a moment; what is known stays.
                say(format_args!("cannot read the sweep, and look again: {}", failure.messages.join("; ")));
                source
            }
        };
    }
}

/// Whether all planned trials are done.
fn is_over(sweep: &Sweep, planned: Option<u64>) -> bool {
    let history = sweep.history();
    let done = [State::Complete, State::Failed, State::Pruned].map(|state| history.count(state) as u64);
    planned.is_some_and(|planned| done.iter().sum::<u64>() >= planned) && is_idle(sweep)
}

fn is_idle(sweep: &Sweep) -> bool {
    sweep.history().count(State::Running) == 0
}

/// Waits for `interval`, or until `stop` is set.
fn wait(interval: Duration, stop: &AtomicBool) {
    let until = Instant::now() + interval;
    while !stop.load(Ordering::SeqCst) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        thread::sleep(left.min(Duration::from_millis(50)));
    }
}
