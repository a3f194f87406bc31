//! Reports about a sweep: the table, the extremes, warnings, and files.

mod boundary;
#[cfg(feature = "export")]
mod export;
mod table;
mod typed;

pub(crate) use boundary::boundaries;
pub use boundary::{Boundary, Side};
pub(crate) use table::table;

use std::io;

use crate::history::Goal;
use crate::plain::{plain, plain_line};
use crate::space::number;
use crate::sweep::Sweep;

/// Writes the best trial for `goal`, a line for each hyperparameter.
pub(crate) fn extreme(sweep: &Sweep, goal: Goal, mut writer: impl io::Write) -> io::Result<()> {
    let name = match goal {
        Goal::Minimize => "minimum",
        Goal::Maximize => "maximum",
    };
    match sweep.best_for(goal) {
        Err(error) => writeln!(writer, "no {name}: {}", plain(&error.to_string())),
        Ok((trial, value)) => {
            writeln!(writer, "{name} {} at trial {trial}", number(value))?;
            let point = sweep.history().trials()[trial].point();
            let names = || sweep.space().assignments(point).map(|(name, _)| name.chars().count());
            let width = names().max().unwrap_or_default();
            let mut assignments = sweep.space().assignments(point);
            assignments.try_for_each(|(name, value)| {
                let (name, value) = (plain_line(name), value.to_string());
                writeln!(writer, "  {name:width$} = {}", plain_line(&value))
            })
        }
    }
}
