//! The command as a person uses it: its programs, files, messages and exit codes.

mod beginnings;
mod budgets;
#[path = "../common/mod.rs"]
mod common;
mod dry_run;
mod escapes;
mod failures;
mod forms;
mod grids;
mod interrupts;
mod links;
mod looks;
mod mends;
mod one_history;
mod options;
mod reports;
mod seconds;
mod sections;
mod studies;
mod sweeps;
mod usage;
mod values;
mod winner;
