//! Shows the progress of a sweep on standard error.

// Without a bar, lines do not need all of what it shows.
#[cfg_attr(not(feature = "progress"), allow(dead_code))]
mod line;
mod log;
mod pace;
#[cfg(feature = "progress")]
mod screen;
#[cfg_attr(not(feature = "progress"), allow(dead_code))]
mod status;
mod tally;
#[cfg(test)]
mod tests;
mod ticker;
mod writer;

pub(crate) use writer::catch_panic;
pub use writer::{ProgressWriter, progress_writer, suspend_progress};

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use self::log::{Log, SILENCE};
#[cfg(feature = "progress")]
use self::screen::{Bar, Screen};
pub(crate) use self::status::params;
use self::status::{BestSoFar, Running, Status, is_done};
use self::tally::Tally;
use crate::engine::events::Events;
use crate::report::summarized;
use crate::scheduler::BracketPlace;
use crate::sweep::Sweep;
use crate::trial::{State, Trial};

/// Largest number of characters of the reason why a trial failed.
const REASON: usize = 160;

/// How a sweep shows its progress on standard error.
///
/// `progress = true` is [`Auto`](Self::Auto), and `progress = false` is [`Off`](Self::Off) (default).
///
/// The bar is shown from the start of the sweep, and its clock runs while trials run. On a terminal 120 columns wide:
///
/// ```text
/// █████████▏░░░░░░░░░░ 23/50, 1 failed, 4 running 8 s | 12 s, 14 s left | best 0.0123: lr = 0.01, layers = 3, act = relu
/// ```
///
/// A bar that does not fit is cut, so that the line never wraps. Colours follow the terminal, `NO_COLOR` and `CLICOLOR`.
///
/// Other output of the program to the terminal leaves a copy of the bar above it, unless it is printed within
/// [`suspend_progress`], or by a logger that writes to [`progress_writer`]. The message of a panic that fails a trial of a
/// parallel sweep leaves a copy too, and the bar continues below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Progress {
    /// Shows nothing.
    #[default]
    Off,
    /// Shows a bar if standard error is a terminal, and lines otherwise.
    Auto,
    /// Shows a bar: the numbers of finished, failed, pruned and running trials, the elapsed and remaining time, and the best
    /// trial so far. If standard error is not a terminal, lines are written.
    Bar,
    /// Writes a line at the start, for the first failed trial, for each new best trial, for each tenth of the work, and after a
    /// minute without a line.
    Lines,
    /// Shows a bar, and a line for each running trial below it: its number, its time, its budget, its last report and its
    /// hyperparameters. The program must print nothing else to the terminal, except within [`suspend_progress`] or to
    /// [`progress_writer`]: these lines would overwrite it. If standard error is not a terminal, lines are written as by
    /// [`Lines`](Self::Lines).
    Trials,
}

impl From<bool> for Progress {
    fn from(on: bool) -> Self {
        if on { Self::Auto } else { Self::Off }
    }
}

/// Writes the progress of one run.
#[derive(Debug, Default)]
pub(crate) struct Reporter {
    live: Option<Box<Live>>,
}

#[derive(Debug)]
struct Live {
    tally: Tally,
    status: Arc<Mutex<Status>>,
    out: Out,
}

#[derive(Debug)]
enum Out {
    /// The trials are only counted, to tell the best ones.
    Nothing,
    Lines(Log),
    #[cfg(feature = "progress")]
    /// Drawn by a thread of its own until it is dropped.
    Bar(Bar),
}

impl Reporter {
    pub(crate) fn silent() -> Self {
        Self::default()
    }

    /// Starts with a sweep of `total` trials. Its trials so far count among them if `counts`.
    pub(crate) fn start(progress: Progress, total: Option<u64>, counts: bool, sweep: &Sweep) -> Self {
        match progress {
            Progress::Off if Events::are_wanted() => Self::shown(total, counts, sweep, |_| Out::Nothing),
            Progress::Off => Self::silent(),
            _ => Self::shown(total, counts, sweep, |status| Out::new(progress, status, sweep)),
        }
    }

    /// Starts with what `out` makes of the state.
    fn shown(total: Option<u64>, counts: bool, sweep: &Sweep, out: impl FnOnce(&Arc<Mutex<Status>>) -> Out) -> Self {
        let tally = Tally::of(sweep, counts);
        let mut status = Status::new(total, &tally, sweep);
        let running = sweep.history().trials().iter().filter(|trial| trial.state() == State::Running);
        status.running.extend(running.map(|trial| (trial.number(), opened(trial, false, String::new()))));
        let status = Arc::new(Mutex::new(status));
        let out = out(&status);
        Self { live: Some(Box::new(Live { tally, status, out })) }
    }

    /// Shows that a trial runs, in this process or in another one, within a bracket of the scheduler if it has any.
    pub(crate) fn opened(
        &mut self,
        sweep: &Sweep,
        number: usize,
        is_mine: bool,
        place: impl FnOnce() -> Option<BracketPlace>,
    ) {
        let Some(live) = &self.live else { return };
        let Some(trial) = sweep.history().trials().get(number) else { return };
        let params = if live.has_trials() { params(sweep.space(), trial.point()) } else { String::new() };
        let running = opened(trial, is_mine, params);
        let mut status = live.status();
        status.place = place();
        status.running.insert(number, running);
    }

    /// Shows the hyperparameters of a running trial whose guards have been evaluated.
    pub(crate) fn settled(&mut self, sweep: &Sweep, number: usize) {
        let Some(live) = self.live.as_ref().filter(|live| live.has_trials()) else { return };
        let Some(trial) = sweep.history().trials().get(number) else { return };
        if let Some(running) = live.status().running.get_mut(&number) {
            running.params = params(sweep.space(), trial.point());
        }
    }

    /// Shows the report of a running trial.
    pub(crate) fn reported(&mut self, number: usize, step: u64, value: f64) {
        let Some(live) = self.live.as_ref().filter(|live| live.has_trials()) else { return };
        if let Some(running) = live.status().running.get_mut(&number) {
            running.report = Some((step, value));
        }
    }

    /// Counts a trial that was closed; returns whether it is the best so far, or on the Pareto front.
    pub(crate) fn told(&mut self, sweep: &Sweep, number: usize) -> bool {
        let Some(live) = &mut self.live else { return false };
        let Some(trial) = sweep.history().trials().get(number) else { return false };
        let is_best = live.tally.close(sweep, number);
        {
            let mut status = live.status();
            match status.running.get_mut(&number) {
                // Another process has taken it over.
                Some(running) if trial.state() == State::Running => running.is_mine = false,
                _ => _ = status.running.remove(&number),
            }
            status.counts = live.tally.counts;
            if is_done(trial.state()) {
                status.pace.close(Instant::now());
                if let Some(budget) = trial.resources() {
                    status.count_budget(budget);
                }
            }
            if is_best {
                status.best = BestSoFar::of(&live.tally, sweep);
            }
        }
        if let Out::Lines(log) = &mut live.out {
            if let Some(reason) = trial.reason() {
                log.failed(number, &summarized(reason, REASON));
            }
            if is_done(trial.state()) {
                log.closed(is_best);
            }
        }
        is_best
    }

    /// Counts all trials anew: one that had been closed has changed.
    pub(crate) fn recount(&mut self, sweep: &Sweep) {
        let Some(live) = &mut self.live else { return };
        live.tally = Tally::of(sweep, true);
        let mut status = live.status();
        status.counts = live.tally.counts;
        status.best = BestSoFar::of(&live.tally, sweep);
        status.read_budgets(sweep);
    }

    /// Leaves the final state visible, as a reporter that is dropped does.
    pub(crate) fn finish(&mut self) {
        self.live.take();
    }
}

fn opened(trial: &Trial, is_mine: bool, params: String) -> Running {
    Running { since: Instant::now(), is_mine, budget: trial.resources(), report: None, params }
}

impl Live {
    /// Returns whether the running trials are shown with their hyperparameters and reports.
    fn has_trials(&self) -> bool {
        match &self.out {
            Out::Nothing | Out::Lines(_) => false,
            #[cfg(feature = "progress")]
            Out::Bar(bar) => bar.has_trials(),
        }
    }

    fn status(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.status().end();
    }
}

impl Out {
    fn new(progress: Progress, status: &Arc<Mutex<Status>>, sweep: &Sweep) -> Self {
        #[cfg(feature = "progress")]
        if progress != Progress::Lines
            && let Some(screen) = Screen::stderr()
        {
            return Self::Bar(Bar::new(screen, Arc::clone(status), progress == Progress::Trials));
        }
        #[cfg(not(feature = "progress"))]
        let _ = progress;
        let begun = begun(&status.lock().unwrap_or_else(PoisonError::into_inner), sweep);
        Self::Lines(Log::new(log::stderr(), Arc::clone(status), &begun, SILENCE))
    }
}

/// Writes what is about to run: `50 trials of RandomSampler, seed 7`.
fn begun(status: &Status, sweep: &Sweep) -> String {
    let (sampler, seed) = (sweep.sampler(), sweep.seed());
    let trials = match status.total {
        Some(1) => "1 trial".to_owned(),
        Some(total) => format!("{total} trials"),
        None => "trials".to_owned(),
    };
    let before = match status.counts.done() {
        0 => String::new(),
        done => format!(", {done} of them done before"),
    };
    format!("{trials} of {sampler}, seed {seed}{before}")
}
