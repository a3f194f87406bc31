//! `hyperopt-mutants TREE PACKAGE FOLDER [--every N] [--first N] [--test NAME] [--features F] [--filter TEXT]`: writes all mutants of
//! a folder into the copy of the repository at `TREE`, each behind a number, compiles once, and runs the tests for each number.

mod arguments;
mod compile;
mod mutant;
mod mutate;
mod operators;
mod run;
mod suite;

use std::process::ExitCode;

use arguments::Arguments;

fn main() -> ExitCode {
    let Some(arguments) = Arguments::read(std::env::args().skip(1)) else {
        eprintln!("{}", arguments::USAGE);
        return ExitCode::from(2);
    };
    match compile::compile(&arguments).and_then(|compiled| run::run(&arguments, &compiled)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
