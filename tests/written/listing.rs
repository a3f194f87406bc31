//! A sweep as text, a line for each trial: what a later version has to find in what an earlier one wrote.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hyperopt::{Sweep, Value};

/// Returns the sweep, its axes, and everything that a trial is but for the time it took. Numbers are written such that they come
/// back to the last bit.
pub(crate) fn listing(sweep: &Sweep) -> String {
    let names = (sweep.goals(), sweep.objective_names());
    let mut text = format!("seed {}, {}, {names:?}\n", sweep.seed(), sweep.sampler());
    for axis in sweep.space().axes() {
        let values = [0.0, 0.2, 0.5, 0.9, 1.0].map(|unit| exact(&axis.value(unit)));
        write!(text, "axis {} of {}, {values:?}", axis.name(), axis.parameter()).unwrap();
        write!(text, ", levels {:?}, below {:?}", axis.levels(), axis.parents()).unwrap();
        let prior = axis.prior().map(|prior| (prior.unit(), prior.deviation()));
        writeln!(text, "{}", prior.map_or_else(String::new, |prior| format!(", prior {prior:?}"))).unwrap();
    }
    for trial in sweep.history().trials() {
        let state = trial.state().name();
        write!(text, "{} {} {state} {:?}", trial.number(), trial.configuration(), trial.values()).unwrap();
        if let Some(resources) = trial.resources() {
            write!(text, " of {resources:?}").unwrap();
        }
        for parameter in sweep.space().parameters() {
            if let Some(value) = sweep.space().value(parameter, trial.point()) {
                write!(text, " {parameter}={}", exact(&value)).unwrap();
            }
        }
        let lists = [("metrics", trial.metrics()), ("constraints", trial.constraints())];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            write!(text, " {name} {list:?}").unwrap();
        }
        if !trial.reports().is_empty() {
            write!(text, " reports {:?}", trial.reports()).unwrap();
        }
        if let Some(reason) = trial.reason() {
            write!(text, " because {reason:?}").unwrap();
        }
        text.push('\n');
    }
    text
}

/// A value on one line.
fn exact(value: &Value) -> String {
    let escaped = || value.to_string().escape_debug().to_string();
    value.as_f64().map_or_else(escaped, |number| format!("{number:?}"))
}

/// Returns the text with one name for all trials without an outcome: earlier versions called one running that was interrupted and
/// waits to be run again, which is cancelled.
pub(crate) fn renamed(text: &str) -> String {
    text.replace(" cancelled ", " running ")
}

/// Returns the lines of trials.
fn is_trial(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit())
}

/// How many trials of a listing are closed.
pub(crate) fn closed(listing: &str) -> usize {
    listing.lines().filter(|line| is_trial(line) && !line.contains(" running ")).count()
}

/// What stands before the trials of a listing, and its first `trials` trials.
pub(crate) fn first(listing: &str, trials: usize) -> String {
    let before = listing.lines().take_while(|line| !is_trial(line)).count();
    listing.lines().take(before + trials).map(|line| line.to_owned() + "\n").collect()
}

/// That `sweep` is what `file` lists, or its first `trials` trials.
#[track_caller]
pub(crate) fn assert_listed(sweep: &Sweep, file: &Path, trials: Option<usize>, what: &str) {
    let whole = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let expected = trials.map_or_else(|| whole.clone(), |trials| first(&whole, trials));
    let (found, expected) = (renamed(&listing(sweep)), renamed(&expected));
    if found == expected {
        return;
    }
    let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    let (found, expected) = differs.unwrap_or_else(|| (&found, &expected));
    panic!("{what} is not as in {}\n   found {found}\nexpected {expected}", file.display());
}
