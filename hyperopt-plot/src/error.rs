//! The errors of drawing and saving a figure.

use std::{fmt, io, path::PathBuf};

use crate::theme;

/// The reason why a figure or a report could not be drawn or written.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path of a figure ends in neither `.png` nor `.svg`.
    #[error("cannot tell the format of `{}`: write a path that ends in .png or .svg", path.display())]
    Extension {
        /// The path of the call.
        path: PathBuf,
    },
    /// The path of a report ends in neither `.html` nor `.htm`.
    #[error("cannot write a page of HTML to `{}`: write a path that ends in .html", path.display())]
    Page {
        /// The path of the call.
        path: PathBuf,
    },
    /// The width or the height of the figure is out of range.
    #[error(
        "a figure of {width} × {height} cannot be drawn: write a width and a height from {min} to {max}",
        min = theme::SIZE.start(),
        max = theme::SIZE.end()
    )]
    Size {
        /// The width that was set.
        width: u32,
        /// The height that was set.
        height: u32,
    },
    /// The sweep has no data for this figure, or too much of it, or several sweeps cannot be compared in it.
    #[error("no {figure} of this sweep: {reason}; {advice}")]
    Unsuited {
        /// The name of the function that makes the figure.
        figure: &'static str,
        /// What the sweep lacks.
        reason: String,
        /// What to write instead.
        advice: String,
    },
    /// [`Figure::hyperparameters`](crate::Figure::hyperparameters) was given the name of a hyperparameter that the sweep does
    /// not have.
    #[error("there is no hyperparameter `{name}` in this sweep: choose among `{}`", known.join("`, `"))]
    Hyperparameter {
        /// The name that was given.
        name: String,
        /// The names of the hyperparameters.
        known: Vec<String>,
    },
    /// The file could not be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// The path of the call.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The drawing library, the encoder or the font failed; none of them does in normal use.
    #[error("cannot draw the figure: {0}")]
    Render(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error {
    /// Returns the error of a figure that the sweep has nothing for.
    pub(crate) fn unsuited(figure: &'static str, reason: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Unsuited { figure, reason: reason.into(), advice: advice.into() }
    }

    /// Wraps the error of a library.
    pub(crate) fn render(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Render(source.into())
    }
}
