//! The line of a running sweep, fitted to a width.

use std::time::Instant;

use console::{Style, measure_text_width, truncate_str};
use itertools::Itertools;

use crate::engine::progress::status::{Running, Status};
use crate::report::clock;
use crate::scheduler::BracketPlace;
use crate::space::number;

/// The least width that hyperparameters are shown in.
const PARAMS: usize = 8;
/// The width of the bar on a narrow terminal and on a wide one, and the least width of a wide terminal.
const BAR: [usize; 2] = [6, 20];
const WIDE: usize = 100;

/// A part of the line.
struct Piece {
    /// The pieces of a group are next to each other.
    group: u8,
    /// Of pieces that do not fit, those with the largest rank are left out.
    rank: u8,
    text: String,
    style: Style,
}

/// How the line is written.
#[derive(Clone, Copy)]
struct Form {
    between_groups: &'static str,
    /// Whether colours are used.
    is_colored: bool,
}

/// Writes the line of a bar, at most `width` columns wide.
pub(super) fn bar_line(status: &Status, now: Instant, width: usize, is_colored: bool) -> String {
    let form = Form { between_groups: " | ", is_colored };
    let done = status.counts.done();
    let count = match status.total {
        Some(total) => format!("{done}/{total}"),
        None => counted(done),
    };
    let mut pieces = vec![piece(0, 0, count)];
    pieces.extend(pieces_after_count(status, now));
    let cells = BAR[usize::from(width >= WIDE)];
    let bar = match status.total {
        Some(total) => Some(bar(done, total, cells)),
        None if status.is_over => None,
        None => Some(spinner(status, now)),
    };
    let bar = bar.map(|bar| format!("{bar} ")).unwrap_or_default();
    let params = status.best.as_ref().map_or("", |best| &best.params);
    let (mut chosen, mut has_bar, mut for_params) = (vec![false; pieces.len()], false, 0);
    let needs = |chosen: &[bool], has_bar: bool, for_params: usize| {
        let bar = if has_bar { measure_text_width(&bar) } else { 0 };
        bar + measure_text_width(&joined(&pieces, chosen, form)) + for_params
    };
    // Chosen one by one, so that a piece that fits is not left out for one that does not.
    for rank in 0..=rank::LAST {
        if rank == rank::PARAMS && !params.is_empty() {
            let least = PARAMS.min(measure_text_width(params)) + 2;
            for_params = if needs(&chosen, has_bar, least) <= width { least } else { 0 };
        }
        if rank == rank::BAR {
            has_bar = needs(&chosen, true, for_params) <= width;
        }
        for index in (0..pieces.len()).filter(|&index| pieces[index].rank == rank) {
            chosen[index] = true;
            chosen[index] = needs(&chosen, has_bar, for_params) <= width;
        }
    }
    let mut line = if has_bar { styled(&bar, &Style::new().cyan(), is_colored) } else { String::new() };
    line += &joined(&pieces, &chosen, form);
    if for_params > 0 {
        line += ": ";
        line += params;
    }
    truncate_str(&line, width, "…").into_owned()
}

/// Writes the line of a log; `has_params` adds the hyperparameters of the best trial.
pub(super) fn log_line(status: &Status, now: Instant, has_params: bool) -> String {
    let done = status.counts.done();
    let count = match status.total {
        Some(total) => format!("{done} of {}", counted(total)),
        None => counted(done),
    };
    let mut pieces = vec![piece(0, 0, count)];
    pieces.extend(pieces_after_count(status, now));
    let form = Form { between_groups: "; ", is_colored: false };
    let line = joined(&pieces, &vec![true; pieces.len()], form);
    match &status.best {
        Some(best) if has_params && !best.params.is_empty() => format!("{line}: {}", best.params),
        _ => line,
    }
}

/// Writes a line for each running trial, at most `width` columns wide and `height` lines.
pub(super) fn running_lines(status: &Status, now: Instant, width: usize, height: usize) -> Vec<String> {
    let cells = |(number, running): (&usize, &Running)| {
        let budget = running.budget.map_or_else(String::new, |budget| format!("budget {}", self::number(budget)));
        let report = running.report.map(|(step, value)| format!("step {step}: {}", self::number(value)));
        [format!("trial {number}"), clock(now.duration_since(running.since)), budget, report.unwrap_or_default()]
    };
    let rows: Vec<_> = status.running.iter().map(cells).collect();
    let widths =
        [0, 1, 2, 3].map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default());
    let shown = if rows.len() > height { height.saturating_sub(1) } else { rows.len() };
    let lines = rows.iter().zip(status.running.values()).take(shown).map(|(row, running)| {
        let cells = row.iter().zip(widths).filter(|(_, width)| *width > 0);
        let line = cells.map(|(cell, width)| format!("  {cell:>width$}")).join("");
        truncate_str(&format!("{line}  {}", running.params), width, "…").trim_end().to_owned()
    });
    let left_out = rows.len() - shown;
    let rest = (left_out > 0).then(|| truncate_str(&format!("  and {left_out} more"), width, "…").into_owned());
    lines.chain(rest).collect()
}

/// The order in which pieces are left out: the largest first.
mod rank {
    pub(super) const BEST: u8 = 1;
    pub(super) const FAILED: u8 = 2;
    pub(super) const ELAPSED: u8 = 3;
    pub(super) const LEFT: u8 = 4;
    pub(super) const RUNNING: u8 = 5;
    pub(super) const BRACKET: u8 = 6;
    pub(super) const PARAMS: u8 = 7;
    pub(super) const BAR: u8 = 8;
    pub(super) const TRIAL: u8 = 9;
    pub(super) const PRUNED: u8 = 10;
    pub(super) const RATE: u8 = 11;
    pub(super) const CANCELLED: u8 = 12;
    pub(super) const BUDGETS: u8 = 13;
    pub(super) const LAST: u8 = BUDGETS;
}

/// Everything but the bar, the number of trials and the hyperparameters, in the order of the line.
fn pieces_after_count(status: &Status, now: Instant) -> Vec<Piece> {
    let counts = status.counts;
    let counted = |count: u64, state: &str, rank| (count > 0).then(|| piece(0, rank, format!("{count} {state}")));
    let failed = counted(counts.failed, "failed", rank::FAILED);
    let mut pieces: Vec<_> = failed.into_iter().map(|piece| Piece { style: Style::new().red(), ..piece }).collect();
    pieces.extend(counted(counts.pruned, "pruned", rank::PRUNED));
    pieces.extend(counted(counts.cancelled, "cancelled", rank::CANCELLED));
    if let Some((running, longest)) = status.oldest(now) {
        pieces.push(piece(0, rank::RUNNING, format!("{running} running {}", clock(longest))));
    }
    if let Some(BracketPlace { bracket, all }) = status.place.filter(|_| !status.is_over) {
        let all = all.map_or_else(String::new, |all| format!("/{all}"));
        pieces.push(piece(1, rank::BRACKET, format!("bracket {bracket}{all}")));
    }
    if !status.budgets.is_empty() {
        let budgets = status.budgets.iter().map(|(budget, trials)| format!("{}: {trials}", number(*budget)));
        pieces.push(piece(1, rank::BUDGETS, format!("budgets {}", budgets.collect::<Vec<_>>().join(", "))));
    }
    let elapsed = clock(now.duration_since(status.started));
    pieces.push(piece(2, rank::ELAPSED, elapsed));
    let trials = status.total.map(|total| total.saturating_sub(counts.done())).filter(|_| !status.is_over);
    if let Some(left) = trials.filter(|trials| *trials > 0).and_then(|trials| status.pace.left(trials, now)) {
        pieces.push(piece(2, rank::LEFT, format!("{} left", clock(left))));
    }
    pieces.extend(status.pace.per_second().map(|pace| piece(2, rank::RATE, per_unit(pace))));
    if let Some(best) = &status.best {
        pieces.push(Piece { style: Style::new().bold(), ..piece(3, rank::BEST, best.value.clone()) });
        if !best.trial.is_empty() {
            pieces.push(piece(3, rank::TRIAL, best.trial.clone()));
        }
    }
    pieces
}

fn piece(group: u8, rank: u8, text: String) -> Piece {
    Piece { group, rank, text, style: Style::new() }
}

fn joined(pieces: &[Piece], chosen: &[bool], form: Form) -> String {
    let mut line = String::new();
    let mut last = None;
    for piece in pieces.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(piece, _)| piece) {
        line += match last {
            None => "",
            // The number of the best trial follows its value.
            Some(group) if group == piece.group && piece.rank == rank::TRIAL => " ",
            Some(group) if group == piece.group => ", ",
            Some(_) => form.between_groups,
        };
        line += &styled(&piece.text, &piece.style, form.is_colored);
        last = Some(piece.group);
    }
    line
}

fn styled(text: &str, style: &Style, is_colored: bool) -> String {
    style.clone().force_styling(is_colored).apply_to(text).to_string()
}

/// Draws `done` of `total` in `cells` characters.
fn bar(done: u64, total: u64, cells: usize) -> String {
    const EIGHTHS: [char; 8] = ['░', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let share = if total == 0 { 1.0 } else { (done as f64 / total as f64).min(1.0) };
    let eighths = (share * (8 * cells) as f64).floor() as usize;
    let cell =
        |cell: usize| if eighths >= 8 * (cell + 1) { '█' } else { EIGHTHS[eighths.saturating_sub(8 * cell).min(7)] };
    (0..cells).map(cell).collect()
}

/// Shows that the sweep is alive where its end is unknown.
fn spinner(status: &Status, now: Instant) -> String {
    let frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
    let tenths = now.duration_since(status.started).as_millis() / 100;
    frames[tenths as usize % frames.len()].to_string()
}

fn counted(trials: u64) -> String {
    let plural = if trials == 1 { "" } else { "s" };
    format!("{trials} trial{plural}")
}

/// Writes a pace per second, per minute or per hour, whichever makes it at least one.
fn per_unit(per_second: f64) -> String {
    let units = [(1.0, "s"), (60.0, "min"), (3600.0, "h")];
    let (factor, unit) = units.into_iter().find(|(factor, _)| per_second * factor >= 1.0).unwrap_or(units[2]);
    let pace = per_second * factor;
    let decimals = usize::from(pace < 9.95);
    format!("{pace:.decimals$}/{unit}")
}
