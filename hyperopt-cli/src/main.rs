//! The command `hyperopt`: sweeps of any program's hyperparameters, described in a YAML file.

#[cfg(not(unix))]
compile_error!("trials are process groups, which exist on Unix only");

mod args;
mod command;
mod duration;
mod exit_code;
mod failure;
mod metric;
mod output;
mod print;
mod process;
mod quote;
mod results;
mod suggest;
mod sweep;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    command::run(args::Cli::parse().command).unwrap_or_else(|failure| failure.report())
}
