//! `hyperopt man`: writes the manual pages.

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory;

use crate::args::{Cli, ManArgs};
use crate::failure::Failure;
use crate::message::say;

pub(crate) fn run(man: &ManArgs) -> Result<(), Failure> {
    let directory = &man.directory;
    let fault = |error: io::Error| Failure::usage(format!("cannot write to {}: {error}", directory.display()));
    fs::create_dir_all(directory).map_err(fault)?;
    clap_mangen::generate_to(Cli::command(), directory).map_err(fault)?;
    mark_command(&directory.join("hyperopt-run.1")).map_err(fault)?;
    let first = directory.join("hyperopt.1");
    say(format_args!("wrote hyperopt.1 and a page for each subcommand; read it with `man -l {}`", first.display()));
    Ok(())
}

/// Writes the `--` in the synopsis of `run` that stands before the words of the command, which the generator leaves out.
fn mark_command(page: &Path) -> io::Result<()> {
    let text = fs::read_to_string(page)?;
    fs::write(page, text.replacen(r"<\fICOMMAND\fR>", r"\fB\-\-\fR <\fICOMMAND\fR>...", 1))
}
