//! The table: a row for each piece of work, a column for each number of trials.

use std::env;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cell::{CHILD, Cell};
use crate::{Row, fail};

/// What of the table is asked for.
pub(crate) struct Request {
    /// The starts of the names of rows; all rows if there are none.
    pub(crate) names: Vec<String>,
    /// The most trials.
    pub(crate) most: usize,
    /// The seconds of processor time that a measurement may take.
    pub(crate) limit: f64,
}

impl Default for Request {
    fn default() -> Self {
        Self { names: Vec::new(), most: 1_000_000, limit: 100.0 }
    }
}

/// A decade that costs more than this many times the one before, for each trial, has grown faster than the trials.
const LINEAR: f64 = 1.2;

/// Measures and prints the rows.
pub(crate) fn print(rows: &[Row], request: &Request) {
    let decades: Vec<usize> =
        [1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|&trials| trials <= request.most).collect();
    let wanted = |row: &&Row| request.names.is_empty() || request.names.iter().any(|name| row.name.starts_with(name));
    let rows: Vec<&Row> = rows.iter().filter(wanted).collect();
    if rows.is_empty() {
        fail("no row has a name that begins so");
    }
    print!("| µs a trial, at trials |");
    decades.iter().for_each(|&trials| print!(" {} |", grouped(trials)));
    println!(" growth of the last decade | bytes a trial |");
    println!("|---|{}---|---|", "---|".repeat(decades.len()));
    let mut grown = 0;
    for row in rows {
        grown += usize::from(print_row(row, &decades, request.limit));
    }
    println!("\n{grown} rows grow faster than the trials (more than {:.0} times a decade, marked `!`)", 10.0 * LINEAR);
}

/// Returns whether the row grows faster than the trials.
fn print_row(row: &Row, decades: &[usize], limit: f64) -> bool {
    print!("| {} |", row.name);
    let mut cells: Vec<Cell> = Vec::new();
    for &trials in decades {
        // One that takes long takes about ten times as long in the next decade.
        let is_over =
            trials > row.most || cells.len() > 1 && cells.last().is_some_and(|last| 10.0 * last.seconds > limit);
        let cell = if is_over { Err("-") } else { measured(&row.name, trials, limit) };
        match cell {
            Ok(cell) => {
                print!(" {} |", significant(1e6 * cell.seconds / cell.trials.max(1) as f64));
                cells.push(cell);
            }
            // It would fail or be over in the next decade, too.
            Err(reason) => {
                let rest = decades.iter().filter(|&&decade| decade > trials).count();
                print!(" {reason} |{}", " - |".repeat(rest));
                break;
            }
        }
    }
    let growth = growth(&cells);
    let grown = growth.is_some_and(|growth| growth > LINEAR);
    let mark = if grown { " !" } else { "" };
    let growth = growth.map_or_else(|| "-".to_owned(), |growth| format!("{:.1}", 10.0 * growth));
    let bytes = cells.last().and_then(|cell| Some(cell.bytes? / cell.trials.max(1)));
    println!(" {growth}{mark} | {} |", bytes.map_or_else(|| "-".to_owned(), |bytes| grouped(bytes)));
    grown
}

/// Returns how many times more a trial costs in the last decade than in the one before.
fn growth(cells: &[Cell]) -> Option<f64> {
    let [.., before, last] = cells else { return None };
    let cost = |cell: &Cell| cell.seconds / cell.trials.max(1) as f64;
    // Below a hundredth of a second it is the start of the work that is seen.
    (last.seconds > 0.01).then(|| cost(last) / cost(before))
}

/// Measures one cell in a process of its own; `Err` says why there is none.
fn measured(row: &str, trials: usize, limit: f64) -> Result<Cell, &'static str> {
    let program = env::current_exe().unwrap_or_else(|error| fail(&error.to_string()));
    let mut child = Command::new(program)
        .args([CHILD, row, &trials.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| fail(&error.to_string()));
    // The time of the clock on the wall, with room for other work on the machine.
    let (start, longest) = (Instant::now(), Duration::from_secs_f64(6.0 * limit));
    while child.try_wait().is_ok_and(|status| status.is_none()) {
        if start.elapsed() > longest {
            let _ = child.kill();
            let _ = child.wait();
            return Err("stopped");
        }
        thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().map_err(|_| "failed")?;
    Cell::read(&String::from_utf8_lossy(&output.stdout)).ok_or("failed")
}

/// Writes a number with three significant digits.
fn significant(number: f64) -> String {
    match number {
        100.0.. => format!("{number:.0}"),
        10.0.. => format!("{number:.1}"),
        1.0.. => format!("{number:.2}"),
        _ => format!("{number:.3}"),
    }
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = (0..digits.len())
        .filter(|at| at % 3 == 0)
        .map(|at| (digits.len().saturating_sub(at + 3), digits.len() - at))
        .map(|(start, end)| &digits[start..end])
        .collect();
    groups.into_iter().rev().collect::<Vec<_>>().join(",")
}
