//! Reports about a sweep: the table, the extremes, warnings, and files.

mod boundary;
mod column_names;
mod columns;
mod duration;
#[cfg(feature = "export")]
mod export;
mod notebook;
mod table;
mod text;
mod typed;
mod upright;
mod width;

pub(crate) use boundary::boundaries;
pub use boundary::{Boundary, Side};
pub use columns::{Column, ColumnKind};
pub(crate) use duration::clock;
pub use duration::duration;
pub use notebook::notebook_block;
pub(crate) use table::{REST, table};
pub(crate) use text::summarized;
pub(crate) use upright::upright;

use std::fmt;
use std::io;

use self::text::shown;

use crate::history::Goal;
use crate::plain::{plain, plain_line};
use crate::space::{Point, number};
use crate::sweep::Sweep;
use crate::trial::Trial;

impl Sweep {
    /// Returns the first line of the table: `50 trials of RandomSampler, seed 7, in 1.2 s: 48 complete, 2 failed`.
    #[must_use]
    pub fn headline(&self) -> String {
        plain_line(&table::headline(self)).into_owned()
    }

    /// Returns the trials that the table shows, and the line that describes them if some are left out. They are the best ones
    /// or, with several objectives, the Pareto front, evenly thinned if it is long.
    #[must_use]
    pub fn best_trials(&self) -> (Vec<&Trial>, Option<String>) {
        table::best_trials(self)
    }

    /// Returns the hyperparameters whose best value lies at an end of their candidates, if the trials near that end are better
    /// than the others, so that a wider range may hold a better value.
    ///
    /// It examines ordered and continuous hyperparameters with more than three candidates. An end is the first or last
    /// level, or the outermost hundredth of a continuous range. Of a few trials, the best one lies at some end by chance: the
    /// trials in the quarter of the candidates at that end are therefore compared with the others by the one-sided test of Mann
    /// and Whitney, at a level of 5 % that is divided by the number of ends. The list is empty if the sweep has no best trial.
    #[must_use]
    pub fn warn_on_boundary(&self) -> Vec<Boundary> {
        boundaries(self)
    }

    /// Returns the table that `Display` writes, in which `rest` says what shows the hyperparameters that it has no room for.
    #[doc(hidden)]
    #[must_use]
    pub fn table<'a>(&'a self, rest: &'a str) -> impl fmt::Display + 'a {
        table::WithRest { sweep: self, rest }
    }

    /// Returns the lines below the table, for other reports: how many trials were infeasible, failed or pruned, the notes, the
    /// error of the sweep, and the reason why it ended early. The table also shows [`importances`](Self::importances), which
    /// are not among them.
    ///
    /// ```
    /// # use hyperopt_core::{RandomSampler, Search, hp};
    /// let search = Search::new(hp::uniform("x", 0.0, 1.0)).sampler(RandomSampler::new()).seed(1);
    /// let mut sweep = search.run(0..3, |i, x| if i == 1 { Err("no luck") } else { Ok(x) }).into_sweep();
    /// sweep.add_note("a trial run");
    /// assert_eq!(sweep.remarks(), ["1 failed, first trial 1: no luck", "note: a trial run"]);
    /// assert!(sweep.headline().starts_with("3 trials of RandomSampler, seed 1, in "));
    /// ```
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        table::counts(self).chain(table::notes(self)).map(|line| plain(&line).into_owned()).collect()
    }
}

/// Returns the active hyperparameters of `point` with their values, each fit for a line.
pub(crate) fn assignments<'a>(sweep: &'a Sweep, point: &'a Point) -> impl Iterator<Item = (String, String)> + 'a {
    sweep.space().assignments(point).map(|(name, value)| (plain_line(name).into_owned(), shown(&value)))
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
            let lines = upright(assignments.iter().map(|(name, value)| (name.as_str(), value.as_str())), None);
            lines.lines().skip(1).try_for_each(|line| writeln!(writer, "{line}"))
        }
    }
}
