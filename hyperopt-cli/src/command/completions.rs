//! `hyperopt completions`: prints the completion script of a shell.

use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs};

pub(crate) fn run(completions: &CompletionsArgs) {
    clap_complete::generate(completions.shell, &mut Cli::command(), "hyperopt", &mut std::io::stdout());
}
