//! What a person sees of a running sweep.

#[cfg(feature = "progress")]
mod terminal;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::engine::progress::line::{bar_line, log_line, running_lines};
use crate::engine::progress::log::{Log, Out as Sink};
use crate::engine::progress::pace::Pace;
use crate::engine::progress::status::Status;
use crate::engine::progress::tally::Tally;
use crate::engine::progress::{Out, Reporter};
use crate::history::Goal;
use crate::scheduler::BracketPlace;
use crate::space::{Axis, Point, Space};
use crate::sweep::Sweep;
use crate::trial::{Outcome, Trial};

/// A sweep of two hyperparameters that minimises, without trials.
fn empty() -> Sweep {
    let axes = ["learning_rate", "momentum"].map(|name| Axis::float(name, 0.0..=1.0).unwrap());
    let space = Space::new(axes.into());
    Sweep::restored(space, &[Goal::Minimize], Vec::new(), 7, "RandomSampler".into(), &[]).unwrap()
}

fn open(sweep: &mut Sweep, reporter: &mut Reporter, resources: Option<f64>) -> usize {
    let number = sweep.history.len();
    sweep.history.push(Trial::running(number, number, resources, Point::from(vec![0.125, 0.5])));
    let place = || resources.map(|_| BracketPlace { bracket: 2, all: Some(5) });
    reporter.opened(sweep, number, true, place);
    number
}

fn close(sweep: &mut Sweep, reporter: &mut Reporter, number: usize, outcome: Outcome) {
    sweep.history.closing(number).unwrap().close(outcome, Duration::from_secs(1));
    reporter.told(sweep, number);
}

/// A reporter that writes to `sink`, with its state.
fn logged(sink: &Arc<Mutex<Vec<u8>>>, total: Option<u64>, silence: Duration) -> (Reporter, Sweep) {
    let (out, sweep): (Sink, _) = (sink.clone(), empty());
    let log = |status: &_| Out::Lines(Log::new(out, Arc::clone(status), "begun", silence));
    (Reporter::shown(total, false, &sweep, log), sweep)
}

fn written(sink: &Mutex<Vec<u8>>) -> String {
    String::from_utf8(sink.lock().unwrap().clone()).unwrap()
}

const LONG: Duration = Duration::from_hours(1);

/// Returns the status of a sweep of fifty trials, in the middle: 23 are done, one of them failed, and four run.
fn middle(resources: Option<f64>) -> Arc<Mutex<Status>> {
    let (mut reporter, mut sweep) = logged(&Arc::default(), Some(50), LONG);
    for value in 0..23 {
        let number = open(&mut sweep, &mut reporter, resources);
        let outcome = if value == 3 { Outcome::failed("diverged") } else { Outcome::value(f64::from(30 - value)) };
        close(&mut sweep, &mut reporter, number, outcome);
    }
    (0..4).for_each(|_| _ = open(&mut sweep, &mut reporter, resources));
    let status = Arc::clone(&reporter.live.as_ref().unwrap().status);
    // What has ended is another line.
    std::mem::forget(reporter);
    {
        let mut status = status.lock().unwrap();
        let started = status.started;
        status.pace = Pace::new(started);
        (1..=23).for_each(|half| status.pace.close(started + half * Duration::from_millis(500)));
    }
    status
}

#[test]
fn the_bar_fits_every_terminal() {
    let status = middle(None);
    let status = status.lock().unwrap();
    let now = status.started + Duration::from_secs(12);
    let line = |width| bar_line(&status, now, width, false);
    for width in 0..200 {
        let line = line(width);
        assert!(console::measure_text_width(&line) <= width && !line.contains('\n'), "{width}: {line}");
    }
    assert_eq!(line(40), "██▊░░░ 23/50, 1 failed | 12 s | best 8");
    let at_80 = line(80);
    for part in ["██▊░░░ 23/50, 1 failed, 4 running ", " | 12 s, 13 s left", " | best 8: learning"] {
        assert!(at_80.contains(part), "{at_80}");
    }
    let at_120 = line(120);
    for part in ["█████████▏", "best 8 at trial 22: learning", "4 running "] {
        assert!(at_120.contains(part), "{at_120}");
    }
    assert!(line(160).ends_with(": learning_rate = 0.125, momentum = 0.5"), "{}", line(160));
}

#[test]
fn the_clock_runs_between_trials() {
    let (mut reporter, mut sweep) = logged(&Arc::default(), Some(4), LONG);
    open(&mut sweep, &mut reporter, None);
    let mut status = reporter.live.as_ref().unwrap().status();
    let started = status.started;
    status.running.values_mut().for_each(|running| running.since = started);
    let at = |seconds| bar_line(&status, status.started + Duration::from_secs(seconds), 80, false);
    assert_eq!(at(1), "░░░░░░ 0/4, 1 running 1 s | 1 s");
    assert_eq!(at(75), "░░░░░░ 0/4, 1 running 1:15 | 1:15");
}

#[test]
fn colours_are_used_only_where_they_are_wanted() {
    let status = middle(None);
    let status = status.lock().unwrap();
    let [plain, colored] = [false, true].map(|colors| bar_line(&status, status.started, 80, colors));
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.contains("\u{1b}[31m1 failed\u{1b}[0m"), "{colored:?}");
    assert_eq!(console::strip_ansi_codes(&colored), plain);
}

#[test]
fn a_scheduler_shows_its_bracket_and_budgets() {
    let status = middle(Some(9.0));
    let status = status.lock().unwrap();
    let line = bar_line(&status, status.started + Duration::from_secs(1), 160, false);
    assert!(line.contains(" | bracket 2/5, budgets 9: 23 | "), "{line}");
    assert!(bar_line(&status, status.started, 80, false).contains("bracket 2/5"));
}

#[test]
fn a_cancelled_trial_is_not_done() {
    let (mut reporter, mut sweep) = logged(&Arc::default(), Some(4), LONG);
    let numbers: Vec<_> = (0..3).map(|_| open(&mut sweep, &mut reporter, None)).collect();
    close(&mut sweep, &mut reporter, numbers[0], Outcome::value(1.0));
    close(&mut sweep, &mut reporter, numbers[1], Outcome::interrupted());
    let status = Arc::clone(&reporter.live.as_ref().unwrap().status);
    reporter.finish();
    let status = status.lock().unwrap();
    let line = bar_line(&status, status.started, 80, false);
    assert!(line.starts_with("█▌░░░░ 1/4, 2 cancelled | 0 s"), "{line}");
    assert!(line.contains("best 1"), "{line}");
}

#[test]
fn trials_done_before_do_not_spoil_the_pace() {
    let mut sweep = empty();
    for number in 0..40 {
        sweep.history.push(Trial::running(number, number, None, Point::from(vec![0.5, 0.5])));
        sweep.history.closing(number).unwrap().close(Outcome::value(1.0), Duration::from_secs(1));
    }
    let mut status = Status::new(Some(50), &Tally::of(&sweep, true), &sweep);
    let later = |seconds| status.started + Duration::from_secs(seconds);
    let (now, end) = (later(1), later(10));
    assert!(bar_line(&status, now, 80, false).contains("40/50 | 1 s | best 1"), "{status:?}");
    status.pace.close(end);
    assert_eq!(status.pace.per_second(), Some(0.1));
}

#[test]
fn running_trials_have_a_line_each() {
    let status = middle(Some(9.0));
    let mut status = status.lock().unwrap();
    let since = Instant::now();
    for running in status.running.values_mut() {
        (running.since, running.params) = (since, "learning_rate = 0.125, momentum = 0.5".into());
    }
    status.running.get_mut(&24).unwrap().report = Some((3, 0.25));
    let lines = |width, height| running_lines(&status, since + Duration::from_secs(75), width, height);
    assert_eq!(
        lines(100, 20)[..2],
        [
            "  trial 23  1:15  budget 9                learning_rate = 0.125, momentum = 0.5",
            "  trial 24  1:15  budget 9  step 3: 0.25  learning_rate = 0.125, momentum = 0.5",
        ]
    );
    assert!(lines(40, 20).iter().all(|line| console::measure_text_width(line) <= 40));
    assert_eq!((lines(100, 3).len(), lines(100, 3)[2].as_str()), (3, "  and 2 more"));
}

#[test]
fn a_log_says_what_begins_runs_and_fails() {
    let sink = Arc::default();
    let (mut reporter, mut sweep) = logged(&sink, Some(20), LONG);
    assert_eq!(written(&sink), "hyperopt: begun\n");
    for value in [3.0, 4.0, 5.0] {
        let number = open(&mut sweep, &mut reporter, None);
        close(&mut sweep, &mut reporter, number, Outcome::value(value));
    }
    for _ in 0..2 {
        let number = open(&mut sweep, &mut reporter, None);
        close(&mut sweep, &mut reporter, number, Outcome::failed("diverged\nat once"));
    }
    drop(reporter);
    let log = written(&sink);
    let lines: Vec<_> = log.lines().map(|line| line.split(';').next().unwrap_or_default()).collect();
    let expected = [
        "hyperopt: begun",
        "hyperopt: 1 of 20 trials",
        "hyperopt: 2 of 20 trials",
        "hyperopt: trial 3 failed: diverged at once",
        "hyperopt: 4 of 20 trials, 1 failed",
        "hyperopt: 5 of 20 trials, 2 failed",
    ];
    assert_eq!(lines, expected);
    assert!(log.contains("best 3 at trial 0: learning_rate = 0.125, momentum = 0.5\n"), "{log}");
}

#[test]
fn a_log_is_never_silent_for_long() {
    let sink = Arc::default();
    let (mut reporter, mut sweep) = logged(&sink, Some(20), Duration::from_millis(4));
    open(&mut sweep, &mut reporter, None);
    while !written(&sink).contains("hyperopt: 0 of 20 trials, 1 running 0 s; 0 s\n") {
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_log_of_a_sweep_without_end_counts() {
    let status = Status::new(None, &Tally::default(), &empty());
    assert_eq!(log_line(&status, status.started, true), "0 trials; 0 s");
    assert_eq!(bar_line(&status, status.started, 80, false), "⠋ 0 trials | 0 s");
}

#[test]
fn a_writer_writes_whole_lines() {
    let mut writer = crate::engine::progress::progress_writer();
    write!(writer, "a log of the test of the writer: {}", 1).unwrap();
    writer.flush().unwrap();
    writeln!(writer, "{}", 2).unwrap();
}
