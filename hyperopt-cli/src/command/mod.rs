//! One file for each subcommand.

mod best;
mod completions;
pub(crate) mod export;
mod init;
mod plot;
mod report;
mod show;
mod source;

use std::process::ExitCode;

use crate::args::Command;
use crate::failure::Failure;
use crate::process;
use crate::sweep;

pub(crate) use source::Source;

/// Does what the command line says.
pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    let done = |()| ExitCode::SUCCESS;
    match command {
        Command::Run(run) => sweep::run(*run),
        Command::Resume(resume) => sweep::resume(&resume),
        Command::Show(show) => show::run(&show).map(done),
        Command::Best(best) => best::run(&best).map(done),
        Command::Plot(plot) => plot::run(&plot).map(done),
        Command::Report(report) => report::run(&report).map(done),
        Command::Export(export) => export::run(&export).map(done),
        Command::Init(init) => init::run(&init).map(done),
        Command::Completions(completions) => {
            completions::run(&completions);
            Ok(ExitCode::SUCCESS)
        }
        Command::Guard { mark } => {
            process::keep_guard(&mark);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes to standard output; a reader that has had enough is no failure.
pub(crate) fn print(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| std::io::Write::flush(&mut out)) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::broken(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
