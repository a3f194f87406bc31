//! `hyperopt man`: writes the manual pages.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher;
use std::io;
use std::path::Path;

use clap::CommandFactory;

use crate::args::{Cli, ManArgs};
use crate::failure::Failure;
use crate::message::say;

pub(crate) fn run(man: &ManArgs) -> Result<(), Failure> {
    let directory = &man.directory;
    let fault = |error: io::Error| Failure::usage(format!("cannot write to {}: {error}", directory.display()));
    if directory.is_file() {
        return Err(Failure::usage(format!("{} is a file; write a directory for the pages", directory.display())));
    }
    fs::create_dir_all(directory).map_err(fault)?;
    write(directory).map_err(fault)?;
    let first = directory.join("hyperopt.1");
    say(format_args!("wrote hyperopt.1 and a page for each subcommand; read it with `man -l {}`", first.display()));
    Ok(())
}

/// Replaces the pages in `directory`; symbolic links that lie there are replaced too.
fn write(directory: &Path) -> io::Result<()> {
    let staging = directory.join(format!(".pages.{:016x}", RandomState::new().hash_one(std::process::id())));
    fs::create_dir(&staging)?;
    let written = clap_mangen::generate_to(Cli::command(), &staging)
        .and_then(|()| mark_command(&staging.join("hyperopt-run.1")))
        .and_then(|()| {
            fs::read_dir(&staging)?.try_for_each(|page| {
                let page = page?;
                fs::rename(page.path(), directory.join(page.file_name()))
            })
        });
    fs::remove_dir_all(&staging).and(written)
}

/// Writes the `--` in the synopsis of `run` that stands before the words of the command, which the generator leaves out.
fn mark_command(page: &Path) -> io::Result<()> {
    let text = fs::read_to_string(page)?;
    fs::write(page, text.replacen(r"<\fICOMMAND\fR>", r"\fB\-\-\fR <\fICOMMAND\fR>...", 1))
}
