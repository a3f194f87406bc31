//! Reports about the result of `hyperopt!`.

use std::fmt;
use std::io;

use crate::history::Goal;
use crate::report::{self, Boundary, Column, assignments, upright};
use crate::sweep::{Best, Hyperoptimizer, Sweep};

impl<P, D: AsRef<Sweep>> Hyperoptimizer<P, D> {
    /// Returns the hyperparameters whose best value lies at an end of their candidates, as [`Sweep::warn_on_boundary`] does.
    #[must_use]
    pub fn warn_on_boundary(&self) -> Vec<Boundary> {
        self.sweep().warn_on_boundary()
    }

    /// Writes the smallest objective and its hyperparameters, a line each.
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer. For a sweep without a finite objective, the reason is written instead.
    pub fn print_min(&self, writer: impl io::Write) -> io::Result<()> {
        report::extreme(self.sweep(), Goal::Minimize, writer)
    }

    /// Writes the largest objective and its hyperparameters, a line each.
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer. For a sweep without a finite objective, the reason is written instead.
    pub fn print_max(&self, writer: impl io::Write) -> io::Result<()> {
        report::extreme(self.sweep(), Goal::Maximize, writer)
    }

    /// Returns all trials as columns: see [`Sweep::columns`].
    #[must_use]
    pub fn columns(&self) -> Vec<Column<'_>> {
        self.sweep().columns()
    }

    /// Writes all trials as CSV: see [`Sweep::write_csv`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    #[cfg(feature = "export")]
    pub fn write_csv(&self, writer: impl io::Write) -> io::Result<()> {
        self.sweep().write_csv(writer)
    }

    /// Writes all trials as CSV for spreadsheets: see [`Sweep::write_csv_guarded`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    #[cfg(feature = "export")]
    pub fn write_csv_guarded(&self, writer: impl io::Write) -> io::Result<()> {
        self.sweep().write_csv_guarded(writer)
    }

    /// Writes all trials as JSON lines: see [`Sweep::write_json_lines`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the writer.
    #[cfg(feature = "export")]
    pub fn write_json_lines(&self, writer: impl io::Write) -> io::Result<()> {
        self.sweep().write_json_lines(writer)
    }
}

impl<P> fmt::Display for Best<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, value, sweep, .. } = self;
        write!(f, "{} at trial {number}", crate::space::number(*value))?;
        let Some(trial) = sweep.history().trials().get(*number) else { return Ok(()) };
        let assignments: Vec<_> = assignments(sweep, trial.point()).collect();
        if f.alternate() {
            return f
                .write_str(&upright(assignments.iter().map(|(name, value)| (name.as_str(), value.as_str())), None));
        }
        for (index, (name, value)) in assignments.iter().enumerate() {
            let separator = if index == 0 { ": " } else { ", " };
            write!(f, "{separator}{name} = {value}")?;
        }
        Ok(())
    }
}

impl<P, D: AsRef<Sweep>> fmt::Display for Hyperoptimizer<P, D> {
    /// Writes the table of the best trials, as wide as standard output: see the `Display` of [`Sweep`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        report::table(self.sweep(), report::REST, f)
    }
}
