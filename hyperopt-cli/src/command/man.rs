//! `hyperopt man`: writes the manual pages.

use std::fs;
use std::io;

use clap::CommandFactory;

use crate::args::{Cli, ManArgs};
use crate::failure::Failure;
use crate::message::say;

pub(crate) fn run(man: &ManArgs) -> Result<(), Failure> {
    let directory = &man.directory;
    let fault = |error: io::Error| Failure::usage(format!("cannot write to {}: {error}", directory.display()));
    fs::create_dir_all(directory).map_err(fault)?;
    clap_mangen::generate_to(Cli::command(), directory).map_err(fault)?;
    let first = directory.join("hyperopt.1");
    say(format_args!("wrote hyperopt.1 and a page for each subcommand; read it with `man -l {}`", first.display()));
    Ok(())
}
