//! The command `hyperopt`: sweeps of any program's hyperparameters, described in a YAML file.

#[cfg(not(unix))]
compile_error!("trials are process groups, which exist on Unix only");

mod args;
mod colour;
mod command;
mod completion;
mod duration;
mod exit_code;
mod failure;
mod message;
mod metric;
mod output;
mod print;
mod process;
mod quote;
mod results;
mod suggest;
mod sweep;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use clap_complete::CompleteEnv;

fn main() -> ExitCode {
    // A shell asks for completions: the answer is printed, and the process ends.
    CompleteEnv::with_factory(completion::command).var(completion::VARIABLE).complete();
    let colours = colour::asked(std::env::args_os());
    colour::choose(colours);
    let mut command = args::Cli::command().color(colours);
    let matches = command
        .try_get_matches_from_mut(std::env::args_os())
        .unwrap_or_else(|error| args::with_nearest(error, &command).exit());
    let cli = args::Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    command::run(cli.command).unwrap_or_else(|failure| failure.report())
}
