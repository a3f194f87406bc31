//! The table of the best trials.

use std::fmt::{self, Write as _};

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use crate::history::Goal;
use crate::importance;
use crate::plain::{Plain, plain};
use crate::report::boundaries;
use crate::space::{Value, number};
use crate::sweep::{StopReason, Sweep};
use crate::trial::{Metric, State, Trial};

/// Largest number of trials that a table shows.
const ROWS: usize = 10;
/// Largest number of trials of a Pareto front that a table shows.
const FRONT: usize = 20;
/// Largest number of characters of a label or a reason that a table shows.
const WIDTH: usize = 40;

impl fmt::Display for Sweep {
    /// Writes the table of the best trials, as the result of `hyperopt!` does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table(self, f)
    }
}

/// Rules above, below and under the header only, so that copied rows contain no borders.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Writes the head, the table of the best trials, and the notes below it; no line feed at the end.
pub(crate) fn table(sweep: &Sweep, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut f = Plain(f);
    write!(f, "{}", headline(sweep))?;
    let (shown, caption) = best_trials(sweep);
    if !shown.is_empty() {
        write!(f, "\n{}", rows(sweep, &shown))?;
    }
    if let Some(caption) = caption {
        write!(f, "\n{caption}")?;
    }
    for remark in counts(sweep) {
        write!(f, "\n{remark}")?;
    }
    if let Some(line) = importance::line(sweep, |name| shortened(name, WIDTH)) {
        write!(f, "\n{line}")?;
    }
    for remark in notes(sweep) {
        write!(f, "\n{remark}")?;
    }
    Ok(())
}

/// Returns the trials of the table, and the line that says which they are if some are left out.
pub(super) fn best_trials(sweep: &Sweep) -> (Vec<&Trial>, Option<String>) {
    let ranked: Vec<_> = sweep.history().ranked(sweep.goal()).into_iter().map(|(trial, _)| trial).collect();
    if sweep.goals().len() > 1 { front(sweep, &ranked) } else { best(&ranked) }
}

/// Returns what the table says about the trials that are infeasible, failed or pruned.
pub(super) fn counts(sweep: &Sweep) -> impl Iterator<Item = String> {
    let infeasible = sweep.history().complete().filter(|(trial, _)| !trial.is_feasible()).count();
    let infeasible = (infeasible > 0).then(|| format!("{infeasible} infeasible: a constraint is above 0"));
    let mut failed = sweep.history().trials().iter().filter(|trial| trial.reason().is_some());
    let first = failed.next().and_then(|first| Some((first.number(), first.reason()?)));
    let failed = first.map(|(first, reason)| {
        format!("{} failed, first trial {first}: {}", failed.count() + 1, summarized(reason, 4 * WIDTH))
    });
    let pruned = reports(sweep).map(|(pruned, complete)| {
        let pruned = number(pruned);
        let noun = if pruned == "1" { "report" } else { "reports" };
        format!("pruned after {pruned} {noun} on average, complete after {}", number(complete))
    });
    infeasible.into_iter().chain(failed).chain(pruned)
}

/// Returns the notes below the table, the error of the sweep, and why it ended early.
pub(super) fn notes(sweep: &Sweep) -> impl Iterator<Item = String> {
    let boundaries = boundaries(sweep).into_iter().map(|boundary| format!("note: {boundary}"));
    let notes = sweep.notes().iter().map(|note| format!("note: {note}"));
    let end = match (sweep.error(), sweep.end()) {
        (Some(error), _) => Some(format!("error: {error}")),
        (None, StopReason::Open | StopReason::Planned) => None,
        (None, end) => Some(format!("ended early: {end}")),
    };
    boundaries.chain(notes).chain(end)
}

/// Returns the mean number of reports of pruned and of complete trials, if both have any.
fn reports(sweep: &Sweep) -> Option<(f64, f64)> {
    let mean = |state| {
        let trials = sweep.history().trials().iter();
        let lengths = trials.filter(|trial| trial.state() == state).map(|trial| trial.reports().len());
        let (trials, reports) = lengths.fold((0, 0), |(trials, reports), length| (trials + 1, reports + length));
        (reports > 0).then(|| reports as f64 / f64::from(trials))
    };
    mean(State::Pruned).zip(mean(State::Complete))
}

/// Writes the headline: `50 trials of RandomSampler, seed 7, in 1.2 s: 48 complete, 2 failed`.
pub(super) fn headline(sweep: &Sweep) -> String {
    let trials = sweep.history().len();
    let plural = if trials == 1 { "" } else { "s" };
    let states = [State::Complete, State::Failed, State::Pruned, State::Cancelled, State::Running];
    let counts = states.map(|state| (state, sweep.history().count(state)));
    let counts: Vec<_> = counts.iter().filter(|(_, n)| *n > 0).map(|(state, n)| format!("{n} {state}")).collect();
    let colon = if counts.is_empty() { "" } else { ": " };
    let (sampler, seed, elapsed) = (sweep.sampler(), sweep.seed(), sweep.elapsed().as_secs_f64());
    let counts = counts.join(", ");
    format!("{trials} trial{plural} of {sampler}, seed {seed}, in {}{colon}{counts}", seconds(elapsed))
}

/// Returns the first of `ranked`, and a line with their number if some are left out.
fn best<'a>(ranked: &[&'a Trial]) -> (Vec<&'a Trial>, Option<String>) {
    let caption = (ranked.len() > ROWS).then(|| format!("the best {ROWS} of {}", ranked.len()));
    (ranked.iter().copied().take(ROWS).collect(), caption)
}

/// Returns the Pareto front, evenly thinned if it is long; if no trial is feasible, the trials with the least violations.
fn front<'a>(sweep: &'a Sweep, ranked: &[&'a Trial]) -> (Vec<&'a Trial>, Option<String>) {
    let front = sweep.history().pareto(sweep.goals());
    if front.is_empty() {
        return best(ranked);
    }
    let (size, all) = (front.len(), ranked.len());
    let plural = if size == 1 { "" } else { "s" };
    let caption = format!("the Pareto front: {size} trial{plural} of {all} that no other one beats");
    if size <= FRONT {
        return (front, Some(caption));
    }
    let shown = (0..FRONT).map(|row| front[row * (size - 1) / (FRONT - 1)]).collect();
    (shown, Some(format!("{caption}; {FRONT} shown")))
}

fn rows(sweep: &Sweep, shown: &[&Trial]) -> Table {
    let parameters: Vec<_> = sweep.space().parameters().collect();
    let metrics = metric_names(shown.iter().copied());
    let constraints = constraint_names(shown.iter().copied());
    let objectives = sweep.objective_names().into_iter().zip(sweep.goals()).map(|(name, goal)| {
        let arrow = match goal {
            _ if sweep.goals().len() == 1 => "",
            Goal::Minimize => " ↓",
            Goal::Maximize => " ↑",
        };
        format!("{}{arrow}", shortened(&name, WIDTH))
    });
    let mut table = Table::new();
    table.load_style(STYLE);
    let names = parameters.iter().map(|name| shortened(name, WIDTH));
    let has_budgets = shown.iter().any(|trial| trial.resources().is_some());
    let resources = has_budgets.then(|| "resources".to_owned());
    let head = ["trial".to_owned()].into_iter().chain(resources);
    let head = head.chain(objectives).chain(names);
    let head = head.chain(metrics.iter().map(|name| shortened(name, WIDTH)));
    let head = head.chain(constraints.iter().map(|name| format!("{} ≤ 0", shortened(name, WIDTH))));
    table.set_header(head.chain(["time".to_owned()]));
    for trial in shown {
        let values = parameters.iter().map(|name| cell(sweep.space().value(name, trial.point())));
        let find =
            |metrics: &[Metric], name: &str| metrics.iter().find(|(metric, _)| metric == name).map(|found| found.1);
        let dash = || "-".to_owned();
        let measured = metrics.iter().map(|name| find(trial.metrics(), name).map_or_else(dash, number));
        let kept = constraints.iter().map(|name| match find(trial.constraints(), name) {
            Some(value) if value <= 0.0 => number(value),
            Some(value) => format!("{} violated", number(value)),
            None => dash(),
        });
        let resources = trial.resources().map(number);
        let row = [trial.number().to_string()].into_iter().chain(resources);
        let row = row.chain(trial.values().iter().map(|value| number(*value)));
        let row = row.chain(values).chain(measured).chain(kept);
        table.add_row(row.chain([seconds(trial.duration().as_secs_f64())]));
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// Returns the names of the metrics of `trials`, in the order of their first appearance.
pub(super) fn metric_names<'a>(trials: impl Iterator<Item = &'a Trial>) -> Vec<&'a str> {
    names(trials.flat_map(Trial::metrics))
}

/// Returns the names of the constraints of `trials`, in the order of their first appearance.
pub(super) fn constraint_names<'a>(trials: impl Iterator<Item = &'a Trial>) -> Vec<&'a str> {
    names(trials.flat_map(Trial::constraints))
}

fn names<'a>(metrics: impl Iterator<Item = &'a Metric>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (name, _) in metrics {
        if !names.contains(&name.as_ref()) {
            names.push(name.as_ref());
        }
    }
    names
}

fn cell(value: Option<Value>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| shortened(&value.to_string(), WIDTH))
}

/// Puts `text` on one line, cut with an ellipsis after `width` characters.
fn shortened(text: &str, width: usize) -> String {
    let line = on_one_line(text);
    match line.char_indices().nth(width) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Puts a message on one line of at most about `width` characters. Of several lines the last one is kept in full, for it names
/// the error that the lines before lead to, and then as much as fits of the first.
fn summarized(text: &str, width: usize) -> String {
    // Rust's hint after a panic says nothing about the error.
    let is_said = |line: &String| !(line.is_empty() || line.starts_with("note: run with `RUST_BACKTRACE"));
    let mut lines = text.lines().map(on_one_line).filter(is_said);
    let whole = on_one_line(text);
    match (lines.next(), lines.next_back()) {
        (Some(first), Some(last)) if whole.chars().count() > width => {
            let last = shortened(&last, width * 3 / 4);
            let rest = width.saturating_sub(last.chars().count());
            let ellipsis = if first.chars().count() > rest { "" } else { " …" };
            format!("{}{ellipsis} {last}", shortened(&first, rest))
        }
        _ => shortened(&whole, width),
    }
}

fn on_one_line(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn seconds(seconds: f64) -> String {
    match seconds {
        0.0..1e-3 => format!("{:.1} µs", seconds * 1e6),
        1e-3..1.0 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_the_first_and_the_last_line() {
        let trace =
            "exited with code 1; the last lines of standard error:\nTraceback (most recent call last):\n".to_owned();
        let (call, error) = ("  File \"train.py\", line 3, in <module>\n".repeat(4), "ValueError: no such layer");
        assert_eq!(
            summarized(&format!("{trace}{call}{error}\n\n"), 160),
            format!("exited with code 1; the last lines of standard error: … {error}")
        );
        assert_eq!(summarized("one\n  two", 160), "one two");
        let hint = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        assert!(summarized(&format!("{trace}{call}boom\n{hint}"), 160).ends_with("… boom"));
        for text in [format!("{}\n{}", "a".repeat(500), "b".repeat(500)), "a".repeat(500)] {
            let summary = summarized(&text, 160);
            assert!((150..=165).contains(&summary.chars().count()), "{summary}");
            assert!(summary.starts_with("aaa"), "{summary}");
        }
    }
}
