//! Runs the tests for each mutant.

use crate::arguments::Arguments;
use crate::compile::Compiled;
use crate::suite::{End, Suite};

/// Runs the tests for each mutant that is asked for and prints those that survive.
pub fn run(arguments: &Arguments, compiled: &Compiled) -> Result<(), String> {
    let mut suite = Suite::new(arguments, &compiled.tests)?;
    let (mut tried, mut killed, mut timed_out) = (0, 0, 0);
    for mutant in &compiled.mutants {
        tried += 1;
        let (end, test) = suite.run(mutant.number, &mutant.file)?;
        match end {
            End::Killed => killed += 1,
            End::TimedOut => timed_out += 1,
            End::Survived => println!("survived: {mutant}"),
        }
        eprintln!("{tried}: {killed} killed, {timed_out} timed out; {mutant}: {end:?} {test}");
    }
    let survived = tried - killed - timed_out;
    println!("{tried} of {} mutants: {killed} killed, {timed_out} timed out, {survived} survived", compiled.all);
    Ok(())
}
