//! `hyperopt completions`: prints the completion script of a shell.

use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs};
use crate::failure::Failure;
use crate::print::print_data;

pub(crate) fn run(completions: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Cli::command(), "hyperopt", &mut script);
    print_data(|out| out.write_all(&script))
}
