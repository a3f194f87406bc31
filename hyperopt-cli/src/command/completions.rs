//! `hyperopt completions`

use clap::CommandFactory;

use crate::args::{Cli, Completions};

pub(crate) fn run(completions: &Completions) {
    clap_complete::generate(completions.shell, &mut Cli::command(), "hyperopt", &mut std::io::stdout());
}
