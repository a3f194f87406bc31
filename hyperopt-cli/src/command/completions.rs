//! `hyperopt completions`: prints the completion script of a shell, which asks this command for the values.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::env::Shells;
use itertools::Itertools;

use crate::args::{Cli, CompletionsArgs};
use crate::completion::VARIABLE;
use crate::failure::Failure;
use crate::print::print_data;

pub(crate) fn run(completions: &CompletionsArgs) -> Result<(), Failure> {
    let shell = completions.shell.to_string();
    let shells = Shells::builtins();
    let completer =
        shells.completer(&shell).ok_or_else(|| Failure::usage(format!("there are no completions for `{shell}`")))?;
    let program = program().display().to_string();
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, "hyperopt", "hyperopt", &program, &mut script)
        .map_err(|error| Failure::broken(format!("cannot write the script: {error}")))?;
    let command = Cli::command();
    let names =
        command.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).join(", ");
    print_data(|out| {
        out.write_all(&script)?;
        writeln!(out, "\n# Subcommands: {names}. Their values are completed by the command itself.")
    })
}

/// The command as the script calls it: by its name if that was how it was called, else by its absolute path.
fn program() -> PathBuf {
    let called = std::env::args_os().next().map_or_else(|| PathBuf::from("hyperopt"), PathBuf::from);
    let is_path = called.components().nth(1).is_some();
    if is_path { std::path::absolute(&called).unwrap_or(called) } else { called }
}
