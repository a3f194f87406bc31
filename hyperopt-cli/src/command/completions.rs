//! `hyperopt completions`: prints the completion script of a shell, which asks this command for the values.

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
    let mut script = Vec::new();
    completer
        // By its name: a script is kept in dotfiles and packages, where the path of this binary means nothing.
        .write_registration(VARIABLE, "hyperopt", "hyperopt", "hyperopt", &mut script)
        .map_err(|error| Failure::broken(format!("cannot write the script: {error}")))?;
    let command = Cli::command();
    let names =
        command.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).join(", ");
    print_data(|out| {
        out.write_all(&script)?;
        writeln!(out, "\n# Subcommands: {names}. Their values are completed by the command itself.")
    })
}
