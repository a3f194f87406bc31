//! What a figure tells of a trial where a reader points at one of its marks.

/// The tooltip of a mark: its trial, and lines about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tooltip {
    /// The number of the trial.
    pub(crate) trial: usize,
    /// Whether it is the best one, whose mark keeps its tooltip among any number of others.
    pub(crate) is_best: bool,
    /// One fact in each line: `learning_rate: 0.01`.
    pub(crate) lines: Vec<String>,
}

impl Tooltip {
    /// Returns the tooltip of a trial, without lines.
    pub(crate) fn of(trial: usize) -> Self {
        Self { trial, is_best: false, lines: Vec::new() }
    }

    /// Adds a line.
    pub(crate) fn with(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }
}
