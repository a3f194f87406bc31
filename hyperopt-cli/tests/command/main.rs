//! The command as a person uses it: its programs, files, messages and exit codes.

mod beginnings;
mod budgets;
#[path = "../common/mod.rs"]
mod common;
mod escapes;
mod failures;
mod forms;
mod grids;
mod interrupts;
mod one_history;
mod reports;
mod seconds;
mod sections;
mod sweeps;
mod usage;
mod winner;
