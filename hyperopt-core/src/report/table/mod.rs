//! The table of the best trials.

mod column;
mod rows;
#[cfg(test)]
mod tests;

pub(super) use rows::{constraint_names, metric_names};

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use crate::importance;
use crate::plain::Plain;
use crate::report::text::{shortened, summarized, wrapped};
use crate::report::upright::upright;
use crate::report::width::Width;
use crate::report::{boundaries, duration};
use crate::space::number;
use crate::sweep::{StopReason, Sweep};
use crate::trial::{State, Trial};

use self::column::{Column, Weight, fold};
use self::rows::{WIDTH, columns};

/// Largest number of trials that a table shows.
const ROWS: usize = 10;
/// Largest number of trials of a Pareto front that a table shows.
const FRONT: usize = 20;
/// Largest number of trials of several objectives that follow in full.
const FULL: usize = 3;
/// Largest number of hyperparameters that are named, or shown of a trial in full; a line says how many the others are.
const NAMED: usize = 40;
/// Largest number of hyperparameters with a note that their best value is at an end.
const ENDS: usize = 10;
/// The columns of text around a name in a line of names: the indent, a comma and an ellipsis.
const INDENT: usize = 4;
/// Widest line of importances.
const IMPORTANCES: usize = 80;

impl fmt::Display for Sweep {
    /// Writes the table of the best trials, as the result of `hyperopt!` does.
    ///
    /// It is as wide as `COLUMNS` says, or the terminal on standard output; in a pipe or a file, 100 columns, whatever the
    /// machine. Columns that do not fit are left out, those of the least important hyperparameters first; a line below names
    /// them, and the best trial follows in full, or up to three trials of a Pareto front; of more than 40 hyperparameters, the
    /// most important 40. `{ho:80}` sets the width, and `{ho:#}` shows all columns.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table(self, REST, f)
    }
}

/// A table that ends with the words of a front end.
pub(super) struct WithRest<'a> {
    pub(super) sweep: &'a Sweep,
    /// What shows the hyperparameters that the table has no room for.
    pub(super) rest: &'a str,
}

impl fmt::Display for WithRest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table(self.sweep, self.rest, f)
    }
}

/// Rules above, below and under the header only, so that copied rows contain no borders.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// What shows all hyperparameters to a program.
pub(crate) const REST: &str = "`{ho:#}` shows all";

/// Writes the head, the table of the best trials, and the notes below it; no line feed at the end.
pub(crate) fn table(sweep: &Sweep, rest: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let width = Width::of(f);
    let mut f = Plain(f);
    let prose = |text: &str| wrapped(text, width.text, 2);
    write!(f, "{}", prose(&headline(sweep)))?;
    let has_one_goal = sweep.goals().len() == 1;
    let (shown, caption) = best_trials(sweep);
    let importances = importance::for_table(sweep);
    if !shown.is_empty() {
        let found = importances.as_ref().map(|found| &found.importances);
        let mut columns = columns(sweep, &shown, found, width.table);
        let rows = evenly(shown.len(), if has_one_goal { 1 } else { FULL });
        let is_cut = columns.iter().any(|column| column.is_cut(&rows));
        let full: Vec<_> = rows.iter().map(|&row| in_full(&columns, row, rest, width.text)).collect();
        let (folded, padding) = fold(&mut columns, width.table);
        write!(f, "\n{}", drawn(&columns, padding))?;
        if let Some(caption) = caption {
            write!(f, "\n{}", prose(&caption))?;
        }
        if !folded.is_empty() {
            let plural = if folded.len() == 1 { " does" } else { "s do" };
            let widest = width.table.map_or(WIDTH, |most| most.saturating_sub(INDENT).clamp(1, WIDTH));
            let names: Vec<_> = folded.iter().take(NAMED).map(|name| shortened(name, widest)).collect();
            let more = if folded.len() > NAMED { ", …" } else { "" };
            let line = format!("{} column{plural} not fit: {}{more}", folded.len(), names.join(", "));
            write!(f, "\n{}", wrapped(&line, width.table, 2))?;
        }
        if is_cut || !folded.is_empty() {
            let best = if has_one_goal { ", the best," } else { "" };
            for (&row, full) in rows.iter().zip(full) {
                write!(f, "\ntrial {}{best} in full:{}", shown[row].number(), wrapped(&full, width.text, 6))?;
            }
            let left = shown.len() - rows.len();
            if !has_one_goal && left > 0 {
                let plural = if left == 1 { "" } else { "s" };
                let line = format!("{left} more trial{plural} of the table not shown in full");
                write!(f, "\n{}", prose(&line))?;
            }
        }
    }
    for remark in counts(sweep) {
        write!(f, "\n{}", prose(&remark))?;
    }
    let most = width.table.map_or(IMPORTANCES, |most| most.min(IMPORTANCES));
    if let Some(line) = importances.and_then(|found| importance::line(&found, most, |name| shortened(name, WIDTH))) {
        write!(f, "\n{line}")?;
    }
    for remark in notes(sweep) {
        write!(f, "\n{}", prose(&remark))?;
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
    let boundaries = boundaries(sweep);
    let more = match boundaries.len().saturating_sub(ENDS) {
        0 => None,
        1 => Some("note: 1 more hyperparameter has its best value at an end of its candidates".to_owned()),
        more => Some(format!("note: {more} more hyperparameters have their best values at an end of their candidates")),
    };
    let boundaries = boundaries.into_iter().take(ENDS).map(|boundary| format!("note: {boundary}")).chain(more);
    let notes = sweep.notes().iter().map(|note| format!("note: {note}"));
    let end = match (sweep.error(), sweep.end()) {
        (Some(error), _) => Some(format!("error: {error}")),
        (None, StopReason::Open | StopReason::Planned) => None,
        (None, end) => Some(format!("ended early: {end}")),
    };
    boundaries.chain(notes).chain(end)
}

/// Writes a row of `columns` but the trial, a line for each of its values. Of very many hyperparameters the most important
/// ones are shown; `rest` says where the others are.
fn in_full(columns: &[Column], row: usize, rest: &str, most: Option<usize>) -> String {
    let is_parameter = |column: &&Column| matches!(column.weight, Weight::Parameter(..));
    let mut weights: Vec<_> = columns.iter().filter(is_parameter).map(|column| column.weight).collect();
    weights.sort_by(|a, b| b.partial_cmp(a).unwrap_or(Ordering::Equal));
    let least = weights.get(NAMED - 1);
    let is_shown = |column: &&Column| !is_parameter(column) || least.is_none_or(|least| column.weight >= *least);
    let shown = columns.iter().skip(1).filter(is_shown);
    let full = upright(shown.map(|column| (column.name.as_str(), column.full[row].as_str())), most);
    match weights.len().saturating_sub(NAMED) {
        0 => full,
        1 => format!("{full}\n  1 more hyperparameter: {rest}"),
        more => format!("{full}\n  {more} more hyperparameters: {rest}"),
    }
}

fn drawn(columns: &[Column], padding: (u16, u16)) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_header(columns.iter().map(|column| &column.title));
    let rows = columns.first().map_or(0, |column| column.cells.len());
    for row in 0..rows {
        table.add_row(columns.iter().map(|column| &column.cells[row]));
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
        column.set_padding(padding);
    }
    table
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
    let (sampler, seed, elapsed) = (sweep.sampler(), sweep.seed(), duration(sweep.elapsed()));
    let counts = counts.join(", ");
    format!("{trials} trial{plural} of {sampler}, seed {seed}, in {elapsed}{colon}{counts}")
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
    let shown = evenly(size, FRONT).into_iter().map(|row| front[row]).collect();
    (shown, Some(format!("{caption}; {FRONT} shown")))
}

/// Returns at most `most` of `all` rows, evenly spread from the first to the last one.
fn evenly(all: usize, most: usize) -> Vec<usize> {
    if all <= most { (0..all).collect() } else { (0..most).map(|row| row * (all - 1) / (most - 1).max(1)).collect() }
}
