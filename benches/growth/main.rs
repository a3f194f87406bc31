//! What a sweep costs as it grows: processor time and memory of a trial at 1,000, 10,000, 100,000 and 1,000,000 trials, by
//! every sampler, scheduler, pruner, report, figure, export and store, and the growth from one decade to the next.
//!
//! `cargo bench --features models,sqlite,tensorboard,yaml --bench growth`, with the start of a row's name to measure that row
//! only, `--most 10000` for fewer trials, and `--limit 300` for the seconds that one measurement may take.

// Each row stands in the table as it is measured, one after the other.
#![allow(clippy::redundant_closure, clippy::too_many_lines)]

mod budgets;
mod cell;
mod figures;
mod results;
mod samplers;
mod studies;
mod sweeps;
mod table;
mod yaml;

use std::{env, process};

use cell::Cell;

/// A row of the table.
struct Row {
    name: String,
    /// Does it with this many trials, and returns what that has cost.
    measure: Box<dyn Fn(usize) -> Cell>,
    /// The most trials that it can be done with.
    most: usize,
}

impl Row {
    fn new(name: impl Into<String>, measure: impl Fn(usize) -> Cell + 'static) -> Self {
        Self { name: name.into(), measure: Box::new(measure), most: usize::MAX }
    }

    fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }
}

fn rows() -> Vec<Row> {
    let mut rows = samplers::rows();
    rows.extend(budgets::rows());
    rows.extend(results::rows());
    rows.extend(figures::rows());
    rows.extend(studies::rows());
    rows.extend(yaml::rows());
    rows
}

fn main() {
    let mut arguments = env::args().skip(1);
    let mut request = table::Request::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // A measurement in a process of its own, so that its memory is its own.
            cell::CHILD => {
                let (name, trials) = (arguments.next().unwrap_or_default(), number(arguments.next()));
                match rows().iter().find(|row| row.name == name) {
                    Some(row) => println!("{}", (row.measure)(trials).line()),
                    None => fail(&format!("there is no row `{name}`")),
                }
                return;
            }
            "--most" => request.most = number(arguments.next()),
            "--limit" => request.limit = number(arguments.next()) as f64,
            // What cargo adds.
            "--bench" => {}
            _ => request.names.push(argument),
        }
    }
    table::print(&rows(), &request);
}

fn number(argument: Option<String>) -> usize {
    let argument = argument.unwrap_or_default();
    argument.replace('_', "").parse().unwrap_or_else(|_| fail(&format!("`{argument}` is not a whole number")))
}

fn fail(message: &str) -> ! {
    eprintln!("error: {message}");
    process::exit(2)
}
