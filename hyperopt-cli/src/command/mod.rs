//! The subcommands, one file each; `run` and `resume` are in the room `sweep`.

mod best;
mod completions;
mod export;
mod init;
mod man;
mod plot;
mod report;
mod show;
mod studies;

use std::process::ExitCode;

use crate::args::Command;
use crate::failure::Failure;
use crate::process;
use crate::sweep;

/// Runs a subcommand.
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
        Command::Studies(studies) => studies::run(&studies).map(done),
        Command::Man(man) => man::run(&man).map(done),
        Command::Completions(completions) => completions::run(&completions).map(done),
        Command::Guard { mark } => {
            process::keep_guard(&mark);
            Ok(ExitCode::SUCCESS)
        }
    }
}
