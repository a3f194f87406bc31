//! The command `hyperopt`: sweeps of any program's hyperparameters, described in a YAML file.

#[cfg(not(unix))]
compile_error!("trials are process groups, which only Unix has");

mod args;
mod command;
mod duration;
mod failure;
mod metric;
mod output;
mod process;
mod suggest;
mod summary;
mod sweep;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    command::run(args::Cli::parse().command).unwrap_or_else(|failure| failure.report())
}
