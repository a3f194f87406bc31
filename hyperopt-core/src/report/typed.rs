//! What a person reads of the result of `hyperopt!`.

use std::fmt;
use std::io;

use crate::history::Goal;
use crate::report::{self, Boundary};
use crate::sweep::{Hyperoptimizer, Sweep};

impl<P, D: AsRef<Sweep>> Hyperoptimizer<P, D> {
    /// The hyperparameters whose best value lies at an end of their candidates, where a wider range may hold a better one.
    ///
    /// Looked at are ordered and continuous hyperparameters with more than three candidates; an end is the first or last
    /// level, or the outermost hundredth of a continuous range. Empty where there is no best trial.
    #[must_use]
    pub fn warn_on_boundary(&self) -> Vec<Boundary> {
        report::boundaries(self.sweep())
    }

    /// Writes the smallest objective and its hyperparameters, a line each.
    ///
    /// # Errors
    ///
    /// Those of the writer. A sweep without a finite objective writes why instead.
    pub fn print_min(&self, writer: impl io::Write) -> io::Result<()> {
        report::extreme(self.sweep(), Goal::Minimize, writer)
    }

    /// Writes the largest objective and its hyperparameters, a line each.
    ///
    /// # Errors
    ///
    /// Those of the writer. A sweep without a finite objective writes why instead.
    pub fn print_max(&self, writer: impl io::Write) -> io::Result<()> {
        report::extreme(self.sweep(), Goal::Maximize, writer)
    }

    /// Writes all trials as CSV: see [`Sweep::write_csv`].
    ///
    /// # Errors
    ///
    /// Those of the writer.
    #[cfg(feature = "export")]
    pub fn write_csv(&self, writer: impl io::Write) -> io::Result<()> {
        self.sweep().write_csv(writer)
    }

    /// Writes all trials as JSON lines: see [`Sweep::write_json_lines`].
    ///
    /// # Errors
    ///
    /// Those of the writer.
    #[cfg(feature = "export")]
    pub fn write_json_lines(&self, writer: impl io::Write) -> io::Result<()> {
        self.sweep().write_json_lines(writer)
    }
}

impl<P, D: AsRef<Sweep>> fmt::Display for Hyperoptimizer<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        report::table(self.sweep(), f)
    }
}
