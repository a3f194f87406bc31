//! Reports about a sweep: the table, the extremes, warnings, and files.

mod boundary;
mod duration;
#[cfg(feature = "export")]
mod export;
mod table;
mod text;
mod typed;
mod upright;
mod width;

pub(crate) use boundary::boundaries;
pub use boundary::{Boundary, Side};
pub(crate) use duration::clock;
pub use duration::duration;
pub(crate) use table::table;
pub(crate) use text::summarized;
pub(crate) use upright::upright;

use std::io;

use crate::history::Goal;
use crate::plain::{plain, plain_line};
use crate::space::{Point, number};
use crate::sweep::Sweep;

/// Returns the active hyperparameters of `point` with their values, each fit for a line.
pub(crate) fn assignments<'a>(sweep: &'a Sweep, point: &'a Point) -> impl Iterator<Item = (String, String)> + 'a {
    let shown = |text: &str| plain_line(text).into_owned();
    sweep.space().assignments(point).map(move |(name, value)| (shown(name), shown(&value.to_string())))
}

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
            let assignments: Vec<_> = assignments(sweep, point).collect();
            let lines = upright(assignments.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            lines.lines().skip(1).try_for_each(|line| writeln!(writer, "{line}"))
        }
    }
}
