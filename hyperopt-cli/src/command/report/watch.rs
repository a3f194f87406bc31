//! The page, written again while the sweep runs.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt_core::{State, Sweep, Trial};
use hyperopt_store::StudyError;

use crate::args::ReportArgs;
use crate::command::report::page;
use crate::failure::{Failure, say};
use crate::process::interrupts;
use crate::quote::quoted;
use crate::results::Source;

/// The least time without a change after which a sweep that runs no trial has ended.
const QUIET: Duration = Duration::from_secs(10);

/// The least time without a change after which trials that no process runs are left as they are.
const RESTART: Duration = Duration::from_secs(1);

/// Writes the page at each change, until the sweep has ended or a signal arrives; the last page does not load itself again.
pub(super) fn watch(report: &ReportArgs, mut source: Source, path: &Path, interval: Duration) -> Result<(), Failure> {
    let interrupts = interrupts()
        .map_err(|error| Failure::broken(format!("cannot take over the signals of this process: {error}")))?;
    let stop = interrupts.stop();
    let mut seen: Vec<Trial> = Vec::new();
    let mut changed = Instant::now();
    let mut is_first = true;
    let mut configuration = None;
    // Why the sweep could not be read the last time.
    let mut told: Option<String> = None;
    loop {
        let trials = source.sweep.history().trials();
        let is_changed = is_first || trials != seen;
        if is_changed {
            changed = Instant::now();
        }
        let quiet = changed.elapsed();
        let is_quiet = quiet >= QUIET.max(2 * interval);
        let end = if is_over(&source.sweep, source.planned) || is_quiet && is_idle(&source.sweep) {
            Some("the sweep has ended".to_owned())
        } else if quiet >= RESTART.max(2 * interval) && is_abandoned(&source) {
            Some(abandoned(&source))
        } else {
            stop.load(Ordering::SeqCst).then(|| "interrupted".to_owned())
        };
        let is_last = end.is_some();
        if is_changed || is_last {
            configuration = page::configuration(&source);
            page::write(report, &source, configuration.as_deref(), path, (!is_last).then_some(interval))?;
        }
        if is_first {
            say(format_args!("wrote {}", path.display()));
        }
        if let Some(why) = end {
            say(format_args!("{why}: {} is up to date, and does not load itself again", path.display()));
            return Ok(());
        }
        is_first = false;
        if is_changed {
            seen = source.sweep.history().trials().to_vec();
        }
        wait(interval, &stop);
        source = match Source::open(&report.source) {
            Ok(source) => {
                told = None;
                source
            }
            Err(failure) => {
                let why = failure.messages.join("; ");
                if is_gone(&source) {
                    // A page in the directory is gone with it; one elsewhere does not load itself again.
                    let _ = page::write(report, &source, configuration.as_deref(), path, None);
                    return Err(Failure::new(failure.code, format!("the sweep has been removed: {why}")));
                }
                // A database may be away for a moment; what is known stays.
                if told.as_ref() != Some(&why) {
                    say(format_args!("cannot read the sweep, and look again: {why}"));
                }
                told = Some(why);
                source
            }
        };
    }
}

/// Returns whether the output directory, the file of the database or the study no longer exists.
fn is_gone(source: &Source) -> bool {
    source.layout.as_ref().is_some_and(|layout| !layout.is_used())
        || matches!(source.study.workers(), Err(StudyError::NoFile { .. } | StudyError::NoStudy { .. }))
}

/// Returns whether all planned trials are done.
fn is_over(sweep: &Sweep, planned: Option<u64>) -> bool {
    let history = sweep.history();
    let done = [State::Complete, State::Failed, State::Pruned].map(|state| history.count(state) as u64);
    planned.is_some_and(|planned| done.iter().sum::<u64>() >= planned) && is_idle(sweep)
}

fn is_idle(sweep: &Sweep) -> bool {
    sweep.history().count(State::Running) == 0
}

/// Returns whether no process is left that runs one of the running trials. A database that cannot be asked may be away for a
/// moment.
fn is_abandoned(source: &Source) -> bool {
    source.study.workers().is_ok_and(|workers| workers.is_empty())
}

fn abandoned(source: &Source) -> String {
    let running = source.sweep.history().count(State::Running);
    let left = match running {
        0 => "has ended before all planned trials".to_owned(),
        1 => "is gone, and 1 trial has no result".to_owned(),
        _ => format!("is gone, and {running} trials have no result"),
    };
    let advice = source.layout.as_ref().map_or_else(String::new, |layout| {
        let verb = if running == 0 { "runs what is left" } else { "continues it" };
        format!("; `hyperopt resume {}` {verb}", quoted(&layout.root().display().to_string()))
    });
    format!("the process that ran the sweep {left}{advice}")
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
